import { nextStep } from '../reason-texts.ts';
import {
  type CaseStory,
  isBackAtWall,
  isMuted,
  type Need,
  needOfAll,
  needOfNotices,
  storiesOf,
} from './case-story.ts';
import type { Fact, Stamp } from './fact.ts';
import { bestStep } from './facts-of-refusals.ts';
import { evidenceAge } from './facts-of-symptom.ts';
import { looseMessage } from './loose-message.ts';
import type { Notice, Said } from './notice.ts';
import { factsOf } from './notice-facts.ts';
import { asSentence } from './notice-news.ts';
import { titleOf } from './notice-title.ts';
import { bestStormStep, stormFacts } from './storm-facts.ts';
import { type StormTable, stormTable } from './storm-table.ts';
import { clockSeenFrom } from './time-text.ts';

/** All a channel needs to write one message; text from tags is in here as people wrote it, escaping is the channel's. */
export interface Message {
  /** A mail writes a line unwrapped: title, lead and footer are one sentence after the other. */
  readonly form: 'letter' | 'line';
  readonly need: Need;
  readonly title: string;
  /** What people quote when they ask: the case of a message about one disk. */
  readonly reference: string | undefined;
  /** The line under the title: what to do, or that nothing is to be done. */
  readonly lead: string;
  readonly facts: readonly Fact[];
  /** For an incident of several disks. */
  readonly table: StormTable | undefined;
  readonly footer: string;
}

/** The message about an incident as it stands, or about the one notice that belongs to no case. */
export function messageOf(notices: readonly Notice[], stamp: Stamp): Message {
  const title = titleOf(notices);
  const stories = storiesOf(notices);
  const [only] = stories;
  if (only === undefined) {
    return {
      form: 'letter',
      need: needOfNotices(notices),
      title,
      reference: undefined,
      table: undefined,
      footer: `ebs-burst-responder ${stamp.version}`,
      ...looseMessage(notices, stamp),
    };
  }
  return stories.length === 1 ? caseMessage(title, only, stamp) : stormMessage(title, stories, stamp);
}

const caseMessage = (title: string, story: CaseStory, stamp: Stamp): Message => ({
  form: 'letter',
  need: needOfAll([story]),
  title,
  reference: story.latest.caseId,
  lead: bestStep(story) ?? leadOf(needOfAll([story]), story),
  facts: factsOf(story, stamp),
  table: undefined,
  footer: [
    `case ${story.latest.caseId}`,
    evidenceAge(story),
    `ebs-burst-responder ${stamp.version}`,
    `mode ${story.latest.mode}`,
  ]
    .filter((part) => part !== undefined)
    .join(', '),
});

/** The title said whether you are needed; this says until when. */
function leadOf(need: Need, { latest, stance, ended }: CaseStory): string {
  if (isBackAtWall(stance))
    return 'For your information: it is still throttled; a new case opens while it is, and says what is done.';
  if (ended !== undefined) return 'No action needed; this is the last word on it.';
  const until =
    latest.nextNewsAt === undefined ? '' : ` Next word by ${clockSeenFrom(latest.nextNewsAt, latest.at)}.`;
  if (need === 'NO ACTION NEEDED') return `No action needed.${until}`;
  if (stance.credits.forecast.kind === 'unknown') return `${blindStep(stance.said)}${until}`;
  return isMuted(latest)
    ? `For your information: the alarm is muted, so nobody is called.${until}`
    : `For your information: we call you when a person is needed.${until}`;
}

/** Without a balance we could not tell when a person is needed; so nobody may rely on it. A moved disk has none. */
const blindStep = (said: Said): string =>
  isFailedReturn(said)
    ? 'It costs money every day; we try again by ourselves as soon as we may.'
    : 'reason' in said
      ? asSentence(nextStep(said.reason))
      : 'Look at its latency and queue by hand.';

const isFailedReturn = (said: Said): boolean =>
  said.kind === 'warned' && said.reason.code === 'modification-failed' && said.wouldDo?.purpose === 'return';

const stormMessage = (title: string, stories: readonly CaseStory[], stamp: Stamp): Message => {
  const need = needOfAll(stories);
  const { incident, mode } = (stories[0] as CaseStory).latest;
  return {
    form: 'letter',
    need,
    title,
    reference: undefined,
    lead: need === 'YOU ARE NEEDED' ? bestStormStep(stories) : stormLead(need),
    facts: stormFacts(stories, stamp),
    table: stormTable(stories),
    footer: `incident ${incident}, ebs-burst-responder ${stamp.version}, mode ${mode}`,
  };
};

const stormLead = (need: Need): string =>
  need === 'NO ACTION NEEDED'
    ? 'No action needed.'
    : 'For your information: we call you when a person is needed.';
