import * as v from 'valibot';
import { type Reading, read, type Sample, type Series, unread } from '../../core/domain/reading.ts';
import { after, type Duration, inSeconds, instant, seconds } from '../../core/domain/units.ts';

/** Samples one after the other without a gap: only their values are written. */
interface Run {
  /** ISO time. */
  readonly from: string;
  readonly seconds: number;
  readonly values: readonly number[];
}

export type SeriesText =
  | { readonly unread: string }
  | { readonly readAt: string; readonly runs: readonly Run[] };

const isoTime = v.pipe(v.string(), v.isoTimestamp('an ISO time'));
const aboveZero = v.pipe(v.number(), v.gtValue(0));

export const seriesSchema = v.union([
  v.strictObject({ unread: v.string() }),
  v.strictObject({
    readAt: isoTime,
    runs: v.array(
      v.strictObject({ from: isoTime, seconds: aboveZero, values: v.array(v.pipe(v.number(), v.finite())) }),
    ),
  }),
]);

const textOf = (at: number): string => new Date(at).toISOString();

export function seriesText(reading: Reading<Series>): SeriesText {
  if (reading.kind === 'unread') return { unread: reading.why };
  const runs: { readonly period: Duration; readonly from: number; readonly values: number[] }[] = [];
  for (const { at, period, value } of reading.value) {
    const last = runs.at(-1);
    const follows =
      last !== undefined && last.period === period && at === last.from + last.values.length * period;
    if (follows) last.values.push(value);
    else runs.push({ period, from: at, values: [value] });
  }
  return {
    readAt: textOf(reading.at),
    runs: runs.map(({ period, from, values }) => ({
      from: textOf(from),
      seconds: inSeconds(period),
      values,
    })),
  };
}

export function seriesIn(text: SeriesText): Reading<Series> {
  if ('unread' in text) return unread(text.unread);
  const series = text.runs.flatMap(({ from, seconds: length, values }): Sample[] => {
    const [first, period] = [instant(Date.parse(from)), seconds(length)];
    return values.map((value, index) => ({ at: after(first, (index * period) as Duration), period, value }));
  });
  return read(series, instant(Date.parse(text.readAt)));
}
