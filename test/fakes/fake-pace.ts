import type { Pace } from '../../core/application/ports.ts';

/** Gives so many turns and is over then. */
export class FakePace implements Pace {
  turns = 0;
  ends = 0;
  #left: number;

  constructor(left = Number.POSITIVE_INFINITY) {
    this.#left = left;
  }

  turn(): Promise<'go' | 'over'> {
    if (this.#left === 0) return Promise.resolve('over');
    this.#left -= 1;
    this.turns += 1;
    return Promise.resolve('go');
  }

  end(): Promise<void> {
    this.ends += 1;
    return Promise.resolve();
  }
}
