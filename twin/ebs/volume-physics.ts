import type { TwinTime } from '../simulation.ts';
import { CreditBucket } from './credit-bucket.ts';
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

/** What each of several like seconds uses. */
export interface UsedSecond {
  readonly operations: number;
  readonly bytes: number;
}

interface Foresight {
  readonly percents: readonly number[];
  readonly holds: boolean;
}

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

  get isInTransition(): boolean {
    return this.#transition !== undefined;
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

  /** Ends the offered second and those of the next, up to `seconds` in all, in which the same is offered and used; says how many. */
  settleAlike(operations: number, bytes: number, seconds: number): number {
    const { bucket } = this.#supply;
    if (this.#transition === undefined)
      return bucket.settleAlike(unitsOf(this.#supply, operations, bytes), seconds);
    this.settle(operations, bytes);
    return 1;
  }

  /** The balance was `balance`, and since then `seconds` have ended in which the same was offered and used. */
  relive(balance: number, { operations, bytes }: UsedSecond, seconds: number): void {
    const { bucket } = this.#supply;
    bucket.rewind(balance);
    for (let left = seconds; left > 0; )
      left -= bucket.settleAlike(unitsOf(this.#supply, operations, bytes), left);
  }

  /**
   * What the balance will be, in per cent, at the end of each whole minute to come in which the same is offered and
   * used in every second; the last one stays if it `holds`.
   */
  foresee({ operations, bytes }: UsedSecond, minutes: number): Foresight {
    const used = unitsOf(this.#supply, operations, bytes);
    const bucket = new CreditBucket(this.#supply.bucket.size, this.balance);
    const percents: number[] = [];
    while (percents.length < minutes) {
      const before = bucket.balance;
      if (bucket.settleAlike(used, 60) < 60) break;
      percents.push(bucket.percent);
      if (bucket.balance === before) return { percents, holds: true };
    }
    return { percents, holds: false };
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

  /** `failed`: the volume is what it was, but for a size that stays, with the credits it had. */
  abandonTransition(left: Configuration): void {
    this.#transition = undefined;
    if (left.sizeGiB !== this.#supply.configuration.sizeGiB)
      this.#supply = supplyOf(left, this.#balanceFor(left));
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
