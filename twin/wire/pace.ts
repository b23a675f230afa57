import type { Simulation } from '../simulation.ts';

/** How many seconds of simulated time pass in one of the machine's; 0 when it stands still and is moved by hand. */
export type Speed = number;

/**
 * Lets simulated time follow a clock. While something that is due is being done, everybody else sees the moment that it is
 * done in, and nobody waits for it: what is done may itself be a process that asks this account something.
 */
export class Pace {
  readonly #simulation: Simulation;
  readonly #clock: () => number;
  #speed: Speed;
  /** Simulated and clock time of the last change of speed. */
  #since: { readonly simulated: number; readonly clock: number };
  #running: Promise<void> | undefined;

  constructor(simulation: Simulation, clock: () => number, speed: Speed) {
    this.#simulation = simulation;
    this.#clock = clock;
    this.#speed = speed;
    this.#since = { simulated: simulation.now, clock: clock() };
  }

  get speed(): Speed {
    return this.#speed;
  }

  set speed(speed: Speed) {
    this.#since = { simulated: this.#target, clock: this.#clock() };
    this.#speed = speed;
  }

  /** Where simulated time should be by now. */
  get #target(): number {
    const { simulated, clock } = this.#since;
    return simulated + (this.#clock() - clock) * this.#speed;
  }

  /** Does what has become due. */
  async catchUp(): Promise<void> {
    if (this.#running === undefined) await this.#run(this.#target);
  }

  /** Does everything of the next `milliseconds` of simulated time at once, after what is being done at the moment. */
  async advance(milliseconds: number): Promise<void> {
    const target = Math.max(this.#target, this.#simulation.now) + milliseconds;
    this.#since = { simulated: target, clock: this.#clock() };
    // If that fails, whoever began it is told.
    while (this.#running !== undefined) await this.#running.catch(() => undefined);
    await this.#run(target);
  }

  async #run(until: number): Promise<void> {
    this.#running = Promise.resolve().then(() => this.#simulation.runUntil(until));
    try {
      await this.#running;
    } finally {
      this.#running = undefined;
    }
  }
}
