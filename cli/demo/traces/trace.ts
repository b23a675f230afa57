/** Load that holds from `second` (counted from the trace's beginning) until the next step or the trace's end. */
export interface TraceStep {
  readonly second: number;
  /** Operations and bytes a second. */
  readonly readOperations: number;
  readonly writeOperations: number;
  readonly readBytes: number;
  readonly writeBytes: number;
}

/** Real load, whatever file it came from. */
export interface Trace {
  /** What kind of file it was, in words. */
  readonly format: string;
  /** In the order of time, the first at second 0. */
  readonly steps: readonly TraceStep[];
  readonly seconds: number;
  /** What was assumed or left out while reading, one sentence each. */
  readonly notes: readonly string[];
}

/** A file that cannot be used as it is. The message says where, what was got, what was expected and what to do. */
export class TraceError extends Error {
  constructor(where: string, got: string, expected: string, remedy: string) {
    super(`${where}: got ${got}, expected ${expected}; ${remedy}`);
    this.name = 'TraceError';
  }
}

/** What was found, short enough for one line of text. */
export const quoted = (text: string): string =>
  text === '' ? 'nothing' : `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`;
