import type { TwinTime } from '../simulation.ts';
import type { MetricStore, Series } from './metric-store.ts';

const MINUTE = 60_000;

export interface OutletOptions {
  readonly store: MetricStore;
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** From the end of a period until its value can be read, in ms. */
  readonly delay: number;
}

/** All metrics that one resource publishes under one set of dimensions; a series is looked up once. */
export class MetricOutlet {
  readonly #options: OutletOptions;
  readonly #series = new Map<string, Series>();

  constructor(options: OutletOptions) {
    this.#options = options;
  }

  /** @param timestamp the start of the period of `period` ms that the value covers. */
  put(name: string, timestamp: TwinTime, value: number, period = MINUTE): void {
    (this.#series.get(name) ?? this.#open(name, period)).append(timestamp, value);
  }

  #open(name: string, period: number): Series {
    const { store, namespace, dimensions, delay } = this.#options;
    const series = store.open({ namespace, name, dimensions }, { period, delay });
    this.#series.set(name, series);
    return series;
  }
}
