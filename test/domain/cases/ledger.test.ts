import { describe, expect, test } from 'vitest';
import {
  blastRadiusLimit,
  capExceeded,
  claimsWithin,
  emptyLedger,
  type Ledger,
  withClaim,
  withoutCommitment,
} from '../../../core/domain/cases/ledger.ts';
import type { Caps } from '../../../core/domain/policy.ts';
import { before, dollars, type Instant, instant, minutes } from '../../../core/domain/units.ts';

const now = instant(Date.UTC(2026, 2, 2, 9));
const ago = (count: number): Instant => before(now, minutes(count));

const capsOf = (change: Partial<Caps['blastRadius']> = {}): Caps => ({
  maxMonthlyIncrease: dollars(100),
  blastRadius: { volumes: 10, percentOfWatched: 5, ...change },
});

const ledgerOf = (committed: number, claimedMinutesAgo: readonly number[] = []): Ledger => ({
  version: 3,
  committed: dollars(committed),
  recentClaims: claimedMinutesAgo.map(ago),
});

describe('the blast radius', () => {
  test.each([
    [0, 1],
    [1, 1],
    [19, 1],
    [20, 1],
    [39, 1],
    [40, 2],
    [199, 9],
    [200, 10],
    [201, 10],
    [100_000, 10],
  ])('of %i volumes watched is %i', (watched, limit) => {
    expect(blastRadiusLimit(capsOf(), watched)).toBe(limit);
  });

  test('is at least one volume, so that a small account can be helped at all', () => {
    expect(blastRadiusLimit(capsOf({ volumes: 0 }), 1_000)).toBe(1);
    expect(blastRadiusLimit(capsOf({ percentOfWatched: 0 }), 1_000)).toBe(1);
  });

  test('counts claims of the last hour and not the one of exactly an hour ago', () => {
    expect(claimsWithin(ledgerOf(0, [61, 60, 59, 1, 0]), now)).toEqual([ago(59), ago(1), ago(0)]);
  });

  test('is exceeded by the claim after the last that fits', () => {
    expect(capExceeded(ledgerOf(0, [59, 1]), capsOf(), 59, dollars(0), now)).toEqual({
      code: 'over-blast-radius',
      used: 2,
      limit: 2,
    });
    expect(capExceeded(ledgerOf(0, [60, 1]), capsOf(), 59, dollars(0), now)).toBeUndefined();
  });
});

describe('the spend cap', () => {
  test('is exceeded by a cent, and not by reaching it', () => {
    expect(capExceeded(ledgerOf(90), capsOf(), 100, dollars(10.01), now)).toEqual({
      code: 'over-budget',
      committed: 90,
      increase: 10.01,
      cap: 100,
    });
    expect(capExceeded(ledgerOf(90), capsOf(), 100, dollars(10), now)).toBeUndefined();
  });

  test.each([0, -5])(
    'is not exceeded by a change of $%d a month, even when it was lowered below what is spent',
    (increase) => {
      expect(capExceeded(ledgerOf(500), capsOf(), 100, dollars(increase), now)).toBeUndefined();
    },
  );

  test('is asked before the blast radius', () => {
    expect(capExceeded(ledgerOf(100, [1]), capsOf(), 1, dollars(1), now)?.code).toBe('over-budget');
  });
});

describe('a claim', () => {
  test('commits its cost and takes its place in the hour; what is older is forgotten', () => {
    expect(withClaim(ledgerOf(5, [60, 59]), dollars(7), now)).toEqual({
      version: 4,
      committed: 12,
      recentClaims: [ago(59), now],
    });
  });

  test('that saves money commits nothing, and gives no room to others', () => {
    expect(withClaim(ledgerOf(5), dollars(-7), now).committed).toBe(5);
  });

  test('can be the first', () => {
    expect(withClaim(emptyLedger, dollars(5), now)).toEqual({
      version: 1,
      committed: 5,
      recentClaims: [now],
    });
  });
});

describe('what was claimed ends', () => {
  const twice = withClaim(withClaim(emptyLedger, dollars(5), now), dollars(7), now);

  test('put back, failed or gone: its cost is free, its place in the hour is not', () => {
    expect(withoutCommitment(twice, dollars(7), undefined)).toEqual({
      version: 3,
      committed: 5,
      recentClaims: [now, now],
    });
  });

  test('refused: cost and place are free, and only its own place of two at the same instant', () => {
    expect(withoutCommitment(twice, dollars(7), now)).toEqual({
      version: 3,
      committed: 5,
      recentClaims: [now],
    });
  });

  test('refused, but no longer among the claims: no other leaves', () => {
    expect(withoutCommitment(twice, dollars(7), ago(61)).recentClaims).toEqual([now, now]);
  });

  test('never leaves less than nothing committed', () => {
    expect(withoutCommitment(ledgerOf(3), dollars(7), undefined).committed).toBe(0);
    expect(withoutCommitment(ledgerOf(3), dollars(-7), undefined).committed).toBe(3);
  });
});
