import { isHeldBack } from '../credits/credit-bucket.ts';
import type { Ending, Plan, Verdict } from '../deciding/decision.ts';
import { isMutedAt } from '../look-at.ts';
import type { CaseNotice, Notice, Said } from './notice.ts';

type NoticeSaying<Kind extends Said['kind']> = CaseNotice & { readonly said: Extract<Said, { kind: Kind }> };
export type Acting = NoticeSaying<'acted' | 'returning'>;

/** What a reader has to do, in the words that open every title. */
export type Need = 'YOU ARE NEEDED' | 'FYI' | 'NO ACTION NEEDED';

/** All that was said about a disk's newest case, folded into where it stands now. */
export interface CaseStory {
  readonly latest: CaseNotice;
  /** The last notice that says where we stand; completion changes nothing about that. */
  readonly stance: CaseNotice;
  /** Everything we asked AWS for and got accepted, oldest first. */
  readonly acts: readonly Acting[];
  /** The completion of the last of `acts`; `undefined` while that runs. */
  readonly completed: NoticeSaying<'completed'> | undefined;
  readonly ended: NoticeSaying<'ended'> | undefined;
}

/**
 * One story per disk, in the order in which the disks were first told of: its newest case, because where the disk stands is
 * no longer what an earlier one came to.
 */
export function storiesOf(notices: readonly Notice[]): readonly CaseStory[] {
  const ofCases = notices.filter((notice) => notice.kind === 'case');
  const byCase = Map.groupBy(ofCases, (notice) => notice.caseId);
  const newest = new Map([...byCase.values()].map((told) => [told[0]?.subject.volumeId, told]));
  return [...newest.values()].map(storyOf);
}

/** Picks what was said of a case whose disk has a newer one among these: no story tells of it. */
export function supersededIn(notices: readonly Notice[]): (notice: CaseNotice) => boolean {
  const newest = new Set(storiesOf(notices).map(({ latest }) => latest.caseId));
  return ({ caseId }) => !newest.has(caseId);
}

/** Of `some`, the ends of cases whose disk has a newer one among `all`: how things stand no longer shows them. */
export function pastEndsIn(all: readonly Notice[], some = all): readonly CaseNotice[] {
  const isSuperseded = supersededIn(all);
  return some
    .filter((notice) => notice.kind === 'case')
    .filter((notice) => isSaying(notice, 'ended') && isSuperseded(notice));
}

function storyOf(unsorted: readonly CaseNotice[]): CaseStory {
  const notices = unsorted.toSorted((a, b) => versionOf(a) - versionOf(b));
  const latest = notices.at(-1) as CaseNotice;
  const acts = notices.filter((notice): notice is Acting => isSaying(notice, 'acted', 'returning'));
  const lastAct = acts.at(-1);
  const since = lastAct === undefined ? notices : notices.slice(notices.indexOf(lastAct));
  return {
    latest,
    stance: notices.findLast(isStance) ?? latest,
    acts,
    completed: since.find((notice) => isSaying(notice, 'completed')),
    ended: notices.find((notice) => isSaying(notice, 'ended')),
  };
}

/** The number after `#` in a notice's id: the version of the case that it tells of. */
const versionOf = (notice: CaseNotice): number => Number(notice.id.slice(notice.id.lastIndexOf('#') + 1));

const isStance = ({ said }: CaseNotice): boolean => said.kind !== 'completed';

export const isSaying = <Kind extends Said['kind']>(
  notice: CaseNotice,
  ...kinds: readonly Kind[]
): notice is NoticeSaying<Kind> => kinds.some((kind) => kind === notice.said.kind);

/** Whether the change we made is what the disk runs on now, as far as we know. */
export const isInForce = ({ acts, ended }: CaseStory): boolean =>
  acts.length > 0 &&
  (ended === undefined || ['averted', 'relieved', 'not-relieved', 'unproved'].includes(ended.said.ending));

/** Told of its wall while AWS puts it back: no move stands to choose then. */
export const isWalledOnWayBack = ({ acts, stance }: CaseStory): boolean =>
  acts.at(-1)?.said.kind === 'returning' &&
  isSaying(stance, 'warned', 'needed') &&
  ['at-wall', 'heading-for-wall'].includes(stance.said.reason.code);

/** Put back into its wall: whether somebody is needed is for its next case to say, not for this one to deny. */
export const isBackAtWall = (notice: CaseNotice): boolean => {
  const { forecast, demand, baseline } = notice.credits;
  return (
    isSaying(notice, 'ended') &&
    notice.said.ending === 'put-back' &&
    forecast.kind === 'at-wall' &&
    (demand.kind === 'unread' || isHeldBack(demand.value, { baseline }))
  );
};

const needOfEnding: { readonly [Each in Ending]: Need } = {
  averted: 'NO ACTION NEEDED',
  relieved: 'NO ACTION NEEDED',
  'not-relieved': 'YOU ARE NEEDED',
  unproved: 'FYI',
  failed: 'YOU ARE NEEDED',
  'put-back': 'NO ACTION NEEDED',
  recovered: 'NO ACTION NEEDED',
  silent: 'FYI',
  gone: 'FYI',
  detached: 'FYI',
  'cannot-run-out': 'FYI',
  yielded: 'FYI',
};

const needOfVerdict: { readonly [Kind in Verdict['kind']]: Need } = {
  'too-early': 'NO ACTION NEEDED',
  averted: 'NO ACTION NEEDED',
  relieved: 'NO ACTION NEEDED',
  'not-relieved': 'YOU ARE NEEDED',
  unknown: 'FYI',
};

function needOfSaid(said: Said): Need {
  switch (said.kind) {
    case 'needed':
      return 'YOU ARE NEEDED';
    case 'warned':
      return 'FYI';
    case 'judged':
      return needOfVerdict[said.verdict.kind];
    case 'ended':
      return needOfEnding[said.ending];
    default:
      return 'NO ACTION NEEDED';
  }
}

/** The way back that a bridge could take but does not; credits are no matter then. */
export const refusedReturnOf = ({ said }: CaseNotice): Plan | undefined =>
  said.kind === 'warned' && said.wouldDo?.purpose === 'return' ? said.wouldDo : undefined;

export const isMuted = ({ mutedUntil, at }: CaseNotice): boolean => isMutedAt(mutedUntil, at);

/** Whoever muted the alarm asked not to be called: nothing about a muted volume claims a person. */
export function needOf(notice: CaseNotice): Need {
  const need = isBackAtWall(notice) ? 'FYI' : needOfSaid(notice.said);
  return need === 'YOU ARE NEEDED' && isMuted(notice) ? 'FYI' : need;
}

export const needOfStory = (story: CaseStory): Need => needOf(story.stance);

const byUrgency: readonly Need[] = ['YOU ARE NEEDED', 'FYI', 'NO ACTION NEEDED'];

/** The need of the case that needs people most. */
export const needOfAll = (stories: readonly CaseStory[]): Need =>
  byUrgency.find((need) => stories.some((story) => needOfStory(story) === need)) ?? 'FYI';

/** The need of a message, also of one that is about no case. */
export function needOfNotices(notices: readonly Notice[]): Need {
  const stories = storiesOf(notices);
  if (stories.length > 0) return needOfAll(stories);
  return notices.at(-1)?.kind === 'test' ? 'NO ACTION NEEDED' : 'FYI';
}
