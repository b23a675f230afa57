import type { Sample, Series } from '../../core/domain/reading.ts';

/** A point of a curve; `undefined` breaks it. */
export type Thinned = readonly (Pick<Sample, 'at' | 'value'> | undefined)[];

export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Empty columns in a row that a curve still crosses; more is a gap, as nobody knows what was there. */
const CROSSED = 3;

/**
 * What a picture of so many columns can show: the lowest and the highest sample of each, in the order of time, so that
 * no peak and no dip is lost; where the curve is level, only its ends.
 */
export function thinned(series: Series, span: Span, columns: number): Thinned {
  const width = (span.until - span.from) / columns;
  const points: (Sample | undefined)[] = [];
  let column: Sample[] = [];
  const columnOf = ({ at }: Sample): number => Math.floor((at - span.from) / width);
  for (const sample of series) {
    if (sample.at < span.from || sample.at >= span.until) continue;
    const [before] = column;
    if (before !== undefined && columnOf(before) !== columnOf(sample)) {
      points.push(...extremes(column));
      if (columnOf(sample) - columnOf(before) > CROSSED) points.push(undefined);
      column = [];
    }
    column.push(sample);
  }
  points.push(...extremes(column));
  return levelled(points);
}

function extremes(samples: readonly Sample[]): readonly Sample[] {
  const [first] = samples;
  if (first === undefined) return [];
  let lowest = first;
  let highest = first;
  for (const sample of samples) {
    if (sample.value < lowest.value) lowest = sample;
    if (sample.value > highest.value) highest = sample;
  }
  if (lowest === highest) return [lowest];
  return lowest.at < highest.at ? [lowest, highest] : [highest, lowest];
}

const levelled = (points: readonly (Sample | undefined)[]): Thinned =>
  points.filter((point, index) => {
    const [before, next] = [points[index - 1], points[index + 1]];
    const isInside = point !== undefined && before !== undefined && next !== undefined;
    return !isInside || before.value !== point.value || point.value !== next.value;
  });
