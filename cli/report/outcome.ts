import type { Assessment } from '../../core/domain/history/assessment.ts';
import type { Replayed } from '../../core/domain/history/replayed.ts';
import type { Reading } from '../../core/domain/reading.ts';
import { inMinutes, minutes } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';

export type Unread = Extract<Reading<never>, { kind: 'unread' }>;
/** What was found out, or why it was not. */
export type Known<Fact> = Fact | Unread;

export const isUnread = (fact: unknown): fact is Unread =>
  typeof fact === 'object' && fact !== null && 'kind' in fact && fact.kind === 'unread';

/**
 * How the time went, and how it would have gone under the policy:
 * `wall` it stalls in spite of the policy, `averted` it stalled and would not have, `told` people would have heard of it
 * and there was no wall, `calm` nothing to say, `unknown` too little was read to tell.
 */
export type Outcome = 'wall' | 'averted' | 'told' | 'calm' | 'unknown';

export const outcomes: readonly Outcome[] = ['wall', 'averted', 'told', 'calm', 'unknown'];

/** As recorded, without us. A 0 that rests on a balance nobody read is not known. */
export const wallMinutesOf = ({ minutesAtWall, lowest }: Assessment): Known<number> =>
  lowest.kind === 'unread' ? lowest : known(minutesAtWall);

/** Of a balance that is missing for hours, what was seen is the least that there was. */
export const wallSpan = (assessment: Assessment, minutes: number): string =>
  `${minutes > 0 && assessment.recorded.unseen !== undefined ? 'at least ' : ''}${span(minutes)}`;

const known = <Fact>(reading: Reading<Fact>): Known<Fact> =>
  reading.kind === 'unread' ? reading : reading.value;

/** Under the policy. */
export function stallMinutesOf(assessment: Assessment): Known<number> {
  const wall = wallMinutesOf(assessment);
  if (isUnread(wall)) return wall;
  const replay = known(assessment.replay);
  return isUnread(replay) ? replay : replay.stallMinutes;
}

/** What the policy would have said and done; nothing where that is not known. */
export const timelineOf = ({ replay }: Assessment): readonly Replayed[] =>
  replay.kind === 'read' ? replay.value.timeline : [];

export function outcomeOf(assessment: Assessment): Outcome {
  const [wall, stall] = [wallMinutesOf(assessment), stallMinutesOf(assessment)];
  if (isUnread(wall) || isUnread(stall)) return 'unknown';
  if (stall > 0) return 'wall';
  if (wall > 0) return 'averted';
  return wasTold(assessment) ? 'told' : 'calm';
}

const wasTold = (assessment: Assessment): boolean =>
  timelineOf(assessment).some(({ kind }) => kind === 'announced' || kind === 'acted');

/** Of the first wall: whether those after it were announced is not told here. */
export type Announced = Known<
  | { readonly kind: 'announced'; readonly minutesAhead: number }
  /** There was a wall, and nobody would have heard of it a whole minute before. */
  | { readonly kind: 'missed' }
  | { readonly kind: 'no-wall' }
>;

export function announcedOf(assessment: Assessment): Announced {
  const [wall, stall] = [wallMinutesOf(assessment), stallMinutesOf(assessment)];
  if (isUnread(wall)) return wall;
  if (wall === 0) return { kind: 'no-wall' };
  if (isUnread(stall)) return stall;
  const { announcedAhead } = assessment;
  return announcedAhead === undefined || announcedAhead < minutes(1)
    ? { kind: 'missed' }
    : { kind: 'announced', minutesAhead: inMinutes(announcedAhead) };
}

/** The demand that drains the bucket: operations, or throughput. */
export const demandOf = ({ bucket, iops, throughput }: Assessment): Assessment['iops'] =>
  bucket.unit === 'IOPS' ? iops : throughput;
