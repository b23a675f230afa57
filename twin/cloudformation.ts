import type {
  DescribeStacksInput,
  DescribeStacksOutput,
  ListStackResourcesInput,
  ListStackResourcesOutput,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { type Authorise, allowEverything, demandPermission } from './authorisation.ts';
import type { Place } from './aws-event.ts';
import { page } from './paging.ts';
import type { Operation, Service } from './service.ts';
import { NotImitatedError, ServiceError } from './service-error.ts';
import type { Simulation, TwinTime } from './simulation.ts';

export interface StackMember {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

interface Stack {
  readonly name: string;
  readonly id: string;
  readonly createdAt: TwinTime;
  readonly status: StackStatus;
  readonly outputs: Readonly<Record<string, string>>;
  readonly members: readonly StackMember[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The stacks of one account and Region: nothing but their states, outputs and lists of resources. */
export class Stacks {
  readonly #stacks = new Map<string, Stack>();
  readonly #simulation: Simulation;
  readonly #place: Place;

  constructor(simulation: Simulation, place: Place) {
    this.#simulation = simulation;
    this.#place = place;
  }

  /** Makes the stack when it is the first time. */
  setStackStatus(name: string, status: StackStatus): void {
    const { account, region } = this.#place;
    const id = `arn:aws:cloudformation:${region}:${account}:stack/${name}/00000000-0000-4000-8000-000000000000`;
    const known = this.#stacks.get(name);
    const createdAt = known?.createdAt ?? this.#simulation.now;
    const { outputs = {}, members = [], tags = {} } = known ?? {};
    this.#stacks.set(name, { name, id, createdAt, status, outputs, members, tags });
  }

  setMembers(name: string, members: readonly StackMember[]): void {
    this.#stacks.set(name, { ...this.describe(name), members });
  }

  /** What `cdk deploy --tags` gives a stack. */
  setTags(name: string, tags: Readonly<Record<string, string>>): void {
    this.#stacks.set(name, { ...this.describe(name), tags });
  }

  /** What the stack's template gives out, with every reference resolved. */
  setOutputs(name: string, outputs: Readonly<Record<string, string>>): void {
    this.#stacks.set(name, { ...this.describe(name), outputs });
  }

  /** @throws ServiceError `ValidationError` for a name or id that no stack has. */
  describe(nameOrId: string): Stack {
    const stack = this.#stacks.get(nameOrId) ?? [...this.#stacks.values()].find(({ id }) => id === nameOrId);
    if (stack === undefined)
      throw new ServiceError('ValidationError', `Stack with id ${nameOrId} does not exist`);
    return stack;
  }
}

export const cloudFormationService = (stacks: Stacks, authorise: Authorise = allowEverything): Service => ({
  DescribeStacks: describeStacks(stacks, authorise),
  ListStackResources: listStackResources(stacks, authorise),
});

/** Source: CloudFormation API reference, ListStackResources; it names no page size. */
const MEMBERS_A_PAGE = 100;

const listStackResources = (
  stacks: Stacks,
  authorise: Authorise,
): Operation<ListStackResourcesInput, ListStackResourcesOutput> => ({
  accepts: ['StackName', 'NextToken'],
  run: ({ StackName = '', NextToken }, { principal }) => {
    const request = { principal, action: 'cloudformation:ListStackResources', resource: '*' };
    demandPermission(authorise, { ...request, resourceTags: {}, requestTags: {} });
    const { members, createdAt } = stacks.describe(StackName);
    const refuse = () => new ServiceError('ValidationError', 'NextToken is not valid');
    const { items, ...next } = page(members, MEMBERS_A_PAGE, NextToken, refuse);
    return {
      StackResourceSummaries: items.map(({ logicalId, type, physicalId }) => ({
        LogicalResourceId: logicalId,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        ResourceStatus: 'CREATE_COMPLETE',
        LastUpdatedTimestamp: new Date(createdAt),
      })),
      ...next,
    };
  },
});

const describeStacks = (
  stacks: Stacks,
  authorise: Authorise,
): Operation<DescribeStacksInput, DescribeStacksOutput> => ({
  accepts: ['StackName'],
  run: ({ StackName }, { principal }) => {
    if (StackName === undefined)
      throw new NotImitatedError('DescribeStacks without StackName is not imitated');
    const request = { principal, action: 'cloudformation:DescribeStacks', resource: '*' };
    demandPermission(authorise, { ...request, resourceTags: {}, requestTags: {} });
    const { name, id, createdAt, status, outputs, tags } = stacks.describe(StackName);
    // CloudFormation API reference, DescribeStacks: a deleted stack is found by its id only.
    if (status === 'DELETE_COMPLETE' && StackName !== id)
      throw new ServiceError('ValidationError', `Stack with id ${StackName} does not exist`);
    const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
    const stack = { StackName: name, StackId: id, CreationTime: new Date(createdAt), StackStatus: status };
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    return {
      Stacks: [{ ...stack, ...(Outputs.length > 0 && { Outputs }), ...(Tags.length > 0 && { Tags }) }],
    };
  },
});
