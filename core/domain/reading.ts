import type { Duration, Instant } from './units.ts';

/**
 * A fact somebody went to fetch. `unread` is never taken for an answer: guards refuse on it and notices say "unknown"
 * with `why`, e.g. `AccessDenied on cloudformation:DescribeStacks`.
 */
export type Reading<Fact> =
  | { readonly kind: 'read'; readonly value: Fact; readonly at: Instant }
  | { readonly kind: 'unread'; readonly why: string };

export const read = <Fact>(value: Fact, at: Instant): Reading<Fact> => ({ kind: 'read', value, at });
export const unread = (why: string): { readonly kind: 'unread'; readonly why: string } => ({
  kind: 'unread',
  why,
});

/** One datapoint: the statistic of `[at, at + period)`. */
export interface Sample {
  readonly at: Instant;
  readonly period: Duration;
  readonly value: number;
}

/** Ascending by `at`, one sample per `at`; gaps are normal, CloudWatch publishes late and drops quiet periods. */
export type Series = readonly Sample[];
