import type { Reading, Sample, Series } from '../reading.ts';
import {
  after,
  before,
  between,
  type Duration,
  days,
  type Instant,
  inMinutes,
  minutes,
  type Percent,
  percent,
} from '../units.ts';
import { type CreditBucket, percentPerMinute } from './credit-bucket.ts';

/** Never one bare number: the wall comes between `earliest` (full burst from now on) and `latest`. */
export interface InstantRange {
  readonly earliest: Instant;
  readonly likely: Instant;
  /** `undefined` when the gentlest slope seen would never reach it. */
  readonly latest: Instant | undefined;
}

interface LastSeen {
  readonly balance: Percent;
  /** End of the newest sample's period: what the balance is known for. */
  readonly asOf: Instant;
  readonly age: Duration;
  /** The wall if the volume bursts fully from `asOf` on; nothing can bring it earlier. */
  readonly earliestWall: Instant;
}

export type Forecast =
  | { readonly kind: 'unknown'; readonly why: 'no-data' | 'stale' | 'unread'; readonly detail: string }
  /** Empty in every sample since then; left out where that was not stored. */
  | (LastSeen & { readonly kind: 'at-wall'; readonly since?: Instant })
  | (LastSeen & { readonly kind: 'draining'; readonly percentPerMinute: number; readonly wall: InstantRange })
  | (LastSeen & { readonly kind: 'steady' })
  | (LastSeen & {
      readonly kind: 'recovering';
      readonly percentPerMinute: number;
      readonly full: InstantRange;
    })
  /** One sample only: no slope yet. */
  | (LastSeen & { readonly kind: 'first-sight' });

/** Evidence older than this is no evidence: we tell, and do not touch. */
export const staleAfter: Duration = minutes(10);

/** Percentage points by which a balance that did not change may differ from one sample to the next. */
export const balanceNoise = 0.2;

/** How far back slopes are taken, shortest first; across a longer gap the balance may have done anything. */
const lookbacks: readonly Duration[] = [minutes(5), minutes(10), minutes(15), minutes(30)];

/**
 * Where the balance is heading, from the Minimum of BurstBalance in samples of 1 or 5 minutes, late and with gaps.
 *
 * A sample of a draining balance is what was left at the END of its period. (A rising one shows its start, so recovery
 * is told up to one period late, which is the safe side.) A period still running has no Minimum yet and is ignored.
 */
export function forecast(input: {
  readonly balance: Reading<Series>;
  readonly bucket: CreditBucket;
  readonly now: Instant;
}): Forecast {
  const { balance, bucket, now } = input;
  if (balance.kind === 'unread') return { kind: 'unknown', why: 'unread', detail: balance.why };
  const points = recentOf(balance.value)
    .map(pointOf)
    .filter((point) => point.at <= now);
  const newest = points.at(-1);
  if (newest === undefined) {
    return { kind: 'unknown', why: 'no-data', detail: 'CloudWatch has no datapoint' };
  }
  const age = between(newest.at, now);
  if (age > staleAfter) {
    return { kind: 'unknown', why: 'stale', detail: `the newest datapoint is ${minutesText(age)} old` };
  }
  const seen: LastSeen = {
    balance: percent(newest.value),
    asOf: newest.at,
    age,
    earliestWall: arrival(newest.at, percent(newest.value) / -percentPerMinute(bucket, bucket.burst)),
  };
  if (seen.balance <= balanceNoise)
    return { ...seen, kind: 'at-wall', since: emptySince(balance.value, newest) };
  return direction(seen, slopesOf(points, newest), bucket);
}

/** The wall came in the first of them, or before all that was read. */
function emptySince(balance: Series, newest: Point): Instant {
  const ended = balance.filter((sample) => pointOf(sample).at <= newest.at);
  return ended[ended.findLastIndex(({ value }) => value > balanceNoise) + 1]?.at ?? newest.at;
}

/** What the longest lookback can reach, and the sample before it. */
function recentOf(balance: Series): Series {
  const [newest, furthest] = [balance.at(-1), lookbacks.at(-1)];
  if (newest === undefined || furthest === undefined) return [];
  const since = before(newest.at, (2 * furthest) as Duration);
  return balance.slice(balance.findLastIndex(({ at }) => at < since) + 1);
}

interface Point {
  readonly at: Instant;
  readonly value: number;
}

const pointOf = (sample: Sample): Point => ({ at: after(sample.at, sample.period), value: sample.value });

function direction(seen: LastSeen, slopes: readonly Slope[], bucket: CreditBucket): Forecast {
  const settled = slopesThatAgree(slopes);
  const longest = settled.at(-1);
  if (longest === undefined) return { ...seen, kind: 'first-sight' };
  const all = slopes.map((slope) => within(slope.rate, bucket));
  const steepest = within(Math.min(...settled.map((slope) => slope.rate)), bucket);
  if (longest.change <= -balanceNoise || isHiddenWall(seen.balance, steepest)) {
    return draining(seen, steepest, Math.max(...all));
  }
  if (longest.change < balanceNoise) return { ...seen, kind: 'steady' };
  return recovering(seen, within(longest.rate, bucket), Math.min(...all), bucket);
}

