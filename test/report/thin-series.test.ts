import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { thinned } from '../../cli/report/thin-series.ts';
import type { Sample } from '../../core/domain/reading.ts';
import { instant, minutes } from '../../core/domain/units.ts';

const sample = (at: number, value: number): Sample => ({ at: instant(at), period: minutes(1), value });
const span = { from: 0, until: 100 };
const values = (samples: readonly Sample[], columns: number): readonly (number | undefined)[] =>
  thinned(samples, span, columns).map((point) => point?.value);

describe('a thinned series', () => {
  it('keeps the lowest and the highest of each column, in the order they came', () => {
    const first = [5, 1, 4, 9, 3].map((value, index) => sample(index, value));
    const second = [5, 8, 2, 6, 5].map((value, index) => sample(10 + index, value));
    expect(values([...first, ...second], 10)).toEqual([1, 9, 8, 2]);
  });

  it('keeps only the ends of what is level', () => {
    const level = Array.from({ length: 100 }, (_, index) => sample(index, index < 50 ? 100 : 0));
    expect(thinned(level, span, 10)).toEqual([level[0], level[40], level[50], level[90]]);
  });

  it('breaks the curve at a gap, and not where a column or two are empty', () => {
    const at = (...places: readonly number[]) => places.map((place, index) => sample(place, index));
    expect(values(at(0, 1, 30, 40, 90), 10)).toEqual([0, 1, 2, 3, undefined, 4]);
  });

  it('leaves out what is not in the time shown', () => {
    expect(values([sample(-1, 1), sample(0, 2), sample(99, 3), sample(100, 4)], 2)).toEqual([2, 3]);
  });

  it('of nothing is nothing', () => {
    expect(thinned([], span, 10)).toEqual([]);
  });

  test.prop([
    fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 50 })), {
      selector: ([at]) => at,
      minLength: 1,
    }),
    fc.integer({ min: 1, max: 40 }),
  ])('loses no extreme, makes no value up, and is no longer than the picture can show', (pairs, columns) => {
    const series = pairs.toSorted(([a], [b]) => a - b).map(([at, value]) => sample(at, value));
    const points = thinned(series, span, columns).filter((point) => point !== undefined);
    const kept = points.map(({ value }) => value);
    expect(Math.min(...kept)).toBe(Math.min(...series.map(({ value }) => value)));
    expect(Math.max(...kept)).toBe(Math.max(...series.map(({ value }) => value)));
    for (const point of points) expect(series).toContain(point);
    expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(points.length).toBeLessThanOrEqual(2 * columns);
  });
});
