import { setImmediate } from 'node:timers/promises';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { instant } from '../../core/domain/units.ts';
import { accessFailureOf } from '../../lambda/adapters/access-failure.ts';
import { cloudwatchHistoryReader } from '../../lambda/adapters/cloudwatch-history-reader.ts';
import { ec2VolumeCatalog } from '../../lambda/adapters/ec2-volume-catalog.ts';
import { type Account, createAccount } from '../../twin/account.ts';
import { constantDemand, steppedDemand } from '../../twin/ebs/open-loop-workload.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import type { Workload } from '../../twin/ebs/workload.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import type { Time } from '../commands/assess.ts';
import type { AccountAccess } from '../commands/assess-access.ts';

/** The last day of the demo ends on a Monday morning. */
const ends: TwinTime = Date.UTC(2026, 2, 16, 8);
const hour = 3_600_000;
const small = 16_384;
const large = 1_048_576;

interface DemoVolume {
  readonly name: string;
  readonly type: VolumeOptions['volumeType'];
  readonly sizeGiB: number;
  readonly iops?: number;
  readonly throughput?: number;
  readonly attached: 'running' | 'stopped' | 'detached';
  /** I/Os per second by the hour of the day, and how large they are. */
  readonly demand: { readonly ioBytes: number; readonly at: (hourOfDay: number, day: number) => number };
}

const quiet: DemoVolume['demand'] = { ioBytes: small, at: () => 40 };

/** An account as most are: a few volumes that stall now and then, many that never will, some that do nothing. */
const volumesOfDemo: readonly DemoVolume[] = [
  {
    name: 'ci-runner-1 docker',
    type: 'gp2',
    sizeGiB: 30,
    attached: 'running',
    demand: { ioBytes: small, at: (at, day) => (at >= 9 && at < 17 && day % 7 < 5 ? 320 : 25) },
  },
  {
    name: 'orders-db',
    type: 'gp2',
    sizeGiB: 100,
    attached: 'running',
    demand: { ioBytes: small, at: (at) => (at === 2 ? 2_200 : 90) },
  },
  {
    name: 'search-index',
    type: 'gp2',
    sizeGiB: 200,
    attached: 'running',
    demand: { ioBytes: small, at: (at, day) => (at === 4 && day === 9 ? 2_900 : 300) },
  },
  {
    name: 'reports',
    type: 'gp2',
    sizeGiB: 150,
    attached: 'running',
    demand: { ioBytes: small, at: (at) => (at >= 1 && at < 3 ? 900 : 60) },
  },
  {
    name: 'logs',
    type: 'st1',
    sizeGiB: 500,
    attached: 'running',
    demand: { ioBytes: large, at: (at) => (at >= 22 || at < 6 ? 55 : 5) },
  },
  { name: 'web-1 root', type: 'gp2', sizeGiB: 20, attached: 'running', demand: quiet },
  { name: 'web-2 root', type: 'gp2', sizeGiB: 20, attached: 'running', demand: quiet },
  { name: 'old-batch root', type: 'gp2', sizeGiB: 50, attached: 'stopped', demand: quiet },
  { name: 'backup of 2024', type: 'sc1', sizeGiB: 500, attached: 'detached', demand: quiet },
  { name: 'warehouse', type: 'gp2', sizeGiB: 1_500, attached: 'running', demand: quiet },
  {
    name: 'cache',
    type: 'gp3',
    sizeGiB: 100,
    iops: 3_000,
    throughput: 125,
    attached: 'running',
    demand: quiet,
  },
];

/** The simulated account after so many days, and the moment it has reached. */
export async function assessDemoAccount(days: number): Promise<Time & { readonly access: AccountAccess }> {
  const startAt = ends - days * 24 * hour;
  const account = createAccount({ accountId: '123456789012', region: 'us-east-1', startAt, seed: 1 });
  for (const volume of volumesOfDemo) add(account, volume, days);
  await account.simulation.runUntil(ends);
  const now = () => instant(account.simulation.now);
  // Nobody has to wait, but Ctrl-C has to be heard.
  return { now, sleep: () => setImmediate(), access: accessTo(account, now) };
}

function add(
  { ebs }: Account,
  { name, type, sizeGiB, iops, throughput, attached, demand }: DemoVolume,
  days: number,
): void {
  const { volumes } = ebs;
  const volume = volumes.createVolume({
    volumeType: type,
    sizeGiB,
    tags: { Name: name },
    ...(iops === undefined ? {} : { iops }),
    ...(throughput === undefined ? {} : { throughput }),
  });
  if (attached === 'detached') return;
  const instance = volumes.createInstance();
  volumes.attach(volume.id, instance.id, '/dev/sdf');
  if (attached === 'stopped') volumes.setInstanceState(instance.id, 'stopped');
  else volume.workload = workloadOf(demand, days);
}

function workloadOf({ ioBytes, at }: DemoVolume['demand'], days: number): Workload {
  if (at === quiet.at) return constantDemand({ iops: quiet.at(0, 0), ioBytes });
  const first = ends - days * 24 * hour;
  return steppedDemand(
    Array.from({ length: days * 24 }, (_, step) => {
      const from = first + step * hour;
      return { from, iops: at(new Date(from).getUTCHours(), Math.floor(step / 24)), ioBytes };
    }),
  );
}

function accessTo(account: Account, now: () => ReturnType<typeof instant>): AccountAccess {
  const { account: number, region } = account.place;
  return {
    homeRegion: async () => region,
    regions: async () => [region],
    region: async () => ({
      account: { kind: 'known', id: number },
      volumes: ec2VolumeCatalog(account.connected(EC2Client, 'assess'), now),
      reader: cloudwatchHistoryReader(account.connected(CloudWatchClient, 'assess')),
    }),
    explain: accessFailureOf,
  };
}
