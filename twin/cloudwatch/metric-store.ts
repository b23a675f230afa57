import type { TwinTime } from '../simulation.ts';

/** One time series: namespace, name and exactly these dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export const STATISTICS = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'] as const;
export type Statistic = (typeof STATISTICS)[number];

/** How a series is published: each value covers `period` and can be read `delay` after that period's end; both in ms. */
export interface Publication {
  readonly period: number;
  readonly delay: number;
}

export interface Window {
  readonly from: TwinTime;
  /** Exclusive. */
  readonly until: TwinTime;
}

/** Values in the order of their timestamps, one sample each. */
export class Series {
  readonly publication: Publication;
  readonly #timestamps: number[] = [];
  readonly #values: number[] = [];

  constructor(publication: Publication) {
    this.publication = publication;
  }

  /** @param timestamp the start of the period that the value covers; later than all before it. */
  append(timestamp: TwinTime, value: number): void {
    this.#timestamps.push(timestamp);
    this.#values.push(value);
  }

  /** The statistic of what lies in the window and can be seen at `now`; undefined without any such value. */
  statistic(statistic: Statistic, { from, until }: Window, now: TwinTime): number | undefined {
    const { period, delay } = this.publication;
    const visible = Math.min(until, now - period - delay + 1);
    const first = firstAtOrAfter(this.#timestamps, from);
    const end = firstAtOrAfter(this.#timestamps, visible);
    return end > first ? SUMMARIES[statistic](this.#values, first, end) : undefined;
  }

  get firstTimestamp(): TwinTime | undefined {
    return this.#timestamps[0];
  }
}

type Summary = (values: readonly number[], first: number, end: number) => number;

const fold =
  (start: number, step: (total: number, value: number) => number): Summary =>
  (values, first, end) => {
    let total = start;
    for (let index = first; index < end; index += 1) total = step(total, values[index] as number);
    return total;
  };

const sum = fold(0, (total, value) => total + value);

const SUMMARIES: Readonly<Record<Statistic, Summary>> = {
  Sum: sum,
  Average: (values, first, end) => sum(values, first, end) / (end - first),
  Minimum: fold(Number.POSITIVE_INFINITY, Math.min),
  Maximum: fold(Number.NEGATIVE_INFINITY, Math.max),
  SampleCount: (_values, first, end) => end - first,
};

/** Index of the first timestamp ≥ `time`. */
function firstAtOrAfter(timestamps: readonly number[], time: number): number {
  let low = 0;
  let high = timestamps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timestamps[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const keyOf = ({ namespace, name, dimensions }: Metric): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** All series of one account and Region. */
export class MetricStore {
  readonly #series = new Map<string, Series>();

  /** The series of that metric, made with `publication` when it is the first time. */
  open(metric: Metric, publication: Publication): Series {
    const key = keyOf(metric);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const series = new Series(publication);
    this.#series.set(key, series);
    return series;
  }

  find(metric: Metric): Series | undefined {
    return this.#series.get(keyOf(metric));
  }
}
