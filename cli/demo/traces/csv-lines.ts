import { quoted, TraceError } from './trace.ts';

export interface CsvLine {
  /** As an editor counts: the header is line 1. */
  readonly number: number;
  readonly fields: readonly string[];
}

/** The lines below the header; empty lines at the end are nothing. @throws TraceError for a line with other fields. */
export function csvLines(text: string, header: string): readonly CsvLine[] {
  const columns = header.split(',').length;
  const lines = text.trimEnd().split(/\r?\n/).slice(1);
  if (lines.length === 0)
    throw new TraceError(
      'line 2',
      'the end of the file',
      `a line of ${header}`,
      'add the load below the header',
    );
  return lines.map((line, index) => {
    const number = index + 2;
    const fields = line.split(',').map((field) => field.trim());
    if (fields.length !== columns) {
      throw new TraceError(
        `line ${number}`,
        quoted(line),
        `${columns} fields (${header})`,
        'correct the line or remove it',
      );
    }
    return { number, fields };
  });
}

/** @throws TraceError unless the field is a number of at least 0. */
export function amount({ number, fields }: CsvLine, index: number, column: string): number {
  const field = fields[index] ?? '';
  const value = field === '' ? Number.NaN : Number(field);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new TraceError(
    `line ${number}, ${column}`,
    quoted(field),
    'a number of at least 0',
    'correct the field or remove the line',
  );
}
