import { CloudWatchClient, type GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import type {
  HistoryPorts,
  HistoryStore,
  ReadingProgress,
} from '../../../core/application/assess/history-ports.ts';
import { politePace } from '../../../core/application/assess/polite-pace.ts';
import { instant } from '../../../core/domain/units.ts';
import { accessFailureOf } from '../../../lambda/adapters/access-failure.ts';
import { cloudwatchHistoryReader } from '../../../lambda/adapters/cloudwatch-history-reader.ts';
import { ec2VolumeCatalog } from '../../../lambda/adapters/ec2-volume-catalog.ts';
import { type Account, type AccountOptions, createAccount } from '../../../twin/account.ts';
import { constantDemand } from '../../../twin/ebs/open-loop-workload.ts';
import type { SimulatedVolume } from '../../../twin/ebs/simulated-volume.ts';

const startsAt = Date.UTC(2026, 2, 2, 8);

export const simulatedAccount = (options: Partial<AccountOptions> = {}): Account =>
  createAccount({ accountId: '123456789012', region: 'us-east-1', startAt: startsAt, seed: 1, ...options });

/** A gp2 volume of 100 GiB (300 IOPS) that is asked for so much from the start; 20 of them on each instance. */
export function addVolume({ ebs: { volumes } }: Account, iops: number): SimulatedVolume {
  const volume = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
  const last = volumes.instances.at(-1);
  const isFull = volumes.volumes.length % 20 === 1;
  volumes.attach(volume.id, (isFull || last === undefined ? volumes.createInstance() : last).id, '/dev/sdf');
  volume.workload = constantDemand({ iops, ioBytes: 16_384 });
  return volume;
}

/** Keeps what it is given, as a folder would. */
export function keptInMemory(): HistoryStore & { readonly keeps: string[] } {
  let walk: Awaited<ReturnType<HistoryStore['begun']>>;
  const held = new Map<string, NonNullable<Awaited<ReturnType<HistoryStore['kept']>>>>();
  const keeps: string[] = [];
  return {
    keeps,
    begun: async () => walk,
    begin: async (begun) => {
      walk = begun;
    },
    kept: async ({ id }) => held.get(id),
    keep: async (volume) => {
      const { id } = volume.recorded.volume;
      held.set(id, volume);
      keeps.push(`${id} ${volume.stage}`);
    },
  };
}

/** The real adapters on the simulated account, and a clock that waits without waiting. */
export function portsTo(account: Account, rest: Partial<HistoryPorts> = {}) {
  let waited = 0;
  const now = () => instant(account.simulation.now + waited);
  const shown: ReadingProgress[] = [];
  const ports: HistoryPorts = {
    clock: { now: () => instant(account.simulation.now) },
    volumes: ec2VolumeCatalog(account.connected(EC2Client, 'assess'), now),
    reader: cloudwatchHistoryReader(account.connected(CloudWatchClient, 'assess')),
    pace: politePace({ now }, async (milliseconds) => {
      waited += milliseconds;
    }),
    store: keptInMemory(),
    explain: accessFailureOf,
    show: (progress) => void shown.push(progress),
    signal: new AbortController().signal,
    ...rest,
  };
  return { ports, shown, waited: () => waited };
}

/** GetMetricData as the account saw it: how many metrics, and how many datapoints AWS would have counted. */
export function metricCalls({ endpoint }: Account) {
  return endpoint.calls
    .filter(({ operation }) => operation === 'GetMetricData')
    .map(({ input, error }) => {
      const { MetricDataQueries = [], StartTime, EndTime } = input as GetMetricDataCommandInput;
      const length = Number(EndTime) - Number(StartTime);
      const periods = MetricDataQueries.map(({ MetricStat }) => MetricStat?.Period ?? 0);
      const datapoints = periods.reduce((sum, period) => sum + Math.ceil(length / 1_000 / period), 0);
      return { metrics: periods.length, period: periods[0], datapoints, error };
    });
}
