import type { InstantRange } from '../credits/forecast.ts';
import { between, type Instant, minutes } from '../units.ts';
import { clock, clockSeenFrom, rangeText } from './time-text.ts';

/** The middle of a wider range is no time to plan by. */
const widest = minutes(60);

/** What could have come already can come any minute, so a range is as wide as what is left of it. */
export const isVague = ({ earliest, likely, latest }: InstantRange, at: Instant): boolean =>
  between(earliest > at ? earliest : at, latest ?? likely) > widest;

/** `about 03:27 UTC`, or where that would pretend `between 04:10 and 09:30 UTC`. */
export function wallTime(wall: InstantRange, at: Instant): string {
  if (!isVague(wall, at)) return `about ${clock(wall.likely)}`;
  const { earliest, latest } = wall;
  if (latest === undefined)
    return earliest <= at ? 'any minute or much later' : `${clock(earliest)} at the earliest`;
  const end = clockSeenFrom(latest, at);
  if (earliest <= at) return `by ${end}`;
  return `between ${clock(earliest).slice(0, 5)} and ${end}`;
}

/** For a sentence: `about 03:27 UTC (03:24-03:31)`. */
export const wallWithRange = (wall: InstantRange, at: Instant): string =>
  `about ${clock(wall.likely)} (${rangeText(wall, at)})`;

/** `unclear when: between 04:10 and 09:30 UTC, at the present rate about 05:00 UTC`. */
export const vagueWall = (wall: InstantRange, at: Instant): string =>
  `unclear when: ${wallTime(wall, at)}, at the present rate about ${clockSeenFrom(wall.likely, at)}`;
