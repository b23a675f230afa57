/** The part of a terminal that a picture needs; `process.stdout` is one. */
export interface ScreenStream {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

export interface FullScreen {
  size(): { readonly columns: number; readonly rows: number };
  /** In place of what was there. */
  show(lines: readonly string[]): void;
  /** Gives back what the terminal showed before; a second time changes nothing. */
  leave(): void;
}

// Control sequences of xterm ("XTerm Control Sequences", DEC private modes 1049, 25 and 7).
const enterAlternate = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const leaveAlternate = '\u001b[?7h\u001b[?25h\u001b[?1049l';
const home = '\u001b[H';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';

/** The alternate screen, without cursor and line wrap, from the first picture until it is left. */
export function fullScreen(stream: ScreenStream): FullScreen {
  let state: 'before' | 'shown' | 'left' = 'before';
  return {
    size: () => ({ columns: stream.columns ?? 80, rows: stream.rows ?? 24 }),
    show: (lines) => {
      if (state === 'left') return;
      const enter = state === 'before' ? enterAlternate : '';
      state = 'shown';
      stream.write(`${enter}${home}${lines.map((line) => `${line}${clearLine}`).join('\r\n')}${clearBelow}`);
    },
    leave: () => {
      if (state === 'shown') stream.write(leaveAlternate);
      state = 'left';
    },
  };
}
