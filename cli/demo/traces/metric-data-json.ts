import * as v from 'valibot';
import { type PeriodSums, spread, usualSpacing } from './period.ts';
import { quoted, type Trace, TraceError } from './trace.ts';

/** The sums we can make load of; every other metric in the file is left out and named. */
const UNDERSTOOD = ['VolumeReadOps', 'VolumeWriteOps', 'VolumeReadBytes', 'VolumeWriteBytes'] as const;
type Metric = (typeof UNDERSTOOD)[number];

const answer = v.object(
  {
    MetricDataResults: v.pipe(
      v.array(
        v.object(
          {
            Id: v.optional(v.string('text'), ''),
            Label: v.optional(v.string('text'), ''),
            Timestamps: v.array(
              v.pipe(
                v.string('a time as text'),
                v.check(
                  (text) => !Number.isNaN(Date.parse(text)),
                  'a time such as 2026-11-01T00:00:00+00:00',
                ),
                v.transform(Date.parse),
              ),
              'a list',
            ),
            Values: v.array(
              v.pipe(v.number('a number of at least 0'), v.minValue(0, 'a number of at least 0')),
              'a list',
            ),
          },
          'a result with Id, Label, Timestamps and Values',
        ),
        'a list',
      ),
      v.minLength(1, 'at least one result'),
    ),
  },
  'an object with MetricDataResults',
);
const EXPORT_AGAIN = 'save what aws cloudwatch get-metric-data --output json prints, unchanged';

type Result = v.InferOutput<typeof answer>['MetricDataResults'][number];

/**
 * What `aws cloudwatch get-metric-data --output json` prints, for one volume and with statistic Sum. A metric is known
 * by its label, or by an id such as `readops` or `volumereadops`. The answer names no period: it is the usual spacing.
 */
export function readMetricDataJson(text: string, ioBytes: number): Trace {
  const results = parse(text);
  const byMetric = new Map<Metric, Result>();
  const leftOut: string[] = [];
  for (const [index, result] of results.entries()) {
    const metric = metricOf(result);
    if (metric === undefined) leftOut.push(result.Label || result.Id || `result ${index}`);
    else if (byMetric.has(metric)) {
      throw new TraceError(
        `MetricDataResults[${index}]`,
        `${metric} again`,
        'the metrics of one volume',
        'ask for each metric once',
      );
    } else byMetric.set(metric, checked(result, index));
  }
  if (byMetric.size === 0)
    throw new TraceError(
      'MetricDataResults',
      leftOut.join(', '),
      `any of ${UNDERSTOOD.join(', ')}`,
      'ask for their Sum',
    );
  return traceOf(byMetric, leftOut, ioBytes);
}

function parse(text: string): readonly Result[] {
  const { output, issues } = v.safeParse(answer, syntax(text));
  const issue = issues?.[0];
  if (issue === undefined) return (output as v.InferOutput<typeof answer>).MetricDataResults;
  const path = (v.getDotPath(issue) ?? 'the file').replaceAll(/\.(\d+)/g, '[$1]');
  const got = issue.received === 'undefined' ? 'nothing' : issue.received;
  throw new TraceError(path, got, issue.message, EXPORT_AGAIN);
}

function syntax(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const line = text.slice(0, position).split('\n').length;
    throw new TraceError(
      `line ${line}`,
      quoted(text.split('\n')[line - 1]?.trim() ?? ''),
      'JSON',
      EXPORT_AGAIN,
    );
  }
}

function metricOf({ Id, Label }: Result): Metric | undefined {
  const id = Id.toLowerCase();
  return UNDERSTOOD.find((metric) => {
    const name = metric.toLowerCase();
    return Label.includes(metric) || id === name || id === name.slice('volume'.length);
  });
}

function checked(result: Result, index: number): Result {
  const { Timestamps, Values } = result;
  if (Timestamps.length === Values.length) return result;
  throw new TraceError(
    `MetricDataResults[${index}]`,
    `${Timestamps.length} timestamps and ${Values.length} values`,
    'as many values as timestamps',
    EXPORT_AGAIN,
  );
}

function traceOf(byMetric: ReadonlyMap<Metric, Result>, leftOut: readonly string[], ioBytes: number): Trace {
  const times = [...new Set([...byMetric.values()].flatMap(({ Timestamps }) => Timestamps))].sort(
    (a, b) => a - b,
  );
  const period = usualSpacing(times);
  if (period === undefined) {
    throw new TraceError(
      'MetricDataResults',
      `${times.length} time`,
      'at least two, to know the period',
      'ask for a longer time',
    );
  }
  const read = direction(byMetric, 'VolumeReadOps', 'VolumeReadBytes', ioBytes);
  const write = direction(byMetric, 'VolumeWriteOps', 'VolumeWriteBytes', ioBytes);
  const sums = times.map((at): PeriodSums => {
    const [reads, writes] = [read(at), write(at)];
    return {
      at,
      readOperations: reads.operations,
      writeOperations: writes.operations,
      readBytes: reads.bytes,
      writeBytes: writes.bytes,
    };
  });
  const { steps, gaps } = spread(sums, period);
  const notes = [`sums per ${period / 1_000} s of ${[...byMetric.keys()].join(', ')}, spread evenly`];
  if (byMetric.size < UNDERSTOOD.length)
    notes.push(`what is missing was taken as I/Os of ${ioBytes / 1_024} KiB (--io-size)`);
  if (gaps > 0) notes.push(`gaps between times, which count as no load: ${gaps}`);
  if (leftOut.length > 0) notes.push(`left out: ${leftOut.join(', ')}`);
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0) + period) / 1_000;
  return { format: 'CloudWatch metric data', steps, seconds, notes };
}

/** Operations and bytes of reads or writes; of two metrics the missing one follows from the I/O size. */
function direction(
  byMetric: ReadonlyMap<Metric, Result>,
  operations: Metric,
  bytes: Metric,
  ioBytes: number,
) {
  const counted = valuesByTime(byMetric.get(operations));
  const moved = valuesByTime(byMetric.get(bytes));
  return (at: number): { readonly operations: number; readonly bytes: number } => {
    const count = counted?.get(at) ?? (counted === undefined ? (moved?.get(at) ?? 0) / ioBytes : 0);
    return { operations: count, bytes: moved === undefined ? count * ioBytes : (moved.get(at) ?? 0) };
  };
}

const valuesByTime = (result: Result | undefined): ReadonlyMap<number, number> | undefined =>
  result && new Map(result.Timestamps.map((at, index) => [at, result.Values[index] ?? 0]));
