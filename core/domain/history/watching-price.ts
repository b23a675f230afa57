import { alarmsMonthly, metricReadsPrice } from '../cost.ts';
import { thresholdOf } from '../credits/alarm-plan.ts';
import type { CreditBucket } from '../credits/credit-bucket.ts';
import type { Policy } from '../policy.ts';
import { billedMonth, type PriceList } from '../prices.ts';
import type { Series } from '../reading.ts';
import { type Dollars, type Duration, dollars, inMinutes, type Percent } from '../units.ts';
import type { RecordedVolume } from './recording.ts';

/** A look at a watched volume is one metric, its balance; only before a word or an act is more asked. */
const metricsOfLook = 1;

/**
 * One alarm, and at most one look a minute while the balance is under the alarm's threshold, for a month that goes on as
 * these days did; where the balance was not read, or is missing while the volume worked, it is taken to have been there. What a word or an act asks on
 * top (some ten metrics each) is cents a year and left out.
 */
export function watchingPrice(
  { balance, unseen }: Pick<RecordedVolume, 'balance' | 'unseen'>,
  covers: Duration,
  bucket: CreditBucket,
  policy: Policy,
  prices: PriceList,
): Dollars {
  const threshold = thresholdOf(bucket, policy);
  const share = balance.kind === 'unread' ? 1 : shareUnder(balance.value, threshold, covers, unseen);
  const looks = share * inMinutes(billedMonth);
  return dollars(alarmsMonthly(1, prices) + metricReadsPrice(looks * metricsOfLook, prices));
}

function shareUnder(
  balance: Series,
  threshold: Percent,
  covers: Duration,
  unseen: string | undefined,
): number {
  const isWhole = unseen === undefined && balance.length > 0;
  const timeOf = (samples: Series) => samples.reduce((total, { period }) => total + period, 0);
  const under = timeOf(balance.filter(({ value }) => value < threshold));
  const missing = isWhole ? 0 : Math.max(0, covers - timeOf(balance));
  return covers > 0 ? (under + missing) / covers : 0;
}
