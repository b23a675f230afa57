import { after, before, between, type Duration, type Instant, longest, minutes, seconds } from '../units.ts';
import type { Replayed } from './replayed.ts';
import type { Wall } from './walls.ts';

/** Something people were told about a wall that is coming, or is there. */
export interface Word {
  /** When it was at its channel. */
  readonly at: Instant;
  /** Without a wall until then, twice the announced time, it was groundless. */
  readonly trueBy: Instant;
  /** When its case ended with nothing done; `undefined` where it did not, or ended with the volume moved. */
  readonly withdrawnAt: Instant | undefined;
}

/** SNS within seconds, and the queue's window of 5 s before it. */
export const delivery: Duration = seconds(20);
/** A wall that is announced as already there, or as minutes away, is given this long. */
const leastPatience: Duration = minutes(10);
/** What a word that names no time is taken to say. */
const unnamed: Duration = minutes(30);

/** Announcements, and acts because of a wall: who moves a volume for that tells people so. */
export function wordsIn(timeline: readonly Replayed[], unnamedIn: Duration = unnamed): readonly Word[] {
  return timeline.flatMap((one, index) => {
    if (one.kind !== 'announced' && (one.kind !== 'acted' || one.wall === undefined)) return [];
    const at = after(one.at, delivery);
    const announced = one.wall === undefined ? unnamedIn : between(at, one.wall);
    const trueBy = after(at, longest(leastPatience, (2 * announced) as Duration));
    const withdrawnAt = one.kind === 'acted' ? undefined : withdrawnIn(timeline.slice(index));
    return [{ at, trueBy, withdrawnAt }];
  });
}

function withdrawnIn(later: readonly Replayed[]): Instant | undefined {
  const next = later.find(({ kind }) => kind === 'ended' || kind === 'acted');
  return next?.kind === 'ended' ? next.at : undefined;
}

/**
 * How long before it the first word about this wall was there that still stood; `undefined` where none did. A word stands
 * for twice the time it named, or as long as the fall goes on in which it was said, unless it was withdrawn. What was said
 * before the previous of all `walls` had ended was about that one.
 */
export function leadOn(
  wall: Wall,
  words: readonly Word[],
  walls: readonly Wall[],
  fallingSince: Instant = wall.from,
): Duration | undefined {
  const { from } = wall;
  const previous = walls.findLast((other) => other.from < from && other.until < from);
  const first = words.find(
    ({ at, trueBy, withdrawnAt }) =>
      at <= from &&
      (from <= trueBy || at >= fallingSince) &&
      (withdrawnAt === undefined || withdrawnAt >= from) &&
      (previous === undefined || at > previous.until),
  );
  return first === undefined ? undefined : between(first.at, from);
}

/** Whether no wall came within twice the announced time, and none was there when it was said, or ten minutes before. */
export const isGroundless = ({ at, trueBy }: Word, walls: readonly Wall[]): boolean =>
  !walls.some(({ from, until }) => from <= trueBy && until >= before(at, leastPatience));
