import { type Reading, read, type Series } from '../../core/domain/reading.ts';
import { type Duration, inSeconds } from '../../core/domain/units.ts';

const bytesPerMebibyte = 1_048_576;

/** Both must have been read; what is wrong with one is wrong with the result. */
export function combined(
  a: Reading<Series>,
  b: Reading<Series>,
  combine: (a: Series, b: Series) => Series,
): Reading<Series> {
  if (a.kind === 'unread') return a;
  return b.kind === 'unread' ? b : read(combine(a.value, b.value), a.at);
}

/** Reads and writes together; on older instances a side without activity publishes nothing, which counts as none. */
export function total(a: Series, b: Series): Series {
  const periods = [...a, ...b].map(({ period }) => period);
  const period = Math.min(...periods) as Duration;
  const values = new Map(a.map(({ at, value }) => [at, value]));
  for (const { at, value } of b) values.set(at, value + (values.get(at) ?? 0));
  return [...values].toSorted(([x], [y]) => x - y).map(([at, value]) => ({ at, period, value }));
}

export const perSecond = (sums: Series): Series =>
  sums.map((sample) => ({ ...sample, value: sample.value / inSeconds(sample.period) }));

export const mebibytesPerSecond = (bytes: Series): Series =>
  perSecond(bytes).map((sample) => ({ ...sample, value: sample.value / bytesPerMebibyte }));

/** Milliseconds per I/O (EBS user guide: total time by operations); a minute without I/O has no latency. */
export function latency(seconds: Series, operations: Series): Series {
  const counts = new Map(operations.map(({ at, value }) => [at, value]));
  return seconds.flatMap((sample) => {
    const count = counts.get(sample.at) ?? 0;
    return count > 0 ? [{ ...sample, value: (1_000 * sample.value) / count }] : [];
  });
}
