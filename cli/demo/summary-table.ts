import { clockFrom } from '../render/chart.ts';
import { measured, span } from '../render/quantities.ts';
import { table } from '../render/table.ts';
import type { Change, Figures, WorldFigures } from './figures.ts';
import type { Load } from './load.ts';
import { LOAD_FROM } from './world.ts';

const NONE = '–';

/** The figures of both worlds side by side. */
export function summaryTable(figures: Figures, { measure }: Load): string {
  const { without, with: withUs } = figures;
  const both = (label: string, value: (world: WorldFigures) => string): readonly string[] => [
    label,
    value(without),
    value(withUs),
  ];
  const felt = (value: number | undefined): string =>
    value === undefined ? NONE : measured(value, measure.unit);
  const starts =
    without.starts === undefined ? [] : [both('Containers started', ({ starts = 0 }) => count(starts))];
  return table(
    [measure.title, 'without us', 'with us'],
    [
      both('  usually', ({ typical }) => felt(typical)),
      both('  at worst', ({ worst }) => felt(worst)),
      both('  at the wall', ({ atWall }) => felt(atWall)),
      ...starts,
      both('The wall', wallText),
      both('Minutes at the wall', ({ minutesAtWall }) => minutesAtWall.toFixed(0)),
      ['Alarm', NONE, moment(figures.alarmAt)],
      ['People told', NONE, `${moment(figures.noticeAt)}${ahead(figures.noticeMinutesAhead)}`],
      ...figures.changes.flatMap(changeRows),
      ['Ends on', 'gp2', figures.endsOn],
      ...(figures.balanceAfterReturn === undefined
        ? []
        : [['First BurstBalance after', NONE, `${figures.balanceAfterReturn.toFixed(1)} %`]]),
    ],
  );
}

const wallText = ({ wallAt, startsBeforeWall }: WorldFigures): string => {
  if (wallAt === undefined) return 'never';
  return startsBeforeWall === undefined
    ? moment(wallAt)
    : `${moment(wallAt)}, start ${count(startsBeforeWall)}`;
};

function changeRows({
  at,
  to,
  monthlyBefore,
  monthlyAfter,
  completedAt,
  state,
  minutesAhead,
}: Change): readonly (readonly string[])[] {
  return [
    ['Moved to', NONE, to],
    ['  asked for', NONE, `${moment(at)}${ahead(minutesAhead)}`],
    ['  completed', NONE, completedAt === undefined ? state : moment(completedAt)],
    ['  price a month', NONE, `${money(monthlyBefore)} → ${money(monthlyAfter)}`],
  ];
}

const moment = (at: number | undefined): string => (at === undefined ? 'never' : clockFrom(LOAD_FROM, at));

const ahead = (minutes: number | undefined): string =>
  minutes === undefined || minutes < 0 ? '' : `, ${span(minutes)} ahead`;

const money = (dollars: number): string => `$${dollars.toFixed(2)}`;

const count = (value: number): string => value.toLocaleString('en-US');
