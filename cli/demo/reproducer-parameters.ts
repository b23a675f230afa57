/** What the article reports of its reproducer. It gives neither the volume's size nor any rate. */
export const REPORTED = {
  /** "On average, ~3 seconds to start a container and delete it." */
  startSeconds: 3,
  /** "through its 5000th loop iteration, and… still good to go"; "it varies by a few thousand". */
  startsBeforeWall: 5_000,
  /** "82 seconds to start the last container." */
  wallStartSeconds: 82,
  /** "We set the io1 volume to 1000 IOPS (mostly random choice…)". */
  curedWithIo1Iops: 1_000,
} as const;

/** One `docker run --rm fedora date` as the disk sees it, and what else uses the disk meanwhile. */
export interface ReproducerParameters {
  /** I/Os of one start and removal that the container waits for. */
  readonly foregroundOperations: number;
  /** What a start takes besides its I/O: CPU, kernel, daemon. */
  readonly otherSeconds: number;
  /** Writeback (kworker) and other writers, I/Os a second, all the while the loop runs. */
  readonly writebackIops: number;
  /** Writers that are still there when the loop has stopped, I/Os a second. */
  readonly idleIops: number;
  /** How many foreground I/Os wait at once. */
  readonly threads: number;
  readonly ioBytes: number;
  /** Of the foreground I/Os; writeback only writes. */
  readonly readShare: number;
}

/** The size our parameters are fitted at: any gp2 up to 33 GiB has the same 100 IOPS of baseline. */
export const FITTED_SIZE_GIB = 30;

/**
 * Fitted so that the article's three numbers come out of a 30 GiB gp2 (5,400,000 credits, baseline 100, burst 3,000
 * IOPS; AWS EBS user guide, general-purpose). With F foreground I/Os, writeback w and other time c, these hold at once:
 *
 *   c + F / (3,000 − w)     = 3 s       a start while credits last
 *   F + (w − 100) · 3 s     = 1,080     credits a start costs: 5,400,000 / 5,000 starts
 *   F / (100 − w)           = 82 s      a start at the wall: F waits for what writeback leaves of the baseline
 *
 * (The third has no c: during the c seconds the disk earns what it does not give, and gives it right after.) The
 * solution is 100 − w = 1,080 / 79, rounded below. Other sizes of disk with other I/O would fit as well; these are
 * not measurements.
 */
export const REPRODUCER: ReproducerParameters = {
  foregroundOperations: 1_121,
  otherSeconds: 2.615,
  writebackIops: 86.33,
  // Our choice: a host that only logs. It lets a gp2 bucket fill again once the loop has stopped.
  idleIops: 5,
  // The article's `ps` shows eight different threads in D state.
  threads: 8,
  // Our choice of a small file-system I/O; far below the throughput limits, so only IOPS matter.
  ioBytes: 16_384,
  // Our choice: an image's layers are read, a container's own layer is written and deleted.
  readShare: 0.3,
};
