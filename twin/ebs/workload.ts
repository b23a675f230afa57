import type { TwinTime } from '../simulation.ts';

/** What the volume can give in the second that starts at `at`; operations as AWS counts them (≤ 256 KiB, HDD ≤ 1 MiB). */
export interface OfferedSecond {
  readonly at: TwinTime;
  readonly capacity: { readonly iops: number; readonly mebibytesPerSecond: number };
}

/** What was done in that second. Operations may be fractions; metrics round them. */
export interface Served {
  readonly readOperations: number;
  readonly writeOperations: number;
  readonly readBytes: number;
  readonly writeBytes: number;
  /** Total time of the I/Os, in seconds: latency is this divided by the operations. */
  readonly readSeconds: number;
  readonly writeSeconds: number;
  /** Mean number of I/Os waiting or in service during the second. */
  readonly queueLength: number;
  /** What was wanted in this second, waiting I/Os included; more than served at a wall. */
  readonly demandedOperations: number;
  readonly demandedBytes: number;
}

/**
 * Whatever uses a volume: called once for each simulated second in order, it takes at most `capacity`. The offered
 * second is reused for the next call, and so may be what is returned: neither side keeps it. Skipped while detached.
 */
export interface Workload {
  serve(second: OfferedSecond): Served;
  /**
   * Seconds that start before this moment would be served exactly like the last one and need not be asked for, as long
   * as the same is offered or, where it was more than demanded, again more than that. Left out: there are none such.
   */
  repeatsUntil?(): TwinTime;
}
