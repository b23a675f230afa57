import { type CaseStory, needOfStory } from './case-story.ts';
import { disks } from './disk-count.ts';

/** What is the matter with many disks at once; several wordings, longest first. */
export function stormTitles(stories: readonly CaseStory[]): readonly string[] {
  const region = stories[0]?.latest.subject.region ?? 'unknown Region';
  const which = disks(stories.length, environmentOfAll(stories));
  if (stories.every((story) => story.ended !== undefined)) return endedTitles(which, region, stories);
  const isNeeding = (story: CaseStory): boolean => needOfStory(story) === 'YOU ARE NEEDED';
  const needing = stories.filter(isNeeding).length;
  const acted = stories.filter((story) => story.acts.length > 0 && !isNeeding(story));
  const moved = acted.every((story) => story.completed !== undefined) ? 'moved' : 'moving';
  const shares = [
    share(needing, needing === 1 ? 'needs you' : 'need you'),
    share(acted.length, moved),
  ].filter((text) => text !== '');
  const low = `${which} low on burst credits in ${region}`;
  return [
    [low, ...shares].join(', '),
    [`${which} low in ${region}`, ...shares].join(', '),
    `${which} low in ${region}`,
  ];
}

function endedTitles(which: string, region: string, stories: readonly CaseStory[]): readonly string[] {
  const open = stories.filter((story) => needOfStory(story) === 'YOU ARE NEEDED').length;
  return open === 0
    ? [`all ${which} in ${region} are settled`]
    : [`${which} in ${region} closed, ${open} without success`];
}

const share = (count: number, what: string): string =>
  count === 0 ? '' : `${count.toLocaleString('en-US')} ${what}`;

/** `prod` when every disk is of the same environment. */
function environmentOfAll(stories: readonly CaseStory[]): string | undefined {
  const [environment, ...others] = new Set(stories.map((story) => story.latest.subject.environment));
  return environment === undefined || others.length > 0 ? undefined : environment;
}
