import type { TwinTime } from '../simulation.ts';
import type { HeldValues } from './held-values.ts';
import { Points } from './points.ts';
import type { Samples, Window } from './samples.ts';

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

export class Series {
  readonly publication: Publication;
  /** Given where values hold until the next one, which tells when there is one. */
  readonly held: HeldValues | undefined;
  readonly #samples: Samples;

  constructor(publication: Publication, samples: Samples, held?: HeldValues) {
    this.publication = publication;
    this.#samples = samples;
    this.held = held;
  }

  /** The statistic of what lies in the window and can be seen at `now`; undefined without any such value. */
  statistic(statistic: Statistic, { from, until }: Window, now: TwinTime): number | undefined {
    const { period, delay } = this.publication;
    const visible = Math.min(until, now - period - delay + 1);
    const total = { sum: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY, count: 0 };
    this.#samples.each({ from, until: visible }, (value) => {
      total.sum += value;
      total.minimum = Math.min(total.minimum, value);
      total.maximum = Math.max(total.maximum, value);
      total.count += 1;
    });
    return total.count === 0 ? undefined : SUMMARIES[statistic](total);
  }

  get firstTimestamp(): TwinTime | undefined {
    return this.#samples.first;
  }
}

interface Total {
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly count: number;
}

const SUMMARIES: Readonly<Record<Statistic, (total: Total) => number>> = {
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
  SampleCount: ({ count }) => count,
};

const keyOf = ({ namespace, name, dimensions }: Metric): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** Series that somebody publishes without keeping them here. */
type Source = (metric: Metric) => Series | undefined;

interface OpenSeries {
  readonly series: Series;
  readonly points: Points;
}

/** All series of one account and Region. */
export class MetricStore {
  readonly #open = new Map<string, OpenSeries>();
  readonly #sources: Source[] = [];

  addSource(source: Source): void {
    this.#sources.push(source);
  }

  /** The points of that metric to append to, published as `publication` says when it is the first time. */
  open(metric: Metric, publication: Publication): Points {
    const key = keyOf(metric);
    const known = this.#open.get(key);
    if (known !== undefined) return known.points;
    const points = new Points();
    this.#open.set(key, { points, series: new Series(publication, points) });
    return points;
  }

  find(metric: Metric): Series | undefined {
    return this.#open.get(keyOf(metric))?.series ?? this.#published(metric);
  }

  #published(metric: Metric): Series | undefined {
    for (const source of this.#sources) {
      const series = source(metric);
      if (series !== undefined) return series;
    }
    return undefined;
  }
}
