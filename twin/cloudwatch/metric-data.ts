import type {
  Dimension,
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { TwinTime } from '../simulation.ts';
import { type MetricStore, STATISTICS, type Statistic } from './metric-store.ts';

/** CloudWatch user guide, cloudwatch_limits: 500 queries and 100,800 datapoints a call. */
const MAXIMUM_QUERIES = 500;
const MAXIMUM_DATAPOINTS = 100_800;

const MINUTE = 60_000;
/** One-minute data is kept for 15 days, five-minute data after that (CloudWatch user guide, "Metrics retention"). */
const ONE_MINUTE_RETENTION = 15 * 24 * 60 * MINUTE;

const invalid = (message: string): ServiceError => new ServiceError('ValidationError', message);

interface Point {
  readonly at: TwinTime;
  readonly value: number;
}

interface Answer {
  readonly id: string;
  readonly label: string;
  readonly points: readonly Point[];
}

/** GetMetricData for plain metrics; bins start at StartTime, rounded down to the minute. */
export function getMetricData(
  store: MetricStore,
  input: GetMetricDataInput,
  now: TwinTime,
): GetMetricDataOutput {
  const { MetricDataQueries: queries = [], ScanBy = 'TimestampDescending', MaxDatapoints, NextToken } = input;
  demandQueries(queries);
  const window = windowOf(input);
  const answers = queries
    .filter(({ ReturnData }) => ReturnData !== false)
    .map((query) => answerTo(store, query, window, now, ScanBy === 'TimestampAscending'));
  if (MaxDatapoints !== undefined && (MaxDatapoints < 1 || MaxDatapoints > MAXIMUM_DATAPOINTS)) {
    throw invalid(`The parameter MaxDatapoints must be between 1 and ${MAXIMUM_DATAPOINTS}.`);
  }
  return pageOf(answers, offsetOf(NextToken), MaxDatapoints ?? MAXIMUM_DATAPOINTS);
}

function demandQueries(queries: readonly MetricDataQuery[]): void {
  if (queries.length === 0) throw invalid('The parameter MetricDataQueries is required.');
  if (queries.length > MAXIMUM_QUERIES) {
    throw invalid(`The collection MetricDataQueries must not have a size greater than ${MAXIMUM_QUERIES}.`);
  }
  const ids = queries.map(({ Id = '' }) => Id);
  const wrong = ids.find((id) => !/^[a-z]\w{0,254}$/.test(id));
  if (wrong !== undefined) {
    throw invalid(
      `The value ${wrong} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  }
  if (new Set(ids).size !== ids.length)
    throw invalid('The values for parameter id in MetricDataQueries are not unique.');
}

interface TimeWindow {
  readonly start: TwinTime;
  readonly end: TwinTime;
}

function windowOf({ StartTime, EndTime }: GetMetricDataInput): TimeWindow {
  if (StartTime === undefined || EndTime === undefined) {
    throw invalid('The parameters StartTime and EndTime are required.');
  }
  if (StartTime.getTime() >= EndTime.getTime()) {
    throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  }
  return { start: Math.floor(StartTime.getTime() / MINUTE) * MINUTE, end: EndTime.getTime() };
}

const QUERY_PARTS: readonly string[] = ['Id', 'MetricStat', 'Label', 'ReturnData'];
const STAT_PARTS: readonly string[] = ['Metric', 'Period', 'Stat'];

function refuseUnknownParts(part: object, imitated: readonly string[], name: string): void {
  const unknown = Object.entries(part).find(([key, value]) => value !== undefined && !imitated.includes(key));
  if (unknown !== undefined) {
    throw new NotImitatedError(`${name}.${unknown[0]} is not imitated; imitated: ${imitated.join(', ')}`);
  }
}

function answerTo(
  store: MetricStore,
  query: MetricDataQuery,
  { start, end }: TimeWindow,
  now: TwinTime,
  isAscending: boolean,
): Answer {
  refuseUnknownParts(query, QUERY_PARTS, 'MetricDataQuery');
  const { MetricStat } = query;
  if (MetricStat === undefined)
    throw invalid('Each MetricDataQuery must have either MetricStat or Expression.');
  refuseUnknownParts(MetricStat, STAT_PARTS, 'MetricStat');
  const { Namespace: namespace = '', MetricName: name = '', Dimensions } = MetricStat.Metric ?? {};
  const period = periodOf(MetricStat.Period);
  const statistic = statisticOf(MetricStat.Stat);
  const series = store.find({ namespace, name, dimensions: dimensionsOf(Dimensions) });
  const from =
    period < 5 * MINUTE
      ? Math.max(start, start + Math.ceil((now - ONE_MINUTE_RETENTION - start) / period) * period)
      : start;
  const points: Point[] = [];
  const earliest = series?.firstTimestamp ?? end;
  const skipped = Math.max(0, Math.floor((earliest - from) / period));
  for (let at = from + skipped * period; at < end; at += period) {
    const value = series?.statistic(statistic, { from: at, until: Math.min(end, at + period) }, now);
    if (value !== undefined) points.push({ at, value });
  }
  return { id: query.Id ?? '', label: query.Label ?? name, points: isAscending ? points : points.reverse() };
}

function periodOf(seconds: number | undefined): number {
  if (seconds === undefined || seconds < 1 || (seconds % 60 !== 0 && ![1, 5, 10, 20, 30].includes(seconds))) {
    throw invalid('The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.');
  }
  return seconds * 1_000;
}

/** @throws NotImitatedError for percentiles and the other extended statistics. */
export function statisticOf(stat: string | undefined): Statistic {
  const statistic = STATISTICS.find((one) => one === stat);
  if (statistic === undefined) {
    throw new NotImitatedError(`statistic ${stat} is not imitated; imitated: ${STATISTICS.join(', ')}`);
  }
  return statistic;
}

export const dimensionsOf = (dimensions: readonly Dimension[] = []): Record<string, string> =>
  Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const offset = /^datapoint-(\d+)$/.exec(token)?.[1];
  if (offset === undefined)
    throw new ServiceError('InvalidNextToken', 'The next token specified is invalid.');
  return Number(offset);
}

/** Pages run through the answers in the order of the queries; one without data appears on the first page. */
function pageOf(answers: readonly Answer[], offset: number, size: number): GetMetricDataOutput {
  const results: MetricDataResult[] = [];
  let passed = 0;
  for (const { id, label, points } of answers) {
    const first = Math.min(points.length, Math.max(0, offset - passed));
    const last = Math.min(points.length, Math.max(first, offset + size - passed));
    passed += points.length;
    if (first === last && (points.length > 0 || offset > 0)) continue;
    const shown = points.slice(first, last);
    results.push({
      Id: id,
      Label: label,
      Timestamps: shown.map(({ at }) => new Date(at)),
      Values: shown.map(({ value }) => value),
      StatusCode: last < points.length ? 'PartialData' : 'Complete',
    });
  }
  return {
    MetricDataResults: results,
    ...(passed > offset + size ? { NextToken: `datapoint-${offset + size}` } : {}),
  };
}
