import { type Duration, type Gibibytes, inMinutes, type Percent, percent, seconds } from '../units.ts';
import type { BurstableType, Volume } from '../volume.ts';
import { gp2, hdd, hddCreditsPerGibibyte } from '../volume-limits.ts';

/**
 * The burst bucket of a volume that can run out. Credits are I/Os (gp2) or MiB (st1, sc1), rates are the same per
 * second. It spends what is served and earns `baseline`, always (EBS user guide, "I/O credits and burst performance").
 */
export interface CreditBucket {
  readonly unit: 'IOPS' | 'MiB/s';
  readonly capacity: number;
  readonly baseline: number;
  readonly burst: number;
}

/** `undefined` when the volume cannot run out: its type has no bucket, or its baseline is not below its burst. */
export function creditBucketOf(volume: Pick<Volume, 'configuration' | 'size'>): CreditBucket | undefined {
  const bucket = documentedBucket(volume);
  return bucket === undefined || bucket.baseline >= bucket.burst ? undefined : bucket;
}

function documentedBucket({
  configuration,
  size,
}: Pick<Volume, 'configuration' | 'size'>): CreditBucket | undefined {
  switch (configuration.type) {
    case 'gp2': {
      const earned = Math.max(gp2.leastBaseline, gp2.iopsPerGibibyte * size);
      const baseline = Math.min(gp2.mostBaseline, earned);
      return { unit: 'IOPS', capacity: gp2.bucketCredits, baseline, burst: gp2.burst };
    }
    case 'st1':
    case 'sc1':
      return { unit: 'MiB/s', capacity: size * hddCreditsPerGibibyte, ...hddRates(configuration.type, size) };
    default:
      return undefined;
  }
}

function hddRates(type: 'st1' | 'sc1', size: Gibibytes): Pick<CreditBucket, 'baseline' | 'burst'> {
  const rates = hdd[type];
  const tebibytes = size / 1_024;
  return {
    baseline: Math.min(rates.mostBaseline, rates.baselinePerTebibyte * tebibytes),
    burst: Math.min(rates.mostBurst, rates.burstPerTebibyte * tebibytes),
  };
}

/** MiB/s that a volume of this type and size reaches while it has credits. */
export const burstThroughput = (type: BurstableType, size: Gibibytes): number =>
  type === 'gp2' ? gp2.throughputCeiling(size) : hddRates(type, size).burst;

/** How long until empty at this demand; `never` while demand does not exceed the baseline. */
export function drainTime(bucket: CreditBucket, balance: Percent, demand: number): Duration | 'never' {
  if (balance === 0) return seconds(0);
  const spent = -earnedPerSecond(bucket, demand);
  return spent > 0 ? seconds((bucket.capacity * balance) / 100 / spent) : 'never';
}

/** How long until full at this demand; `never` while demand is not below the baseline. */
export function refillTime(bucket: CreditBucket, balance: Percent, demand: number): Duration | 'never' {
  if (balance === 100) return seconds(0);
  const earned = earnedPerSecond(bucket, demand);
  return earned > 0 ? seconds((bucket.capacity * (100 - balance)) / 100 / earned) : 'never';
}

/** The balance after a time of constant demand; an empty bucket stays empty and a full one full. */
export const balanceAfter = (
  bucket: CreditBucket,
  balance: Percent,
  demand: number,
  elapsed: Duration,
): Percent => percent(balance + percentPerMinute(bucket, demand) * inMinutes(elapsed));

/** Change of the balance in percentage points a minute; negative while draining. */
export const percentPerMinute = (bucket: CreditBucket, demand: number): number =>
  (earnedPerSecond(bucket, demand) * 60 * 100) / bucket.capacity;

/** From full to empty at full burst: the shortest way to the wall that this volume has. */
export const fullToEmpty = (bucket: CreditBucket): Duration =>
  seconds(bucket.capacity / (bucket.burst - bucket.baseline));

/** An empty bucket holds back only who asks for more; held back, a volume runs at its baseline or just below it. */
export const isHeldBack = (demand: number, { baseline }: Pick<CreditBucket, 'baseline'>): boolean =>
  demand >= 0.9 * baseline;

/** Nobody can spend faster than the burst, however much is asked for. */
const earnedPerSecond = (bucket: CreditBucket, demand: number): number =>
  bucket.baseline - Math.min(demand, bucket.burst);
