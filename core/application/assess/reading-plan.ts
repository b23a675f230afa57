import { type Duration, hours, type Instant, minutes, seconds } from '../../domain/units.ts';
import type { VolumeId } from '../../domain/volume.ts';
import { batches, metricDataRates } from '../../domain/volume-limits.ts';

/** One series of a volume: the Minimum of BurstBalance, or reads and writes together as averages per second. */
export type Part = 'balance' | 'iops' | 'throughput';

/** What has to be asked for each part, because CloudWatch counts reads and writes apart. */
const metricsOf: Readonly<Record<Part, number>> = { balance: 1, iops: 2, throughput: 2 };

export interface WantedPart {
  readonly volumeId: VolumeId;
  readonly part: Part;
}

export const partKey = ({ volumeId, part }: WantedPart): string => `${volumeId} ${part}`;

/** The days that are read. Both ends are whole minutes, the first a whole hour. */
export interface HistoryWindow {
  readonly from: Instant;
  readonly until: Instant;
}

/** One GetMetricData call, whose answer fits one page. */
export interface PlannedCall extends HistoryWindow {
  readonly parts: readonly WantedPart[];
  readonly period: Duration;
  /** Billed. */
  readonly metrics: number;
  /** Counted against the quota whether or not there are values. */
  readonly datapoints: number;
}

const hour = hours(1);
const minute = minutes(1);

/**
 * Never longer than asked for: older minutes may be gone. It begins with an hour, so that the hours of the survey are hours
 * and a volume's 14 days of minutes are 100,800 datapoints, one call.
 */
export const historyWindow = (now: Instant, length: Duration): HistoryWindow => {
  const until = (Math.floor(now / minute) * minute) as Instant;
  return { from: (Math.ceil((until - length) / hour) * hour) as Instant, until };
};

/**
 * First stage, every volume: the lowest balance of each hour. It is the same lowest balance that minutes would give, for a
 * sixtieth of the datapoints, and a balance that never fell under 90 % has nothing more to tell: no alarm fires above it.
 */
export const planSurvey = (ids: readonly VolumeId[], window: HistoryWindow): readonly PlannedCall[] =>
  packed(
    ids.map((volumeId) => ({ volumeId, part: 'balance' })),
    window,
    hour,
  );

/** Volumes of whose balance hours are missing: whether they did anything in them. A stopped instance's publish nothing. */
export const planProbe = (ids: readonly VolumeId[], window: HistoryWindow): readonly PlannedCall[] =>
  packed(
    ids.map((volumeId) => ({ volumeId, part: 'iops' })),
    window,
    hour,
  );

/** Second stage, one volume: all there is, by the minute. */
export const planDetail = (volumeId: VolumeId, window: HistoryWindow): readonly PlannedCall[] =>
  packed(
    (['balance', 'iops', 'throughput'] as const).map((part) => ({ volumeId, part })),
    window,
    minute,
  );

/** In order, each call as full as one page allows. */
function packed(
  parts: readonly WantedPart[],
  window: HistoryWindow,
  period: Duration,
): readonly PlannedCall[] {
  const points = Math.ceil((window.until - window.from) / period);
  const calls: PlannedCall[] = [];
  let pending: WantedPart[] = [];
  let metrics = 0;
  const close = (): void => {
    if (pending.length > 0) {
      calls.push({ ...window, parts: pending, period, metrics, datapoints: metrics * points });
    }
    pending = [];
    metrics = 0;
  };
  for (const wanted of parts) {
    const more = metrics + metricsOf[wanted.part];
    if (more > batches.metricQueries || more * points > batches.metricDatapoints) close();
    pending.push(wanted);
    metrics += metricsOf[wanted.part];
  }
  close();
  return calls;
}

/** Of each quota; the rest is for dashboards, deployments and alarms of the same account and Region. */
const politeShare = 0.2;

/** How long after this call the next may begin, so that neither quota is used beyond its polite share. */
export const timeFor = ({ datapoints }: Pick<PlannedCall, 'datapoints'>): Duration =>
  seconds(
    Math.max(
      1 / (politeShare * metricDataRates.callsPerSecond),
      datapoints / (politeShare * metricDataRates.datapointsPerSecond),
    ),
  );

export const timeForAll = (calls: readonly PlannedCall[]): Duration =>
  calls.reduce((total, call) => total + timeFor(call), 0) as Duration;
