import { type Reading, type Series, unread } from '../reading.ts';
import type { Instant } from '../units.ts';
import type { Volume } from '../volume.ts';
import { burstBalancePeriod } from '../volume-limits.ts';

/**
 * What CloudWatch still knew of one volume when it was read. Samples are Minimum of BurstBalance in per cent, and averages
 * per second of operations and MiB; they may lie 1 or 5 minutes apart, and gaps are normal. Of a balance that never fell
 * under `interesting`, or whose detail is missing, they may be hours.
 */
export interface RecordedVolume {
  /** As EC2 described it at the end of the record; it is taken to have been so all the time. */
  readonly volume: Volume;
  readonly balance: Reading<Series>;
  /** `unread` where the balance gave no reason to pay for the detail. */
  readonly iops: Reading<Series>;
  readonly throughput: Reading<Series>;
  /** Why its balance does not tell all: it is missing for hours in which the volume worked. No other read has them. */
  readonly unseen?: string | undefined;
}

/** The history of one account and Region between two moments: enough to live through it again without AWS. */
export interface Recording {
  readonly account: string;
  readonly region: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly volumes: readonly RecordedVolume[];
  /** Others of the account that can run out: of them is no record, and they take alarms. */
  readonly unrecorded?: readonly Volume[];
}

/** Per cent. No alarm fires at or above it (alarm-plan.ts, mostThreshold), so what never fell so low is told whole by its hours. */
export const interesting = 90;

const coarse = unread(
  'only the lowest balance of each hour was read of it, and when in the hour it was so low is not known',
);

const noSample = unread('there is no sample of its balance in these days');

/** Why nobody can say what happened to the volume, or would have; `undefined` where the record tells. */
export function unjudged({
  balance,
  unseen,
}: Pick<RecordedVolume, 'balance' | 'unseen'>):
  | { readonly kind: 'unread'; readonly why: string }
  | undefined {
  if (balance.kind === 'unread') return balance;
  if (balance.value.length === 0) return noSample;
  if (unseen !== undefined) return unread(unseen);
  const isCoarse = balance.value.some(
    ({ period, value }) => period > burstBalancePeriod && value < interesting,
  );
  return isCoarse ? coarse : undefined;
}
