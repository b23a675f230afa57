import type { TwinTime } from '../simulation.ts';
import type { Samples, Window } from './samples.ts';
import { type Lived, Spans } from './spans.ts';

/** A value, or undefined where nothing is published. */
export type Sample = number | undefined;

/** From `since` on, for all that is known, every period that ends has this value. */
type Listener = (value: Sample, since: TwinTime) => void;

/** One value each period that stays what it is until another is noted, and takes no room meanwhile. */
export class HeldValues implements Samples {
  readonly #period: number;
  readonly #spans: Spans;
  readonly #values: number[] = [];
  readonly #listeners = new Set<Listener>();

  /** @param period in ms; all timestamps are multiples of it. */
  constructor(period: number, lived: Readonly<Lived>) {
    this.#period = period;
    this.#spans = new Spans(period, lived);
  }

  get first(): TwinTime | undefined {
    return this.#spans.first;
  }

  /** Tells the value of the last period that has ended at `time`, and of those known to end later, each with that end. */
  tellFrom(time: TwinTime, listener: Listener): void {
    for (const { place, from } of this.#spans.since(time - this.#period))
      listener(sampleOf(this.#values[place]), from + this.#period);
  }

  /** @param from the start of the first period that the value covers, also to come; not before any noted so far. */
  note(from: TwinTime, value: Sample): void {
    const stored = value ?? Number.NaN;
    if (this.#values.length > 0 && Object.is(this.#values.at(-1), stored)) return;
    this.#values[this.#spans.begin(from)] = stored;
    for (const listener of this.#listeners) listener(value, from + this.#period);
  }

  /** Takes back what was noted of periods that end after `time`. */
  forgetAfter(time: TwinTime): void {
    const left = this.#spans.forgetAfter(time - this.#period);
    if (left === this.#values.length) return;
    this.#values.length = left;
    for (const listener of this.#listeners) listener(sampleOf(this.#values.at(-1)), time);
  }

  each(window: Window, take: (value: number) => void): void {
    this.#spans.each(window, (place, periods) => {
      const value = sampleOf(this.#values[place]);
      if (value === undefined) return;
      for (let period = 0; period < periods; period += 1) take(value);
    });
  }

  /** Calls `listener` whenever another value is noted or taken back; returns what ends that. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** Stored as NaN, so that the values stay an array of plain doubles. */
const sampleOf = (stored: number | undefined): Sample =>
  stored === undefined || Number.isNaN(stored) ? undefined : stored;
