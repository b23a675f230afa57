import type { Caps } from '../policy.ts';
import type { Reason } from '../reasons.ts';
import { before, type Dollars, dollars, hours, type Instant } from '../units.ts';

/** What we changed lately and what it costs; one item in the table, written in the same transaction as every claim. */
export interface Ledger {
  /** Raised by one with every write; the transaction is conditioned on it. */
  readonly version: number;
  /** Sum of positive monthly differences of what we changed and have not put back. */
  readonly committed: Dollars;
  /** When we claimed a modification within the last hour. */
  readonly recentClaims: readonly Instant[];
}

export const emptyLedger: Ledger = { version: 0, committed: dollars(0), recentClaims: [] };

const blastRadiusWindow = hours(1);

/** The lower of the absolute and the relative cap, at least 1 so that a small account can be helped at all. */
export const blastRadiusLimit = (caps: Caps, watchedVolumes: number): number =>
  Math.max(
    1,
    Math.min(
      caps.blastRadius.volumes,
      Math.floor((caps.blastRadius.percentOfWatched / 100) * watchedVolumes),
    ),
  );

/** Claims that still count against the blast radius. */
export const claimsWithin = (ledger: Ledger, now: Instant): readonly Instant[] =>
  ledger.recentClaims.filter((claim) => claim > before(now, blastRadiusWindow));

/** Why one more claim with this monthly increase would break a cap; `undefined` when it would not. */
export function capExceeded(
  ledger: Ledger,
  caps: Caps,
  watchedVolumes: number,
  monthlyIncrease: Dollars,
  now: Instant,
): Extract<Reason, { code: 'over-budget' | 'over-blast-radius' }> | undefined {
  const increase = Math.max(0, monthlyIncrease);
  if (ledger.committed + increase > caps.maxMonthlyIncrease && increase > 0) {
    return {
      code: 'over-budget',
      committed: ledger.committed,
      increase: dollars(increase),
      cap: caps.maxMonthlyIncrease,
    };
  }
  const limit = blastRadiusLimit(caps, watchedVolumes);
  const used = claimsWithin(ledger, now).length;
  return used >= limit ? { code: 'over-blast-radius', used, limit } : undefined;
}

/** The ledger with one more claim; the caller has asked `capExceeded` of this very version. */
export const withClaim = (ledger: Ledger, monthlyIncrease: Dollars, now: Instant): Ledger => ({
  version: ledger.version + 1,
  committed: dollars(ledger.committed + Math.max(0, monthlyIncrease)),
  recentClaims: [...claimsWithin(ledger, now), now],
});

/**
 * The ledger after what was claimed ended. Put back, failed or gone: the claim stays counted in its hour. `claimedAt`
 * names a claim that changed nothing: it leaves the blast radius, or one refusal would keep a small account from acting
 * for an hour.
 */
export const withoutCommitment = (
  ledger: Ledger,
  monthlyIncrease: Dollars,
  claimedAt: Instant | undefined,
): Ledger => ({
  version: ledger.version + 1,
  committed: dollars(Math.max(0, ledger.committed - Math.max(0, monthlyIncrease))),
  recentClaims: claimedAt === undefined ? ledger.recentClaims : withoutOne(ledger.recentClaims, claimedAt),
});

/** Several volumes may have claimed at the same instant. */
function withoutOne(claims: readonly Instant[], claim: Instant): readonly Instant[] {
  const index = claims.indexOf(claim);
  return index < 0 ? claims : claims.toSpliced(index, 1);
}
