import { type CaseStory, isBackAtWall } from './case-story.ts';
import { configurationText } from './configuration-text.ts';
import { graphLink, volumeLink } from './console-links.ts';
import { type Fact, link, type Stamp, text } from './fact.ts';
import type { Subject } from './subject.ts';
import { clockSeenFrom } from './time-text.ts';

export function whereFact({ latest: { subject } }: CaseStory): Fact {
  return text('Where', `${diskText(subject)}, ${attachmentText(subject)}.`, `${placeText(subject)}.`);
}

const diskText = ({ volumeId, name, size, configuration }: Subject): string =>
  `${[volumeId, ...(name === volumeId ? [] : [name])].join(' ')}, ${size.toLocaleString('en-US')} GiB ${configurationText(configuration)}`;

const attachmentText = ({ instanceIds, device }: Subject): string =>
  instanceIds.length === 0 ? 'not attached' : `${device ?? 'attached'} on ${instanceIds.join(', ')}`;

const placeText = ({ account, zone }: Subject): string => `Account ${account}, ${zone}`;

/** Always there: whoever knows when the next word comes can sleep until then. */
export function nextFact({ latest, ended }: CaseStory): Fact {
  if (ended !== undefined && (ended.said.ending === 'failed' || isBackAtWall(ended)))
    return text('Next', 'This case is closed; if the disk still runs out, a new one opens.');
  if (ended !== undefined) return text('Next', 'Nothing more: this case is closed.');
  return text(
    'Next',
    latest.nextNewsAt === undefined
      ? 'When it changes; nothing is scheduled.'
      : `When it changes, or at ${clockSeenFrom(latest.nextNewsAt, latest.at)} at the latest.`,
  );
}

export const ownerFact = ({ latest: { subject } }: CaseStory): Fact | undefined =>
  subject.owner === undefined ? undefined : text('Owner', subject.owner);

export function graphFact({ latest: { subject, at }, ended }: CaseStory): Fact | undefined {
  if (ended?.said.ending === 'gone') return undefined;
  return link('Graph', graphLink(subject.region, subject.volumeId, at));
}

export const consoleFact = ({ latest: { subject } }: CaseStory): Fact =>
  link('Console', volumeLink(subject.region, subject.volumeId));

export const runbookFact = (_story: CaseStory, { runbook }: Stamp): Fact | undefined =>
  runbook === undefined ? undefined : link('Runbook', runbook);
