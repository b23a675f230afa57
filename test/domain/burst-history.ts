import { balanceAfter, type CreditBucket } from '../../core/domain/credits/credit-bucket.ts';
import type { Sample, Series } from '../../core/domain/reading.ts';
import {
  after,
  before,
  between,
  type Duration,
  type Instant,
  minutes,
  type Percent,
} from '../../core/domain/units.ts';

/** A balance that follows from demand: constant within a phase, one phase after the other from `start`. */
export interface History {
  readonly bucket: CreditBucket;
  readonly start: Instant;
  readonly startBalance: Percent;
  readonly phases: readonly { readonly demand: number; readonly lasts: Duration }[];
}

/** How CloudWatch looks at it. */
export interface Sampling {
  readonly period: Duration;
  /** How far into a period the history starts. */
  readonly phase: Duration;
  readonly publicationDelay: Duration;
}

export function balanceAt({ bucket, start, startBalance, phases }: History, at: Instant): Percent {
  let balance = startBalance;
  let begin = start;
  for (const { demand, lasts } of phases) {
    const elapsed = Math.min(lasts, Math.max(0, between(begin, at))) as Duration;
    balance = balanceAfter(bucket, balance, demand, elapsed);
    begin = after(begin, lasts);
  }
  return balance;
}

/** The newest hour of BurstBalance (Minimum) that has been published at `now`: whole periods only. */
export function publishedAt(
  history: History,
  { period, phase, publicationDelay }: Sampling,
  now: Instant,
): Series {
  const first = before(history.start, phase);
  const published = Math.floor(between(first, before(now, publicationDelay)) / period);
  const oldest = Math.max(1, published - Math.floor(minutes(60) / period));
  return Array.from({ length: Math.max(0, published - oldest) }, (_, index) =>
    sampleOf(history, after(first, ((oldest + index) * period) as Duration), period),
  );
}

/** Within a phase the balance only rises or only falls, so it is lowest at an end or where phases meet. */
function sampleOf(history: History, at: Instant, period: Duration): Sample {
  const end = after(at, period);
  const moments = [at, ...meetings(history).filter((moment) => moment > at && moment < end), end];
  return { at, period, value: Math.min(...moments.map((moment) => balanceAt(history, moment))) };
}

function meetings({ start, phases }: History): readonly Instant[] {
  let at = start;
  return phases.map(({ lasts }) => {
    at = after(at, lasts);
    return at;
  });
}
