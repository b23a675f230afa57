import type { Instant } from '../../core/domain/units.ts';
import { type Column, fittedTable } from '../render/fitted-table.ts';
import type { ListedCase } from './listed-case.ts';

/** From here on a wall that has passed shows when that was. */
const roomy = 100;

/** Times are in UTC, as the line above the table says; those of another day with it. */
function columnsAt(now: Instant, hasRoom: boolean) {
  return {
    case: { title: 'case', text: (one) => one.case.id },
    volume: { title: 'volume', text: (one) => one.case.volumeId },
    name: { title: 'name', text: (one) => one.name ?? '-' },
    stands: { title: 'stands', text: (one) => one.standing.words },
    since: { title: 'opened', text: (one) => timeText(one.case.openedAt, now) },
    wall: { title: 'wall', text: ({ wall }) => wallText(wall, now, hasRoom) },
    due: { title: 'due', text: (one) => timeText(one.case.dueAt, now) },
    word: { title: 'next word', text: (one) => wordText(one, now) },
  } satisfies Record<string, Column<ListedCase>>;
}

/** No wider than `width`, if that can be; `undefined` where it may be as wide as it is. */
export function casesTable(listed: readonly ListedCase[], now: Instant, width: number | undefined): string {
  const columns = columnsAt(now, width === undefined || width >= roomy);
  const { name, since, wall, due, word } = columns;
  const dispensable = [due, since, word, wall];
  return fittedTable(listed, { columns: Object.values(columns), dispensable, name, leastName: 9 }, width);
}

/** `08:41`, `08:41 passed`; in a narrow terminal `passed`, which is no wider than a time and leaves room for the rest. */
function wallText(wall: Instant | undefined, now: Instant, hasRoom: boolean): string {
  if (wall === undefined || wall > now) return timeText(wall, now);
  return hasRoom ? `${timeText(wall, now)} passed` : 'passed';
}

/** Of what was told and promises no time, the next word comes when it changes. */
const wordText = ({ case: { incident }, nextWordAt }: ListedCase, now: Instant): string =>
  nextWordAt === undefined && incident !== undefined ? 'on change' : timeText(nextWordAt, now);

/** `08:22`, `03-01 08:22`. */
function timeText(at: Instant | undefined, now: Instant): string {
  if (at === undefined) return '-';
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  const minute = time.slice(0, 5);
  return day === new Date(now).toISOString().slice(0, 10) ? minute : `${day.slice(5)} ${minute}`;
}
