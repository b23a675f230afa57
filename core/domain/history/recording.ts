import type { Reading, Series } from '../reading.ts';
import type { Instant } from '../units.ts';
import type { Volume } from '../volume.ts';

/**
 * What CloudWatch still knew of one volume when it was read. Samples are Minimum of BurstBalance in per cent, and averages
 * per second of operations and MiB; they may lie 1 or 5 minutes apart, and gaps are normal.
 */
export interface RecordedVolume {
  /** As EC2 described it at the end of the record; it is taken to have been so all the time. */
  readonly volume: Volume;
  readonly balance: Reading<Series>;
  /** `unread` where the balance gave no reason to pay for the detail. */
  readonly iops: Reading<Series>;
  readonly throughput: Reading<Series>;
}

/** The history of one account and Region between two moments: enough to live through it again without AWS. */
export interface Recording {
  readonly account: string;
  readonly region: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly volumes: readonly RecordedVolume[];
}
