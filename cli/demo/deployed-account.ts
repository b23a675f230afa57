import { instant } from '../../core/domain/units.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import { type Account, createAccount } from '../../twin/account.ts';
import { constantDemand, steppedDemand } from '../../twin/ebs/open-loop-workload.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import { deploymentAccess, deploymentClients } from '../aws/deployment-access.ts';
import type { OpenDeployment } from '../commands/deployment-access.ts';
import { type Deployed, deploy } from './deploy.ts';
import { quietLogs } from './quiet-logs.ts';
import { synthesize } from './synthesize.ts';

const region = 'us-east-1';
/** A Monday morning. */
export const startAt: TwinTime = Date.UTC(2026, 2, 2, 8);
const minute = 60_000;
const loadFrom = startAt + 10 * minute;
/** Buckets of these sizes are empty half an hour after the load began. */
const endsAt = loadFrom + 40 * minute;
/** What was moved has proved itself by then. */
export const settledAt = loadFrom + 60 * minute;

/** Settings of the deployment: it may act where the tag allows it. */
const props = {
  mode: 'act',
  mailTo: ['storage-team@example.com'],
  runbookUrl: 'https://wiki.example.com/storage/ebs-burst-runbook',
} as const;

interface Member {
  readonly name: string;
  readonly sizeGiB: number;
  readonly consent?: 'act';
  /** I/Os per second once the load is there. */
  readonly iops: number;
  readonly stack?: string;
}

/** One that is moved, two that are not for different reasons, one that nobody has to think of. */
const members: readonly Member[] = [
  { name: 'ci-runner-1 docker', sizeGiB: 30, iops: 3_000 },
  { name: 'orders-db', sizeGiB: 100, iops: 3_000, consent: 'act' },
  { name: 'search-index', sizeGiB: 60, iops: 2_900, consent: 'act', stack: 'search' },
  { name: 'web-1 root', sizeGiB: 20, iops: 40, consent: 'act' },
];

export interface DeployedDemo extends OpenDeployment {
  readonly account: Account;
  readonly deployed: Deployed;
  /** In the order of `members`. */
  readonly volumeIds: readonly VolumeId[];
}

/** A simulated account with the responder; half an hour into an incident on most of its volumes, where nothing else is asked. */
export async function deployedDemo(until: TwinTime = endsAt): Promise<DeployedDemo> {
  quietLogs();
  const account = createAccount({ accountId: '123456789012', region, startAt, seed: 1 });
  const volumeIds = members.map((member) => add(account, member));
  const deployed = await deploy(account, synthesize(props));
  account.simulation.at(loadFrom, () => account.ebs.stacks.setStackStatus('search', 'UPDATE_IN_PROGRESS'));
  await account.simulation.runUntil(until);
  const now = () => instant(account.simulation.now);
  const [volumeId] = volumeIds;
  return {
    account,
    deployed,
    now,
    access: accessTo(account, now),
    volumeIds,
    ...(volumeId !== undefined && { volumeId }),
  };
}

function add(
  { ebs: { volumes, stacks } }: Account,
  { name, sizeGiB, consent, iops, stack }: Member,
): VolumeId {
  const tags = {
    Name: name,
    ...(consent !== undefined && { 'ebs-burst:mode': consent }),
    ...(stack !== undefined && { 'aws:cloudformation:stack-name': stack }),
  };
  if (stack !== undefined) stacks.setStackStatus(stack, 'CREATE_COMPLETE');
  const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB, tags });
  volumes.attach(id, volumes.createInstance().id, '/dev/sdf');
  volumes.setWorkload(
    id,
    iops < 100
      ? constantDemand({ iops, ioBytes: 16_384 })
      : steppedDemand([
          { from: startAt, iops: 20, ioBytes: 16_384 },
          { from: loadFrom, iops, ioBytes: 16_384 },
        ]),
  );
  if (!isVolumeId(id)) throw new Error(`the account made the volume id ${id}, expected vol-…`);
  return id;
}

/** As a person reads a real account: the same clients, of which none sends a write. */
function accessTo(account: Account, now: OpenDeployment['now']): OpenDeployment['access'] {
  const clients = deploymentClients({ region, credentials: noKeys });
  for (const client of Object.values(clients)) account.connect(client, 'a person');
  return deploymentAccess(clients, region, now);
}

const noKeys = async () => ({ accessKeyId: 'demo', secretAccessKey: 'demo' });
