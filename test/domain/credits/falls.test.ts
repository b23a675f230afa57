import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { fallsIn } from '../../../core/domain/credits/falls.ts';
import type { Series } from '../../../core/domain/reading.ts';
import { before, minutes } from '../../../core/domain/units.ts';
import { ago, level, minutely } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { dip, down, up } from './some-falls.ts';

const inFives = (values: readonly number[]): Series =>
  values.map((value, index) => ({
    at: ago(minutes(5 * (values.length - index))),
    period: minutes(5),
    value,
  }));

describe('the falls of a balance', () => {
  test('are counted from each peak to the trough before it rose again', () => {
    expect(fallsIn(minutely([...dip(40), ...dip(60), ...down(100, 70)]))).toEqual({
      earlier: [
        { depth: 40, end: 'turned' },
        { depth: 60, end: 'turned' },
      ],
      present: 30,
      since: before(noon, minutes(15)),
    });
  });

  test('go on through a pause of less than five minutes', () => {
    const paused = (pause: number) => [100, ...down(100, 60), ...level(60, pause), ...down(60, 40)];
    expect(fallsIn(minutely(paused(4)))).toMatchObject({ earlier: [], present: 60 });
    expect(fallsIn(minutely(paused(5)))).toMatchObject({ earlier: [{ depth: 40 }], present: 20 });
  });

  test('end with the first sample that is no lower where samples are five minutes long', () => {
    expect(fallsIn(inFives([100, 80, 60, 59, 40]))).toMatchObject({ earlier: [], present: 60 });
    expect(fallsIn(inFives([100, 80, 60, 60, 40]))).toMatchObject({ earlier: [{ depth: 40 }], present: 20 });
  });

  test('do not count noise', () => {
    expect(fallsIn(minutely([100, 99.6, 100, 99.5, 100, 99.9]))).toMatchObject({ earlier: [] });
    expect(fallsIn(minutely([100, 99.6, 100, 99.4, 100, 99.9])).earlier).toHaveLength(1);
  });

  test('are none of a volume that published nothing', () => {
    expect(fallsIn([])).toEqual({ earlier: [], present: 0, since: undefined });
  });
});

describe('a fall that empties the bucket', () => {
  const emptyFor = (length: number) => [60, ...down(60, 0), ...level(0, length - 1), ...up(0, 60)];

  test('is as deep as it would have gone at its pace in the time that the bucket was empty', () => {
    expect(fallsIn(minutely(emptyFor(10))).earlier).toEqual([{ depth: 60 + 2 * 10, end: 'turned' }]);
    expect(fallsIn(minutely(emptyFor(1))).earlier).toEqual([{ depth: 60 + 2, end: 'turned' }]);
  });

  test('is judged by its pace at the end, where it had become steeper', () => {
    const slow = Array.from({ length: 150 }, (_none, index) => 60 - 0.2 * (index + 1));
    const fast = Array.from({ length: 10 }, (_none, index) => 30 - 3 * (index + 1));
    const [fall] = fallsIn(minutely([60, ...slow, ...fast, ...level(0, 19), ...up(0, 60)])).earlier;
    expect(fall?.depth).toBeCloseTo(60 + 3 * 20);
  });

  test('goes on over a lull of less than five minutes', () => {
    const lulled = (lull: readonly number[]) =>
      minutely([60, ...down(60, 0), ...level(0, 9), ...lull, ...level(0, 49), ...up(0, 60)]);
    expect(fallsIn(lulled([0.33])).earlier).toEqual([{ depth: 60 + 2 * 60, end: 'turned' }]);
    expect(fallsIn(lulled([1, 2, 3, 4, 5])).earlier).toHaveLength(2);
  });

  test('lasts from its first to its last empty sample where these are five minutes long', () => {
    expect(fallsIn(inFives([60, 40, 20, 0, 0, 0, 20, 40])).earlier).toEqual([
      { depth: 60 + 4 * 15, end: 'turned' },
    ]);
  });

  test('and one that stops before is as deep as it went', () => {
    expect(fallsIn(minutely([60, ...down(60, 4), ...up(4, 60)])).earlier).toEqual([
      { depth: 56, end: 'turned' },
    ]);
  });

  test('is not made up where the record begins with an empty bucket', () => {
    expect(fallsIn(minutely([...level(0, 30), ...up(0, 60)])).earlier).toEqual([]);
  });
});

describe('a fall that ends unseen', () => {
  const around = (last: readonly number[], gap: number, next: readonly number[]) => [
    ...minutely(last, ago(minutes(next.length + gap))),
    ...minutely(next),
  ];
  const [falling, rising] = [[100, ...down(100, 40)], up(40, 100)];

  test('is one after which nothing was published for more than ten minutes', () => {
    expect(fallsIn(around(falling, 11, rising)).earlier).toEqual([{ depth: 60, end: 'unseen' }]);
    expect(fallsIn(around(falling, 10, rising)).earlier).toEqual([{ depth: 60, end: 'turned' }]);
  });

  test('is also one that was last seen, and seen again, at the empty bucket', () => {
    const [emptied, refilling] = [
      [60, ...down(60, 0)],
      [0, ...up(0, 60)],
    ];
    expect(fallsIn(around(emptied, 11, refilling)).earlier).toMatchObject([{ end: 'unseen' }]);
    expect(fallsIn(around(emptied, 10, refilling)).earlier).toMatchObject([{ end: 'turned' }]);
    const nearlyEmptied = [60, ...down(60, 2), 0.15];
    expect(fallsIn(around(nearlyEmptied, 60, refilling)).earlier).toMatchObject([{ end: 'unseen' }]);
  });

  test('is not one that went on meanwhile', () => {
    const seen = around([100, ...down(100, 80)], 100, [40, ...rising]);
    expect(fallsIn(seen).earlier).toEqual([{ depth: 60, end: 'turned' }]);
    expect(fallsIn(seen.slice(0, 12))).toMatchObject({ earlier: [], present: 60 });
  });
});

/** In whole pairs of points, and none that empties the bucket. */
const depths = fc.array(
  fc.integer({ min: 1, max: 49 }).map((half) => 2 * half),
  { maxLength: 12 },
);

describe('the law of falls', () => {
  property.prop([depths])('each is found, as deep as it went, in its order', (all) => {
    expect(fallsIn(minutely([100, ...all.flatMap(dip)])).earlier.map(({ depth }) => depth)).toEqual(all);
  });

  property.prop([depths, fc.integer({ min: 1, max: 49 })])(
    'what is seen up to now is the falls that are over, and the one under way',
    (all, half) => {
      const seen = fallsIn(minutely([100, ...all.flatMap(dip), ...down(100, 100 - 2 * half)]));
      expect(seen.earlier).toHaveLength(all.length);
      expect(seen).toMatchObject({ present: 2 * half, since: before(noon, minutes(half)) });
    },
  );
});
