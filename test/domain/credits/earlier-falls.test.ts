import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import { fallsIn, precedentFor } from '../../../core/domain/credits/earlier-falls.ts';
import { type Forecast, forecast } from '../../../core/domain/credits/forecast.ts';
import { read, type Series } from '../../../core/domain/reading.ts';
import { before, minutes, percent } from '../../../core/domain/units.ts';
import { ago, level, minutely } from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

type Draining = Extract<Forecast, { kind: 'draining' }>;

/** Two points a minute. */
const down = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.round((from - to) / 2) }, (_none, index) => from - 2 * (index + 1));
const up = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.round(to - from) }, (_none, index) => from + index + 1);
/** From 100 % down by `depth` and all the way up again. */
const dip = (depth: number): readonly number[] => [100, ...down(100, 100 - depth), ...up(100 - depth, 100)];

const bucket = creditBucketOf(someVolume());
function drainingAt(values: readonly number[]): Draining {
  if (bucket === undefined) throw new Error('expected a volume that can run out');
  const seen = forecast({ balance: read(minutely(values), noon), bucket, now: noon });
  if (seen.kind !== 'draining') throw new Error(`expected it to drain, it is ${seen.kind}`);
  return seen;
}
const limits = { within: minutes(20), promisedFrom: minutes(25), saidAt: undefined };
const judged = (values: readonly number[]) => precedentFor(minutely(values), drainingAt(values), limits);
/** Hours of calm in front, so that the trend of three hours says nothing. */
const calmly = (...values: readonly (readonly number[])[]) => [...values.flat()];
const calm = level(100, 200);

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

  test('do not end with a rise of a fifth of them, and end with more', () => {
    expect(fallsIn(minutely([100, 80, 60, 68, 40]))).toMatchObject({ earlier: [], present: 60 });
    expect(fallsIn(minutely([100, 80, 60, 69, 40]))).toMatchObject({ earlier: [{ depth: 40 }], present: 29 });
  });

  test('do not count noise', () => {
    expect(fallsIn(minutely([100, 99.6, 100, 99.5, 100, 99.9]))).toMatchObject({ earlier: [] });
  });

  test('are cut short by the empty bucket, also where it was not full before', () => {
    const from60 = [60, ...down(60, 0), ...up(0, 60)];
    expect(fallsIn(minutely(from60)).earlier).toEqual([{ depth: 60, end: 'cut-short' }]);
    expect(fallsIn(minutely([60, ...down(60, 4), ...up(4, 60)])).earlier).toEqual([
      { depth: 56, end: 'turned' },
    ]);
  });

  test('are cut short where nothing was published when they turned', () => {
    const seen = (gap: number) => [
      ...minutely([100, ...down(100, 40)], ago(minutes(60 + gap))),
      ...minutely(up(40, 100)),
    ];
    expect(fallsIn(seen(11)).earlier).toEqual([{ depth: 60, end: 'cut-short' }]);
    expect(fallsIn(seen(10)).earlier).toEqual([{ depth: 60, end: 'turned' }]);
  });

  test('are not cut short by a gap in which they went on', () => {
    const seen = [
      ...minutely([100, ...down(100, 80)], ago(minutes(160))),
      ...minutely([...down(42, 40), ...up(40, 100)]),
    ];
    expect(fallsIn(seen).earlier).toEqual([{ depth: 60, end: 'turned' }]);
    expect(fallsIn(seen.slice(0, 12))).toMatchObject({ earlier: [], present: 60 });
  });

  test('are none of a volume that published nothing', () => {
    expect(fallsIn([])).toEqual({ earlier: [], present: 0, since: undefined });
  });
});

