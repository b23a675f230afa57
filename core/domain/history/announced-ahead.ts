import { between, type Duration, type Instant, minutes } from '../units.ts';
import type { Replayed } from './replayed.ts';

/** What people would have heard or seen of. */
const isWord = ({ kind }: Replayed): boolean => kind === 'announced' || kind === 'acted';

/**
 * How long before the first wall the first word about it came: words of a case that had ended before say nothing about
 * it. 0 where nothing was said in time; `undefined` where there was no wall.
 */
export function announcedAhead(
  timeline: readonly Replayed[],
  firstWall: Instant | undefined,
): Duration | undefined {
  if (firstWall === undefined) return undefined;
  const before = timeline.filter(({ at }) => at <= firstWall);
  const ended = before.findLastIndex(({ kind }) => kind === 'ended');
  const first = before.slice(ended + 1).find(isWord);
  return first === undefined ? minutes(0) : between(first.at, firstWall);
}
