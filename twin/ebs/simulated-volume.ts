import type { TwinTime } from '../simulation.ts';
import { MinuteUse } from './minute-use.ts';
import type { SimulatedInstance } from './simulated-instance.ts';
import { type BalanceAfterReturn, type UsedSecond, VolumePhysics } from './volume-physics.ts';
import type { Configuration } from './volume-types.ts';
import type { OfferedSecond, Served, Workload } from './workload.ts';

/** Volume status checks (EBS user guide, monitoring-volume-checks). */
export type VolumeHealth = 'ok' | 'degraded' | 'stalled' | 'io-disabled' | 'insufficient-data';

/** What is left of the performance; AWS gives words only ("below", "well below"), half for degraded is our choice. */
const HEALTH_SHARE: Readonly<Record<VolumeHealth, number>> = {
  ok: 1,
  degraded: 0.5,
  stalled: 0,
  'io-disabled': 0,
  'insufficient-data': 1,
};

export interface Attachment {
  readonly instance: SimulatedInstance;
  readonly device: string;
  readonly attachedAt: TwinTime;
}

type ModificationState = 'modifying' | 'optimizing' | 'completed' | 'failed';

/** One accepted ModifyVolume; `optimizingAt` and `endsAt` are when its state changes. */
export interface Modification {
  readonly original: Configuration;
  readonly target: Configuration;
  readonly startedAt: TwinTime;
  readonly optimizingAt: TwinTime;
  readonly endsAt: TwinTime;
  readonly state: ModificationState;
  readonly message?: string;
}

export interface VolumeOptions extends Configuration {
  readonly id?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly availabilityZone?: string;
  /** Created as an instance's root device; stays so when detached. */
  readonly isRoot?: boolean;
  readonly multiAttach?: boolean;
  readonly encrypted?: boolean;
  readonly snapshotId?: string;
  /** How long it takes a volume made from a snapshot to be initialised, in ms. Default 0, as with fast snapshot restore. */
  readonly initialisingTime?: number;
  /** Service principal that manages the volume, e.g. `eks.amazonaws.com`; left out: nobody. */
  readonly operator?: string;
}

const BYTES_PER_MEBIBYTE = 1_048_576;
const MINUTE = 60_000;
/** A bucket may take months to fill or empty; nobody needs to know more than a day ahead. */
const FORESEEN_MINUTES = 1_440;

/** From the end of a minute to the end of a later one; `now` says how far time has got. */
interface Sleep {
  readonly from: TwinTime;
  readonly until: TwinTime;
  readonly balance: number;
  readonly isStill: boolean;
  readonly now: () => TwinTime;
}

export class SimulatedVolume {
  readonly id: string;
  readonly createdAt: TwinTime;
  readonly options: VolumeOptions;
  readonly minute = new MinuteUse();
  readonly tags: Map<string, string>;
  attachments: readonly Attachment[] = [];
  modifications: readonly Modification[] = [];
  workload: Workload | undefined;
  health: VolumeHealth = 'ok';
  /** As DescribeVolumes tells it: the target's from `optimizing` on. */
  configuration: Configuration;
  /** Up to when its seconds have been lived through. */
  livedUntil: TwinTime;
  readonly #physics: VolumePhysics;
  #sleep: Sleep | undefined;
  /** All seconds since were served alike and left the balance as it was. */
  #stillSince: TwinTime;
  /** All seconds since were served alike and offered more than was demanded. */
  #ampleSince: TwinTime;
  /** What the last second used. */
  #used: UsedSecond = { operations: 0, bytes: 0 };
  readonly #second: { at: TwinTime; readonly capacity: { iops: number; mebibytesPerSecond: number } };

