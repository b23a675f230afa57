import {
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import type { Clients } from '../../test/conformance/clients.ts';
import { STACK } from './cdk.ts';

export interface DeployedStack {
  readonly resources: readonly StackResourceSummary[];
  /** @throws Error for an output that it does not have */
  readonly output: (name: string) => string;
  /** Physical ids by logical id, of the resources of one type whose logical id says so. */
  readonly physicalIds: (type: string, logicalId?: RegExp) => ReadonlyMap<string, string>;
}

export async function deployedStack({ cloudFormation }: Clients): Promise<DeployedStack> {
  const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
  const outputs = new Map(stack?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const resources: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudFormation.send(new ListStackResourcesCommand({ StackName: STACK, NextToken }));
    resources.push(...(page.StackResourceSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return {
    resources,
    output: (name) => {
      const value = outputs.get(name);
      if (value !== undefined) return value;
      throw new Error(`the stack has no output ${name}, it has ${[...outputs.keys()].join(', ')}`);
    },
    physicalIds: (type, logicalId = /^/) =>
      new Map(
        resources
          .filter(
            ({ ResourceType, LogicalResourceId = '' }) =>
              ResourceType === type && logicalId.test(LogicalResourceId),
          )
          .map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
            LogicalResourceId,
            PhysicalResourceId,
          ]),
      ),
  };
}
