import { sameWordEvery } from '../cases/told.ts';
import { longestPause } from '../credits/falls.ts';
import { announceWithin } from '../credits/last-responsible-moment.ts';
import { type Series, unread } from '../reading.ts';
import { after, before, between, type Duration, type Instant, inMinutes, minutes } from '../units.ts';
import type { Replayed } from './replayed.ts';
import type { Wall } from './walls.ts';
import { isGroundless, leadOn, type Word, wordsIn } from './words.ts';

/** What was foreseen of the walls that came, and how often a wall was announced that did not come. */
export interface Foresight {
  readonly walls: number;
  /** Walls whose last drain lasted long enough that the promise could be kept. */
  readonly foreseeable: number;
  /** Of the others, walls that were further away when they had to be announced, at the pace of that time. */
  readonly steepened: number;
  /** Of the others, walls that had come near by then, but not by what was published; and how many were announced in time all the same. */
  readonly unpublished: number;
  readonly unpublishedInTime: number;
  /** Of the others, walls so soon after a word that the team is in the middle of it and not told again (told.ts). */
  readonly sameHour: number;
  /** Of those, how many were announced at least the promised time ahead. */
  readonly announced: number;
  /** How far ahead the earliest word on each announced wall came. */
  readonly leads: readonly Duration[];
  readonly announcements: number;
  /** Announcements with no wall within twice the announced time. */
  readonly groundless: number;
}

export interface Judged {
  readonly timeline: readonly Replayed[];
  /** All of them, in their order: also one that is not judged gives a word its ground. */
  readonly walls: readonly Wall[];
  /** The exact one, minute by minute. */
  readonly balance: Series;
  /** Walls from here on are asked about. */
  readonly from: Instant;
  /** How long before a wall the word has to be there: the lead time, or what the volume allows. */
  readonly lead: Duration;
  /** Drains at least this long: lead time and detection lag. */
  readonly shortestDrain: Duration;
  /** The end of the newest sample that is published by then. */
  readonly publishedAt: (now: Instant) => Instant;
}

/** Nobody can be told in time of a wall that comes right after one begins to look. */
export const settling: Duration = minutes(60);

/** Judges the announcements of one volume's replay (acting switched off) by the walls that its balance really met. */
export function foresightOf(judged: Judged): Foresight {
  const { timeline, walls, balance, from, lead, shortestDrain } = judged;
  const words = wordsIn(timeline);
  const all = walls.filter((wall) => wall.from >= after(from, settling));
  const slowWalls = all
    .map((wall) => ({ wall, drain: lastDrain(balance, wall.from) }))
    .filter(({ drain }) => drain >= shortestDrain)
    .map(({ wall, drain }) => ({ wall, ahead: leadOn(wall, words, walls, before(wall.from, drain)) }));
  const {
    steepened = [],
    unpublished = [],
    'on course': slow = [],
  } = Object.groupBy(slowWalls, ({ wall }) => courseOf(wall, judged));
  const isSaid = ({ ahead = minutes(0) }: (typeof slowWalls)[number]): boolean => ahead >= lead;
  const foreseeable = slow.filter(
    (one) => isSaid(one) || !isInConversation(words, before(one.wall.from, lead)),
  );
  const leads = foreseeable.flatMap(({ ahead }) => ahead ?? []);
  return {
    walls: all.length,
    foreseeable: foreseeable.length,
    steepened: steepened.length,
    unpublished: unpublished.length,
    unpublishedInTime: unpublished.filter(isSaid).length,
    sameHour: slow.length - foreseeable.length,
    announced: leads.filter((ahead) => ahead >= lead).length,
    leads,
    announcements: words.length,
    groundless: words.filter((word) => isGroundless(word, walls)).length,
  };
}

/** Whether the wall was on course when it had to be announced, and whether that was published. */
function courseOf(
  wall: Wall,
  { balance, lead, publishedAt }: Judged,
): 'on course' | 'unpublished' | 'steepened' {
  const deadline = before(wall.from, lead);
  const seen = publishedAt(deadline);
  const until = after(deadline, announceWithin(lead, unread('')));
  if (isOnCourse(balance, seen, until)) return 'on course';
  return isOnCourse(balance, deadline, until) ? 'unpublished' : 'steepened';
}

/** Whether the last word was so recent that it would not have been said again. */
const isInConversation = (words: readonly Word[], at: Instant): boolean =>
  words.some(
    (word) =>
      word.at <= at &&
      word.at > before(at, sameWordEvery) &&
      (word.withdrawnAt === undefined || word.withdrawnAt > at),
  );

/** What detection takes is what is known of a pace when it has to be announced. */
const pace: Duration = minutes(10);

/** Whether the balance, as it was at that moment, would have met the wall by `until` at its pace of the last minutes. */
function isOnCourse(balance: Series, at: Instant, until: Instant): boolean {
  const valueAt = (when: Instant) =>
    balance.findLast((sample) => after(sample.at, sample.period) <= when)?.value;
  const [earlier, left] = [valueAt(before(at, pace)), valueAt(at)];
  if (earlier === undefined || left === undefined) return true;
  const perMinute = (earlier - left) / inMinutes(pace);
  return perMinute > 0 && left / perMinute <= inMinutes(between(at, until));
}

interface Point {
  readonly at: Instant;
  readonly value: number;
}

/** How long the balance had been falling without a break when it met the wall: since it was last at its highest. */
export function lastDrain(balance: Series, wall: Instant): Duration {
  const points = balance
    .map(({ at, period, value }): Point => ({ at: after(at, period), value }))
    .filter(({ at }) => at <= wall);
  const end = points.at(-1);
  if (end === undefined) return minutes(0);
  const start = fallingSince(points);
  const highest = points.slice(start).reduce((most, { value }) => Math.max(most, value), end.value);
  const onset = points.findLast(({ value }, index) => index >= start && value === highest);
  return between(onset?.at ?? end.at, wall);
}

/** Index of the first point of the fall that ends with the last one. */
function fallingSince(points: readonly Point[]): number {
  let start = points.length - 1;
  for (let late = start, early = late; late > 0; late -= 1) {
    const to = points[late] as Point;
    while (early > 0 && (points[early] as Point).at > before(to.at, longestPause)) early -= 1;
    if (early >= late || (points[early] as Point).value <= to.value) break;
    start = early;
  }
  return start;
}

export const foresightSum = (all: readonly Foresight[]): Foresight =>
  all.reduce(
    (a, b) => ({
      walls: a.walls + b.walls,
      foreseeable: a.foreseeable + b.foreseeable,
      steepened: a.steepened + b.steepened,
      unpublished: a.unpublished + b.unpublished,
      unpublishedInTime: a.unpublishedInTime + b.unpublishedInTime,
      sameHour: a.sameHour + b.sameHour,
      announced: a.announced + b.announced,
      leads: [...a.leads, ...b.leads],
      announcements: a.announcements + b.announcements,
      groundless: a.groundless + b.groundless,
    }),
    nothingForeseen,
  );

const nothingForeseen: Foresight = {
  walls: 0,
  foreseeable: 0,
  steepened: 0,
  unpublished: 0,
  unpublishedInTime: 0,
  sameHour: 0,
  announced: 0,
  leads: [],
  announcements: 0,
  groundless: 0,
};
