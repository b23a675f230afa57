import { balanceAfter, type CreditBucket } from '../credits/credit-bucket.ts';
import type { Series } from '../reading.ts';
import { after, between, type Percent } from '../units.ts';

/**
 * The Minimum of BurstBalance that a bucket would have shown under this demand, one sample per sample of demand; within one
 * demand is constant, so the lowest is at its start or its end. What is missing in the record asks for nothing.
 */
export function simulatedBalance(bucket: CreditBucket, demand: Series, start: Percent): Series {
  let balance = start;
  let known = demand[0]?.at;
  return demand.map(({ at, period, value }) => {
    const before = balanceAfter(bucket, balance, 0, between(known ?? at, at));
    balance = balanceAfter(bucket, before, value, period);
    known = after(at, period);
    return { at, period, value: Math.min(before, balance) };
  });
}
