import type { TwinTime } from '../simulation.ts';
import type { Samples, Window } from './samples.ts';

/** Single values, wherever there is one. */
export class Points implements Samples {
  readonly #timestamps: number[] = [];
  readonly #values: number[] = [];

  get first(): TwinTime | undefined {
    return this.#timestamps[0];
  }

  /** @param timestamp the start of the period that the value covers; later than all before it. */
  append(timestamp: TwinTime, value: number): void {
    this.#timestamps.push(timestamp);
    this.#values.push(value);
  }

  each({ from, until }: Window, take: (value: number) => void): void {
    for (const [index, at] of this.#timestamps.entries()) {
      if (at >= from && at < until) take(this.#values[index] as number);
    }
  }
}
