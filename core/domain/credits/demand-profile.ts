import type { Sample, Series } from '../reading.ts';
import {
  after,
  before,
  between,
  type Duration,
  days,
  hours,
  type Instant,
  type Iops,
  inMinutes,
  inSeconds,
  iops,
  type MebibytesPerSecond,
  mebibytesPerSecond,
  type Percent,
  percent,
} from '../units.ts';
import { type CreditBucket, isHeldBack } from './credit-bucket.ts';
import { balanceNoise } from './forecast.ts';

/**
 * What a volume asked for lately, computed once a day and stored, so that a storm of alarms needs no history reads.
 * Minutes at the wall are lower bounds of the true demand: the wall itself capped what could be seen.
 */
export interface DemandProfile {
  readonly computedAt: Instant;
  /** At most 14 days; shorter for young volumes, and messages say so. */
  readonly covers: Duration;
  /** 99.5th percentiles of 1-minute averages. */
  readonly iops: Iops;
  readonly throughput: MebibytesPerSecond;
  readonly minutesAtWall: number;
}

const profileWindow = days(14);

/** `undefined` when there is nothing to profile. `balance` is in per cent, the others are averages per second. */
export function profileOf(history: {
  readonly iops: Series;
  readonly throughput: Series;
  readonly balance: Series;
  readonly bucket: CreditBucket;
  readonly now: Instant;
}): DemandProfile | undefined {
  const since = before(history.now, profileWindow);
  const recent = (series: Series) => series.filter((sample) => sample.at >= since);
  const [operations, throughput] = [recent(history.iops), recent(history.throughput)];
  const [first] = operations;
  if (first === undefined || throughput.length === 0) return undefined;
  const demand = history.bucket.unit === 'IOPS' ? operations : throughput;
  return {
    computedAt: history.now,
    covers: between(first.at, history.now),
    iops: iops(highPercentile(operations)),
    throughput: mebibytesPerSecond(highPercentile(throughput)),
    minutesAtWall: minutesAtWall(demand, recent(history.balance), history.bucket),
  };
}

/** Nearest rank: a value that was really seen. */
function highPercentile(series: Series): number {
  const sorted = Float64Array.from(series, (sample) => sample.value).sort();
  return sorted[Math.ceil(0.995 * sorted.length) - 1] ?? 0;
}

/**
 * Minutes in which an empty bucket held demand back. An empty bucket alone does not: 5-minute samples of the balance stay
 * at zero for minutes in which nothing was asked for.
 */
export function minutesAtWall(demand: Series, balance: Series, bucket: CreditBucket): number {
  let index = 0;
  let held = 0;
  for (const sample of demand) {
    while (index < balance.length && endOf(balance[index]) <= sample.at) index += 1;
    const covering = balance[index];
    const empty = covering !== undefined && covering.at <= sample.at && covering.value <= balanceNoise;
    if (empty && isHeldBack(sample.value, bucket)) held += inMinutes(sample.period);
  }
  return held;
}

const endOf = (sample: Sample | undefined): Instant =>
  sample === undefined ? (Number.POSITIVE_INFINITY as Instant) : after(sample.at, sample.period);

/** Least balance the day must leave, so that a return is not followed by the next alarm. */
const margin = percent(20);
/** Of the baseline: what the day's average demand may use. */
const mostOfBaseline = 0.9;
/** Of the day: how much of it the samples must cover. */
const leastCoverage = 0.9;

/**
 * Whether a bucket would have carried the last 24 hours of demand, replayed from `startBalance` as if they were the next
 * 24. Nobody knows the balance that AWS gives a volume on its return, so callers plan for 0 %.
 *
 * It fits when all of this holds:
 * - the credits never ran out while more than the baseline was asked for, the climb from `startBalance` included: so
 *   nothing goes back just before its daily peak;
 * - the balance climbed to 20 % and never fell below it again (hysteresis: a bridge is not put back to be needed again);
 * - on average at most 90 % of the baseline was asked for, so that the next day can be the same;
 * - at least 90 % of the day is known. What is not known earns nothing.
 *
 * Every I/O costs a credit, also beyond the burst: what a bucket cannot serve at once waits and is served later.
 * `lowest` is the lowest balance since it first reached 20 %, 0 when it never did.
 */
export function wouldFit(
  bucket: CreditBucket,
  demand: Series,
  now: Instant,
  startBalance: Percent,
): { readonly lowest: Percent; readonly fits: boolean } {
  const since = before(now, hours(24));
  const day = demand.filter((sample) => sample.at >= since && endOf(sample) <= now);
  const { lowest, ranOut } = replayed(bucket, day, startBalance);
  const covered = sumOf(day, (sample) => inSeconds(sample.period));
  const asked = sumOf(day, (sample) => inSeconds(sample.period) * sample.value);
  const fits =
    !ranOut &&
    lowest >= margin &&
    covered >= leastCoverage * inSeconds(hours(24)) &&
    asked <= mostOfBaseline * bucket.baseline * covered;
  return { lowest, fits };
}

const sumOf = (series: Series, of: (sample: Sample) => number): number =>
  series.reduce((sum, sample) => sum + of(sample), 0);

/** Within a sample demand is constant, so the balance is lowest at one of its ends. */
function replayed(bucket: CreditBucket, day: Series, startBalance: Percent) {
  let balance: number = startBalance;
  let lowest = balance >= margin ? balance : undefined;
  let ranOut = false;
  for (const { value, period } of day) {
    const change = ((bucket.baseline - value) * inSeconds(period) * 100) / bucket.capacity;
    ranOut ||= change < 0 && balance + change < 0;
    balance = Math.max(0, Math.min(100, balance + change));
    if (lowest !== undefined || balance >= margin) lowest = Math.min(lowest ?? balance, balance);
  }
  return { lowest: percent(lowest ?? 0), ranOut };
}
