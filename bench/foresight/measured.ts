import { type Foresight, foresightSum } from '../../core/domain/history/foresight.ts';
import { inMinutes, minutes } from '../../core/domain/units.ts';
import { completePolicy } from '../../lambda/environments/policy-props.ts';
import { type Judgement, judged, type Sight } from './trial.ts';
import type { NamedTrial } from './trials.ts';
import { type Why, whys } from './why-groundless.ts';

/** What came of the loads of one shape or one file, seen in every way. */
export interface LoadFigures {
  readonly load: string;
  readonly kind: 'synthetic' | 'real';
  readonly walls: number;
  readonly foreseeable: number;
  readonly steepened: number;
  readonly unpublished: number;
  readonly unpublishedInTime: number;
  readonly sameHour: number;
  readonly announced: number;
  /** Whole minutes, `null` where no foreseeable wall was announced. */
  readonly medianLead: number | null;
  readonly announcements: number;
  readonly groundless: number;
  /** Of the groundless ones. */
  readonly whys: Readonly<Record<Why, number>>;
}

/** Publication, period, evaluation and queue are ten minutes together with 5-minute samples that come three minutes late. */
const sights: readonly Sight[] = [
  { period: 1, publicationDelay: minutes(1) },
  { period: 1, publicationDelay: minutes(3) },
  { period: 5, publicationDelay: minutes(3) },
];

/** One row for each group of trials, in their order. */
export async function measured(
  trials: readonly NamedTrial[],
  onRow: (row: LoadFigures) => void,
): Promise<readonly LoadFigures[]> {
  const policy = completePolicy({});
  const rows: LoadFigures[] = [];
  for (const [group, own] of Map.groupBy(trials, (trial) => trial.group)) {
    const results: Judgement[] = [];
    for (const trial of own) for (const sight of sights) results.push(await judged(trial, sight, policy));
    const row = rowOf(group, own[0]?.kind ?? 'synthetic', results);
    rows.push(row);
    onRow(row);
  }
  return rows;
}

function rowOf(load: string, kind: LoadFigures['kind'], results: readonly Judgement[]): LoadFigures {
  const { leads, ...counts }: Foresight = foresightSum(results);
  const sorted = leads.map(inMinutes).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  return {
    load,
    kind,
    ...counts,
    medianLead: median === undefined ? null : Math.round(median),
    whys: counted((why) => results.flatMap((one) => one.whys).filter((one) => one === why).length),
  };
}

const added = [
  'walls',
  'foreseeable',
  'steepened',
  'unpublished',
  'unpublishedInTime',
  'sameHour',
  'announced',
  'announcements',
  'groundless',
] as const;

/** What all rows come to; leads do not add up and are left out. */
export function together(load: string, rows: readonly LoadFigures[]): LoadFigures {
  const sum = (key: (typeof added)[number]): number => rows.reduce((total, row) => total + row[key], 0);
  const sums = Object.fromEntries(added.map((key) => [key, sum(key)])) as Record<
    (typeof added)[number],
    number
  >;
  const allWhys = counted((why) => rows.reduce((total, row) => total + row.whys[why], 0));
  return { load, kind: 'synthetic', medianLead: null, ...sums, whys: allWhys };
}

const counted = (of: (why: Why) => number): LoadFigures['whys'] =>
  Object.fromEntries(whys.map((why) => [why, of(why)])) as LoadFigures['whys'];
