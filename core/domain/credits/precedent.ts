import type { Series } from '../reading.ts';
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
import { type Falls, fallsIn } from './falls.ts';
import type { Forecast } from './forecast.ts';

type Draining = Extract<Forecast, { kind: 'draining' }>;

/** How earlier falls ended that went as deep as the present one. */
export interface Precedent {
  readonly asDeep: number;
  /** Of those, how many went so deep that the bucket would be empty now, or may have gone there. */
  readonly toWall: number;
  /** The balance under which too few of them went for the present one to be held back any longer. */
  readonly downTo: Percent;
}

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
/** A fall that went this much of the way counts as one to the wall: nobody is that sure of where the next one ends. */
const asGoodAsAll = 0.95;
/**
 * For each earlier fall that may have gone on to the wall there have to be so many as deep as this one for it to be held
 * back: ten where it takes long enough for the lead time to be promised, two where nothing is promised.
 */
export const fallsPerWall = { promised: 10, without: 2 } as const;

/**
 * Why a wall that the slope predicts is not to be announced yet: falls as deep as this one have mostly turned around before
 * they would have emptied the bucket. `undefined` where the past does not say so, where the balance has been sinking from fall
 * to fall, which no single one shows, or where this very fall was announced: that is not taken back.
 */
export function precedentFor(balance: Series, seen: Draining, limits: Limits): Precedent | undefined {
  const falls = fallsIn(balance);
  const { present, since } = falls;
  if (since === undefined || (limits.saidAt !== undefined && limits.saidAt >= since)) return undefined;
  if (isSinking(balance, since, seen, limits.within)) return undefined;
  const isPromised = between(since, seen.wall.likely) >= limits.promisedFrom;
  return judgedBy(falls, present + seen.balance, fallsPerWall[isPromised ? 'promised' : 'without']);
}

/** @param whole what a fall from this one's peak to the wall is */
function judgedBy(falls: Falls, whole: number, perWall: number): Precedent | undefined {
  const { asDeep, toWall } = fallsAsDeep(falls, whole);
  const needed = Math.max(fewest, toWall * perWall);
  const deepest = falls.earlier.map(({ depth }) => depth).toSorted((a, b) => b - a)[needed - 1];
  if (deepest === undefined || deepest < falls.present) return undefined;
  return { asDeep, toWall, downTo: percent(whole - deepest) };
}

/** How many earlier falls went as deep as the present one, and how many of these `whole`, or may have. */
export function fallsAsDeep(
  { earlier, present }: Falls,
  whole: number,
): Pick<Precedent, 'asDeep' | 'toWall'> {
  const asDeep = earlier.filter(({ depth }) => depth >= present);
  const toWall = asDeep.filter(({ depth, end }) => end === 'unseen' || depth >= asGoodAsAll * whole);
  return { asDeep: asDeep.length, toWall: toWall.length };
}

/** Long enough to see past the ups and downs of a load, and short enough to see that it grew. */
const trends: readonly Duration[] = [hours(3), hours(1)];

/**
 * Whether the balance sinks with all its ups and downs, so that it meets the wall within twice the time: from its highest
 * point of the last hours down to where the present fall began.
 */
function isSinking(balance: Series, since: Instant, seen: Draining, within: Duration): boolean {
  const points = balance
    .map(({ at, period, value }) => ({ at: after(at, period), value }))
    .filter(({ at }) => at <= since);
  const begun = points.at(-1);
  if (begun === undefined) return false;
  return trends.some((trend) => {
    const lately = points.filter(({ at }) => at >= before(seen.asOf, trend));
    const highest = lately.reduce((most, point) => (point.value >= most.value ? point : most), begun);
    const passed = inMinutes(between(highest.at, since));
    const perMinute = passed === 0 ? 0 : (highest.value - begun.value) / passed;
    return perMinute > 0 && seen.balance / perMinute <= 2 * inMinutes(within);
  });
}
