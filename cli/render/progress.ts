/** The part of a terminal stream that a progress line needs; `process.stderr` is one. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  /** Shows `text` in place of what was there; shortened to the terminal's width. */
  show(text: string): void;
  /** Wipes the line, so that what comes next begins on a clean one. */
  end(): void;
}

/** One line that is written over again and again. Says nothing where nobody watches (pipe, file, CI). */
export function progressLine(stream: ProgressStream): Progress {
  if (stream.isTTY !== true) return { show: () => undefined, end: () => undefined };
  let length = 0;
  const put = (text: string): void => {
    const fitted = text.slice(0, (stream.columns ?? 80) - 1);
    stream.write(`\r${fitted.padEnd(length)}\r${fitted}`);
    length = fitted.length;
  };
  return {
    show: put,
    end: () => {
      put('');
      length = 0;
    },
  };
}
