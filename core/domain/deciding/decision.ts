import type { Price } from '../cost.ts';
import type { Forecast } from '../credits/forecast.ts';
import type { AwsRefusal, Ground, Reason, ReasonOf, Refusal } from '../reasons.ts';
import type { Instant } from '../units.ts';
import type { Configuration } from '../volume.ts';

/**
 * Why we modify: a `fix` stays (gp3 instead of gp2), a `bridge` goes back when demand fits the bucket again,
 * a `keep` never goes back (latency-critical volumes), a `return` puts a bridge back.
 */
export type Purpose = 'fix' | 'bridge' | 'keep' | 'return';

/** One modification we want; nothing in it can change a size. */
export interface Plan {
  readonly purpose: Purpose;
  readonly from: Configuration;
  readonly to: Configuration;
  readonly price: Price;
  /** Set when the target's IOPS are below the source's burst; every message then says so. */
  readonly slowerThanBurst: { readonly burst: number; readonly target: number } | undefined;
}

/** What we want. What happened is a CaseStep (case-step.ts), another type. */
export type Decision =
  | { readonly kind: 'leave'; readonly reason: Reason }
  | {
      readonly kind: 'watch';
      readonly reason: ReasonOf<'not-heading-for-wall' | 'recovering' | 'falls-turn-around'>;
      readonly forecast: Forecast;
      readonly dueAt: Instant;
    }
  | {
      readonly kind: 'warn';
      readonly reason: Ground;
      readonly forecast: Forecast;
      readonly refusals: readonly (Refusal | AwsRefusal)[];
      /** What we would ask AWS for if nothing stood against it; `undefined` where no target fits. */
      readonly wouldDo: Plan | undefined;
      /** When the next word comes at the latest; left out where there is nothing to promise. */
      readonly promisedAt?: Instant;
      readonly dueAt: Instant;
    }
  | {
      readonly kind: 'page';
      readonly reason: Ground;
      readonly forecast: Forecast;
      readonly refusals: readonly (Refusal | AwsRefusal)[];
      /** What we would ask AWS for if nothing stood against it; `undefined` where no target fits. */
      readonly wouldDo: Plan | undefined;
      readonly dueAt: Instant;
    }
  | { readonly kind: 'act'; readonly reason: Ground; readonly forecast: Forecast; readonly plan: Plan }
  /** An earlier request was accepted after all, seen by describing the volume. */
  | { readonly kind: 'adopt'; readonly reason: ReasonOf<'modification-running'>; readonly startedAt: Instant }
  /** An earlier request was never accepted, or AWS gave it up; the case is free to decide again. */
  | { readonly kind: 'release'; readonly reason: AwsRefusal | Ground; readonly dueAt: Instant }
  | { readonly kind: 'await'; readonly reason: Reason; readonly progress: Progress; readonly dueAt: Instant }
  /** Modification and verdict are over; the bridge stays until demand fits the bucket again. */
  | {
      readonly kind: 'hold';
      readonly reason: Reason;
      readonly verdict: Verdict;
      /** The way back that was refused; `undefined` where it is not time for one. */
      readonly refused: RefusedReturn | undefined;
      readonly dueAt: Instant;
    }
  | ({ readonly kind: 'conclude' } & Conclusion);

export interface Conclusion {
  readonly ending: Ending;
  readonly reason: Reason;
  /** Left out where no verdict knows it. */
  readonly usual?: Usual;
}

/** The way back that was refused, and why it was time for one, or that nobody can tell. */
export interface RefusedReturn {
  readonly reason: Ground;
  readonly refusal: Refusal | AwsRefusal;
  readonly wouldDo: Plan;
}

/** What we know of an accepted modification while it runs. */
export interface Progress {
  readonly modification: 'modifying' | 'optimizing' | 'completed' | 'unknown';
  readonly percent: number;
  readonly verdict: Verdict;
}

/** Before the trouble, as a verdict knows it: average latency in ms per I/O and average queue length. */
export interface Usual {
  readonly latency: number;
  readonly queue: number;
}

/** Judged from latency and queue, never from the modification's state. */
export type Verdict =
  | { readonly kind: 'too-early' }
  /** Latency and queue never left their earlier band until 10 minutes after the predicted wall. */
  | { readonly kind: 'averted'; readonly usual?: Usual }
  /** They had left it and have been back for 10 minutes. */
  | { readonly kind: 'relieved'; readonly usual?: Usual }
  | {
      readonly kind: 'not-relieved';
      readonly latency: number;
      readonly queue: number;
      readonly usualLatency: number;
      readonly usualQueue: number;
    }
  | { readonly kind: 'unknown'; readonly why: string };

/** How a case ends. The first four are the endings of design principle 8; the rest need no modification. */
export type Ending =
  | 'averted'
  | 'relieved'
  | 'not-relieved'
  /** Accepted and completed, but latency and queue could not be read or compared. */
  | 'unproved'
  | 'failed'
  | 'put-back'
  | 'recovered'
  /** It was told, and then published nothing for a day. */
  | 'silent'
  | 'gone'
  | 'detached'
  | 'cannot-run-out'
  | 'yielded';
