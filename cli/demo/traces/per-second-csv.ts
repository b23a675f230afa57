import { amount, type CsvLine, csvLines } from './csv-lines.ts';
import { quoted, type Trace, TraceError, type TraceStep } from './trace.ts';

export const PER_SECOND_HEADER = 'second,read_ops,write_ops,read_bytes,write_bytes';

/** One line for each second: what was read and written in it. A missing second is one without load. */
export function readPerSecondCsv(text: string): Trace {
  const steps: TraceStep[] = [];
  let first: number | undefined;
  let next = 0;
  let silent = 0;
  for (const line of csvLines(text, PER_SECOND_HEADER)) {
    const absolute = wholeSecond(line);
    first ??= absolute;
    const second = absolute - first;
    if (second < next) {
      throw new TraceError(
        `line ${line.number}, second`,
        quoted(line.fields[0] ?? ''),
        `${first + next} or later`,
        'sort the file and keep one line a second',
      );
    }
    if (second > next) {
      silent += second - next;
      steps.push({ second: next, readOperations: 0, writeOperations: 0, readBytes: 0, writeBytes: 0 });
    }
    steps.push(stepOf(line, second));
    next = second + 1;
  }
  return {
    format: 'I/O per second',
    steps,
    seconds: next,
    notes: silent === 0 ? [] : [`seconds without a line, which count as no load: ${silent}`],
  };
}

function wholeSecond(line: CsvLine): number {
  const second = amount(line, 0, 'second');
  if (Number.isInteger(second)) return second;
  throw new TraceError(
    `line ${line.number}, second`,
    quoted(line.fields[0] ?? ''),
    'a whole second',
    'sum the load of each second into one line',
  );
}

const stepOf = (line: CsvLine, second: number): TraceStep => ({
  second,
  readOperations: amount(line, 1, 'read_ops'),
  writeOperations: amount(line, 2, 'write_ops'),
  readBytes: amount(line, 3, 'read_bytes'),
  writeBytes: amount(line, 4, 'write_bytes'),
});
