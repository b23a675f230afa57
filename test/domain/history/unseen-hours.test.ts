import { describe, expect, test } from 'vitest';
import { creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import { unseenHours } from '../../../core/domain/history/unseen-hours.ts';
import { after, gibibytes, hours, instant, minutes } from '../../../core/domain/units.ts';
import type { BurstableType } from '../../../core/domain/volume.ts';

const from = instant(Date.UTC(2026, 2, 2, 8));
const window = { from, until: after(from, hours(10)) };
const cutShort = { from, until: after(from, minutes(9 * 60 + 30)) };
const old = { createdAt: instant(0) };

/** Of ten hours those that have no sample, by their number. */
const withoutSample = (...missing: readonly number[]) =>
  Array.from({ length: 10 }, (_none, index) => index)
    .filter((index) => !missing.includes(index))
    .map((index) => ({ at: after(from, hours(index)), period: hours(1), value: 100 }));

const numbers = (unseen: ReadonlySet<number>) => [...unseen].map((at) => (at - from) / hours(1));

describe('the hours that a balance does not tell of', () => {
  test.each([
    { missing: [], unseen: [] },
    { missing: [4], unseen: [] },
    { missing: [4, 5], unseen: [] },
    { missing: [4, 5, 6], unseen: [5] },
    { missing: [2, 3, 4, 5, 6], unseen: [3, 4, 5] },
    { missing: [0, 1, 2, 7, 8, 9], unseen: [1, 8, 9] },
    { missing: [0, 2, 4, 6, 8], unseen: [] },
  ])('are the inner ones of its gaps: of $missing they are $unseen', ({ missing, unseen }) => {
    expect(numbers(unseenHours(old, withoutSample(...missing), window))).toEqual(unseen);
  });

  test('are all but the first where there is no sample at all', () => {
    expect(unseenHours(old, [], window).size).toBe(9);
  });

  test('do not begin before there was a volume', () => {
    const young = { createdAt: after(from, minutes(4 * 60 + 30)) };
    expect(numbers(unseenHours(young, withoutSample(0, 1, 2, 3, 4), window))).toEqual([]);
    expect(numbers(unseenHours(young, withoutSample(0, 1, 2, 3, 4, 5, 6, 7), window))).toEqual([6]);
  });

  test('go on to the end where a gap still goes on, and the hour that is under way is none of them', () => {
    expect(numbers(unseenHours(old, withoutSample(7, 8, 9), cutShort))).toEqual([8]);
    expect(numbers(unseenHours(old, withoutSample(8, 9), cutShort))).toEqual([]);
    expect(numbers(unseenHours(old, withoutSample(9), cutShort))).toEqual([]);
  });
});

test.each<BurstableType>(['gp2', 'st1', 'sc1'])(
  'no %s goes from 90 %% to empty and back in less than 1.8 hours, whatever its size',
  (type) => {
    const fastest = Array.from({ length: 16_384 }, (_none, index) => gibibytes(index + 1))
      .flatMap((size) => creditBucketOf({ configuration: { type }, size }) ?? [])
      .map(({ capacity, burst, baseline }) => 0.9 * capacity * (1 / (burst - baseline) + 1 / baseline));
    expect(Math.round(Math.min(...fastest))).toBeGreaterThanOrEqual(1.8 * 3_600);
  },
);
