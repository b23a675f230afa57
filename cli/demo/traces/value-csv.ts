import { amount, type CsvLine, csvLines } from './csv-lines.ts';
import { type PeriodSums, spread, usualSpacing } from './period.ts';
import { quoted, type Trace, TraceError } from './trace.ts';

export const VALUE_HEADER = 'timestamp,value';

/** `2014-03-01 17:34:00`, UTC; also with `T` and `Z`. */
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})Z?$/;

/** Bytes per period, as the Numenta benchmark keeps CloudWatch's; the period is the usual spacing of the times. */
export function readValueCsv(text: string, ioBytes: number): Trace {
  const { bytesAt, repeated } = bytesByTime(csvLines(text, VALUE_HEADER));
  const times = [...bytesAt.keys()];
  const period = usualSpacing(times);
  if (period === undefined)
    throw new TraceError('line 3', 'the end of the file', 'at least two times', 'take a longer recording');
  const sums = times.map((at): PeriodSums => {
    const bytes = bytesAt.get(at) ?? 0;
    return { at, readOperations: 0, writeOperations: bytes / ioBytes, readBytes: 0, writeBytes: bytes };
  });
  const { steps, gaps } = spread(sums, period);
  const notes = [
    `bytes per ${period / 1_000} s became writes of ${ioBytes / 1_024} KiB (--io-size), spread evenly`,
  ];
  if (repeated > 0) notes.push(`lines that repeat a time, of which the last counts: ${repeated}`);
  if (gaps > 0) notes.push(`gaps between times, which count as no load: ${gaps}`);
  return {
    format: 'bytes per period',
    steps,
    seconds: ((times.at(-1) ?? 0) - (times[0] ?? 0) + period) / 1_000,
    notes,
  };
}

function bytesByTime(lines: readonly CsvLine[]): { bytesAt: Map<number, number>; repeated: number } {
  const bytesAt = new Map<number, number>();
  let last = Number.NEGATIVE_INFINITY;
  let repeated = 0;
  for (const line of lines) {
    const at = timeOf(line);
    if (at < last) {
      throw new TraceError(
        `line ${line.number}, timestamp`,
        quoted(line.fields[0] ?? ''),
        'a time not before the line above',
        'sort the file by time',
      );
    }
    if (at === last) repeated += 1;
    bytesAt.set(at, amount(line, 1, 'value'));
    last = at;
  }
  return { bytesAt, repeated };
}

function timeOf({ number, fields }: CsvLine): number {
  const field = fields[0] ?? '';
  const [, day, time] = TIMESTAMP.exec(field) ?? [];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${time}Z`);
  if (Number.isFinite(at)) return at;
  throw new TraceError(
    `line ${number}, timestamp`,
    quoted(field),
    'a time in UTC such as 2014-03-01 17:34:00',
    'write every time in that form',
  );
}
