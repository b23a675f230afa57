import { type Emit, envelopes, type Place } from '../aws-event.ts';
import { ServiceError } from '../service-error.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import { instanceEvent, type VolumeHappening, volumeEvent } from './ebs-events.ts';
import type { ModificationRequest } from './modification-rules.ts';
import { type MinuteListener, PassingTime, type SleepListener } from './passing-time.ts';
import { RegionalQuotas } from './regional-quotas.ts';
import { type InstanceOptions, type InstanceState, SimulatedInstance } from './simulated-instance.ts';
import {
  type Modification,
  SimulatedVolume,
  type VolumeHealth,
  type VolumeOptions,
} from './simulated-volume.ts';
import { type ModificationSettings, VolumeModifier } from './volume-modifier.ts';
import type { BalanceAfterReturn } from './volume-physics.ts';
import { ViewHistory, type VolumeView, viewOf } from './volume-view.ts';
import type { Workload } from './workload.ts';

export interface VolumeSettings extends ModificationSettings {
  readonly balanceAfterReturn?: BalanceAfterReturn;
  /** How far Describe… calls lag behind, in ms. Default 0. */
  readonly describeLag?: number;
}

export interface AccountVolumesOptions {
  readonly simulation: Simulation;
  readonly place: Place;
  readonly emit: Emit;
  readonly settings?: VolumeSettings;
}

/** The volumes and instances of one account and Region; methods are for tests, the API is in ec2-service. */
export class AccountVolumes {
  readonly place: Place;
  readonly quotas = new RegionalQuotas();
  readonly modifier: VolumeModifier;
  readonly #simulation: Simulation;
  readonly #describeLag: number;
  readonly #balanceAfterReturn: BalanceAfterReturn;
  readonly #send: (content: Parameters<ReturnType<typeof envelopes>>[0]) => void;
  readonly #volumes = new Map<string, SimulatedVolume>();
  readonly #instances = new Map<string, SimulatedInstance>();
  readonly #histories = new Map<string, ViewHistory>();
  readonly #time: PassingTime;
  #views: readonly VolumeView[] | undefined;
  #changedAt = Number.NEGATIVE_INFINITY;
  #created = 0;

  constructor({ simulation, place, emit, settings = {} }: AccountVolumesOptions) {
    this.place = place;
    this.#simulation = simulation;
    this.#describeLag = settings.describeLag ?? 0;
    this.#balanceAfterReturn = settings.balanceAfterReturn ?? 'zero';
    const envelope = envelopes(simulation, place, 'ec2e0e17');
    this.#send = (content) => emit(envelope(content));
    this.modifier = new VolumeModifier({
      simulation,
      settings,
      quotas: this.quotas,
      volumes: () => this.volumes,
      catchUp: (volume) => this.#time.rouse(volume),
      changed: (volume) => this.#changed(volume),
      happened: (volumeId, happening, requestId) => this.#happened(volumeId, happening, requestId),
    });
    this.#time = new PassingTime(simulation, { volumes: this.#volumes, instances: this.#instances });
  }

