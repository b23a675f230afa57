import type { Assessment, MonthlyPrices, RegionAssessment } from '../../core/domain/history/assessment.ts';
import { type Dollars, dollars } from '../../core/domain/units.ts';
import { monthlyUnderPolicy } from './monthly.ts';
import {
  announcedOf,
  isUnread,
  type Known,
  type Outcome,
  outcomeOf,
  stallMinutesOf,
  timelineOf,
  wallMinutesOf,
} from './outcome.ts';

/** A sum of monthly prices; volumes that no such type fits are in it at their present price. */
export interface Bill {
  readonly monthly: Dollars;
  readonly unfitting: number;
}

/** Of the volumes that needed help: a wall, or a word about one. The others cost the same in every case. */
export interface Bills {
  readonly volumes: number;
  readonly now: Dollars;
  readonly underPolicy: Dollars;
  readonly neverPutBack: Bill;
  readonly io1: Bill;
  readonly io2: Bill;
}

export interface Totals {
  readonly volumes: number;
  readonly cannotRunOut: number;
  readonly unassessed: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Volumes that stalled as recorded. */
  readonly hitWall: number;
  /** Of those, the ones of which nobody knows what the policy would have said and done. */
  readonly hitUnjudged: number;
  /** Volumes of which nobody knows whether they stalled; no sum holds them. */
  readonly wallUnknown: number;
  readonly wallMinutes: number;
  readonly stallMinutes: number;
  /** Minutes from the word to the wall, shortest first; one for each volume whose first wall would have been announced. */
  readonly leads: readonly number[];
  readonly moved: number;
  /** Volumes that would have no alarm. */
  readonly unwatched: number;
  readonly bills: Bills;
  readonly watching: Dollars;
}

interface Placed {
  readonly region: RegionAssessment;
  readonly assessment: Assessment;
}

export function totalsOf(regions: readonly RegionAssessment[]): Totals {
  const placed = regions.flatMap((region) =>
    region.volumes.map((assessment): Placed => ({ region, assessment })),
  );
  const all = placed.map(({ assessment }) => assessment);
  const hit = all.filter((each) => known(wallMinutesOf(each)) > 0);
  return {
    volumes: all.length,
    cannotRunOut: total(regions, ({ cannotRunOut }) => cannotRunOut),
    unassessed: total(regions, ({ unassessed }) => unassessed.length),
    outcomes: outcomeCounts(all),
    hitWall: hit.length,
    hitUnjudged: hit.filter((each) => isUnread(stallMinutesOf(each))).length,
    wallUnknown: all.filter((each) => isUnread(wallMinutesOf(each))).length,
    wallMinutes: total(all, (each) => known(wallMinutesOf(each))),
    stallMinutes: total(all, (each) => known(stallMinutesOf(each))),
    leads: all.flatMap(leadOf).toSorted((a, b) => a - b),
    moved: all.filter((each) => timelineOf(each).some(({ kind }) => kind === 'acted')).length,
    unwatched: all.filter(({ noAlarm }) => noAlarm !== undefined).length,
    bills: billsOf(placed.filter(({ assessment }) => neededHelp(assessment))),
    watching: dollars(total(all, ({ watching }) => watching)),
  };
}

/** For sums, which say beside them how many volumes are unknown. */
const known = (minutes: Known<number>): number => (isUnread(minutes) ? 0 : minutes);

const total = <Item>(items: readonly Item[], amount: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + amount(item), 0);

function outcomeCounts(all: readonly Assessment[]): Readonly<Record<Outcome, number>> {
  const counts: Record<Outcome, number> = { wall: 0, averted: 0, told: 0, calm: 0, unknown: 0 };
  for (const each of all) counts[outcomeOf(each)] += 1;
  return counts;
}

function leadOf(assessment: Assessment): readonly number[] {
  const announced = announcedOf(assessment);
  return announced.kind === 'announced' ? [announced.minutesAhead] : [];
}

const neededHelp = (assessment: Assessment): boolean =>
  ['wall', 'averted', 'told'].includes(outcomeOf(assessment));

function billsOf(placed: readonly Placed[]): Bills {
  const bill = (of: keyof MonthlyPrices): Bill => ({
    monthly: dollars(total(placed, ({ assessment: { monthly } }) => monthly[of] ?? monthly.now)),
    unfitting: placed.filter(({ assessment: { monthly } }) => monthly[of] === undefined).length,
  });
  return {
    volumes: placed.length,
    now: bill('now').monthly,
    underPolicy: dollars(
      total(placed, ({ assessment, region }) => known(monthlyUnderPolicy(assessment, region))),
    ),
    neverPutBack: bill('chosen'),
    io1: bill('io1'),
    io2: bill('io2'),
  };
}

/** The middle of what is sorted; `undefined` of nothing. */
export function median(sorted: readonly number[]): number | undefined {
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
