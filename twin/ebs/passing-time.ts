import type { Simulation, TwinTime } from '../simulation.ts';
import type { SimulatedInstance } from './simulated-instance.ts';
import type { SimulatedVolume } from './simulated-volume.ts';

const MINUTE = 60_000;

/** Called at the end of each simulated minute, when all volumes have lived through it. */
export type MinuteListener = (minuteStart: TwinTime) => void;

/** Told when a volume falls asleep at `end` with the balances foreseen, and when it wakes in the minute that began at `end`. */
export interface SleepListener {
  asleep(volume: SimulatedVolume, end: TwinTime, percents: readonly number[]): void;
  awake(volume: SimulatedVolume, minute: TwinTime): void;
}

/** The residents of one account and Region, by id, in the order of their creation. */
interface Residents {
  readonly volumes: ReadonlyMap<string, SimulatedVolume>;
  readonly instances: ReadonlyMap<string, SimulatedInstance>;
}

/**
 * Lets the seconds pass. A volume whose minutes repeat themselves exactly, but for a balance that can be foreseen second
 * by second, falls asleep and costs nothing until its load is about to change or something is done to it: what it did in
 * its last minute is what it does in each one it sleeps.
 */
export class PassingTime {
  /** Volumes whose current minute may differ from the one before. */
  readonly awake = new Set<SimulatedVolume>();
  readonly #simulation: Simulation;
  readonly #residents: Residents;
  readonly #listeners: MinuteListener[] = [];
  readonly #sleepListeners: SleepListener[] = [];
  /** Who has to be woken when the minute of the key begins. */
  readonly #toWake = new Map<TwinTime, SimulatedVolume[]>();
  #minute: TwinTime;
  #livedUntil = Number.NEGATIVE_INFINITY;

  constructor(simulation: Simulation, residents: Residents) {
    this.#simulation = simulation;
    this.#residents = residents;
    this.#minute = Math.floor(simulation.now / MINUTE) * MINUTE;
    simulation.every(MINUTE, () => this.#endMinute(), this.#minute + MINUTE);
  }

  onMinute(listener: MinuteListener): void {
    this.#listeners.push(listener);
  }

  onSleep(listener: SleepListener): void {
    this.#sleepListeners.push(listener);
  }

  /** Brings the volume's seconds up to now; to be called before anything about it changes. */
  rouse(volume: SimulatedVolume): void {
    this.liveUntil(this.#simulation.now);
    this.#wake(volume);
    volume.disturb();
  }

  /** Lives through all whole seconds before `time`. */
  liveUntil(time: TwinTime): void {
    const until = Math.floor(time / 1_000) * 1_000;
    if (until <= this.#livedUntil) return;
    this.#livedUntil = until;
    for (const volume of this.awake) {
      if (volume.activeInstance?.isLimited !== true) volume.liveAlone(until);
    }
    const limited = [...this.#residents.instances.values()].filter(({ isLimited }) => isLimited);
    for (const instance of limited) this.#liveTogether(instance, until);
  }

  /** Volumes of a limited instance are served in the order of their creation within each second. */
  #liveTogether(instance: SimulatedInstance, until: TwinTime): void {
    const together = [...this.#residents.volumes.values()].filter(
      (volume) => volume.activeInstance === instance,
    );
    const first = together[0];
    if (first === undefined) return;
    for (let at = first.livedUntil; at < until; at += 1_000) {
      instance.iops?.begin();
      instance.mebibytesPerSecond?.begin();
      for (const volume of together) if (volume.livedUntil <= at) volume.liveSecond(at, instance);
      instance.iops?.end();
      instance.mebibytesPerSecond?.end();
    }
    for (const volume of together) volume.livedUntil = until;
  }

  #endMinute(): void {
    const end = this.#simulation.now;
    this.liveUntil(end);
    for (const listener of this.#listeners) listener(end - MINUTE);
    this.#fallAsleep(end);
    for (const volume of this.awake) volume.minute.empty();
    for (const instance of this.#residents.instances.values()) instance.beginMinute();
    this.#minute = end;
    for (const volume of this.#toWake.get(end) ?? []) if (volume.sleepsUntil === end) this.#wake(volume);
    this.#toWake.delete(end);
  }

  #fallAsleep(end: TwinTime): void {
    for (const volume of this.awake) {
      const isDeleted = this.#residents.volumes.get(volume.id) !== volume;
      const percents = volume.fallAsleep(end, () => this.#livedUntil);
      if (percents === undefined && !isDeleted) continue;
      this.awake.delete(volume);
      for (const listener of this.#sleepListeners) listener.asleep(volume, end, percents ?? []);
      this.#wakeAt(volume.sleepsUntil ?? Number.POSITIVE_INFINITY, volume);
    }
  }

  #wakeAt(time: TwinTime, volume: SimulatedVolume): void {
    if (time === Number.POSITIVE_INFINITY) return;
    const others = this.#toWake.get(time);
    if (others === undefined) this.#toWake.set(time, [volume]);
    else others.push(volume);
  }

  /** What of the current minute was slept through is lived through again; it comes out the same. */
  #wake(volume: SimulatedVolume): void {
    if (this.awake.has(volume)) return;
    this.awake.add(volume);
    volume.wake(this.#minute);
    for (const listener of this.#sleepListeners) listener.awake(volume, this.#minute);
    volume.liveAlone(this.#livedUntil);
  }
}
