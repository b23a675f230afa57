import type { MetricWish } from '../../core/application/ports.ts';
import { before, type Instant, minutes } from '../../core/domain/units.ts';
import type { Volume, VolumeId } from '../../core/domain/volume.ts';
import type { MetricQuery } from './metric-data.ts';

/** Checks and instance balances older than this say nothing about now; publication may take 5 minutes of it. */
const lookback = minutes(15);

const minute = minutes(1);
type EbsMetric = readonly [name: string, metric: string, statistic: MetricQuery['statistic']];

const balance: EbsMetric = ['balance', 'BurstBalance', 'Minimum'];
const operations: readonly EbsMetric[] = [
  ['read-operations', 'VolumeReadOps', 'Sum'],
  ['write-operations', 'VolumeWriteOps', 'Sum'],
];
const bytes: readonly EbsMetric[] = [
  ['read-bytes', 'VolumeReadBytes', 'Sum'],
  ['write-bytes', 'VolumeWriteBytes', 'Sum'],
];
const felt: readonly EbsMetric[] = [
  ['read-time', 'VolumeTotalReadTime', 'Sum'],
  ['write-time', 'VolumeTotalWriteTime', 'Sum'],
  ['queue', 'VolumeQueueLength', 'Average'],
];

export const volumeKey = (volumeId: VolumeId, name: string): string => `${volumeId} ${name}`;
export const attachmentKey = (volumeId: VolumeId, instanceId: string): string => `${volumeId} ${instanceId}`;
export const instanceKey = (instanceId: string, metric: string): string => `${instanceId} ${metric}`;

const ofVolume =
  (volumeId: VolumeId, since: Instant) =>
  ([name, metric, statistic]: EbsMetric): MetricQuery => ({
    key: volumeKey(volumeId, name),
    namespace: 'AWS/EBS',
    metric,
    dimensions: { VolumeId: volumeId },
    statistic,
    period: minute,
    since,
  });

/** The one metric of a glance. */
export const balanceQuery = (volumeId: VolumeId, since: Instant): MetricQuery =>
  ofVolume(volumeId, since)(balance);

/**
 * What a study asks beyond the balance, because it is billed: 5 metrics per volume, 7 where demand is counted in bytes; one
 * more per attachment, and 4 per instance however many volumes it has.
 */
export function recentQueries(wishes: readonly MetricWish[], now: Instant): readonly MetricQuery[] {
  const instances = new Set(wishes.flatMap(({ volume }) => instancesOf(volume)));
  return [
    ...wishes.flatMap((wish) => queriesOf(wish, now)),
    ...[...instances].flatMap((instanceId) => instanceQueries(instanceId, before(now, lookback))),
  ];
}

const queriesOf = ({ volume, since, demandIn }: MetricWish, now: Instant): readonly MetricQuery[] => [
  ...[...operations, ...(demandIn === 'MiB/s' ? bytes : []), ...felt].map(ofVolume(volume.id, since)),
  ...instancesOf(volume).map((instanceId) => stalledQuery(volume.id, instanceId, before(now, lookback))),
];

/** What makes up one series of a volume's history, over periods of any length. */
export const partQueries = (
  volumeId: VolumeId,
  part: 'balance' | 'iops' | 'throughput',
  { since, period }: Pick<MetricQuery, 'since' | 'period'>,
): readonly MetricQuery[] =>
  metricsOfPart[part].map(ofVolume(volumeId, since)).map((query) => ({ ...query, period }));

const metricsOfPart = { balance: [balance], iops: operations, throughput: bytes } as const;

export const historyQueries = (volumeId: VolumeId, since: Instant): readonly MetricQuery[] =>
  [balance, ...operations, ...bytes].map(ofVolume(volumeId, since));

export const instancesOf = ({ attachment }: Volume): readonly string[] =>
  attachment.kind === 'attached' ? attachment.instanceIds : [];

/** Published under both dimensions together, on Nitro instances only. */
const stalledQuery = (volumeId: VolumeId, instanceId: string, since: Instant): MetricQuery => ({
  key: attachmentKey(volumeId, instanceId),
  namespace: 'AWS/EBS',
  metric: 'VolumeStalledIOCheck',
  dimensions: { VolumeId: volumeId, InstanceId: instanceId },
  statistic: 'Maximum',
  period: minute,
  since,
});

/** Balances of instance sizes that burst, in percent; published every 5 minutes. */
export const instanceBalances = ['EBSIOBalance%', 'EBSByteBalance%'] as const;
/** 1 when the instance's limit was reached in the minute; Nitro, not bare metal. */
export const instanceChecks = ['InstanceEBSIOPSExceededCheck', 'InstanceEBSThroughputExceededCheck'] as const;

const instanceQueries = (instanceId: string, since: Instant): readonly MetricQuery[] => [
  ...instanceBalances.map((metric) => instanceQuery(instanceId, since, metric, 'Minimum')),
  ...instanceChecks.map((metric) => instanceQuery(instanceId, since, metric, 'Maximum')),
];

const instanceQuery = (
  instanceId: string,
  since: Instant,
  metric: string,
  statistic: MetricQuery['statistic'],
): MetricQuery => ({
  key: instanceKey(instanceId, metric),
  namespace: 'AWS/EC2',
  metric,
  dimensions: { InstanceId: instanceId },
  statistic,
  period: metric.endsWith('%') ? minutes(5) : minute,
  since,
});
