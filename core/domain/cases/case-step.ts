import type { Said } from '../notices/notice.ts';
import type { Dollars, Instant } from '../units.ts';
import type { Case } from './case.ts';

/** What a step does to the ledger, in the same transaction. */
export type LedgerEffect =
  | { readonly kind: 'none' }
  | { readonly kind: 'claim'; readonly monthlyIncrease: Dollars }
  | {
      readonly kind: 'release';
      readonly monthlyIncrease: Dollars;
      /** The claim of a request that changed nothing; it leaves the blast radius too. */
      readonly claimedAt: Instant | undefined;
    };

export const noEffect: LedgerEffect = { kind: 'none' };

/** One legal step of one case: what it becomes, the one thing worth saying, and what it does to the ledger. */
export interface CaseStep {
  readonly next: Case;
  readonly said: Said | undefined;
  readonly ledger: LedgerEffect;
}
