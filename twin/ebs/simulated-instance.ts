import { CreditBucket } from './credit-bucket.ts';

export type InstanceState = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated';

/** What an instance can move to and from all its volumes; equal where the size does not burst. */
export interface EbsLimit {
  readonly baseline: number;
  readonly maximum: number;
}

export interface InstanceOptions {
  readonly id?: string;
  readonly instanceType?: string;
  /** Nitro instances publish the per-attachment metrics and stalled checks; Xen ones do not. Default true. */
  readonly nitro?: boolean;
  readonly state?: InstanceState;
  readonly tags?: Readonly<Record<string, string>>;
  /** Left out: the instance is never the bottleneck. */
  readonly ebsIops?: EbsLimit;
  readonly ebsMebibytesPerSecond?: EbsLimit;
}

/**
 * Sizes that burst hold their maximum for 30 minutes once in 24 hours (EC2 user guide, ebs-optimized): a bucket of
 * that much, refilled by what stays below the baseline.
 */
const burstBucket = ({ baseline, maximum }: EbsLimit): CreditBucket =>
  new CreditBucket({ baseline, burst: maximum, capacity: 1_800 * (maximum - baseline) });

/** One dimension (IOPS or MiB/s) of what the instance shares out among its volumes within each second. */
export class SharedLimit {
  readonly bucket: CreditBucket;
  /** What the volumes served later in this second can still get. */
  left = 0;
  /** Seconds of the current minute in which more was wanted than the instance gave. */
  exceededSeconds = 0;
  #given = 0;
  #refused = false;

  constructor(limit: EbsLimit) {
    this.bucket = burstBucket(limit);
  }

  begin(): void {
    this.left = this.bucket.available();
    this.#given = 0;
    this.#refused = false;
  }

  /** @param wanted what the volume could have served; `taken` is what it did serve. */
  take(wanted: number, taken: number): void {
    if (wanted > this.left) this.#refused = true;
    this.left = Math.max(0, this.left - taken);
    this.#given += taken;
  }

  end(): void {
    this.bucket.settle(this.#given);
    if (this.#refused) this.exceededSeconds += 1;
  }
}

export class SimulatedInstance {
  readonly id: string;
  readonly instanceType: string;
  readonly nitro: boolean;
  readonly tags: Record<string, string>;
  readonly launchedAt: number;
  readonly iops: SharedLimit | undefined;
  readonly mebibytesPerSecond: SharedLimit | undefined;
  state: InstanceState;

  constructor(id: string, launchedAt: number, options: InstanceOptions) {
    this.id = id;
    this.launchedAt = launchedAt;
    this.instanceType = options.instanceType ?? 'm5.large';
    this.nitro = options.nitro ?? true;
    this.state = options.state ?? 'running';
    this.tags = { ...options.tags };
    this.iops = options.ebsIops && new SharedLimit(options.ebsIops);
    this.mebibytesPerSecond = options.ebsMebibytesPerSecond && new SharedLimit(options.ebsMebibytesPerSecond);
  }

  /** Whether its volumes have to be served second by second together. */
  get isLimited(): boolean {
    return this.iops !== undefined || this.mebibytesPerSecond !== undefined;
  }

  beginMinute(): void {
    if (this.iops !== undefined) this.iops.exceededSeconds = 0;
    if (this.mebibytesPerSecond !== undefined) this.mebibytesPerSecond.exceededSeconds = 0;
  }
}
