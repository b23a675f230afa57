import { type Deployed, deploy } from '../../../cli/demo/deploy.ts';
import { quietLogs } from '../../../cli/demo/quiet-logs.ts';
import { instant } from '../../../core/domain/units.ts';
import { countsIn, smokeClients } from '../../../scripts/smoke-aws/real-world.ts';
import { smoke } from '../../../scripts/smoke-aws/smoke.ts';
import { type SmokeOptions, smokeOptions } from '../../../scripts/smoke-aws/smoke-options.ts';
import type { World } from '../../../scripts/smoke-aws/world.ts';
import { type Account, createAccount } from '../../../twin/account.ts';
import { constantDemand } from '../../../twin/ebs/open-loop-workload.ts';
import { startsAt, templateOf } from '../../scenarios/responder-account.ts';

export const accountId = '123456789012';
export const run = '0badcafe';
export const person = 'a person';

export interface SmokeWorld {
  readonly account: Account;
  readonly world: World;
  /** Breaks `cdk`: what it was asked for is done, or half done, and then it fails. */
  readonly cdkFaults: Set<'deploy' | 'destroy'>;
  readonly said: string[];
  readonly files: Map<string, string>;
  readonly stop: AbortController;
  readonly giveUp: AbortController;
  /** Called with every line before it is kept. */
  onLine: (line: string) => void;
}

export const emptyAccount = (): Account =>
  createAccount({ accountId, region: 'us-east-1', startAt: startsAt, seed: 3 });

/** A bootstrapped account, and a person who types its number. */
export function smokeWorld(
  changes: Partial<Pick<World, 'ask' | 'clients'>> = {},
  load: 'loaded' | 'idle' = 'loaded',
  account = emptyAccount(),
): SmokeWorld {
  quietLogs();
  account.parameters.put('/cdk-bootstrap/hnb659fds/version', '29', 'String');
  const clients = smokeClients({ region: 'us-east-1' });
  for (const client of Object.values(clients)) account.connect(client, person);
  const [stop, giveUp] = [new AbortController(), new AbortController()];
  const said: string[] = [];
  const cdkFaults = new Set<'deploy' | 'destroy'>();
  const files = new Map<string, string>();
  const listener: { onLine: SmokeWorld['onLine'] } = { onLine: () => undefined };
  const world: World = {
    clients,
    cdk: cdkOn(account, cdkFaults),
    now: () => instant(account.simulation.now),
    sleep: async (milliseconds, signal) => {
      if (signal.aborted) return;
      if (load === 'loaded') loadWhatIsAttached(account);
      await account.simulation.runFor(milliseconds);
    },
    say: (line) => {
      listener.onLine(line);
      said.push(line);
    },
    ask: async () => accountId,
    writeFile: (name, text) => void files.set(name, text),
    newRun: () => run,
    resourcesOf: (props) => countsIn(templateOf(props).Resources),
    stop: stop.signal,
    giveUp: giveUp.signal,
    ...changes,
  };
  return Object.assign(listener, { account, world, cdkFaults, said, files, stop, giveUp });
}

/** `cdk` as a process is not tried here: the same template, with its stack's tags handed on as CloudFormation does. */
function cdkOn(account: Account, faults: SmokeWorld['cdkFaults']): World['cdk'] {
  let deployed: Deployed | undefined;
  return {
    deploy: async (props, tags) => {
      deployed = await deploy(account, templateOf(props));
      account.ebs.stacks.setTags('EbsBurst', tags);
      account.tables.get(deployed.stack.outputs['CaseTableName']).tags = tags;
      if (faults.has('deploy')) throw new Error('cdk deploy ended with exit code 1; see above');
    },
    destroy: async () => {
      if (faults.has('destroy')) throw new Error('cdk destroy ended with exit code 1; see above');
      const deletion = await deployed?.stack.delete();
      if (deletion?.status !== 'DELETE_COMPLETE') throw new Error('cdk destroy ended with exit code 1');
    },
  };
}

/** What the script does that the instance is started with. */
function loadWhatIsAttached({ ebs: { volumes } }: Account): void {
  for (const { id, tags, attachments, workload } of volumes.volumes) {
    if (tags.has('ebs-burst-smoke') && attachments.length > 0 && workload === undefined)
      volumes.setWorkload(id, constantDemand({ iops: 3_000, ioBytes: 4_096 }));
  }
}

function optionsOf(...args: readonly string[]): SmokeOptions {
  const options = smokeOptions(['--account', accountId, '--region', 'us-east-1', ...args]);
  if (options === 'help' || 'fault' in options) throw new Error(JSON.stringify(options));
  return options;
}

export const runSmoke = ({ world }: SmokeWorld, ...args: readonly string[]) =>
  smoke(optionsOf(...args), world, '0.0.0');

/** Everything in the account that a run could have left, by its own lists and not by tags. */
export function standing({ ebs, queues, bus, tables }: Account): readonly string[] {
  const { volumes, stacks, alarms } = ebs;
  const isThere = (status: () => string) => {
    try {
      return status() !== 'DELETE_COMPLETE';
    } catch {
      return false;
    }
  };
  return [
    ...volumes.instances.filter(({ state }) => state !== 'terminated').map(({ id }) => id),
    ...volumes.volumes.map(({ id }) => id),
    ...(bus.has(`ebs-burst-smoke-${run}`) ? ['rule'] : []),
    ...(queues.find(`ebs-burst-smoke-${run}`) === undefined ? [] : ['queue']),
    ...(isThere(() => stacks.describe('EbsBurst').status) ? ['stack'] : []),
    ...tables.all.map(({ definition }) => definition.name),
    ...alarms.all.map(({ definition }) => definition.name),
  ];
}
