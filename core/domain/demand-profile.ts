import type { Duration, Instant, Iops, MebibytesPerSecond } from './units.ts';

/**
 * What a volume asked for lately, computed once a day and stored, so that a storm of alarms needs no history reads.
 * Minutes at the wall are lower bounds of the true demand: the wall itself capped what could be seen.
 */
export interface DemandProfile {
  readonly computedAt: Instant;
  /** At most 14 days; shorter for young volumes, and messages say so. */
  readonly covers: Duration;
  /** 99.5th percentiles of 1-minute averages. */
  readonly iops: Iops;
  readonly throughput: MebibytesPerSecond;
  readonly minutesAtWall: number;
}
