import { describe, expect, test } from 'vitest';
import {
  balanceAfter,
  burstThroughput,
  type CreditBucket,
  creditBucketOf,
  drainTime,
  fullToEmpty,
  percentPerMinute,
  refillTime,
} from '../../../core/domain/credits/credit-bucket.ts';
import { type Duration, gibibytes, inSeconds, iops, minutes, percent } from '../../../core/domain/units.ts';
import type { BurstableType, Volume } from '../../../core/domain/volume.ts';

const bucketOf = (type: BurstableType, size: number) =>
  creditBucketOf({ configuration: { type }, size: gibibytes(size) });

function mustBurst(type: BurstableType, size: number): CreditBucket {
  const bucket = bucketOf(type, size);
  if (bucket === undefined) throw new Error(`expected ${size} GiB of ${type} to burst`);
  return bucket;
}

const secondsOf = (time: Duration | 'never') => (time === 'never' ? time : Math.round(inSeconds(time)));

describe('a gp2 bucket', () => {
  // Baseline, burst seconds and refill seconds of the EBS user guide's table, and of its formula between its rows.
  test.each([
    [1, 100, 1_862, 54_000],
    [33, 100, 1_862, 54_000],
    [34, 102, 1_863, 52_941],
    [100, 300, 2_000, 18_000],
    [170, 510, 2_169, 10_588],
    [171, 513, 2_171, 10_526],
    [200, 600, 2_250, 9_000],
    [333, 999, 2_699, 5_405],
    [334, 1_002, 2_703, 5_389],
    [500, 1_500, 3_600, 3_600],
    [750, 2_250, 7_200, 2_400],
    [999, 2_997, 1_800_000, 1_802],
  ])('of %i GiB earns %i IOPS, bursts %i s and refills in %i s', (size, baseline, burst, refill) => {
    const bucket = mustBurst('gp2', size);
    expect(bucket).toEqual({ unit: 'IOPS', capacity: 5_400_000, baseline, burst: 3_000 });
    expect(secondsOf(drainTime(bucket, percent(100), 3_000))).toBe(burst);
    expect(secondsOf(fullToEmpty(bucket))).toBe(burst);
    expect(secondsOf(refillTime(bucket, percent(0), 0))).toBe(refill);
  });

  test.each([1_000, 1_001, 5_334, 16_384])('of %i GiB cannot run out', (size) => {
    expect(bucketOf('gp2', size)).toBeUndefined();
  });

  test.each([
    [33, 372],
    [100, 400],
    [200, 450],
    [334, 541],
    [500, 720],
    [750, 1_440],
  ])('of %i GiB has %i s left at 20 %% and full burst', (size, left) => {
    expect(secondsOf(drainTime(mustBurst('gp2', size), percent(20), 3_000))).toBe(left);
  });
});

describe('an HDD bucket', () => {
  test.each([
    ['st1', 125, 4.8828125, 30.517578125, 4_993],
    ['st1', 1_024, 40, 250, 4_993],
    ['st1', 2_048, 80, 500, 4_993],
    ['st1', 12_799, 499.9609375, 500, 335_518_106],
    ['sc1', 125, 1.46484375, 9.765625, 15_420],
    ['sc1', 1_024, 12, 80, 15_420],
    ['sc1', 3_072, 36, 240, 15_420],
    ['sc1', 12_800, 150, 250, 131_072],
    ['sc1', 16_384, 192, 250, 289_262],
  ] as const)(
    '%s of %i GiB earns %d and bursts at %d MiB/s for %i s',
    (type, size, baseline, burst, full) => {
      const bucket = mustBurst(type, size);
      expect(bucket).toEqual({ unit: 'MiB/s', capacity: size * 1_024, baseline, burst });
      expect(secondsOf(fullToEmpty(bucket))).toBe(full);
    },
  );

  test.each([12_800, 16_384])('st1 of %i GiB cannot run out', (size) => {
    expect(bucketOf('st1', size)).toBeUndefined();
  });

  test.each([
    ['gp2', 170, 128],
    ['gp2', 171, 250],
    ['st1', 16_384, 500],
    ['sc1', 16_384, 250],
  ] as const)('the burst throughput of %s with %i GiB is %i MiB/s', (type, size, throughput) => {
    expect(burstThroughput(type, gibibytes(size))).toBe(throughput);
  });
});

describe('a volume without a bucket', () => {
  const without: readonly Volume['configuration'][] = [
    { type: 'io1', iops: iops(1_000) },
    { type: 'io2', iops: iops(1_000) },
    { type: 'standard' },
    { type: 'unjudgeable', got: 'gp9' },
  ];
  test.each(without)('$type cannot run out', (configuration) => {
    expect(creditBucketOf({ configuration, size: gibibytes(100) })).toBeUndefined();
  });
});

describe('time and balance', () => {
  const bucket = mustBurst('gp2', 100);

  test('demand above the burst drains no faster than the burst', () => {
    expect(drainTime(bucket, percent(50), 30_000)).toBe(drainTime(bucket, percent(50), 3_000));
  });

  test('demand at or below the baseline never drains', () => {
    expect(drainTime(bucket, percent(50), 300)).toBe('never');
    expect(drainTime(bucket, percent(50), 0)).toBe('never');
  });

  test('demand at or above the baseline never refills', () => {
    expect(refillTime(bucket, percent(50), 300)).toBe('never');
    expect(refillTime(bucket, percent(50), 3_000)).toBe('never');
  });

  test('an empty bucket is empty now and a full one full now, whatever the demand', () => {
    expect(drainTime(bucket, percent(0), 0)).toBe(0);
    expect(refillTime(bucket, percent(100), 3_000)).toBe(0);
  });

  test('a minute at full burst costs 3 points, a minute idle earns a third of one', () => {
    expect(percentPerMinute(bucket, 3_000)).toBeCloseTo(-3, 10);
    expect(percentPerMinute(bucket, 0)).toBeCloseTo(1 / 3, 10);
    expect(balanceAfter(bucket, percent(50), 3_000, minutes(10))).toBeCloseTo(20, 10);
  });

  test('a bucket does not go below empty or above full', () => {
    expect(balanceAfter(bucket, percent(1), 3_000, minutes(10))).toBe(0);
    expect(balanceAfter(bucket, percent(99), 0, minutes(10))).toBe(100);
  });
});

test('the way from half full to full takes half as long as from empty', () => {
  const bucket = creditBucketOf({ configuration: { type: 'gp2' }, size: gibibytes(100) });
  if (bucket === undefined) throw new Error('expected a bucket');
  const [all, half] = [0, 50].map((balance) => refillTime(bucket, percent(balance), 0));
  expect(all).toBe(18_000_000);
  expect(half).toBe(9_000_000);
});
