import type { TwinTime } from '../simulation.ts';
import {
  bursts,
  type Supply,
  suppliedIops,
  suppliedMebibytesPerSecond,
  supplyOf,
  unitsOf,
} from './volume-supply.ts';
import type { Configuration, VolumeType } from './volume-types.ts';

/** What a bucket holds when a volume comes back to a bursting type; AWS says nothing about it. */
export type BalanceAfterReturn = 'zero' | 'kept' | 'full';

interface Transition {
  readonly to: Supply;
  readonly from: TwinTime;
  readonly until: TwinTime;
}

/**
 * What one volume can do in each second, and what that costs. Written step by step: it holds no formula for how long
 * a burst lasts.
 *
 * While a modification is `optimizing` AWS promises only "between source and target, never below the source, or the
 * target when downgrading" (monitoring-volume-modifications). Our choice: it moves linearly over the optimizing time,
 * and each side's bucket pays for its share of the I/O.
 */
export class VolumePhysics {
  readonly #balanceAfterReturn: BalanceAfterReturn;
  /** Per cent left in the bucket of a type when the volume last left that type. */
  readonly #left = new Map<VolumeType, number>();
  #supply: Supply;
  #transition: Transition | undefined;
  #progress = 0;
  /** Of the second last asked for; the same object each time, so that a day costs no allocation. */
  readonly capacity = { iops: 0, mebibytesPerSecond: 0 };

  constructor(configuration: Configuration, balanceAfterReturn: BalanceAfterReturn = 'zero') {
    this.#supply = supplyOf(configuration);
    this.#balanceAfterReturn = balanceAfterReturn;
  }

  /** The bucket that the volume has now, or is becoming: what CloudWatch reports a balance of. */
  get #current(): Supply {
    return this.#transition?.to ?? this.#supply;
  }

  /** Per cent; 100 where nothing bursts. */
  get balancePercent(): number {
    return this.#current.bucket.percent;
  }

  /** Credits (I/Os for gp2, MiB for st1 and sc1); 0 where nothing bursts. */
  get balance(): number {
    return this.#current.bucket.balance;
  }

  get bursts(): boolean {
    return bursts(this.#current.bucket);
  }

  /** Sets `capacity` for the second that starts at `at`. `share` is below 1 for a degraded volume, 0 for a stalled one. */
  offer(at: TwinTime, share: number): void {
    const from = this.#supply;
    let iops = suppliedIops(from);
    let mebibytesPerSecond = suppliedMebibytesPerSecond(from);
    if (this.#transition !== undefined) {
      const { to, from: start, until } = this.#transition;
      this.#progress = until <= start ? 1 : Math.min(1, (at - start) / (until - start));
      iops += (suppliedIops(to) - iops) * this.#progress;
      mebibytesPerSecond += (suppliedMebibytesPerSecond(to) - mebibytesPerSecond) * this.#progress;
    }
    this.capacity.iops = iops * share;
    this.capacity.mebibytesPerSecond = mebibytesPerSecond * share;
  }

  /** Ends the offered second. */
  settle(operations: number, bytes: number): void {
    const from = this.#supply;
    if (this.#transition === undefined) {
      from.bucket.settle(unitsOf(from, operations, bytes));
      return;
    }
    const { to } = this.#transition;
    from.bucket.settle(unitsOf(from, operations, bytes) * (1 - this.#progress));
    to.bucket.settle(unitsOf(to, operations, bytes) * this.#progress);
  }

  /** Ends `seconds` without any I/O. */
  rest(seconds: number): void {
    this.#supply.bucket.rest(seconds);
    this.#transition?.to.bucket.rest(seconds);
  }

  /** `optimizing` begins: from now on the volume is on its way to `target`. */
  beginTransition(target: Configuration, from: TwinTime, until: TwinTime): void {
    this.#left.set(this.#supply.configuration.volumeType, this.#supply.bucket.percent);
    this.#transition = { to: supplyOf(target, this.#balanceFor(target)), from, until };
  }

  /** `completed`: the volume is what it was going to be. */
  endTransition(): void {
    if (this.#transition === undefined) return;
    this.#supply = this.#transition.to;
    this.#transition = undefined;
  }

  /** `failed`: AWS leaves the volume as it was. */
  abandonTransition(): void {
    this.#transition = undefined;
  }

  /** A volume that only grows keeps its credits; one that was never of the target's type starts full, like a new one. */
  #balanceFor(target: Configuration): number | undefined {
    const { configuration, bucket } = this.#supply;
    if (target.volumeType === configuration.volumeType) return bursts(bucket) ? bucket.balance : undefined;
    const before = this.#left.get(target.volumeType);
    if (before === undefined || this.#balanceAfterReturn === 'full') return undefined;
    if (this.#balanceAfterReturn === 'zero') return 0;
    return (supplyOf(target).bucket.size.capacity * before) / 100;
  }
}
