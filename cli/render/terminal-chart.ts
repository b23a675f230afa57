import {
  type Comparison,
  clockFrom,
  columnOf,
  columns,
  hourTicks,
  MARK_WORDS,
  type Mark,
  tickWords,
  topOf,
} from './chart.ts';
import type { Paint } from './paint.ts';

/** From nothing to a full cell, in eighths. */
const EIGHTHS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const LETTERS: Readonly<Record<Mark['kind'], string>> = {
  alarm: 'a',
  notice: 'n',
  act: 'M',
  wall: 'W',
  spared: 'x',
  back: 'B',
};
const ROWS = 5;
/** The line, counted from below, that carries words inside a panel. */
const REMARK_LINE = 2;
/** Room for a label such as `3,000 ` left of the panels. */
const LABEL = 7;
const BETWEEN = 3;

/**
 * Both worlds side by side, one panel under the other on one time axis, as areas of block characters.
 * @param width columns of the terminal; at least 60 are used.
 */
export function terminalChart(comparison: Comparison, width: number, paint: Paint): string {
  const cells = Math.max(20, Math.floor((Math.max(60, width) - LABEL - BETWEEN) / 2));
  const { worlds } = comparison;
  const lines = [
    row(
      '',
      worlds.map(({ title }) => paint.bold(shortened(title, cells))),
    ),
    '',
  ];
  for (const [index, { title, unit }] of comparison.measures.entries()) {
    lines.push(`${' '.repeat(LABEL)}${paint.bold(title)} ${paint.dim(`(${unit})`)}`);
    lines.push(...panel(comparison, index, cells, paint));
  }
  lines.push(
    row(
      '',
      worlds.map(() => paint.dim(`└${'─'.repeat(cells - 1)}`)),
    ),
  );
  const explained = legend(comparison, cells);
  if (explained.length > 0)
    lines.push(
      row(
        '',
        worlds.map(({ marks }) => markRow(comparison, marks, cells, paint)),
      ),
    );
  lines.push(
    row(
      'UTC',
      worlds.map(() => paint.dim(timeRow(comparison, cells))),
    ),
  );
  if (explained.length > 0) lines.push('', ...explained);
  return lines.map((line) => line.trimEnd()).join('\n');
}

const row = (label: string, parts: readonly string[]): string =>
  `${label.padStart(LABEL - 1)} ${parts.join(' '.repeat(BETWEEN))}`;

function panel(comparison: Comparison, index: number, cells: number, paint: Paint): readonly string[] {
  const top = topOf(comparison, index, cells);
  const merge = comparison.measures[index]?.merge ?? 'mean';
  const areas = comparison.worlds.map(({ series, remarks }, side) => {
    const heights = columns(series[index] ?? [], comparison, cells, merge).map((value) =>
      heightOf(value, top),
    );
    const colour = side === 0 ? paint.red : paint.green;
    const rows = Array.from({ length: ROWS }, (_, line) => colour(slice(heights, ROWS - 1 - line)));
    for (const { measure, at, text: words } of remarks) {
      if (measure !== index) continue;
      // Set off from the area, also where it leaves no room after itself.
      const text = ` ${words}`;
      const column = Math.min(columnOf(at, comparison, cells) + 1, Math.max(0, cells - text.length));
      const area = slice(heights, REMARK_LINE);
      const after = area.slice(column + text.length);
      rows[ROWS - 1 - REMARK_LINE] = `${colour(area.slice(0, column))}${paint.dim(text)}${colour(after)}`;
    }
    return rows;
  });
  const labels = Array.from({ length: ROWS }, () => '');
  labels[0] = number(top);
  labels[ROWS - 1] = '0';
  return labels.map((label, line) =>
    row(
      label,
      areas.map((rows) => rows[line] ?? ''),
    ),
  );
}

/** In eighths of a row. What is more than nothing shows. */
function heightOf(value: number | undefined, top: number): number {
  if (value === undefined || value <= 0) return 0;
  return Math.min(ROWS * 8, Math.max(1, Math.round((value / top) * ROWS * 8)));
}

const slice = (heights: readonly number[], line: number): string =>
  heights.map((height) => EIGHTHS[Math.min(8, Math.max(0, height - line * 8))] ?? ' ').join('');

function markRow(comparison: Comparison, marks: readonly Mark[], cells: number, paint: Paint): string {
  const places = new Map<number, Mark['kind']>();
  for (const { at, kind } of marks) {
    if (at < comparison.from || at > comparison.until) continue;
    let column = columnOf(at, comparison, cells);
    while (places.has(column) && places.get(column) !== kind && column < cells - 1) column += 1;
    places.set(column, kind);
  }
  return Array.from({ length: cells }, (_, column) => {
    const kind = places.get(column);
    if (kind === undefined) return ' ';
    return kind === 'wall' ? paint.bold(paint.red(LETTERS[kind])) : paint.bold(LETTERS[kind]);
  }).join('');
}

function timeRow(comparison: Comparison, cells: number): string {
  let text = '';
  for (const tick of hourTicks(comparison, Math.max(2, Math.floor(cells / 9)))) {
    const column = columnOf(tick, comparison, cells);
    if (column < text.length || column + 5 > cells) continue;
    text = text.padEnd(column) + tickWords(comparison.from, tick);
    text += ' ';
  }
  return text.padEnd(cells).slice(0, cells);
}

/** Below each world its own marks, one a line. */
function legend({ worlds, from }: Comparison, cells: number): readonly string[] {
  const explained = worlds.map(({ marks }) =>
    marks.map(({ at, kind }) => `${LETTERS[kind]} ${clockFrom(from, at)} ${MARK_WORDS[kind]}`),
  );
  const length = Math.max(...explained.map(({ length }) => length));
  return Array.from({ length }, (_, line) =>
    row(
      '',
      explained.map((words) => (words[line] ?? '').padEnd(cells)),
    ),
  );
}

const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });

const shortened = (text: string, cells: number): string =>
  (text.length > cells ? `${text.slice(0, cells - 1)}…` : text).padEnd(cells);
