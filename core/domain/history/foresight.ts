import { sameWordEvery } from '../cases/told.ts';
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
}

/** Nobody can be told in time of a wall that comes right after one begins to look. */
export const settling: Duration = minutes(60);

/** Judges the announcements of one volume's replay (acting switched off) by the walls that its balance really met. */
export function foresightOf({ timeline, walls, balance, from, lead, shortestDrain }: Judged): Foresight {
  const words = wordsIn(timeline);
  const judged = walls.filter((wall) => wall.from >= after(from, settling));
  const long = judged
    .map((wall) => ({ wall, drain: lastDrain(balance, wall.from) }))
    .filter(({ drain }) => drain >= shortestDrain);
  const slow = long
    .filter(({ wall }) => isOnCourse(balance, before(wall.from, lead), announceWithin(lead, unread(''))))
    .map(({ wall, drain }) => ({ wall, ahead: leadOn(wall, words, walls, before(wall.from, drain)) }));
  const isSaid = ({ ahead = minutes(0) }: (typeof slow)[number]): boolean => ahead >= lead;
  const foreseeable = slow.filter(
    (one) => isSaid(one) || !isInConversation(words, before(one.wall.from, lead)),
  );
  const leads = foreseeable.flatMap(({ ahead }) => ahead ?? []);
  return {
    walls: judged.length,
    foreseeable: foreseeable.length,
    steepened: long.length - slow.length,
    sameHour: slow.length - foreseeable.length,
    announced: leads.filter((ahead) => ahead >= lead).length,
    leads,
    announcements: words.length,
    groundless: words.filter((word) => isGroundless(word, walls)).length,
  };
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

/** Whether the balance, exactly and at once as it is, would have met the wall within that time at its pace of the last minutes. */
function isOnCourse(balance: Series, at: Instant, within: Duration): boolean {
  const valueAt = (when: Instant) =>
    balance.findLast((sample) => after(sample.at, sample.period) <= when)?.value;
  const [earlier, left] = [valueAt(before(at, pace)), valueAt(at)];
  if (earlier === undefined || left === undefined) return true;
  const perMinute = (earlier - left) / inMinutes(pace);
  return perMinute > 0 && left / perMinute <= inMinutes(within);
}

/** Over five minutes it was lower at the end than at the beginning, back from the wall without a break. */
const step: Duration = minutes(5);

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
  return between(onset?.at ?? end.at, end.at);
}

/** Index of the first point of the fall that ends with the last one. */
function fallingSince(points: readonly Point[]): number {
  let start = points.length - 1;
  for (let late = start, early = late; late > 0; late -= 1) {
    const to = points[late] as Point;
    while (early > 0 && (points[early] as Point).at > before(to.at, step)) early -= 1;
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
  sameHour: 0,
  announced: 0,
  leads: [],
  announcements: 0,
  groundless: 0,
};
