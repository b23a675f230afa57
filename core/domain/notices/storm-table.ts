import type { Forecast, InstantRange } from '../credits/forecast.ts';
import { type CaseStory, isSaying, needOfStory } from './case-story.ts';
import { figure } from './notice-news.ts';
import { clock } from './time-text.ts';
import { isVague } from './wall-text.ts';

/** Cells in the order of `stormHeading`; a channel aligns them in a fixed pitch. */
export interface StormTable {
  readonly rows: readonly (readonly string[])[];
  /** How many disks are not in it. */
  readonly more: number;
}

const mostRows = 20;
export const stormHeading = ['disk', 'volume', 'left', 'empty', 'state'] as const;

/** Riskiest first: who needs a person, then who is empty first; the closed ones last. */
export function stormTable(stories: readonly CaseStory[]): StormTable {
  const sorted = stories.toSorted(byRisk);
  return {
    rows: sorted.slice(0, mostRows).map(rowOf),
    more: Math.max(0, sorted.length - mostRows),
  };
}

const rowOf = (story: CaseStory): readonly string[] => {
  const { subject } = story.latest;
  return [
    subject.name === subject.volumeId ? '-' : subject.name,
    subject.volumeId,
    leftText(forecastOf(story)),
    emptyText(story),
    stateText(story),
  ];
};

function leftText(forecast: Forecast | undefined): string {
  if (forecast === undefined) return '-';
  return forecast.kind === 'unknown' ? '?' : `${figure(forecast.balance)} %`;
}

function emptyText(story: CaseStory): string {
  if (isThrottled(story)) return 'now';
  const wall = wallRangeOf(story);
  if (wall === undefined) return '-';
  return isVague(wall, story.stance.at)
    ? `>${clock(wall.earliest).slice(0, 5)}`
    : clock(wall.likely).slice(0, 5);
}

function stateText(story: CaseStory): string {
  const { said } = story.stance;
  if (said.kind === 'ended') return said.ending;
  if (needOfStory(story) === 'YOU ARE NEEDED') return 'needs you';
  const plan = story.acts.at(-1)?.said.plan;
  if (plan === undefined) return 'watched';
  return `${story.completed === undefined ? 'moving' : 'moved'} to ${plan.to.type}`;
}

/** When it runs out, if it is heading there; a disk whose move was judged has no such time any more. */
export const wallRangeOf = (story: CaseStory): InstantRange | undefined => {
  const forecast = forecastOf(story);
  return forecast?.kind === 'draining' ? forecast.wall : undefined;
};

export const isThrottled = (story: CaseStory): boolean => forecastOf(story)?.kind === 'at-wall';

const forecastOf = ({ stance }: CaseStory): Forecast | undefined =>
  isSaying(stance, 'warned', 'needed', 'acted') ? stance.credits.forecast : undefined;

/** Smaller is riskier. */
function riskOf(story: CaseStory): readonly [number, number] {
  if (story.ended !== undefined && needOfStory(story) !== 'YOU ARE NEEDED') return [3, 0];
  const group = needOfStory(story) === 'YOU ARE NEEDED' ? 0 : story.acts.length === 0 ? 1 : 2;
  if (isThrottled(story)) return [group, 0];
  return [group, wallRangeOf(story)?.likely ?? Number.MAX_SAFE_INTEGER];
}

export function byRisk(a: CaseStory, b: CaseStory): number {
  const [groupA, wallA] = riskOf(a);
  const [groupB, wallB] = riskOf(b);
  return groupA - groupB || wallA - wallB;
}
