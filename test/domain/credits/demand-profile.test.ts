import { describe, expect, test } from 'vitest';
import { creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import { profileOf, wouldFit } from '../../../core/domain/credits/demand-profile.ts';
import type { Series } from '../../../core/domain/reading.ts';
import {
  after,
  before,
  type Duration,
  days,
  gibibytes,
  hours,
  type Instant,
  minutes,
  percent,
} from '../../../core/domain/units.ts';
import { noon } from '../some-volume.ts';

const bucketOrThrow = (type: 'gp2' | 'st1', size: number) => {
  const bucket = creditBucketOf({ configuration: { type }, size: gibibytes(size) });
  if (bucket === undefined) throw new Error('expected a bucket');
  return bucket;
};
/** 300 IOPS baseline, 3,000 burst, a third of a point a minute while idle, 3 points a minute at full burst. */
const bucket = bucketOrThrow('gp2', 100);

/** One sample after the other from `from` on. */
const samples = (from: Instant, period: Duration, values: readonly number[]): Series =>
  values.map((value, index) => ({ at: after(from, (index * period) as Duration), period, value }));

const repeated = (count: number, value: number): readonly number[] =>
  Array.from({ length: count }, () => value);
const minute = minutes(1);
const ago = (duration: Duration) => before(noon, duration);

describe('the profile', () => {
  const from = before(noon, minutes(1_000));
  const history = {
    iops: samples(from, minute, [...repeated(994, 100), ...repeated(6, 2_500)]),
    throughput: samples(from, minute, [...repeated(996, 5), ...repeated(4, 90)]),
    balance: [],
    bucket,
    now: noon,
  };

  test('is the 99.5th percentile: six of a thousand minutes count, four do not', () => {
    expect(profileOf(history)).toEqual({
      computedAt: noon,
      covers: minutes(1_000),
      iops: 2_500,
      throughput: 5,
      minutesAtWall: 0,
    });
  });

  test('covers at most 14 days, and older samples do not count', () => {
    const old = samples(ago(days(20)), minute, repeated(1_000, 9_000));
    const recent = samples(ago(days(14)), minute, repeated(100, 50));
    const profile = profileOf({ ...history, iops: [...old, ...recent] });
    expect(profile).toMatchObject({ covers: days(14), iops: 50 });
  });

  test('is not made from nothing', () => {
    expect(profileOf({ ...history, iops: [] })).toBeUndefined();
    expect(profileOf({ ...history, throughput: [] })).toBeUndefined();
  });

  test('counts the minutes in which an empty bucket held demand back', () => {
    const balance = samples(from, minutes(5), [0, 0, 0.2, 0.3, 100]);
    const iops = samples(from, minute, [...repeated(8, 300), ...repeated(2, 10), ...repeated(15, 271)]);
    expect(profileOf({ ...history, iops, balance })?.minutesAtWall).toBe(13);
  });

  test('counts no minute that the balance does not cover', () => {
    const balance = samples(after(from, minutes(2)), minute, [0]);
    const iops = samples(from, minute, repeated(5, 300));
    expect(profileOf({ ...history, iops, balance })?.minutesAtWall).toBe(1);
  });

  test('of st1 counts them by throughput', () => {
    const st1 = bucketOrThrow('st1', 1_024);
    const balance = samples(from, minute, [0, 0]);
    const throughput = samples(from, minute, [40, 1]);
    expect(profileOf({ ...history, throughput, balance, bucket: st1 })?.minutesAtWall).toBe(1);
  });
});

describe('the last 24 hours', () => {
  const midnight = before(noon, hours(24));
  const quarter = minutes(15);
  /** 96 quarters of an hour. */
  const dayOf = (values: readonly number[]) => samples(midnight, quarter, values);
  const fitting = (demand: Series, start = 0) => wouldFit(bucket, demand, noon, percent(start));

  test('fit when they leave the bucket time to fill first', () => {
    expect(fitting(dayOf([...repeated(92, 150), ...repeated(4, 600)]))).toEqual({
      lowest: percent(20),
      fits: true,
    });
  });

  test('say how low the balance would have been after it had climbed', () => {
    const { lowest, fits } = fitting(dayOf([...repeated(60, 0), 3_000, ...repeated(35, 100)]), 100);
    expect(lowest).toBeCloseTo(55, 6);
    expect(fits).toBe(true);
  });

  test.each<readonly [string, readonly number[]]>([
    ['a peak before the bucket has filled', [...repeated(4, 600), ...repeated(92, 0)]],
    ['a peak in the climb that empties it', [...repeated(2, 0), 1_000, ...repeated(93, 0)]],
    ['a peak that empties the full bucket', [...repeated(80, 0), ...repeated(3, 3_000), ...repeated(13, 0)]],
    ['a peak that leaves less than 20 %', [...repeated(80, 0), ...repeated(2, 2_800), ...repeated(14, 0)]],
    ['demand so near the baseline that it never climbs', repeated(96, 290)],
    ['demand at the baseline', repeated(96, 300)],
  ])('do not fit with %s', (_, values) => {
    expect(fitting(dayOf(values)).fits).toBe(false);
  });

  test('do not fit when the day as a whole spends more than nine tenths of what it earns', () => {
    const upAndDown = (high: number) => repeated(48, 0).flatMap(() => [100, high]);
    expect(fitting(dayOf(upAndDown(440)), 100).fits).toBe(true);
    expect(fitting(dayOf(upAndDown(441)), 100).fits).toBe(false);
  });

  test('cost a credit for every I/O, also beyond the burst', () => {
    const { lowest } = fitting(dayOf([4_300, ...repeated(95, 0)]), 100);
    expect(lowest).toBeCloseTo(100 - (4_000 * 900) / 54_000, 6);
  });

  test('do not fit when too little of them is known', () => {
    const known = (quarters: number) => fitting(dayOf(repeated(96, 0)).slice(0, quarters));
    expect(known(87).fits).toBe(true);
    expect(known(86).fits).toBe(false);
    expect(known(0)).toEqual({ lowest: 0, fits: false });
    expect(fitting([], 100)).toEqual({ lowest: 100, fits: false });
  });

  test('do not include what was before them or is not over yet', () => {
    const old = samples(ago(hours(26)), quarter, repeated(8, 3_000));
    const running = samples(noon, quarter, [3_000]);
    expect(fitting([...old, ...dayOf(repeated(96, 0)), ...running], 100)).toEqual({
      lowest: 100,
      fits: true,
    });
  });
});

describe('at the edge', () => {
  const from = before(noon, minutes(1_000));
  const profile = (iops: readonly number[], balance: readonly number[] = []) =>
    profileOf({
      iops: samples(from, minute, iops),
      throughput: samples(from, minute, repeated(iops.length, 5)),
      balance: samples(from, minute, balance),
      bucket,
      now: noon,
    });

  test('the highest minutes are found wherever they stand', () => {
    expect(profile([...repeated(6, 2_500), ...repeated(994, 100)])?.iops).toBe(2_500);
  });

  test('demand of nine tenths of the baseline counts as held back by an empty bucket, and less does not', () => {
    expect(profile([270], [0])?.minutesAtWall).toBe(1);
    expect(profile([269.9], [0])?.minutesAtWall).toBe(0);
  });

  const day = (start: Instant, ...parts: readonly (readonly number[])[]) =>
    samples(start, minute, parts.flat());
  const replay = (demand: Series, start: number) => wouldFit(bucket, demand, noon, percent(start));

  test('nine tenths of the day are known well enough, and a minute less is not', () => {
    expect(replay(day(ago(minutes(1_296)), repeated(1_296, 0)), 50).fits).toBe(true);
    expect(replay(day(ago(minutes(1_295)), repeated(1_295, 0)), 50).fits).toBe(false);
  });

  test('a start with just the margin is the lowest balance of a day that only climbs', () => {
    expect(replay(day(ago(hours(24)), repeated(1_440, 0)), 20)).toEqual({ lowest: 20, fits: true });
  });

  test('a bucket that is just emptied has not run out, and one more credit would have been missing', () => {
    const spending = (first: number) => day(ago(hours(24)), [first], repeated(1_439, 0));
    expect(replay(spending(3_000), 3).fits).toBe(true);
    expect(replay(spending(3_000), 2.99).fits).toBe(false);
  });
});
