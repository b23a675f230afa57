import type { Series } from '../reading.ts';
import { after, before, between, type Duration, type Instant, minutes } from '../units.ts';
import type { Replayed } from './replayed.ts';
import type { Wall } from './walls.ts';

/** What was foreseen of the walls that came, and how often a wall was announced that did not come. */
export interface Foresight {
  readonly walls: number;
  /** Walls whose last drain lasted long enough that the promise could be kept. */
  readonly foreseeable: number;
  /** Of those, how many were announced at least the promised time ahead. */
  readonly announced: number;
  /** How far ahead the earliest word on each announced wall came. */
  readonly leads: readonly Duration[];
  readonly announcements: number;
  /** Announcements with no wall within twice the announced time. */
  readonly groundless: number;
}

export interface ForesightTerms {
  /** How long before a wall the word has to be there: the lead time, or what the volume allows. */
  readonly lead: Duration;
  /** Drains at least this long: lead time and detection lag. */
  readonly shortestDrain: Duration;
  /** From the decision to the notice at the channel. */
  readonly delivery: Duration;
}

/** A word about a wall holds for the next one only for so long. */
export const longestWord: Duration = minutes(6 * 60);
/** A wall that is announced as already there, or as minutes away, is given this long. */
const leastPatience: Duration = minutes(10);

/**
 * Judges the announcements of one volume's replay (acting switched off) by the walls that its balance really met. `balance`
 * is the exact one, minute by minute.
 */
export function foresightOf(
  timeline: readonly Replayed[],
  walls: readonly Wall[],
  balance: Series,
  { lead, shortestDrain, delivery }: ForesightTerms,
): Foresight {
  const words = timeline.flatMap((one) =>
    one.kind === 'announced' ? [{ at: after(one.at, delivery), wall: one.wall }] : [],
  );
  const foreseeable = walls.filter((wall) => lastDrain(balance, wall.from) >= shortestDrain);
  const leads = foreseeable.flatMap(({ from }) => {
    const first = words.find(({ at }) => at <= from && at > before(from, longestWord));
    return first === undefined ? [] : [between(first.at, from)];
  });
  return {
    walls: walls.length,
    foreseeable: foreseeable.length,
    announced: leads.filter((ahead) => ahead >= lead).length,
    leads,
    announcements: words.length,
    groundless: words.filter((word) => !cameTrue(word, walls)).length,
  };
}

function cameTrue(
  { at, wall }: { readonly at: Instant; readonly wall: Instant | undefined },
  walls: readonly Wall[],
): boolean {
  const announced = wall === undefined ? minutes(30) : between(at, wall);
  const patience = Math.max(leastPatience, 2 * announced) as Duration;
  return walls.some(({ from, until }) => from <= after(at, patience) && until >= before(at, leastPatience));
}

/** Over five minutes it was lower at the end than at the beginning, back from the wall without a break. */
const step: Duration = minutes(5);

/** How long the balance had been falling without a break when it met the wall. */
export function lastDrain(balance: Series, wall: Instant): Duration {
  const points = balance
    .map(({ at, period, value }) => ({ at: after(at, period), value }))
    .filter(({ at }) => at <= wall);
  const end = points.at(-1);
  if (end === undefined) return minutes(0);
  let start = end.at;
  for (let late = points.length - 1, early = late; late >= 0; late -= 1) {
    const to = points[late] as (typeof points)[number];
    while (early > 0 && (points[early] as typeof to).at > before(to.at, step)) early -= 1;
    const from = points[early] as typeof to;
    if (from.at >= to.at || from.value <= to.value) break;
    start = from.at;
  }
  return between(start, end.at);
}

export const foresightSum = (all: readonly Foresight[]): Foresight =>
  all.reduce(
    (a, b) => ({
      walls: a.walls + b.walls,
      foreseeable: a.foreseeable + b.foreseeable,
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
  announced: 0,
  leads: [],
  announcements: 0,
  groundless: 0,
};
