import { table } from './table.ts';

/** One column of rows of some kind. */
export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
}

/** What gives way where a table is wider than its terminal. */
export interface Layout<Row> {
  readonly columns: readonly Column<Row>[];
  /** The first of these to go is the first that a narrow terminal has no room for. */
  readonly dispensable: readonly Column<Row>[];
  /** It may be cut, to a length at which most can still be told apart. */
  readonly name: Column<Row>;
  readonly leastName: number;
}

const gap = 2;

/** No wider than `width`, if that can be; `undefined` where it may be as wide as it is. */
export function fittedTable<Row>(
  rows: readonly Row[],
  layout: Layout<Row>,
  width = Number.POSITIVE_INFINITY,
): string {
  const { name, leastName } = layout;
  const shown = columnsWithin(width, rows, layout);
  const room = Math.max(leastName, width - widthOf(shown, rows, name));
  const cellOf = (column: Column<Row>, row: Row): string =>
    column === name ? cut(column.text(row), room) : column.text(row);
  return table(
    shown.map(({ title }) => title),
    rows.map((row) => shown.map((column) => cellOf(column, row))),
  );
}

/** Of such a table the columns that `width` has no room for. */
export function columnsLeftOut<Row>(
  rows: readonly Row[],
  layout: Layout<Row>,
  width = Number.POSITIVE_INFINITY,
): readonly Column<Row>[] {
  const shown = columnsWithin(width, rows, layout);
  return layout.columns.filter((column) => !shown.includes(column));
}

function columnsWithin<Row>(
  width: number,
  rows: readonly Row[],
  { columns, dispensable, name, leastName }: Layout<Row>,
): readonly Column<Row>[] {
  const nameWidth = Math.min(leastName, widest(name, rows));
  let shown = columns;
  for (const column of dispensable) {
    if (widthOf(shown, rows, name) + nameWidth <= width) return shown;
    shown = shown.filter((one) => one !== column);
  }
  return shown;
}

/** Of all but the names. */
const widthOf = <Row>(shown: readonly Column<Row>[], rows: readonly Row[], name: Column<Row>): number =>
  shown.filter((column) => column !== name).reduce((sum, column) => sum + gap + widest(column, rows), 0);

const widest = <Row>({ title, text }: Column<Row>, rows: readonly Row[]): number =>
  Math.max(title.length, ...rows.map((row) => text(row).length));

/** Between characters, never within one that is two units long. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const whole = [...text];
  while (whole.join('').length >= length) whole.pop();
  return `${whole.join('')}…`;
}
