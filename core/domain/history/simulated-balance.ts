import { balanceAfter, type CreditBucket } from '../credits/credit-bucket.ts';
import type { Series } from '../reading.ts';
import type { Percent } from '../units.ts';

/**
 * The Minimum of BurstBalance that a bucket would have shown under this demand, one sample per sample of demand; within one
 * demand is constant, so the lowest is at its start or its end. What is missing in the record asks for nothing.
 */
export function simulatedBalance(bucket: CreditBucket, demand: Series, start: Percent): Series {
  let balance = start;
  return demand.map(({ at, period, value }) => {
    const before = balance;
    balance = balanceAfter(bucket, before, value, period);
    return { at, period, value: Math.min(before, balance) };
  });
}
