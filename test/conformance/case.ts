/**
 * How sure a fact is: `verified` was read in AWS's own pages or service models, `secondary` in other people's code,
 * `open` is one of several readings that nobody could decide between: then each of them has its case, or only the one that
 * the twin takes.
 */
export type Confidence = 'verified' | 'secondary' | 'from memory' | 'open';

interface Fact {
  /** One sentence that AWS makes true. */
  readonly fact: string;
  /** Guide or reference and page, as a reader looks it up. */
  readonly source: string;
  readonly confidence: Confidence;
  /** Why the twin does not do it; then its check has to fail there. */
  readonly gap?: string;
}

/** Needs nothing but clients and what they can set up: runs against the twin, an emulator or AWS. */
interface PublicCase<Account> extends Fact {
  readonly public: true;
  /** @throws Error that says what the account did instead. */
  readonly check: (account: Account) => Promise<void>;
}

/** Needs levers that only the twin has: time, load, faults. It opens accounts of its own. */
interface PrivateCase extends Fact {
  readonly public: false;
  /** @throws Error that says what the twin did instead. */
  readonly check: () => Promise<void>;
}

export type ConformanceCase<Account> = PublicCase<Account> | PrivateCase;

/** The cases of one API, in the order of its page of facts. */
export interface ApiCases<Account> {
  readonly api: string;
  readonly cases: readonly ConformanceCase<Account>[];
}
