import { alarmsMonthly, metricReadsPrice } from '../cost.ts';
import { thresholdOf } from '../credits/alarm-plan.ts';
import type { CreditBucket } from '../credits/credit-bucket.ts';
import type { Policy } from '../policy.ts';
import type { PriceList } from '../prices.ts';
import type { Series } from '../reading.ts';
import { type Dollars, type Duration, dollars, hours, inMinutes } from '../units.ts';

/** As AWS bills it. */
const month = hours(730);

/** A look at a watched volume is one metric, its balance; only before a word or an act is more asked. */
const metricsOfLook = 1;

/**
 * One alarm, and at most one look a minute while the balance is under the alarm's threshold, for a month that goes on as
 * these days did. What a word or an act asks on top (some ten metrics each) is cents a year and left out.
 */
export function watchingPrice(
  balance: Series,
  covers: Duration,
  bucket: CreditBucket,
  policy: Policy,
  prices: PriceList,
): Dollars {
  const threshold = thresholdOf(bucket, policy);
  const minutesUnder = balance
    .filter(({ value }) => value < threshold)
    .reduce((total, { period }) => total + inMinutes(period), 0);
  const looks = covers > 0 ? (minutesUnder * month) / covers : 0;
  return dollars(alarmsMonthly(1, prices) + metricReadsPrice(looks * metricsOfLook, prices));
}
