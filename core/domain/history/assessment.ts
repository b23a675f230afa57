import type { CreditBucket } from '../credits/credit-bucket.ts';
import type { Reading } from '../reading.ts';
import type { Dollars, Duration, Instant, Percent } from '../units.ts';
import type { Volume, VolumeId } from '../volume.ts';
import type { NoAlarm } from './no-alarm.ts';
import type { RecordedVolume } from './recording.ts';
import type { VolumeReplay } from './replayed.ts';

/** Of the averages of single minutes, nearest rank: values that were really seen. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p995: number;
  readonly max: number;
}

export interface MonthlyPrices {
  readonly now: Dollars;
  /** What the policy would choose; `undefined` where no target fits. */
  readonly chosen: Dollars | undefined;
  readonly io1: Dollars | undefined;
  readonly io2: Dollars | undefined;
}

/** One volume that can run out, as its history shows it. */
export interface Assessment {
  readonly volume: Volume;
  readonly bucket: CreditBucket;
  /** What the figures and charts rest on. */
  readonly recorded: RecordedVolume;
  readonly iops: Reading<Quantiles>;
  readonly throughput: Reading<Quantiles>;
  readonly lowest: Reading<Percent>;
  readonly minutesAtWall: Reading<number>;
  /** Under the policy that was asked for; `unread` where too little is known to live through it again. */
  readonly replay: Reading<VolumeReplay>;
  /** Why the policy would not watch it; `undefined` where it would. */
  readonly noAlarm: NoAlarm | undefined;
  /** From the first word to the first wall it was said about; `undefined` where there was no wall. */
  readonly announcedAhead: Duration | undefined;
  readonly monthly: MonthlyPrices;
  /** One alarm and the metric reads of a month like this one; nothing without an alarm. */
  readonly watching: Dollars;
}

/** Why a volume of the account is not in the assessment, or only partly. */
export interface Unassessed {
  readonly volumeId: VolumeId;
  readonly why: string;
}

/** One account and Region. */
export interface RegionAssessment {
  readonly account: string;
  readonly region: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly assessedAt: Instant;
  /** Volumes in use that have no bucket, or whose baseline is not below their burst. */
  readonly cannotRunOut: number;
  /** Most minutes at the wall first, then lowest balance. */
  readonly volumes: readonly Assessment[];
  readonly unassessed: readonly Unassessed[];
  /** What this reading cost: API calls by operation, and metrics that are billed. */
  readonly calls: Readonly<Record<string, number>>;
  readonly metricsRequested: number;
}