/** So little is left that a fall too small to be told from noise still ends within the hour: on doubt, it falls. */
const isHiddenWall = (balance: Percent, rate: number): boolean => rate < 0 && balance / -rate <= 60;

function draining(seen: LastSeen, rate: number, gentlest: number): Forecast {
  const likely = arrival(seen.asOf, seen.balance / -rate);
  const wall = {
    earliest: seen.earliestWall,
    likely: later(seen.earliestWall, likely),
    latest: gentlest < 0 ? arrivalAtLast(seen.earliestWall, seen.asOf, seen.balance / -gentlest) : undefined,
  };
  return { ...seen, kind: 'draining', percentPerMinute: rate, wall };
}

function recovering(seen: LastSeen, rate: number, gentlest: number, bucket: CreditBucket): Forecast {
  const missing = 100 - seen.balance;
  const earliest = arrival(seen.asOf, missing / percentPerMinute(bucket, 0));
  const full = {
    earliest,
    likely: later(earliest, arrival(seen.asOf, missing / rate)),
    latest: gentlest > 0 ? arrivalAtLast(earliest, seen.asOf, missing / gentlest) : undefined,
  };
  return { ...seen, kind: 'recovering', percentPerMinute: rate, full };
}

interface Slope {
  /** Percentage points a minute. */
  readonly rate: number;
  /** Change of the balance over the window. */
  readonly change: number;
  /** How wrong the rate can be because of noise alone. */
  readonly doubt: number;
}

/** One slope per window back from the newest point; windows that add no point are left out. */
function slopesOf(points: readonly Point[], newest: Point): readonly Slope[] {
  const lengths = lookbacks.map(
    (lookback) => points.filter((point) => point.at >= before(newest.at, lookback)).length,
  );
  return [...new Set(lengths)]
    .map((length) => slopeOf(points.slice(-length)))
    .filter((slope) => slope !== undefined);
}

function slopeOf(points: readonly Point[]): Slope | undefined {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || first === last) return undefined;
  const duration = inMinutes(between(first.at, last.at));
  const rate = median(pairwiseRates(points));
  return { rate, change: rate * duration, doubt: balanceNoise / duration };
}

/** Theil–Sen: the median over all pairs is not moved by one sample that is far off. */
function pairwiseRates(points: readonly Point[]): readonly number[] {
  const rates: number[] = [];
  for (const [index, a] of points.entries()) {
    for (const b of points.slice(index + 1)) {
      rates.push((b.value - a.value) / inMinutes(between(a.at, b.at)));
    }
  }
  return rates;
}

/** Typed, because there are hundreds of pairs in half an hour, and numbers as such sort far faster. */
function median(values: readonly number[]): number {
  const sorted = new Float64Array(values).sort();
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}

/**
 * The windows, shortest first, up to the first whose slope contradicts a shorter one by more than the doubt of both
 * (Lepski's rule). After a fresh onset the long windows contradict and the last 5 minutes count alone; in a long drain
 * all agree, and the longest finds a slow leak under the noise.
 */
function slopesThatAgree(slopes: readonly Slope[]): readonly Slope[] {
  const contradicts = (longer: Slope, index: number) =>
    slopes
      .slice(0, index)
      .some((shorter) => Math.abs(longer.rate - shorter.rate) > longer.doubt + shorter.doubt);
  const first = slopes.findIndex(contradicts);
  return first === -1 ? slopes : slopes.slice(0, first);
}

/** Physics bounds what noise may claim: nothing drains faster than full burst or refills faster than idle. */
const within = (rate: number, bucket: CreditBucket): number =>
  Math.min(percentPerMinute(bucket, 0), Math.max(percentPerMinute(bucket, bucket.burst), rate));

/** Whole milliseconds, the earlier ones: instants are stored, and no store keeps every fraction. */
const arrival = (from: Instant, inMinutesFromThen: number): Instant =>
  Math.floor(after(from, minutes(inMinutesFromThen))) as Instant;

/** A slope that would take longer than a year is as good as none, and its end is no instant that a store could keep. */
const arrivalAtLast = (atLeast: Instant, from: Instant, inMinutesFromThen: number): Instant | undefined =>
  inMinutesFromThen > inMinutes(days(365)) ? undefined : later(atLeast, arrival(from, inMinutesFromThen));

/** Rates and times are computed by different roads; a range must not turn around in the last bit. */
const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

const minutesText = (duration: Duration): string => `${Math.round(inMinutes(duration))} minutes`;

/** Whether the wall is likely within `horizon` from now, or already there. An unknown forecast claims nothing. */
export function likelyWithin(seen: Forecast, now: Instant, horizon: Duration): boolean {
  if (seen.kind === 'at-wall') return true;
  return seen.kind === 'draining' && seen.wall.likely <= after(now, horizon);
}

/** Whether full burst could bring the wall within `horizon` from now. An unknown forecast claims nothing. */
export const earliestWithin = (seen: Forecast, now: Instant, horizon: Duration): boolean =>
  seen.kind !== 'unknown' && seen.earliestWall <= after(now, horizon);
