import type { Instant } from '../../core/domain/units.ts';
import { type Column, fittedTable } from '../render/fitted-table.ts';
import type { ListedCase } from './listed-case.ts';

/** Times are in UTC, as the line above the table says; those of another day with it. */
function columnsAt(now: Instant) {
  return {
    case: { title: 'case', text: (one) => one.case.id },
    volume: { title: 'volume', text: (one) => one.case.volumeId },
    name: { title: 'name', text: (one) => one.name ?? '-' },
    stands: { title: 'stands', text: (one) => one.standing.words },
    since: { title: 'opened', text: (one) => timeText(one.case.openedAt, now) },
    wall: { title: 'wall', text: (one) => timeText(one.wall, now) },
    due: { title: 'due', text: (one) => timeText(one.case.dueAt, now) },
    word: { title: 'next word', text: (one) => timeText(one.nextWordAt, now) },
  } satisfies Record<string, Column<ListedCase>>;
}

/** No wider than `width`, if that can be; `undefined` where it may be as wide as it is. */
export function casesTable(listed: readonly ListedCase[], now: Instant, width: number | undefined): string {
  const columns = columnsAt(now);
  const { name, since, wall, due, word } = columns;
  const dispensable = [due, since, word, wall];
  return fittedTable(listed, { columns: Object.values(columns), dispensable, name, leastName: 10 }, width);
}

/** `08:22`, `03-01 08:22`. */
function timeText(at: Instant | undefined, now: Instant): string {
  if (at === undefined) return '-';
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  const minute = time.slice(0, 5);
  return day === new Date(now).toISOString().slice(0, 10) ? minute : `${day.slice(5)} ${minute}`;
}
