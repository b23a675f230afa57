import { setImmediate } from 'node:timers/promises';
import type { Simulation } from '../simulation.ts';

/** How one invocation ended; `result` has been through JSON, as Lambda passes it. */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: 'crashed' }
  | { readonly kind: 'timed out' };

/** Every call of an invocation that has crashed or timed out fails with this: its process is gone. */
class TwinCrash extends Error {
  override readonly name = 'TwinCrash';
}

/**
 * One invocation in simulated time. Its code runs in no time at all; it spends time only where it is parked (a sleep,
 * a slow call), and meanwhile the simulation goes on.
 */
export class Run {
  calls = 0;
  /** Set when the code asked for what the twin does not imitate, or its end failed: the simulation then stops, whatever the code made of it. */
  defect: unknown;
  readonly #simulation: Simulation;
  readonly #onEnd: (outcome: Outcome) => void | Promise<void>;
  #parked = 0;
  #state: 'running' | 'ending' | 'ended' = 'running';
  /** Resolved and replaced whenever the run is parked or has ended. */
  #pause = Promise.withResolvers<void>();

  constructor(simulation: Simulation, onEnd: (outcome: Outcome) => void | Promise<void>) {
    this.#simulation = simulation;
    this.#onEnd = onEnd;
  }

  get isAlive(): boolean {
    return this.#state === 'running';
  }

  assertAlive(): void {
    if (!this.isAlive) throw new TwinCrash('this invocation has ended: nothing it calls has any effect');
  }

  /** Waits in simulated time. */
  async park(milliseconds: number): Promise<void> {
    this.assertAlive();
    this.#parked += 1;
    this.#paused();
    await new Promise<void>((resume) => {
      this.#simulation.after(milliseconds, async () => {
        this.#parked -= 1;
        resume();
        await this.settled();
      });
    });
    this.assertAlive();
  }

  /** Ends the run unless it has ended; what its code still does has no effect. */
  async end(outcome: Outcome): Promise<void> {
    if (!this.isAlive) return;
    this.#state = 'ending';
    try {
      await this.#onEnd(outcome);
    } catch (error) {
      this.defect ??= error;
      throw error;
    } finally {
      this.#state = 'ended';
      this.#paused();
    }
  }

  /**
   * Resolves when the run has ended or waits for simulated time: then the simulation may go on.
   * @throws the run's defect
   */
  async settled(): Promise<void> {
    await setImmediate();
    while (this.#state !== 'ended' && this.#parked === 0) {
      // Its code may be a process: that takes real time, in which this one sleeps.
      await this.#pause.promise;
      await setImmediate();
    }
    if (this.defect !== undefined) throw this.defect;
  }

  #paused(): void {
    this.#pause.resolve();
    this.#pause = Promise.withResolvers();
  }
}
