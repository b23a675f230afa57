import { describe, expect, test } from 'vitest';
import { simulatedBalance } from '../../../core/domain/history/simulated-balance.ts';
import { after, minutes, percent } from '../../../core/domain/units.ts';
import { noon } from '../some-volume.ts';

/** A point a minute on or off: full to empty in 100 minutes at burst, empty to full in 100 at rest. */
const bucket = { unit: 'IOPS', capacity: 60_000, baseline: 10, burst: 20 } as const;
const sample = (minute: number, value: number) => ({
  at: after(noon, minutes(minute)),
  period: minutes(1),
  value,
});
const balances = (start: number, ...demand: readonly ReturnType<typeof sample>[]) =>
  simulatedBalance(bucket, demand, percent(start)).map(({ value }) => Math.round(value));

describe('a simulated balance', () => {
  test('falls by what is spent, and shows the lowest of each sample', () => {
    expect(balances(50, sample(0, 20), sample(1, 20))).toEqual([49, 48]);
  });

  test('shows a rise at the beginning of the sample it happens in', () => {
    expect(balances(50, sample(0, 0), sample(1, 0))).toEqual([50, 51]);
  });

  test('earns in minutes without a sample, as nothing was asked for', () => {
    expect(balances(0, sample(0, 20), sample(31, 20))).toEqual([0, 29]);
  });

  test('does not earn before its first sample', () => {
    expect(balances(50, sample(600, 20))).toEqual([49]);
  });
});