describe('the past speaks against a wall', () => {
  test('where two falls went as deep and turned around', () => {
    expect(judged(calmly(dip(80), dip(70), calm, down(100, 30)))).toEqual({
      asDeep: 2,
      toWall: 0,
      downTo: percent(30),
    });
  });

  test('and not where one did', () => {
    expect(judged(calmly(dip(80), dip(60), calm, down(100, 30)))).toBeUndefined();
  });

  test('and not where a single one went on to the wall, while the fall is one that we promise to announce', () => {
    const nine = Array.from({ length: 9 }, () => dip(80)).flat();
    expect(judged([...nine, ...dip(94), ...calm, ...down(100, 30)])).toMatchObject({ asDeep: 10, toWall: 0 });
    expect(judged([...nine, ...dip(96), ...calm, ...down(100, 30)])).toBeUndefined();
  });

  test('and not where more than half did, where nothing can be promised', () => {
    const low = (depth: number) => [48, ...down(48, 48 - depth), ...up(48 - depth, 48)];
    const now = [...level(48, 200), ...down(48, 30)];
    const half = [low(20), low(20), low(46), low(46)].flat();
    expect(judged([...half, ...now])).toMatchObject({ asDeep: 4, toWall: 2 });
    expect(judged([...half, ...low(46), ...now])).toBeUndefined();
  });

  test('and not where they emptied a bucket that was less full', () => {
    const from = (top: number, to: number) => [top, ...down(top, to), ...up(to, top)];
    expect(judged([...from(70, 4), ...from(70, 4), ...calm, ...down(100, 40)])).toMatchObject({
      asDeep: 2,
      toWall: 0,
    });
    expect(
      judged([...from(70, 4), ...from(70, 4), ...from(70, 0), ...calm, ...down(100, 40)]),
    ).toBeUndefined();
  });

  describe('and not where one as deep ended unseen', () => {
    const around = (depth: number, gap: number): Series => {
      return [
        ...minutely([...dip(80), ...dip(80), 100, ...down(100, 100 - depth)], ago(minutes(360 + gap))),
        ...minutely([...level(100, 325), ...down(100, 30)]),
      ];
    };
    const judgedAfter = (series: Series) => precedentFor(series, drainingAt(down(100, 30)), limits);

    test('its instance was stopped, or it hung', () => {
      expect(judgedAfter(around(70, 30))).toBeUndefined();
    });
    test('but one that was not so deep says nothing', () => {
      expect(judgedAfter(around(68, 30))).toMatchObject({ asDeep: 2, toWall: 0 });
    });
    test('nor a gap of a few minutes', () => {
      expect(judgedAfter(around(70, 5))).toMatchObject({ asDeep: 3, toWall: 0 });
    });
  });

  test('and not of a fall in which the wall was announced', () => {
    const series = minutely(calmly(dip(80), dip(70), calm, down(100, 30)));
    const saidAgo = (earlier: number) =>
      precedentFor(series, drainingAt(down(100, 30)), { ...limits, saidAt: ago(minutes(earlier)) });
    expect(saidAgo(36)).toBeDefined();
    expect(saidAgo(35)).toBeUndefined();
  });

  test('down to where too few of them went', () => {
    const past = calmly(dip(88), dip(80), dip(76), calm);
    expect(judged([...past, ...down(100, 30)])).toMatchObject({ asDeep: 3, downTo: 20 });
    expect(judged([...past, ...down(100, 20)])).toMatchObject({ asDeep: 2, toWall: 0, downTo: 20 });
    expect(judged([...past, ...down(100, 18)])).toBeUndefined();
  });

  test('and not where the balance sinks for hours, each fall turning around a little lower', () => {
    const teeth = (first: number, step: number) =>
      Array.from({ length: 30 }, (_none, index) => first - index * step).flatMap((top) => [
        ...[top, top - 2, top - 4, top - 2],
      ]);
    const last = [8, 6, 4, 6, 8, 7, 6, 5, 4];
    expect(judged([...teeth(8, 0), ...last])).toMatchObject({ toWall: 0 });
    expect(judged([...teeth(60.2, 1.8), ...last])).toBeUndefined();
  });
});

/** Depths of earlier falls, and how deep the present one is, in whole pairs of points. */
const depths = fc.array(
  fc.integer({ min: 1, max: 50 }).map((half) => 2 * half),
  { maxLength: 12 },
);
const now = fc.integer({ min: 16, max: 49 }).map((half) => 2 * half);
const fallAfter = (earlier: readonly number[], present: number) =>
  calmly(earlier.flatMap(dip), calm, down(100, 100 - present));

describe('the law of the past', () => {
  property.prop([depths, now])(
    'holds back nothing deeper than all but one fall before it',
    (earlier, present) => {
      const asDeep = earlier.filter((depth) => depth >= present).length;
      if (asDeep < 2) expect(judged(fallAfter(earlier, present))).toBeUndefined();
      else expect(judged(fallAfter(earlier, present))?.asDeep ?? asDeep).toBe(asDeep);
    },
  );

  property.prop([depths, now])('says the line below which it no longer holds back', (earlier, present) => {
    const held = judged(fallAfter(earlier, present));
    if (held === undefined) return;
    const line = 100 - held.downTo;
    expect(line).toBeGreaterThanOrEqual(present);
    expect(judged(fallAfter(earlier, line))).toBeDefined();
    if (line < 98) expect(judged(fallAfter(earlier, line + 2))).toBeUndefined();
  });

  property.prop([depths, now])(
    'holds back nothing that we promise where one went to the wall',
    (earlier, present) => {
      const toWall = earlier.filter((depth) => depth >= 95).length;
      if (toWall > 0) expect(judged(fallAfter(earlier, present))).toBeUndefined();
    },
  );
});
