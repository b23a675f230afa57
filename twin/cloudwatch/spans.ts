import type { TwinTime } from '../simulation.ts';
import type { Window } from './samples.ts';

/** How far the simulated minutes are over; nothing is known of any period that ends later. */
export interface Lived {
  until: TwinTime;
}

/**
 * Since when each of several states has held; each holds until the next begins, and the last one up to what has been
 * lived. All times are multiples of one period.
 */
export class Spans {
  readonly #period: number;
  readonly #lived: Readonly<Lived>;
  readonly #from: TwinTime[] = [];

  /** @param period in ms. */
  constructor(period: number, lived: Readonly<Lived>) {
    this.#period = period;
    this.#lived = lived;
  }

  get first(): TwinTime | undefined {
    return this.#from[0];
  }

  /** The place of the state that holds from then on. */
  begin(from: TwinTime): number {
    if (this.#from.at(-1) !== from) this.#from.push(from);
    return this.#from.length - 1;
  }

  /** The place of the state that holds at `time` and of each later one, and since when it does. */
  *since(time: TwinTime): Generator<{ readonly place: number; readonly from: TwinTime }> {
    for (let place = Math.max(0, this.#placeAt(time)); place < this.#from.length; place += 1)
      yield { place, from: this.#from[place] as TwinTime };
  }

  /** Forgets what begins after `time`; returns how many are left. */
  forgetAfter(time: TwinTime): number {
    while (this.#from.length > 0 && (this.#from.at(-1) as TwinTime) > time) this.#from.pop();
    return this.#from.length;
  }

  /** Hands over, in order of time, each state that holds in the window and in how many periods that start in it. */
  each({ from, until: end }: Window, take: (place: number, periods: number) => void): void {
    const until = Math.min(end, this.#lived.until - this.#period + 1);
    for (let place = Math.max(0, this.#placeAt(from)); place < this.#from.length; place += 1) {
      const begin = Math.max(this.#from[place] as TwinTime, Math.ceil(from / this.#period) * this.#period);
      if (begin >= until) return;
      const periods = Math.ceil((Math.min(until, this.#from[place + 1] ?? until) - begin) / this.#period);
      if (periods > 0) take(place, periods);
    }
  }

  /** The last state that began at or before `time`; −1 before the first. */
  #placeAt(time: TwinTime): number {
    let low = 0;
    let high = this.#from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#from[middle] as TwinTime) <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
