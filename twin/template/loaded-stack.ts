import type { Stacks } from '../cloudformation.ts';
import { NotImitatedError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import type { CustomResource, CustomResources } from './custom-resources.ts';
import type { Resource } from './resource-kind.ts';

interface StackResource {
  readonly logicalId: string;
  /** CDK's construct path, or the logical id where the template has none. */
  readonly path: string;
  readonly resource: Resource;
  readonly isRetained: boolean;
}

export interface LoadedStackOptions {
  readonly id: string;
  readonly name: string;
  readonly simulation: Simulation;
  readonly stacks: Stacks;
  /** In the order of creation. */
  readonly resources: readonly StackResource[];
  readonly customResources: readonly CustomResource[];
  readonly alarms: readonly Readonly<Record<string, unknown>>[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly conversation: CustomResources;
}

export type Deletion =
  | { readonly status: 'DELETE_COMPLETE' }
  | { readonly status: 'DELETE_FAILED'; readonly reason: string };

/** Source: CloudFormation user guide, AWS::CloudFormation::CustomResource, ServiceTimeout: 3,600 s by default. */
const DEFAULT_SERVICE_TIMEOUT_S = 3600;

/** CDK's trigger function has nothing to do when its stack is deleted, and its code is not in the twin. */
const SILENT_ON_DELETE: ReadonlySet<string> = new Set(['Custom::Trigger']);

/** A stack as it stands in the account. */
export class LoadedStack {
  readonly id: string;
  readonly name: string;
  readonly customResources: readonly CustomResource[];
  /** Properties of AWS::CloudWatch::Alarm: recorded, not evaluated. */
  readonly alarms: readonly Readonly<Record<string, unknown>>[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly conversation: CustomResources;
  readonly #options: LoadedStackOptions;

  constructor(options: LoadedStackOptions) {
    this.#options = options;
    this.id = options.id;
    this.name = options.name;
    this.customResources = options.customResources;
    this.alarms = options.alarms;
    this.outputs = options.outputs;
    this.conversation = options.conversation;
  }

  /** Physical names (`Ref`) by construct path, e.g. `EbsBurst/Responder/Respond`. */
  get physicalNames(): ReadonlyMap<string, string> {
    return new Map(this.#options.resources.map(({ path, resource }) => [path, resource.ref]));
  }

  /** The one resource whose construct path ends with `/${pathEnd}`. */
  physicalName(pathEnd: string): string {
    const found = [...this.physicalNames].filter(
      ([path]) => path === pathEnd || path.endsWith(`/${pathEnd}`),
    );
    if (found.length !== 1) {
      throw new NotImitatedError(
        `${found.length} resources of ${this.name} have a path that ends with ${pathEnd}: ${found.map(([path]) => path).join(', ')}`,
      );
    }
    return (found[0] as [string, string])[1];
  }

  /** Deletes what is not retained, in reverse order of creation, as CloudFormation does; simulated time passes. */
  async delete(): Promise<Deletion> {
    const { stacks, resources } = this.#options;
    stacks.setStackStatus(this.name, 'DELETE_IN_PROGRESS');
    for (const { logicalId, resource } of resources.filter(({ isRetained }) => !isRetained).toReversed()) {
      const failure = await this.#deleteCustom(logicalId);
      if (failure !== undefined) {
        stacks.setStackStatus(this.name, 'DELETE_FAILED');
        return { status: 'DELETE_FAILED', reason: `${logicalId}: ${failure}` };
      }
      resource.remove?.();
    }
    stacks.setStackStatus(this.name, 'DELETE_COMPLETE');
    return { status: 'DELETE_COMPLETE' };
  }

  /** Why the deletion of a custom resource failed; undefined if it did not, or if it is none. */
  async #deleteCustom(logicalId: string): Promise<string | undefined> {
    const resource = this.customResources.find((each) => each.logicalId === logicalId);
    if (resource === undefined || SILENT_ON_DELETE.has(resource.type)) return undefined;
    const requestId = this.conversation.request(resource, 'Delete');
    const seconds = Number(resource.properties['ServiceTimeout'] ?? DEFAULT_SERVICE_TIMEOUT_S);
    for (let waited = 0; waited < seconds; waited += 1) {
      await this.#options.simulation.runFor(1000);
      const answer = this.conversation.answer(requestId);
      if (answer !== undefined)
        return answer.Status === 'SUCCESS' ? undefined : (answer.Reason ?? 'no reason given');
    }
    return `no answer within ${seconds} s`;
  }
}