  get volumes(): readonly SimulatedVolume[] {
    return [...this.#volumes.values()];
  }

  /** Those whose current minute may differ from the one before; all others do again what they did then. */
  get awake(): ReadonlySet<SimulatedVolume> {
    return this.#time.awake;
  }

  get instances(): readonly SimulatedInstance[] {
    return [...this.#instances.values()];
  }

  /** @throws ServiceError `InvalidVolume.NotFound` */
  volume(id: string): SimulatedVolume {
    const volume = this.#volumes.get(id);
    if (volume === undefined)
      throw new ServiceError('InvalidVolume.NotFound', `The volume '${id}' does not exist.`);
    return volume;
  }

  /** @throws ServiceError `InvalidInstanceID.NotFound` */
  instance(id: string): SimulatedInstance {
    const instance = this.#instances.get(id);
    if (instance === undefined) {
      throw new ServiceError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
    }
    return instance;
  }

  /** What reads see now: in the order of creation, `describeLag` behind. The same list until something changes. */
  views(): readonly VolumeView[] {
    if (this.#views !== undefined) return this.#views;
    const at = this.#simulation.now - this.#describeLag;
    const views = [...this.#histories.values()]
      .map((history) => history.at(at))
      .filter((view) => view !== undefined);
    if (at >= this.#changedAt) this.#views = views;
    return views;
  }

  createVolume(options: VolumeOptions): SimulatedVolume {
    const id = options.id ?? this.#nextId('vol');
    const volume = new SimulatedVolume(id, this.#wholeSecond(), options, this.#balanceAfterReturn);
    this.#volumes.set(id, volume);
    this.#time.awake.add(volume);
    this.#histories.set(id, new ViewHistory());
    this.#changed(volume);
    this.#happened(id, { event: 'createVolume', result: 'available' });
    return volume;
  }

  createInstance(options: InstanceOptions = {}): SimulatedInstance {
    const instance = new SimulatedInstance(options.id ?? this.#nextId('i'), this.#simulation.now, options);
    this.#instances.set(instance.id, instance);
    this.#send(instanceEvent(this.place, instance.id, instance.state));
    return instance;
  }

  setInstanceState(instanceId: string, state: InstanceState): void {
    const instance = this.instance(instanceId);
    for (const volume of this.#volumes.values()) {
      if (volume.attachments.some((attachment) => attachment.instance === instance)) this.#time.rouse(volume);
    }
    instance.state = state;
    this.#send(instanceEvent(this.place, instanceId, state));
  }

  /** AWS sends no event for an attach. */
  attach(volumeId: string, instanceId: string, device = '/dev/sdf'): void {
    const volume = this.rouse(volumeId);
    const attachment = { instance: this.instance(instanceId), device, attachedAt: this.#simulation.now };
    volume.attachments = [...volume.attachments, attachment];
    this.#changed(volume);
  }

  detach(volumeId: string): void {
    const volume = this.rouse(volumeId);
    volume.attachments = [];
    this.#changed(volume);
  }

  deleteVolume(volumeId: string): void {
    this.rouse(volumeId).attachments = [];
    this.#volumes.delete(volumeId);
    this.#record(volumeId, undefined);
    this.#happened(volumeId, { event: 'deleteVolume', result: 'deleted' });
  }

  setTag(volumeId: string, key: string, value: string): void {
    const volume = this.volume(volumeId);
    volume.tags.set(key, value);
    this.#changed(volume);
  }

  removeTag(volumeId: string, key: string): void {
    const volume = this.volume(volumeId);
    volume.tags.delete(key);
    this.#changed(volume);
  }

  setWorkload(volumeId: string, workload: Workload | undefined): void {
    this.rouse(volumeId).workload = workload;
  }

  /** Degrades, stalls or heals the volume. */
  setHealth(volumeId: string, health: VolumeHealth): void {
    const volume = this.rouse(volumeId);
    volume.health = health;
    this.#changed(volume);
  }

  /** A change by somebody else: the same rules, slots and events, but not through the API of the account under test. */
  modifyByPerson(volumeId: string, request: Partial<ModificationRequest>): Modification {
    const { volumeType, sizeGiB, iops, throughput } = request;
    const requestId = this.#nextRequestId();
    return this.modifier.start(this.volume(volumeId), { volumeType, sizeGiB, iops, throughput }, requestId);
  }

  onMinute(listener: MinuteListener): void {
    this.#time.onMinute(listener);
  }

  onSleep(listener: SleepListener): void {
    this.#time.onSleep(listener);
  }

  /** Lives through all whole seconds before `time`. */
  liveUntil(time: TwinTime): void {
    this.#time.liveUntil(time);
  }

  /** Brings the volume's seconds up to now. @throws ServiceError `InvalidVolume.NotFound` */
  rouse(volumeId: string): SimulatedVolume {
    const volume = this.volume(volumeId);
    this.#time.rouse(volume);
    return volume;
  }

  #changed(volume: SimulatedVolume): void {
    this.#record(volume.id, viewOf(volume));
  }

  #record(volumeId: string, view: VolumeView | undefined): void {
    const { now } = this.#simulation;
    this.#histories.get(volumeId)?.record(now, view, now - this.#describeLag);
    this.#views = undefined;
    this.#changedAt = now;
  }

  #happened(volumeId: string, happening: VolumeHappening, requestId = this.#nextRequestId()): void {
    this.#send(volumeEvent(this.place, volumeId, happening, requestId));
  }

  #wholeSecond(): TwinTime {
    return Math.ceil(this.#simulation.now / 1_000) * 1_000;
  }

  #nextId(prefix: 'vol' | 'i'): string {
    this.#created += 1;
    return `${prefix}-0${this.#created.toString(16).padStart(16, '0')}`;
  }

  #nextRequestId(): string {
    this.#created += 1;
    return `00000000-0000-4000-8001-${String(this.#created).padStart(12, '0')}`;
  }
}
