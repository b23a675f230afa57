import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import { type Forecast, forecast } from '../../../core/domain/credits/forecast.ts';
import { precedentFor } from '../../../core/domain/credits/precedent.ts';
import { read, type Series } from '../../../core/domain/reading.ts';
import { minutes, percent } from '../../../core/domain/units.ts';
import { ago, level, minutely } from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';
import { dip, down, up } from './some-falls.ts';

type Draining = Extract<Forecast, { kind: 'draining' }>;

const bucket = creditBucketOf(someVolume());
function drainingAt(values: readonly number[]): Draining {
  if (bucket === undefined) throw new Error('expected a volume that can run out');
  const seen = forecast({ balance: read(minutely(values), noon), bucket, now: noon });
  if (seen.kind !== 'draining') throw new Error(`expected it to drain, it is ${seen.kind}`);
  return seen;
}
const limits = { within: minutes(21), promisedFrom: minutes(25), saidAt: undefined };
const judged = (values: readonly number[]) => precedentFor(minutely(values), drainingAt(values), limits);
const inTurn = (...values: readonly (readonly number[])[]) => values.flat();
/** So long that what was before it is no trend. */
const calm = level(100, 200);

describe('the past speaks against a wall', () => {
  test('where two falls went as deep and turned around', () => {
    expect(judged(inTurn(dip(80), dip(70), calm, down(100, 30)))).toEqual({
      asDeep: 2,
      toWall: 0,
      downTo: percent(30),
    });
  });

  test('and not where one did', () => {
    expect(judged(inTurn(dip(80), dip(60), calm, down(100, 30)))).toBeUndefined();
  });

  test('and not where more than one in ten went on to the wall, while the fall is one that we promise to announce', () => {
    const dips = (times: number) => Array.from({ length: times }, () => dip(80)).flat();
    const judgedAfter = (...past: readonly (readonly number[])[]) =>
      judged(inTurn(...past, calm, down(100, 30)));
    expect(judgedAfter(dips(9), dip(94))).toEqual({ asDeep: 10, toWall: 0, downTo: 20 });
    expect(judgedAfter(dips(9), dip(96))).toEqual({ asDeep: 10, toWall: 1, downTo: 20 });
    expect(judgedAfter(dips(8), dip(96))).toBeUndefined();
  });

  test('and not where more than half did, where nothing can be promised', () => {
    const low = (depth: number) => [48, ...down(48, 48 - depth), ...up(48 - depth, 48)];
    const now = [...level(48, 200), ...down(48, 30)];
    const half = [low(20), low(20), low(46), low(46)].flat();
    expect(judged([...half, ...now])).toMatchObject({ asDeep: 4, toWall: 2 });
    expect(judged([...half, ...low(46), ...now])).toBeUndefined();
  });

  test('and not where one emptied a bucket that was less full, for so long that it would have emptied this one', () => {
    const from70 = (emptyFor: number) => [70, ...down(70, 0), ...level(0, emptyFor - 1), ...up(0, 70)];
    const judgedAfter = (...past: readonly (readonly number[])[]) =>
      judged(inTurn(...past, calm, down(100, 40)));
    // At two points a minute: as good as 100 with 13 minutes more.
    expect(judgedAfter(from70(12), from70(12))).toMatchObject({ asDeep: 2, toWall: 0, downTo: 100 - 94 });
    expect(judgedAfter(from70(12), from70(12), from70(13))).toBeUndefined();
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
    const series = minutely(inTurn(dip(80), dip(70), calm, down(100, 30)));
    const saidAgo = (earlier: number) =>
      precedentFor(series, drainingAt(down(100, 30)), { ...limits, saidAt: ago(minutes(earlier)) });
    expect(saidAgo(36)).toBeDefined();
    expect(saidAgo(35)).toBeUndefined();
  });

  test('down to where too few of them went', () => {
    const past = inTurn(dip(88), dip(80), dip(76), calm);
    expect(judged([...past, ...down(100, 30)])).toMatchObject({ asDeep: 3, downTo: 20 });
    expect(judged([...past, ...down(100, 20)])).toMatchObject({ asDeep: 2, toWall: 0, downTo: 20 });
    expect(judged([...past, ...down(100, 18)])).toBeUndefined();
  });

  test('and not where the balance sinks from fall to fall, each turning around a little lower', () => {
    const teeth = (first: number, step: number) =>
      Array.from({ length: 30 }, (_none, index) => first - index * step).flatMap((top) => [
        ...[top, top - 2, top - 4, top - 2],
      ]);
    const last = [8, 6, 4, 6, 8, 7, 6, 5, 4];
    expect(judged([...teeth(8, 0), ...last])).toMatchObject({ toWall: 0 });
    expect(judged([...teeth(60.2, 1.8), ...last])).toBeUndefined();
  });

  test.each([
    [17, undefined],
    [19, { asDeep: 3, toWall: 0, downTo: 20 }],
  ])(
    'and not where it sinks so fast that the wall is met within twice the time: %i minutes between falls of ten',
    (pause, held) => {
      const stairs = [100, 80, 60].flatMap((top) => [...down(top, top - 20), ...level(top - 20, pause)]);
      expect(judged(inTurn(calm, stairs, down(40, 30)))).toEqual(held);
    },
  );

  test('and not where it has begun to sink in the last hour', () => {
    const gently = Array.from({ length: 120 }, (_none, index) => 100 - (index + 1) / 8);
    const pulse = (top: number) => [3, 6, 9, 12, 15, 15, 15, 15, 15, 15].map((fallen) => top - fallen);
    const pulses = [85, 70, 55].flatMap(pulse);
    expect(judged(inTurn(calm, gently, pulses, [37, 34, 31]))).toBeUndefined();
    const recovering = [40, 40, 40].flatMap((top) => [...pulse(top), ...up(top - 15, top)]);
    expect(judged(inTurn(level(40, 200), recovering, [37, 34, 31]))).toMatchObject({ toWall: 0 });
  });

  test('also where they lasted for hours, as this one has', () => {
    const gently = (to: number) =>
      Array.from({ length: (100 - to) * 2.5 }, (_none, index) => 100 - 0.4 * (index + 1));
    const night = [...gently(10), ...up(10, 100)];
    expect(judged(inTurn(calm, night, night, calm, gently(20)))).toMatchObject({ asDeep: 2, toWall: 0 });
    expect(judged(inTurn(calm, night, calm, gently(20)))).toBeUndefined();
  });
});

