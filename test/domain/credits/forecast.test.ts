import { describe, expect, test } from 'vitest';
import { creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import {
  earliestWithin,
  type Forecast,
  forecast,
  likelyWithin,
} from '../../../core/domain/credits/forecast.ts';
import { read, type Series, unread } from '../../../core/domain/reading.ts';
import { after, type Duration, gibibytes, inMinutes, instant, minutes } from '../../../core/domain/units.ts';

const bucket100 = creditBucketOf({ configuration: { type: 'gp2' }, size: gibibytes(100) });
if (bucket100 === undefined) throw new Error('expected a bucket');
/** 3 points a minute at full burst, a third of one back while idle. */
const bucket = bucket100;
const start = instant(Date.UTC(2026, 10, 22));
const minute = (count: number) => after(start, minutes(count));

/** Consecutive samples; `undefined` is a gap. */
const sampled = (period: number, values: readonly (number | undefined)[]): Series =>
  values.flatMap((value, index) =>
    value === undefined
      ? []
      : [{ at: after(start, minutes(index * period)), period: minutes(period), value }],
  );

/** As seen `late` minutes after the end of the last sample. */
function seen(period: number, values: readonly (number | undefined)[], late = 2): Forecast {
  const now = after(start, minutes(values.length * period + late));
  return forecast({ balance: read(sampled(period, values), now), bucket, now });
}

const minutesFromNow = (at: number | undefined, now: number): number =>
  at === undefined ? Number.NaN : inMinutes((at - now) as Duration);

/** Minutes from the end of the newest sample. */
function wallOf(seenNow: Forecast) {
  if (seenNow.kind !== 'draining') throw new Error(`expected draining, got ${JSON.stringify(seenNow)}`);
  const { earliest, likely, latest } = seenNow.wall;
  return {
    rate: Number(seenNow.percentPerMinute.toFixed(3)),
    earliest: Number(minutesFromNow(earliest, seenNow.asOf).toFixed(2)),
    likely: Number(minutesFromNow(likely, seenNow.asOf).toFixed(2)),
    latest: latest === undefined ? undefined : Number(minutesFromNow(latest, seenNow.asOf).toFixed(2)),
  };
}

const falling = (count: number, from: number, by: number) =>
  Array.from({ length: count }, (_, i) => from - i * by);
const flat = (count: number, at: number) => falling(count, at, 0);

describe('a steady drain', () => {
  test('is one range that full burst can only shorten', () => {
    expect(wallOf(seen(1, falling(30, 60, 1)))).toEqual({
      rate: -1,
      earliest: 10.33,
      likely: 31,
      latest: 31,
    });
    expect(wallOf(seen(5, falling(7, 60, 5)))).toEqual({ rate: -1, earliest: 10, likely: 30, latest: 30 });
  });

  test('knows what it stands on', () => {
    expect(seen(5, falling(7, 60, 5), 4)).toMatchObject({
      balance: 30,
      asOf: minute(35),
      age: minutes(4),
      earliestWall: minute(45),
    });
  });

  test('is not claimed to be faster than full burst', () => {
    expect(wallOf(seen(1, [60, 50, 40]))).toEqual({
      rate: -3,
      earliest: 13.33,
      likely: 13.33,
      latest: 13.33,
    });
  });

  test('bridges gaps', () => {
    const gappy = falling(30, 60, 1).map((value, index) => (index % 3 === 2 ? value : undefined));
    expect(wallOf(seen(1, gappy))).toMatchObject({ rate: -1, likely: 31 });
  });
});

describe('a fresh onset', () => {
  test('of 5-minute samples counts from its first sample on, and the flat past opens the end', () => {
    expect(wallOf(seen(5, [...flat(7, 60), 54]))).toMatchObject({
      rate: -1.2,
      likely: 45,
      latest: undefined,
    });
    expect(wallOf(seen(5, [...flat(7, 60), 54, 44]))).toMatchObject({ rate: -2, likely: 22, latest: 183.33 });
  });

  test('of 1-minute samples is followed within five minutes', () => {
    const rateAfter = (count: number) => wallOf(seen(1, [...flat(30, 60), ...falling(count, 58, 2)])).rate;
    expect(rateAfter(3)).toBeLessThan(-1);
    expect(rateAfter(5)).toBe(-2);
  });

  test('is not seen in one sample that is far off', () => {
    expect(seen(1, [...flat(30, 60), 50]).kind).toBe('steady');
    expect(seen(1, [...flat(28, 60), 50, 60]).kind).toBe('steady');
    expect(wallOf(seen(1, [...falling(29, 60, 1), 10])).rate).toBe(-1);
  });
});

describe('a change of demand', () => {
  test('from a drain to nothing is seen within five minutes', () => {
    expect(wallOf(seen(1, [...falling(20, 60, 2), ...flat(2, 22)])).rate).toBeLessThan(-1);
    expect(seen(1, [...falling(20, 60, 2), ...flat(5, 22)]).kind).toBe('steady');
    expect(seen(5, [...falling(4, 60, 10), 30]).kind).toBe('steady');
  });

  test('from a recovery to a drain is seen', () => {
    expect(wallOf(seen(5, [40, 41, 42, 43, 38, 33]))).toMatchObject({ rate: -1, likely: 33, latest: 165 });
  });
});

describe('noise', () => {
  const jitter = (index: number) => (index % 2 === 0 ? 0.09 : -0.09);

  test('alone is steady', () => {
    expect(
      seen(
        1,
        flat(30, 60).map((value, i) => value + jitter(i)),
      ).kind,
    ).toBe('steady');
  });

  test('does not hide a slow leak: half an hour finds it', () => {
    const { rate } = wallOf(
      seen(
        1,
        falling(31, 20, 0.02).map((value, i) => value + jitter(i)),
      ),
    );
    expect(rate).toBeLessThan(-0.01);
    expect(rate).toBeGreaterThan(-0.07);
  });

  test('does not hide a wall that is less than an hour away', () => {
    expect(wallOf(seen(1, falling(31, 0.5, 0.006)))).toMatchObject({ rate: -0.006, likely: 53.33 });
    expect(seen(1, falling(31, 0.6, 0.006)).kind).toBe('steady');
  });
});

describe('the wall', () => {
  test.each([[flat(6, 0)], [[0]], [[30, 15, 0.2]], [[0, 0, 0.1]]])('is reached at %j', (values) => {
    expect(seen(5, values).kind).toBe('at-wall');
  });

  test.each([
    { values: [30, 15, 0.2, 0, 0.1], since: 2 },
    { values: [0, 0, 9, 0], since: 3 },
    { values: [0, 0, 0, 0], since: 0 },
  ])('was reached in the first of the samples that are empty up to now: $values', ({ values, since }) => {
    expect(seen(5, values)).toMatchObject({ kind: 'at-wall', since: minute(5 * since) });
  });

  test('is not reached just above the noise', () => {
    expect(seen(5, [0.21]).kind).toBe('first-sight');
  });
});

describe('a recovery', () => {
  test('says when it is full', () => {
    const recovering = seen(5, [10, 11, 12, 13, 14, 15, 16]);
    if (recovering.kind !== 'recovering') throw new Error(`expected recovering, got ${recovering.kind}`);
    expect(recovering.percentPerMinute).toBeCloseTo(0.2, 10);
    expect(minutesFromNow(recovering.full.earliest, recovering.asOf)).toBeCloseTo(252, 6);
    expect(minutesFromNow(recovering.full.likely, recovering.asOf)).toBeCloseTo(420, 6);
    expect(minutesFromNow(recovering.full.latest, recovering.asOf)).toBeCloseTo(420, 6);
  });

  test('is not claimed to be faster than an idle volume refills', () => {
    expect(seen(5, [10, 30])).toMatchObject({ kind: 'recovering', percentPerMinute: 1 / 3 });
  });

  test('that began a moment ago has an open end', () => {
    expect(seen(5, [...falling(6, 60, 5), 36])).toMatchObject({
      kind: 'recovering',
      full: { latest: undefined },
    });
  });
});

describe('what is not known', () => {
  const at = (values: readonly number[], late: number) => seen(5, values, late);

  test('an unread balance is unknown, with why', () => {
    expect(forecast({ balance: unread('AccessDenied'), bucket, now: start })).toEqual({
      kind: 'unknown',
      why: 'unread',
      detail: 'AccessDenied',
    });
  });

  test('no datapoint is unknown', () => {
    expect(at([], 0)).toEqual({ kind: 'unknown', why: 'no-data', detail: 'CloudWatch has no datapoint' });
  });

  test('evidence of ten minutes is judged, older one is not', () => {
    expect(at([60, 50], 10).kind).toBe('draining');
    expect(at([60, 50], 10.001)).toEqual({
      kind: 'unknown',
      why: 'stale',
      detail: 'the newest datapoint is 10 minutes old',
    });
  });

  test('one sample has no slope, nor have two with more than half an hour between them', () => {
    expect(at([60], 2).kind).toBe('first-sight');
    expect(seen(5, [60, ...flat(6, 0).map(() => undefined), 50]).kind).toBe('first-sight');
    expect(seen(5, [60, ...flat(5, 0).map(() => undefined), 50]).kind).toBe('draining');
  });

  test('a period that still runs has no Minimum yet', () => {
    const series = sampled(5, [60, 50, 10]);
    const now = minute(14);
    expect(forecast({ balance: read(series, now), bucket, now })).toMatchObject({ balance: 50 });
  });
});

describe('within a horizon', () => {
  const now = minute(37);
  const draining = seen(5, falling(7, 60, 5));

  test('is the likely wall, counted from now', () => {
    expect(likelyWithin(draining, now, minutes(28))).toBe(true);
    expect(likelyWithin(draining, now, minutes(27.99))).toBe(false);
  });

  test('is the earliest wall of anything we can see', () => {
    expect(earliestWithin(draining, now, minutes(8))).toBe(true);
    expect(earliestWithin(draining, now, minutes(7.99))).toBe(false);
    expect(earliestWithin(seen(5, flat(7, 30)), now, minutes(8))).toBe(true);
  });

  test('is a volume at the wall, but not one that holds or recovers', () => {
    expect(likelyWithin(seen(5, [0, 0]), now, minutes(0))).toBe(true);
    expect(likelyWithin(seen(5, flat(7, 1)), now, minutes(60))).toBe(false);
    expect(likelyWithin(seen(5, [1, 2, 3]), now, minutes(60))).toBe(false);
  });

  test('is nothing that is unknown', () => {
    expect(likelyWithin(seen(5, []), now, minutes(600))).toBe(false);
    expect(earliestWithin(seen(5, []), now, minutes(600))).toBe(false);
  });
});

test('does not name an end that the gentlest slope would reach only after years', () => {
  const small = creditBucketOf({ configuration: { type: 'gp2' }, size: gibibytes(33) });
  if (small === undefined) throw new Error('expected a bucket');
  const balance = read(sampled(5, [0, 0, 0, 3e-323, 0.4]), minute(25));
  expect(forecast({ balance, bucket: small, now: minute(25) })).toMatchObject({
    kind: 'recovering',
    full: { latest: undefined },
  });
});

test('of slopes that agree the steepest counts for the likely wall, the gentlest for the latest', () => {
  const seenNow = wallOf(seen(1, [...falling(10, 60, 1), ...falling(6, 49.96, 1.04)]));
  expect(seenNow.rate).toBe(-1.04);
  expect(seenNow.latest).toBeGreaterThan(seenNow.likely);
});
