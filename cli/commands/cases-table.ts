import type { Instant } from '../../core/domain/units.ts';
import { table } from '../render/table.ts';
import type { ListedCase } from './listed-case.ts';

interface Column {
  readonly title: string;
  readonly text: (one: ListedCase, now: Instant) => string;
}

/** Times are in UTC, as the line above the table says; those of another day with it. */
const columns = {
  case: { title: 'case', text: (one) => one.case.id },
  volume: { title: 'volume', text: (one) => one.case.volumeId },
  name: { title: 'name', text: (one) => one.name ?? '-' },
  stands: { title: 'stands', text: (one) => one.standing.words },
  since: { title: 'opened', text: (one, now) => timeText(one.case.openedAt, now) },
  wall: { title: 'wall', text: (one, now) => timeText(one.wall, now) },
  due: { title: 'due', text: (one, now) => timeText(one.case.dueAt, now) },
  word: { title: 'next word', text: (one, now) => timeText(one.nextWordAt, now) },
} satisfies Record<string, Column>;

const { name } = columns;
const all: readonly Column[] = Object.values(columns);
/** The first of these to go is the first that a narrow terminal has no room for. */
const dispensable: readonly Column[] = [columns.due, columns.since, columns.word, columns.wall];
const gap = 2;
const leastName = 10;

/** No wider than `width`, if that can be; `undefined` where it may be as wide as it is. */
export function casesTable(listed: readonly ListedCase[], now: Instant, width: number | undefined): string {
  const shown = columnsWithin(width ?? Number.POSITIVE_INFINITY, listed, now);
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - widthOf(shown, listed, now);
  const cellOf = (column: Column, one: ListedCase): string =>
    column === name ? cut(name.text(one), Math.max(leastName, room)) : column.text(one, now);
  return table(
    shown.map(({ title }) => title),
    listed.map((one) => shown.map((column) => cellOf(column, one))),
  );
}

function columnsWithin(width: number, listed: readonly ListedCase[], now: Instant): readonly Column[] {
  let shown = all;
  for (const column of dispensable) {
    if (widthOf(shown, listed, now) + nameWidth(listed) <= width) return shown;
    shown = shown.filter((one) => one !== column);
  }
  return shown;
}

/** A name may be cut, to a length at which most can still be told apart. */
const nameWidth = (listed: readonly ListedCase[]): number =>
  Math.min(leastName, Math.max(name.title.length, ...listed.map((one) => name.text(one).length)));

/** Of all but the names. */
const widthOf = (shown: readonly Column[], listed: readonly ListedCase[], now: Instant): number =>
  shown
    .filter((column) => column !== name)
    .reduce(
      (sum, { title, text }) =>
        sum + gap + Math.max(title.length, ...listed.map((one) => text(one, now).length)),
      0,
    );

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** `08:22`, `03-01 08:22`. */
function timeText(at: Instant | undefined, now: Instant): string {
  if (at === undefined) return '-';
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  const minute = time.slice(0, 5);
  return day === new Date(now).toISOString().slice(0, 10) ? minute : `${day.slice(5)} ${minute}`;
}