/** Depths of earlier falls, and how deep the present one is, in whole pairs of points. */
const depths = fc.array(
  fc.integer({ min: 1, max: 50 }).map((half) => 2 * half),
  { maxLength: 12 },
);
const now = fc.integer({ min: 16, max: 49 }).map((half) => 2 * half);
const fallAfter = (earlier: readonly number[], present: number) =>
  inTurn(earlier.flatMap(dip), calm, down(100, 100 - present));

describe('the law of the past', () => {
  property.prop([depths, now])(
    'holds back what two falls went as deep as and none to the wall, and nothing deeper than all but one',
    (earlier, present) => {
      const asDeep = earlier.filter((depth) => depth >= present).length;
      const held = judged(fallAfter(earlier, present));
      if (asDeep < 2) expect(held).toBeUndefined();
      else if (earlier.every((depth) => depth < 95)) expect(held).toMatchObject({ asDeep, toWall: 0 });
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
    'holds back nothing that we promise where more than one in ten went to the wall',
    (earlier, present) => {
      const asDeep = earlier.filter((depth) => depth >= present).length;
      const toWall = earlier.filter((depth) => depth >= 95).length;
      if (10 * toWall > asDeep) expect(judged(fallAfter(earlier, present))).toBeUndefined();
    },
  );
});
