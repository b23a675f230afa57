import {
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { type Reading, read, type Sample, type Series, unread } from '../../core/domain/reading.ts';
import { type Duration, type Instant, inSeconds, instant, minutes } from '../../core/domain/units.ts';
import { batches } from '../../core/domain/volume-limits.ts';
import { failedOn } from './aws-errors.ts';
import { chunksOf, inParallel } from './batches.ts';

/** One metric to read; each is billed once per call, however many datapoints it has. */
export interface MetricQuery {
  /** Names the answer. */
  readonly key: string;
  readonly namespace: 'AWS/EBS' | 'AWS/EC2';
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Minimum' | 'Maximum' | 'Average' | 'Sum';
  readonly period: Duration;
  readonly since: Instant;
}

/** An answer for every key: samples in `[since, until)`, or why they could not be read. */
export type MetricAnswers = ReadonlyMap<string, Reading<Series>>;

/** One round: calls of at most 500 queries side by side, each with the window its oldest query needs. */
export async function readMetrics(
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  until: Instant,
): Promise<MetricAnswers> {
  const oldestFirst = queries.toSorted((a, b) => a.since - b.since);
  const answers = await inParallel(chunksOf(oldestFirst, batches.metricQueries), (chunk) =>
    readChunk(client, chunk, until),
  );
  return new Map(answers.flat());
}

async function readChunk(
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  until: Instant,
): Promise<readonly (readonly [string, Reading<Series>])[]> {
  try {
    return [...(await readOneCall(client, queries, until)).answers];
  } catch (error) {
    return queries.map(({ key }) => [key, unread(failedOn(error, 'cloudwatch:GetMetricData'))]);
  }
}

/** At most 500 queries, in one window from the oldest on. Throws what the SDK throws. */
export async function readOneCall(
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  until: Instant,
): Promise<{ readonly answers: MetricAnswers; readonly pages: number }> {
  const results = new Map<string, Result>();
  let pages = 0;
  for await (const page of paginateGetMetricData({ client }, requestOf(queries, until))) {
    pages += 1;
    for (const result of page.MetricDataResults ?? []) collect(results, result);
  }
  const answers = queries.map(
    (query, index) => [query.key, answerOf(query, results.get(idOf(index)), until)] as const,
  );
  return { answers: new Map(answers), pages };
}

const requestOf = (queries: readonly MetricQuery[], until: Instant) => ({
  StartTime: new Date(Math.min(...queries.map(({ since }) => wholeMinute(since, Math.floor)))),
  EndTime: new Date(wholeMinute(until, Math.ceil)),
  ScanBy: 'TimestampAscending' as const,
  MetricDataQueries: queries.map(queryOf),
});

const wholeMinute = (at: Instant, round: (value: number) => number): number =>
  round(at / minutes(1)) * minutes(1);

const idOf = (index: number): string => `q${index}`;

const queryOf = (query: MetricQuery, index: number): MetricDataQuery => ({
  Id: idOf(index),
  MetricStat: {
    Metric: {
      Namespace: query.namespace,
      MetricName: query.metric,
      Dimensions: Object.entries(query.dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: inSeconds(query.period),
    Stat: query.statistic,
  },
});

interface Result {
  /** Of the last page; `PartialData` until then. */
  readonly status: string;
  readonly values: Map<number, number>;
}

function collect(results: Map<string, Result>, from: MetricDataResult): void {
  const values = results.get(from.Id ?? '')?.values ?? new Map<number, number>();
  from.Timestamps?.forEach((timestamp, index) => {
    const value = from.Values?.[index];
    if (value !== undefined) values.set(timestamp.getTime(), value);
  });
  results.set(from.Id ?? '', { status: from.StatusCode ?? 'no status', values });
}

function answerOf(query: MetricQuery, result: Result | undefined, at: Instant): Reading<Series> {
  const status = result?.status ?? 'no answer';
  if (result === undefined || status !== 'Complete') {
    return unread(`${status} for ${query.metric} on cloudwatch:GetMetricData`);
  }
  const inWindow = [...result.values].filter(([time]) => time >= wholeMinute(query.since, Math.floor));
  return read(seriesOf(inWindow, query.period), at);
}

/** Nothing in AWS/EBS or AWS/EC2 is published more rarely (EBS user guide, "CloudWatch metrics for Amazon EBS"). */
const rarest = minutes(5);

/**
 * What is published every 5 minutes comes back every 5 minutes although minutes were asked for, and each sample then
 * stands for 5 of them. So a period is the smallest distance seen: never more than truly passed between two samples,
 * and the asked minute where there is only one, which makes a reading look older and a rate higher than it may be.
 */
export function seriesOf(
  values: readonly (readonly [time: number, value: number])[],
  asked: Duration,
): Series {
  const sorted = values.toSorted(([a], [b]) => a - b);
  const distances = sorted.slice(1).map(([time], index) => time - (sorted[index]?.[0] ?? time));
  const smallest = distances.length === 0 ? asked : Math.min(rarest, ...distances);
  const period = Math.max(asked, smallest) as Duration;
  return sorted.map(([time, value]): Sample => ({ at: instant(time), period, value }));
}
