import { ServiceError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import type { VolumeHappening } from './ebs-events.ts';
import { type ModificationRequest, targetOf } from './modification-rules.ts';
import { isChanging, type RegionalQuotas } from './regional-quotas.ts';
import type { Modification, SimulatedVolume } from './simulated-volume.ts';
import type { Configuration, VolumeType } from './volume-types.ts';

const HOUR = 3_600_000;

/** "up to four times within a rolling 24-hour period" (EBS user guide, ebs-modify-volume). */
const SLOTS = 4;
const SLOT_WINDOW = 24 * HOUR;

export interface ModificationSettings {
  /** How long `modifying` lasts; AWS says "seconds" for the size. Default 10 s. */
  readonly modifyingTime?: (target: Configuration) => number;
  /** How long `optimizing` lasts. Default 6 h per TiB ("fully used 1 TiB about 6 h"), at least 5 min. */
  readonly optimizingTime?: (target: Configuration) => number;
  /** Whether VolumeModificationRateExceeded says when the next slot is free, as AWS promises. Default true. */
  readonly namesNextSlot?: boolean;
  /** Zones that lack a type, e.g. `{ 'us-east-1e': ['io2'] }`. */
  readonly zonesWithout?: Readonly<Record<string, readonly VolumeType[]>>;
}

const optimizingByDefault = ({ sizeGiB }: Configuration): number =>
  Math.max(HOUR / 12, (6 * HOUR * sizeGiB) / 1_024);

interface Failure {
  readonly message: string;
  /** The last state before `failed`; AWS does not say from which of them it comes. */
  readonly after: 'modifying' | 'optimizing';
  /** How many modifications it is still to end. */
  readonly times: number;
}

export interface ModifierSurroundings {
  readonly simulation: Simulation;
  readonly quotas: RegionalQuotas;
  readonly settings: ModificationSettings;
  /** All volumes of the Region. */
  readonly volumes: () => readonly SimulatedVolume[];
  /** Brings the volume's seconds up to now. */
  readonly catchUp: (volume: SimulatedVolume) => void;
  readonly changed: (volume: SimulatedVolume) => void;
  readonly happened: (volumeId: string, happening: VolumeHappening, requestId: string) => void;
}

/** ModifyVolume: what is refused, and what an accepted one goes through until it is `completed` or `failed`. */
export class VolumeModifier {
  readonly #with: ModifierSurroundings;
  readonly #toFail = new Map<string, Failure>();

  constructor(surroundings: ModifierSurroundings) {
    this.#with = surroundings;
  }

  /** The volume's next modifications, as many as are named, end in `failed` with this status message, after this state. */
  failNext(volumeId: string, message: string, after: Failure['after'] = 'optimizing', times = 1): void {
    this.#toFail.set(volumeId, { message, after, times });
  }

  /** @throws ServiceError where AWS would refuse; changes nothing. */
  check(volume: SimulatedVolume, request: ModificationRequest): Configuration {
    if (Object.values(request).every((value) => value === undefined)) {
      throw new ServiceError(
        'MissingParameter',
        'The request must contain at least one attribute to modify.',
      );
    }
    this.#demandUnmanaged(volume);
    const target = targetOf(volume.configuration, request);
    this.#demandTypeAllowed(volume, target);
    if (isChanging(volume)) {
      throw new ServiceError(
        'IncorrectModificationState',
        `Volume ${volume.id} cannot be modified in modification state ${volume.lastModification?.state.toUpperCase()}`,
      );
    }
    this.#demandSlot(volume);
    this.#with.quotas.demandRoom(this.#with.volumes(), volume, target);
    return target;
  }

  /** Accepts the modification; without any difference it takes its course all the same and uses a slot. */
  start(volume: SimulatedVolume, request: ModificationRequest, requestId: string): Modification {
    const target = this.check(volume, request);
    const { simulation, settings } = this.#with;
    const startedAt = simulation.now;
    const optimizingAt = startedAt + (settings.modifyingTime?.(target) ?? 10_000);
    const endsAt = optimizingAt + (settings.optimizingTime ?? optimizingByDefault)(target);
    const modification: Modification = {
      original: volume.configuration,
      target,
      startedAt,
      optimizingAt,
      endsAt,
      state: 'modifying',
    };
    volume.modifications = [...volume.modifications, modification];
    this.#with.changed(volume);
    simulation.at(optimizingAt, () => this.#optimize(volume, modification, requestId));
    return modification;
  }

  #optimize(volume: SimulatedVolume, modification: Modification, requestId: string): void {
    if (!this.#exists(volume)) return;
    this.#with.catchUp(volume);
    if (this.#toFail.get(volume.id)?.after === 'modifying') {
      this.#fail(volume, requestId);
      return;
    }
    const { target, optimizingAt, endsAt } = modification;
    this.#with.simulation.at(endsAt, () => this.#finish(volume, modification, requestId));
    volume.physics.beginTransition(target, optimizingAt, endsAt);
    volume.configuration = target;
    this.#enter(volume, { state: 'optimizing' });
    this.#with.happened(volume.id, { event: 'modifyVolume', result: 'optimizing' }, requestId);
  }

  /**
   * A size that has taken effect stays: "You can't decrease the volume size" (ebs-modify-volume). AWS does not say what
   * becomes of type, IOPS and throughput; our choice: they are again what they were.
   */
  #finish(volume: SimulatedVolume, { original, target }: Modification, requestId: string): void {
    if (!this.#exists(volume)) return;
    this.#with.catchUp(volume);
    if (this.#toFail.has(volume.id)) {
      volume.configuration = { ...original, sizeGiB: target.sizeGiB };
      volume.physics.abandonTransition(volume.configuration);
      this.#fail(volume, requestId);
      return;
    }
    volume.physics.endTransition();
    this.#enter(volume, { state: 'completed' });
    this.#with.happened(volume.id, { event: 'modifyVolume', result: 'completed' }, requestId);
  }

  #fail(volume: SimulatedVolume, requestId: string): void {
    const failure = this.#toFail.get(volume.id);
    const message = failure?.message ?? '';
    if (failure !== undefined && failure.times > 1)
      this.#toFail.set(volume.id, { ...failure, times: failure.times - 1 });
    else this.#toFail.delete(volume.id);
    this.#enter(volume, { state: 'failed', message, endsAt: this.#with.simulation.now });
    this.#with.happened(volume.id, { event: 'modifyVolume', result: 'failed' }, requestId);
  }

  #exists(volume: SimulatedVolume): boolean {
    return this.#with.volumes().includes(volume);
  }

  #enter(volume: SimulatedVolume, change: Partial<Modification>): void {
    const last = volume.lastModification;
    if (last === undefined) return;
    volume.modifications = [...volume.modifications.slice(0, -1), { ...last, ...change }];
    this.#with.changed(volume);
  }

  /** "You can't directly modify" a managed volume (EBS user guide, ebs-volumes); the code is ours, AWS names none. */
  #demandUnmanaged({ id, options }: SimulatedVolume): void {
    if (options.operator === undefined) return;
    throw new ServiceError(
      'OperationNotPermitted',
      `Volume ${id} is managed by ${options.operator} and cannot be modified directly.`,
    );
  }

  #demandTypeAllowed(volume: SimulatedVolume, { volumeType }: Configuration): void {
    const { availabilityZone = DEFAULT_ZONE, isRoot, multiAttach } = volume.options;
    if (isRoot && (volumeType === 'st1' || volumeType === 'sc1')) {
      throw new ServiceError(
        'InvalidParameterValue',
        `Root volume ${volume.id} cannot be modified to ${volumeType}.`,
      );
    }
    if (multiAttach && volumeType !== 'io1' && volumeType !== 'io2') {
      throw new ServiceError(
        'InvalidParameterCombination',
        `Volume ${volume.id} has Multi-Attach enabled and cannot be modified to ${volumeType}.`,
      );
    }
    if (this.#with.settings.zonesWithout?.[availabilityZone]?.includes(volumeType)) {
      throw new ServiceError(
        'VolumeTypeNotAvailableInZone',
        `The volume type '${volumeType}' is not available in the Availability Zone ${availabilityZone}.`,
      );
    }
  }

  #demandSlot(volume: SimulatedVolume): void {
    const { simulation, settings } = this.#with;
    const since = simulation.now - SLOT_WINDOW;
    const recent = volume.modifications.filter(({ startedAt }) => startedAt > since);
    const oldest = recent.at(-SLOTS);
    if (oldest === undefined) return;
    throw new ServiceError(
      'VolumeModificationRateExceeded',
      tooMany(settings.namesNextSlot ?? true, oldest.startedAt),
    );
  }
}

/** Shape of the volume's zone where a test names none. */
export const DEFAULT_ZONE = 'us-east-1a';

/** Wording as emulators that captured it from AWS give it; not in AWS's documentation. */
const tooMany = (namesNextSlot: boolean, oldest: TwinTime): string => {
  const limit = "You've reached the maximum modification rate per volume limit.";
  if (!namesNextSlot) return limit;
  const next = new Date(oldest + SLOT_WINDOW).toISOString();
  return `${limit} Wait until ${next} before you can issue the next modification request for this volume.`;
};
