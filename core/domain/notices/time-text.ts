import type { InstantRange } from '../credits/forecast.ts';
import { type Duration, type Instant, inMinutes, inSeconds } from '../units.ts';

const iso = (at: Instant): string => new Date(at).toISOString();
const minuteOf = (at: Instant): string => iso(at).slice(11, 16);
const dayOf = (at: Instant): string => iso(at).slice(0, 10);

/** `03:27 UTC`. */
export const clock = (at: Instant): string => `${minuteOf(at)} UTC`;

/** `03:27 UTC`, with the date before it unless that is the date of `seenFrom`. */
export const clockSeenFrom = (at: Instant, seenFrom: Instant | undefined): string =>
  seenFrom !== undefined && dayOf(at) === dayOf(seenFrom) ? clock(at) : `${dayOf(at)} ${clock(at)}`;

/** `03:11:22 UTC`, for what should be found again in a log; with the date where that differs. */
export const clockToSecondSeenFrom = (at: Instant, seenFrom: Instant): string =>
  `${dayOf(at) === dayOf(seenFrom) ? '' : `${dayOf(at)} `}${iso(at).slice(11, 19)} UTC`;

/** `03:24-03:31`; open towards a wall that the gentlest slope would never reach. */
export const rangeText = ({ earliest, latest }: InstantRange, at: Instant): string => {
  // What could have come before the message was written can come any minute; a past time would read as over.
  const from = earliest <= at ? 'any minute' : minuteOf(earliest);
  return latest === undefined ? `${from} at the earliest` : `${from}-${minuteOf(latest)}`;
};

/** `70 s`, `16 min`, `6 h 5 min`, `31 h`: short, and never finer than it deserves. */
export function durationText(duration: Duration): string {
  if (inSeconds(duration) < 120) return `${Math.round(inSeconds(duration))} s`;
  const minutes = Math.round(inMinutes(duration));
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours >= 24 || minutes % 60 === 0
    ? `${Math.round(minutes / 60)} h`
    : `${hours} h ${minutes % 60} min`;
}
