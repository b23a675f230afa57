import { type CaseStory, isMuted, needOfAll, needOfNotices, needOfStory, storiesOf } from './case-story.ts';
import { disks } from './disk-count.ts';
import { heartbeatTitles } from './heartbeat.ts';
import type { Notice } from './notice.ts';
import { stormTitles } from './storm-title.ts';
import { storySymptoms } from './story-symptom.ts';

/** What a lock screen shows of a title, in characters. */
const titleLimit = 80;
const cutMark = '...';

/**
 * At most 80 characters, enough on a lock screen: whether you are needed, environment, name, symptom in words. Of
 * several wordings the longest that fits; a name too long for the shortest is cut, so that the symptom stays.
 */
export function titleOf(notices: readonly Notice[]): string {
  const stories = storiesOf(notices);
  const [only] = stories;
  if (only === undefined)
    return firstFitting(looseTitles(notices).map((title) => `${needOfNotices(notices)}: ${title}`));
  return stories.length === 1
    ? storyTitle(only)
    : firstFitting(stormTitles(stories).map((title) => `${needOfAll(stories)}: ${title}`));
}

function storyTitle(story: CaseStory): string {
  const { name, environment } = story.stance.subject;
  const muted = isMuted(story.latest) ? ' (muted)' : '';
  const [before, ...symptoms] = [
    `${needOfStory(story)}: ${environment === undefined ? '' : `${environment} `}`,
    ...storySymptoms(story).map((symptom) => `${symptom}${muted}`),
  ];
  const fitting = symptoms.find((symptom) => lengthOf(`${before}${name} ${symptom}`) <= titleLimit);
  if (fitting !== undefined) return `${before}${name} ${fitting}`;
  const shortest = symptoms.at(-1) ?? '';
  const room = Math.max(titleLimit - lengthOf(`${before} ${shortest}`), leastName);
  return cut(`${before}${cut(name, room)} ${shortest}`);
}

/** A name cut shorter than this says nothing; then the end of the title goes. */
const leastName = 16;

function looseTitles(notices: readonly Notice[]): readonly string[] {
  const notice = notices.at(-1);
  switch (notice?.kind) {
    case 'coverage':
      return [`${disks(notice.watched)} watched in ${notice.region}, ${notice.unwatched.total} not watched`];
    case 'heartbeat':
      return heartbeatTitles(notice);
    case 'farewell':
      return [farewellTitle(notice.region, notice.stillUpgraded.length)];
    case 'test':
      return [`test notice, ebs-burst-responder reaches you from ${notice.region}`];
    default:
      return ['nothing to tell'];
  }
}

const farewellTitle = (region: string, stillUpgraded: number): string =>
  stillUpgraded === 0
    ? `ebs-burst-responder is gone from ${region}, no disk is watched`
    : `ebs-burst-responder is gone from ${region}, ${disks(stillUpgraded)} left upgraded`;

const firstFitting = (titles: readonly string[]): string =>
  titles.find((title) => lengthOf(title) <= titleLimit) ?? cut(titles.at(-1) ?? '');

/** In characters as people count them, so that no cut splits one. */
const lengthOf = (text: string): number => [...text].length;

const cut = (text: string, limit = titleLimit): string =>
  lengthOf(text) <= limit
    ? text
    : `${[...text]
        .slice(0, limit - cutMark.length)
        .join('')
        .trimEnd()}${cutMark}`;
