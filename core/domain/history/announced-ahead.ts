import { after, between, type Duration, type Instant, minutes } from '../units.ts';
import type { Replayed } from './replayed.ts';
import { delivery, leadOn, wordsIn } from './words.ts';

/**
 * How long before the first wall of the record the first word about it was there, or the volume was moved out of its way.
 * 0 where nothing was said in time; `undefined` where there was no wall.
 */
export function announcedAhead(
  timeline: readonly Replayed[],
  firstWall: Instant | undefined,
): Duration | undefined {
  if (firstWall === undefined) return undefined;
  const wall = { from: firstWall, until: firstWall };
  const said = leadOn(wall, wordsIn(timeline), []) ?? minutes(0);
  const moved = movedAt(timeline, firstWall);
  return moved === undefined ? said : (Math.max(said, between(moved, firstWall)) as Duration);
}

/** When people were told of the move that still held at `wall`. */
function movedAt(timeline: readonly Replayed[], wall: Instant): Instant | undefined {
  const last = timeline.findLast(({ kind, at }) => (kind === 'acted' || kind === 'returned') && at <= wall);
  const heard = last?.kind === 'acted' ? after(last.at, delivery) : undefined;
  return heard !== undefined && heard <= wall ? heard : undefined;
}
