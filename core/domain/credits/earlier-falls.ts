import type { Sample, Series } from '../reading.ts';
import {
  after,
  before,
  between,
  type Duration,
  hours,
  type Instant,
  inMinutes,
  type Percent,
  percent,
} from '../units.ts';
import { type Forecast, staleAfter } from './forecast.ts';

/** One that is over, from its peak to the last trough seen before it rose again, in percentage points. */
interface Fall {
  readonly depth: number;
  /**
   * `cut-short` at the empty bucket, below which no load can show how far it would have gone, or where nothing was
   * published when it turned: the volume hung, or somebody stopped it.
   */
  readonly end: 'turned' | 'cut-short';
}

/** What a volume's balance did before, in percentage points. */
export interface Falls {
  readonly earlier: readonly Fall[];
  /** How far it has fallen now, and since when. */
  readonly present: number;
  readonly since: Instant | undefined;
}

type Draining = Extract<Forecast, { kind: 'draining' }>;

/** How earlier falls ended that went as deep as the present one. */
export interface Precedent {
  readonly asDeep: number;
  /** Of those, how many went so deep that the bucket would be empty now, or may have gone there. */
  readonly toWall: number;
  /** The balance under which too few of them went for the present one to be held back any longer. */
  readonly downTo: Percent;
}

/** A fall is over when the balance has risen by more than this share of it, and by more than noise. */
const riseThatEnds = 0.2;
const leastRise = 0.3;
/** Falls that are less than this are noise. */
const leastFall = 0.5;
/** A fall that went this much of the way counts as one to the wall: nobody is that sure of where the next one ends. */
const asGoodAsAll = 0.95;

/** @param balance as CloudWatch shows it, with gaps: a fall that is lower after one than before it went on */
export function fallsIn(balance: Series): Falls {
  const [first] = balance;
  if (first === undefined) return { earlier: [], present: 0, since: undefined };
  const earlier: Fall[] = [];
  let [peak, trough, isUnseen, previous] = [first, first.value, false, first];
  for (const sample of balance) {
    const { value } = sample;
    isUnseen = value >= trough && (isUnseen || isGap(previous, sample));
    trough = Math.min(trough, value);
    const depth = peak.value - trough;
    const isOver = value - trough > Math.max(leastRise, riseThatEnds * depth);
    if (isOver && depth > leastFall) earlier.push({ depth, end: endOf(depth, peak.value, isUnseen) });
    if (isOver || value >= peak.value) [peak, trough, isUnseen] = [sample, value, false];
    previous = sample;
  }
  return { earlier, present: peak.value - previous.value, since: after(peak.at, peak.period) };
}

/** So long without a sample is no evidence of what the balance did meanwhile. */
const isGap = (a: Sample, b: Sample): boolean => between(after(a.at, a.period), b.at) > staleAfter;

const endOf = (depth: number, from: number, isUnseen: boolean): Fall['end'] =>
  isUnseen || depth >= asGoodAsAll * from ? 'cut-short' : 'turned';

export interface Limits {
  /** How near the wall is when it is announced. */
  readonly within: Duration;
  /** Drains that last at least this long, from the peak to the wall, are announced the lead time ahead. */
  readonly promisedFrom: Duration;
  /** When a wall of this volume was last announced. */
  readonly saidAt: Instant | undefined;
}

/** One earlier fall is no habit. */
const fewest = 2;
/**
 * Of the earlier falls as deep as this one, the share that may have gone on to the wall for it to be held back: none
 * where it takes long enough for the lead time to be promised, half of them where nothing is promised.
 */
const mostToWall = { promised: 0, without: 0.5 } as const;
/**
 * Why a wall that the slope predicts is not to be announced yet: falls as deep as this one have mostly turned around before
 * they would have emptied the bucket. `undefined` where the past does not say so, where the balance has been on its way
 * down for hours, which no single fall shows, or where this very fall was announced: that is not taken back.
 */
export function precedentFor(balance: Series, seen: Draining, limits: Limits): Precedent | undefined {
  const falls = fallsIn(balance);
  const { present, since } = falls;
  if (since === undefined || (limits.saidAt !== undefined && limits.saidAt >= since)) return undefined;
  const mayGo = mostToWall[between(since, seen.wall.likely) >= limits.promisedFrom ? 'promised' : 'without'];
  const precedent = judgedBy(falls, present + seen.balance, mayGo);
  return precedent === undefined || isSinking(balance, since, seen, limits.within) ? undefined : precedent;
}

/** @param whole what a fall from this one's peak to the wall is */
function judgedBy({ earlier, present }: Falls, whole: number, mayGo: number): Precedent | undefined {
  const isToWall = ({ depth, end }: Fall): boolean =>
    depth >= asGoodAsAll * whole || (end === 'cut-short' && depth >= present);
  const toWall = earlier.filter(isToWall).length;
  const asDeep = earlier.filter(({ depth }) => depth >= present).length;
  const needed = toWall === 0 ? fewest : Math.max(fewest, Math.ceil(toWall / mayGo));
  const deepest = earlier.map(({ depth }) => depth).toSorted((a, b) => b - a)[needed - 1];
  if (deepest === undefined || deepest < present) return undefined;
  return { asDeep, toWall, downTo: percent(whole - deepest) };
}

/** Long enough to see past the ups and downs of a load, short enough to see it change. */
const trend: Duration = hours(3);

/**
 * Whether the balance sinks with all its ups and downs, so that it meets the wall within twice the time: from one peak to
 * the next, or in a single fall that has lasted so long.
 */
function isSinking(balance: Series, since: Instant, seen: Draining, within: Duration): boolean {
  const ends = balance.map(({ at, period, value }) => ({ at: after(at, period), value }));
  const first = ends.find(({ at }) => at >= before(seen.asOf, trend));
  if (first === undefined) return false;
  const last = ends.find(({ at }) => at >= since && since > first.at) ?? ends.at(-1);
  const passed = last === undefined ? 0 : inMinutes(between(first.at, last.at));
  if (last === undefined || passed <= 0) return false;
  const perMinute = (last.value - first.value) / passed;
  return perMinute < 0 && seen.balance / -perMinute <= 2 * inMinutes(within);
}
