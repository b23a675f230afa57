import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  balanceAfter,
  creditBucketOf,
  drainTime,
  refillTime,
} from '../../../core/domain/credits/credit-bucket.ts';
import { type Duration, gibibytes, percent, seconds } from '../../../core/domain/units.ts';
import type { BurstableType } from '../../../core/domain/volume.ts';

/** Every kind and size that can run out. */
const buckets = fc
  .constantFrom<readonly [BurstableType, number, number]>(
    ['gp2', 1, 999],
    ['st1', 125, 12_799],
    ['sc1', 125, 16_384],
  )
  .chain(([type, least, most]) =>
    fc
      .integer({ min: least, max: most })
      .map((size) => creditBucketOf({ configuration: { type }, size: gibibytes(size) })),
  )
  .filter((bucket) => bucket !== undefined);

const balances = fc.double({ min: 0, max: 100, noNaN: true }).map(percent);
/** As a multiple of the burst: from idle to more than can be served. */
const demands = fc.double({ min: 0, max: 3, noNaN: true });
const times = fc.integer({ min: 0, max: 86_400 }).map(seconds);

const plus = (a: Duration, b: Duration) => (a + b) as Duration;

describe('every bucket', () => {
  test.prop([buckets, balances, demands])(
    'is empty after its drain time and full after its refill time',
    (bucket, balance, factor) => {
      const demand = factor * bucket.burst;
      const drain = drainTime(bucket, balance, demand);
      if (drain !== 'never') expect(balanceAfter(bucket, balance, demand, drain)).toBeCloseTo(0, 6);
      const refill = refillTime(bucket, balance, demand);
      if (refill !== 'never') expect(balanceAfter(bucket, balance, demand, refill)).toBeCloseTo(100, 6);
    },
  );

  test.prop([buckets, balances, demands, times, times])(
    'is the same after two steps as after one, while neither end is reached',
    (bucket, balance, factor, first, second) => {
      const demand = factor * bucket.burst;
      const whole = balanceAfter(bucket, balance, demand, plus(first, second));
      fc.pre(whole > 0 && whole < 100);
      const halfway = balanceAfter(bucket, balance, demand, first);
      expect(balanceAfter(bucket, halfway, demand, second)).toBeCloseTo(whole, 6);
    },
  );

  test.prop([buckets, balances, demands, demands, times])(
    'never holds more after more demand',
    (bucket, balance, a, b, time) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      expect(balanceAfter(bucket, balance, more * bucket.burst, time)).toBeLessThanOrEqual(
        balanceAfter(bucket, balance, less * bucket.burst, time),
      );
    },
  );

  test.prop([buckets, balances, demands])('cannot both drain and refill', (bucket, balance, factor) => {
    fc.pre(balance > 0 && balance < 100);
    const demand = factor * bucket.burst;
    const both = [drainTime(bucket, balance, demand), refillTime(bucket, balance, demand)];
    expect(both).toContain('never');
  });

  test.prop([buckets, times])('gets back while idle what it spent at full burst', (bucket, time) => {
    const left = balanceAfter(bucket, percent(100), bucket.burst, time);
    fc.pre(left > 0);
    const spentCredits = (bucket.burst - bucket.baseline) * (time / 1_000);
    const idle = seconds(spentCredits / bucket.baseline);
    expect(balanceAfter(bucket, left, 0, idle)).toBeCloseTo(100, 6);
  });
});
