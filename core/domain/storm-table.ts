import { type CaseStory, needOfStory } from './case-story.ts';
import { figure } from './notice-news.ts';
import { clock } from './time-text.ts';
import type { Instant } from './units.ts';

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
  const { subject, credits } = story.latest;
  const { forecast } = credits;
  return [
    subject.name === subject.volumeId ? '-' : subject.name,
    subject.volumeId,
    forecast.kind === 'unknown' ? '?' : `${figure(forecast.balance)} %`,
    emptyText(story),
    stateText(story),
  ];
};

function emptyText(story: CaseStory): string {
  if (story.latest.credits.forecast.kind === 'at-wall') return 'now';
  const wall = wallOf(story);
  return wall === undefined ? '-' : clock(wall).slice(0, 5);
}

function stateText(story: CaseStory): string {
  const { said } = story.stance;
  if (said.kind === 'ended') return said.ending;
  if (needOfStory(story) === 'YOU ARE NEEDED') return 'needs you';
  const plan = story.acts.at(-1)?.said.plan;
  if (plan === undefined) return 'watched';
  return `${story.completed === undefined ? 'moving' : 'moved'} to ${plan.to.type}`;
}

/** When it runs out, if it is heading there. */
export function wallOf({ latest: { credits } }: CaseStory): Instant | undefined {
  return credits.forecast.kind === 'draining' ? credits.forecast.wall.likely : undefined;
}

/** Smaller is riskier. */
function riskOf(story: CaseStory): readonly [number, number] {
  if (story.ended !== undefined && needOfStory(story) !== 'YOU ARE NEEDED') return [3, 0];
  const group = needOfStory(story) === 'YOU ARE NEEDED' ? 0 : story.acts.length === 0 ? 1 : 2;
  if (story.latest.credits.forecast.kind === 'at-wall') return [group, 0];
  return [group, wallOf(story) ?? Number.MAX_SAFE_INTEGER];
}

export function byRisk(a: CaseStory, b: CaseStory): number {
  const [groupA, wallA] = riskOf(a);
  const [groupB, wallB] = riskOf(b);
  return groupA - groupB || wallA - wallB;
}
