import type { Comparison, Mark, Measure, Point, Remark } from '../render/chart.ts';
import { measured } from '../render/quantities.ts';
import { accountLog } from './account-log.ts';
import type { Figures, WorldFigures } from './figures.ts';
import type { Load } from './load.ts';
import type { Worlds } from './run-worlds.ts';
import { LOAD_FROM, type World } from './world.ts';

const MINUTE = 60_000;

const BALANCE: Measure = { title: 'Burst credits left', unit: '%', most: 100, merge: 'mean' };
const IOPS: Measure = { title: 'Disk I/O', unit: 'operations a second', most: undefined, merge: 'mean' };

/** The two worlds as panels, from the moment the load begins. */
export function comparisonOf(worlds: Worlds, figures: Figures, load: Load): Comparison {
  const { without, with: withUs, until } = worlds;
  const { wallAt } = without.recorder;
  const isSpared = wallAt !== undefined && withUs.recorder.wallAt === undefined;
  const spared: readonly Mark[] = isSpared ? [{ at: wallAt, kind: 'spared' }] : [];
  return {
    from: LOAD_FROM,
    until,
    measures: [BALANCE, IOPS, load.measure],
    worlds: [
      {
        title: `Without us: ${headline(figures.without, load.measure)}`,
        series: seriesOf(without),
        marks: marksOf(without),
        remarks: [],
      },
      {
        title: `With us: ${headline(figures.with, load.measure)}`,
        series: seriesOf(withUs),
        marks: inOrder([...marksOf(withUs), ...spared]),
        remarks: remarksOf(withUs),
      },
    ],
  };
}

const headline = ({ typical, atWall, worst }: WorldFigures, { unit }: Measure): string =>
  atWall === undefined
    ? `${measured(typical, unit)}, at worst ${measured(worst, unit)}`
    : `${measured(typical, unit)}, then ${measured(atWall, unit)}`;

const inOrder = (marks: readonly Mark[]): readonly Mark[] => [...marks].sort((a, b) => a.at - b.at);

const seriesOf = ({ recorder, running }: World): readonly (readonly Point[])[] => [
  recorder.balance,
  recorder.iops,
  running.felt(recorder),
];

function marksOf(world: World): readonly Mark[] {
  const { alarmAt, noticeAt, modifications } = accountLog(world);
  const marks: { readonly at: number | undefined; readonly kind: Mark['kind'] }[] = [
    { at: alarmAt, kind: 'alarm' },
    ...modifications.map(({ startedAt, target }) => ({
      at: startedAt,
      kind: target.volumeType === 'gp2' ? ('back' as const) : ('act' as const),
    })),
    { at: noticeAt, kind: 'notice' },
    { at: world.recorder.wallAt, kind: 'wall' },
  ];
  return marks
    .flatMap(({ at, kind }) => (at === undefined ? [] : [{ at, kind }]))
    .sort((a, b) => a.at - b.at);
}

/** Why the balance ends: a provisioned type has none. */
function remarksOf(world: World): readonly Remark[] {
  const [first] = accountLog(world).modifications;
  if (first === undefined) return [];
  return [{ measure: 0, at: first.optimizingAt + MINUTE, text: `${first.target.volumeType} needs none` }];
}
