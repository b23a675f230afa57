/** `at` in milliseconds since the epoch. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** What happened at one moment; drawn as a line or a letter on the time axis. */
export interface Mark {
  readonly at: number;
  readonly kind: 'alarm' | 'notice' | 'act' | 'wall' | 'spared' | 'back';
}

/** One panel's measure, the same for both worlds and on the same scale. */
export interface Measure {
  readonly title: string;
  readonly unit: string;
  /** Top of the scale where it is known; else the highest value shown. */
  readonly most: number | undefined;
  /** How several points that fall into one column become one: a peak must not vanish, a mean must not exaggerate. */
  readonly merge: 'mean' | 'highest';
}

/** Words inside a panel, from `at` on; for what a curve cannot say, such as why it ends. */
export interface Remark {
  readonly measure: number;
  readonly at: number;
  readonly text: string;
}

interface WorldPanels {
  readonly title: string;
  /** One series for each measure, in its order; each in the order of time. */
  readonly series: readonly (readonly Point[])[];
  readonly marks: readonly Mark[];
  readonly remarks: readonly Remark[];
}

/** The same measures of two worlds over the same time. */
export interface Comparison {
  readonly from: number;
  readonly until: number;
  readonly measures: readonly Measure[];
  readonly worlds: readonly [WorldPanels, WorldPanels];
}

export const MARK_WORDS: Readonly<Record<Mark['kind'], string>> = {
  alarm: 'alarm',
  notice: 'notice',
  act: 'moved',
  wall: 'wall',
  spared: 'no wall',
  back: 'moved back',
};

/** Longer than this share of the time shown, a stretch without a point is a gap; shorter, the value before it holds. */
const GAP = 0.05;

/** `from`–`until` in as many equal columns; a column without a point, in a gap or at an end, is undefined. */
export function columns(
  points: readonly Point[],
  { from, until }: Pick<Comparison, 'from' | 'until'>,
  count: number,
  merge: Measure['merge'],
): readonly (number | undefined)[] {
  const sums = new Array<number>(count).fill(0);
  const counts = new Array<number>(count).fill(0);
  const highest = new Array<number>(count).fill(Number.NEGATIVE_INFINITY);
  for (const { at, value } of points) {
    if (at < from || at > until) continue;
    const column = columnOf(at, { from, until }, count);
    sums[column] = (sums[column] ?? 0) + value;
    counts[column] = (counts[column] ?? 0) + 1;
    highest[column] = Math.max(highest[column] ?? value, value);
  }
  const merged = counts.map((points, column) => {
    if (points === 0) return undefined;
    return merge === 'mean' ? (sums[column] ?? 0) / points : highest[column];
  });
  return bridged(merged, Math.ceil(count * GAP));
}

function bridged(values: (number | undefined)[], longest: number): readonly (number | undefined)[] {
  let last: number | undefined;
  return values.map((value, column) => {
    if (value !== undefined) last = column;
    else if (
      last !== undefined &&
      values.slice(column, last + longest + 1).some((next) => next !== undefined)
    ) {
      return values[last];
    }
    return value;
  });
}

export const columnOf = (
  at: number,
  { from, until }: Pick<Comparison, 'from' | 'until'>,
  count: number,
): number => Math.min(count - 1, Math.max(0, Math.floor(((at - from) / (until - from)) * count)));

/** Top of a measure's scale over both worlds as drawn in `count` columns; never 0, so that nothing divides by it. */
export function topOf(comparison: Comparison, index: number, count: number): number {
  const { most, merge = 'mean' } = comparison.measures[index] ?? {};
  if (most !== undefined) return most;
  const highest = comparison.worlds
    .flatMap(({ series }) => columns(series[index] ?? [], comparison, count, merge))
    .reduce<number>((top, value) => Math.max(top, value ?? 0), 0);
  return highest === 0 ? 1 : highest;
}

/** `20:00`, UTC. */
export const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** `20:00`, and `20:00 +1d` on the day after that of `from`. */
export function clockFrom(from: number, at: number): string {
  const days = daysAfter(from, at);
  return days === 0 ? clock(at) : `${clock(at)} +${days}d`;
}

/** On the time axis: `06:00`, and where a later day begins that day, `+1d`. */
export function tickWords(from: number, at: number): string {
  const days = daysAfter(from, at);
  return days > 0 && at % DAY === 0 ? `+${days}d` : clock(at);
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const daysAfter = (from: number, at: number): number => Math.floor(at / DAY) - Math.floor(from / DAY);

/** Full hours within the time shown, at most `most` of them, evenly spaced. */
export function hourTicks(
  { from, until }: Pick<Comparison, 'from' | 'until'>,
  most: number,
): readonly number[] {
  const step =
    [1, 2, 3, 6, 12, 24, 48, 96, 168].find((hours) => (until - from) / (hours * HOUR) <= most) ?? 720;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / (step * HOUR)) * step * HOUR; at <= until; at += step * HOUR) ticks.push(at);
  return ticks;
}
