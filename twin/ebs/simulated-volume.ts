import type { TwinTime } from '../simulation.ts';
import { MinuteUse } from './minute-use.ts';
import type { SimulatedInstance } from './simulated-instance.ts';
import { type BalanceAfterReturn, VolumePhysics } from './volume-physics.ts';
import type { Configuration } from './volume-types.ts';
import type { Workload } from './workload.ts';

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
  /** Service principal that manages the volume, e.g. `eks.amazonaws.com`; left out: nobody. */
  readonly operator?: string;
}

const BYTES_PER_MEBIBYTE = 1_048_576;

export class SimulatedVolume {
  readonly id: string;
  readonly createdAt: TwinTime;
  readonly options: VolumeOptions;
  readonly physics: VolumePhysics;
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
    this.options = options;
    this.tags = new Map(Object.entries(options.tags ?? {}));
    this.configuration = {
      volumeType,
      sizeGiB,
      ...(iops === undefined ? {} : { iops }),
      ...(throughput === undefined ? {} : { throughput }),
    };
    this.physics = new VolumePhysics(this.configuration, balanceAfterReturn);
    this.#second = { at: createdAt, capacity: this.physics.capacity };
  }

  get lastModification(): Modification | undefined {
    return this.modifications.at(-1);
  }

  /** Metrics come only from volumes attached to a running instance (EBS user guide, using_cloudwatch_ebs). */
  get activeInstance(): SimulatedInstance | undefined {
    const instance = this.attachments[0]?.instance;
    return instance?.state === 'running' ? instance : undefined;
  }

  /** Lives through one second; `instance` limits it when given. */
  liveSecond(at: TwinTime, instance: SimulatedInstance | undefined): void {
    if (this.workload === undefined || this.activeInstance === undefined) {
      this.physics.rest(1);
      this.minute.idleSeconds += 1;
      return;
    }
    this.physics.offer(at, HEALTH_SHARE[this.health]);
    const { capacity } = this.physics;
    const { iops, mebibytesPerSecond } = capacity;
    if (instance?.iops !== undefined) capacity.iops = Math.min(iops, instance.iops.left);
    if (instance?.mebibytesPerSecond !== undefined) {
      capacity.mebibytesPerSecond = Math.min(mebibytesPerSecond, instance.mebibytesPerSecond.left);
    }
    this.#second.at = at;
    const served = this.workload.serve(this.#second);
    const operations = served.readOperations + served.writeOperations;
    const bytes = served.readBytes + served.writeBytes;
    this.physics.settle(operations, bytes);
    this.minute.add(served, iops, mebibytesPerSecond);
    instance?.iops?.take(Math.min(served.demandedOperations, iops), operations);
    instance?.mebibytesPerSecond?.take(
      Math.min(served.demandedBytes / BYTES_PER_MEBIBYTE, mebibytesPerSecond),
      bytes / BYTES_PER_MEBIBYTE,
    );
  }

  /** Lives through all seconds before `until`, alone. */
  liveAlone(until: TwinTime): void {
    if (this.workload === undefined || this.activeInstance === undefined) {
      const seconds = Math.max(0, Math.round((until - this.livedUntil) / 1_000));
      this.physics.rest(seconds);
      this.minute.idleSeconds += seconds;
    } else {
      for (let at = this.livedUntil; at < until; at += 1_000) this.liveSecond(at, undefined);
    }
    this.livedUntil = Math.max(this.livedUntil, until);
  }
}
