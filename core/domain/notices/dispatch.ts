import { after, type Instant, minutes } from '../units.ts';
import { isSaying, needOf, pastEndsIn, storiesOf } from './case-story.ts';
import type { CaseNotice, Notice } from './notice.ts';

/** One message to one channel; the channel renders it. */
export type Dispatch =
  /** The first message about an incident: how things stand, and how what it no longer shows ended (fresh-news.ts). */
  | { readonly kind: 'first'; readonly notices: readonly Notice[] }
  /** The first message again, as things stand now, and what is new for its thread. */
  | {
      readonly kind: 'update';
      readonly handle: string;
      readonly all: readonly Notice[];
      readonly fresh: readonly Notice[];
    }
  /** For channels that cannot edit: what is new since the last message; `end` when every case of the incident is over. */
  | { readonly kind: 'digest' | 'end'; readonly all: readonly Notice[]; readonly fresh: readonly Notice[] };

/** What planning needs of a conversation (core/application/ports.ts), rows oldest first. */
export interface Told {
  readonly handle: string | undefined;
  readonly lastSentAt: Instant | undefined;
  readonly rows: readonly { readonly notice: Notice; readonly state: 'pending' | 'sent' }[];
}

export type DispatchPlan =
  | Dispatch
  | { readonly kind: 'hold'; readonly until: Instant }
  | { readonly kind: 'nothing' };

const digestEvery = minutes(15);
/** A storm's later calls are folded this long; less than what a digest would cost of the lead time. */
const callEvery = minutes(2);
/** Beyond these a thread is noise (needs: at most six points in the life of a case). */
const mostReplies = 6;

/**
 * What to send now: one incident, one conversation.
 *
 * | pending                                              | channel edits (Slack)       | channel appends (SNS, webhook)    |
 * |------------------------------------------------------|-----------------------------|-----------------------------------|
 * | the first word about the incident                    | first                       | first, at once                    |
 * | a person is needed, the last message did not say so  | update + reply              | digest, at once                   |
 * | a person is needed, again                            | update + reply              | digest, 2 min after the last      |
 * | the first warning about one more disk                | update                      | digest, 2 min after the last      |
 * | every case is over                                   | update + reply              | end, at once                      |
 * | acted, judged, completed, going back, one case over  | update + reply¹             | digest, 15 min after the last     |
 * | a notice that belongs to no case                     | first                       | first, at once                    |
 *
 * ¹ at most six replies a case, and none while an incident has several cases: the table of the first message shows
 * it. Replies that need a person are never dropped, nor is the end of a case whose disk has a newer one: message and
 * table show the newer. Where that end could not be told before the first message, it is told with it.
 */
export function planDispatch(told: Told, edits: 'edits' | 'appends', now: Instant): DispatchPlan {
  const pending = told.rows.filter(({ state }) => state === 'pending').map(({ notice }) => notice);
  if (pending.length === 0) return { kind: 'nothing' };
  const all = told.rows.map(({ notice }) => notice);
  if (all.every(({ kind }) => kind !== 'case')) return { kind: 'first', notices: pending };
  const first = { kind: 'first', notices: all } as const;
  if (edits === 'edits') {
    return told.handle === undefined
      ? first
      : { kind: 'update', handle: told.handle, all, fresh: repliesOf(told, pending, all) };
  }
  return told.lastSentAt === undefined ? first : appendTo(told, told.lastSentAt, pending, all, now);
}

function appendTo(
  told: Told,
  lastSentAt: Instant,
  pending: readonly Notice[],
  all: readonly Notice[],
  now: Instant,
): DispatchPlan {
  const fresh = pending.filter(isCase);
  if (isOver(all)) return { kind: 'end', all, fresh };
  const until = dueAt(told, lastSentAt, fresh);
  return now >= until ? { kind: 'digest', all, fresh } : { kind: 'hold', until };
}

function dueAt(told: Told, lastSentAt: Instant, fresh: readonly CaseNotice[]): Instant {
  const sent = told.rows.filter(({ state }) => state === 'sent').map(({ notice }) => notice);
  const known = new Set(sent.filter(isCase).map(({ caseId }) => caseId));
  const calls = fresh.some(isCall);
  if (calls && !storiesOf(sent).some(({ stance }) => isCall(stance))) return lastSentAt;
  const warnsOfMore = fresh.some((notice) => isSaying(notice, 'warned') && !known.has(notice.caseId));
  return after(lastSentAt, calls || warnsOfMore ? callEvery : digestEvery);
}

function repliesOf(told: Told, pending: readonly Notice[], all: readonly Notice[]): readonly Notice[] {
  const several = storiesOf(all).length > 1;
  if (several && isOver(all)) return pending.filter(isCase);
  const points = pending.filter(isCase).filter(isReplyPoint);
  const pastEnds = pastEndsIn(all, pending);
  const isKept = (notice: CaseNotice): boolean => isCall(notice) || pastEnds.includes(notice);
  if (several) return points.filter(isKept);
  const before = told.rows.filter(
    ({ notice, state }) => state === 'sent' && isCase(notice) && isReplyPoint(notice),
  ).length;
  return points.filter((notice, index) => isKept(notice) || before + index < mostReplies);
}

const isCase = (notice: Notice): notice is CaseNotice => notice.kind === 'case';
const isCall = (notice: CaseNotice): boolean => needOf(notice) === 'YOU ARE NEEDED';
/** A warning is the first message itself, and of one more disk it is a row of the table. */
const isReplyPoint = (notice: CaseNotice): boolean => !isSaying(notice, 'warned');

const isOver = (all: readonly Notice[]): boolean => storiesOf(all).every(({ ended }) => ended !== undefined);