  constructor(
    id: string,
    createdAt: TwinTime,
    options: VolumeOptions,
    balanceAfterReturn: BalanceAfterReturn,
  ) {
    const { volumeType, sizeGiB, iops, throughput } = options;
    this.id = id;
    this.createdAt = createdAt;
    this.livedUntil = createdAt;
    this.#stillSince = createdAt;
    this.#ampleSince = createdAt;
    this.options = options;
    this.tags = new Map(Object.entries(options.tags ?? {}));
    this.configuration = {
      volumeType,
      sizeGiB,
      ...(iops === undefined ? {} : { iops }),
      ...(throughput === undefined ? {} : { throughput }),
    };
    this.#physics = new VolumePhysics(this.configuration, balanceAfterReturn);
    this.#second = { at: createdAt, capacity: this.#physics.capacity };
  }

  get lastModification(): Modification | undefined {
    return this.modifications.at(-1);
  }

  /** Metrics come only from volumes attached to a running instance (EBS user guide, using_cloudwatch_ebs). */
  get activeInstance(): SimulatedInstance | undefined {
    const instance = this.attachments[0]?.instance;
    return instance?.state === 'running' ? instance : undefined;
  }

  /** A sleeper's is brought up to now when somebody looks. */
  get physics(): VolumePhysics {
    if (this.#sleep !== undefined) this.#dream(this.#sleep, this.#sleep.now());
    return this.#physics;
  }

  /** When its minutes cease to repeat themselves; undefined while awake. */
  get sleepsUntil(): TwinTime | undefined {
    return this.#sleep?.until;
  }

  /** Lives through one second; `instance` limits it when given. */
  liveSecond(at: TwinTime, instance: SimulatedInstance | undefined): void {
    this.disturb();
    if (this.workload === undefined || this.activeInstance === undefined) {
      this.#physics.rest(1);
      this.minute.idleSeconds += 1;
    } else this.#serveSecond(at, this.workload, instance);
  }

  /** Lives through all seconds before `until`, alone. */
  liveAlone(until: TwinTime): void {
    if (this.livedUntil >= until) return;
    const { workload } = this;
    if (workload === undefined || this.activeInstance === undefined) this.#rest(until);
    else this.#serveAlone(until, workload);
    this.livedUntil = until;
  }

  /** Something about the volume has changed or is about to: what comes is not known to be like what was. */
  disturb(): void {
    this.#stillSince = Number.POSITIVE_INFINITY;
    this.#ampleSince = Number.POSITIVE_INFINITY;
  }

  /**
   * Falls asleep at `end`, the end of a minute, if every minute for a while will be just like it but for a balance that
   * can be foreseen. Returns the balance at the end of each of them, of which the last one stays.
   * @param now up to when seconds have passed, asked while asleep.
   */
  fallAsleep(end: TwinTime, now: () => TwinTime): readonly number[] | undefined {
    const isStill = this.#stillSince <= end - MINUTE;
    if (!isStill && this.#ampleSince > end - MINUTE) return undefined;
    const minutes = Math.floor((this.#repeatsUntil() - end) / MINUTE);
    if (!(minutes > 0)) return undefined;
    const { percents, holds } = isStill
      ? { percents: [this.#physics.balancePercent], holds: true }
      : this.#physics.foresee(this.#used, Math.min(minutes, FORESEEN_MINUTES));
    const until = end + (holds ? minutes : percents.length) * MINUTE;
    if (until <= end) return undefined;
    this.#sleep = { from: end, until, balance: this.#physics.balance, isStill, now };
    return percents;
  }

  /** Is again as if each second up to `minute`, the start of the current one, had been lived. */
  wake(minute: TwinTime): void {
    if (this.#sleep === undefined) return;
    this.#dream(this.#sleep, minute);
    this.#sleep = undefined;
    this.minute.empty();
    this.livedUntil = minute;
  }

  #dream({ from, balance, isStill }: Sleep, until: TwinTime): void {
    if (!isStill) this.#physics.relive(balance, this.#used, Math.ceil((until - from) / 1_000));
  }

  /** In the past where the next second may differ. */
  #repeatsUntil(): TwinTime {
    const instance = this.activeInstance;
    if (this.#physics.isInTransition || instance?.isLimited === true) return Number.NEGATIVE_INFINITY;
    if (this.workload === undefined || instance === undefined) return Number.POSITIVE_INFINITY;
    return repeatsUntil(this.workload);
  }

  #rest(until: TwinTime): void {
    const seconds = Math.round((until - this.livedUntil) / 1_000);
    const { balance } = this.#physics;
    this.#physics.rest(seconds);
    this.minute.idleSeconds += seconds;
    const isStill = this.#physics.balance === balance;
    this.#stillSince = isStill ? Math.min(this.#stillSince, this.livedUntil) : until;
    this.#ampleSince = Number.POSITIVE_INFINITY;
  }

  #serveAlone(until: TwinTime, workload: Workload): void {
    for (let at = this.livedUntil; at < until; ) {
      const isRepeat = at < repeatsUntil(workload);
      const { balance, capacity } = this.#physics;
      const served = this.#serveSecond(at, workload, undefined);
      const since = (before: TwinTime, holds: boolean): TwinTime =>
        holds ? Math.min(isRepeat ? before : at, at) : at + 1_000;
      this.#stillSince = since(this.#stillSince, this.#physics.balance === balance);
      this.#ampleSince = since(this.#ampleSince, isAmple(capacity, served));
      at = this.#repeat(served, at + 1_000, Math.min(until, repeatsUntil(workload)));
    }
  }

  /** Lives through seconds from `from` on in which the same is served again; returns the first one that differs. */
  #repeat(served: Served, from: TwinTime, until: TwinTime): TwinTime {
    const { minute } = this;
    const physics = this.#physics;
    const { capacity, balance } = physics;
    const { iops, mebibytesPerSecond } = capacity;
    const wasAmple = isAmple(capacity, served);
    const operations = served.readOperations + served.writeOperations;
    const bytes = served.readBytes + served.writeBytes;
    let at = from;
    while (at < until) {
      physics.offer(at, HEALTH_SHARE[this.health]);
      const isSame = capacity.iops === iops && capacity.mebibytesPerSecond === mebibytesPerSecond;
      if (!isSame && !(wasAmple && isAmple(capacity, served))) break;
      const seconds = physics.settleAlike(operations, bytes, Math.ceil((until - at) / 1_000));
      minute.add(served, capacity.iops, capacity.mebibytesPerSecond, seconds);
      at += 1_000 * seconds;
    }
    if (physics.balance !== balance) this.#stillSince = at;
    if (!wasAmple) this.#ampleSince = at;
    this.#used = { operations, bytes };
    return at;
  }

  #serveSecond(at: TwinTime, workload: Workload, instance: SimulatedInstance | undefined): Served {
    this.#physics.offer(at, HEALTH_SHARE[this.health]);
    const { capacity } = this.#physics;
    const { iops, mebibytesPerSecond } = capacity;
    if (instance?.iops !== undefined) capacity.iops = Math.min(iops, instance.iops.left);
    if (instance?.mebibytesPerSecond !== undefined) {
      capacity.mebibytesPerSecond = Math.min(mebibytesPerSecond, instance.mebibytesPerSecond.left);
    }
    this.#second.at = at;
    const served = workload.serve(this.#second);
    const operations = served.readOperations + served.writeOperations;
    const bytes = served.readBytes + served.writeBytes;
    this.#physics.settle(operations, bytes);
    this.minute.add(served, iops, mebibytesPerSecond);
    instance?.iops?.take(Math.min(served.demandedOperations, iops), operations);
    instance?.mebibytesPerSecond?.take(
      Math.min(served.demandedBytes / BYTES_PER_MEBIBYTE, mebibytesPerSecond),
      bytes / BYTES_PER_MEBIBYTE,
    );
    return served;
  }
}

const repeatsUntil = (workload: Workload): TwinTime => workload.repeatsUntil?.() ?? Number.NEGATIVE_INFINITY;

/** Strictly more than demanded: then no rounding can keep any of it waiting. */
const isAmple = ({ iops, mebibytesPerSecond }: OfferedSecond['capacity'], served: Served): boolean =>
  served.demandedOperations < iops && served.demandedBytes < mebibytesPerSecond * BYTES_PER_MEBIBYTE;
