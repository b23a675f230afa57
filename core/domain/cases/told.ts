import type { Said } from '../notices/notice.ts';
import { after, before, type Duration, earliest, hours, type Instant, minutes, sum } from '../units.ts';
import type { Told } from './case.ts';

/** A wall that comes and goes is worth no more than one word of a kind in this time. */
export const sameWordEvery = hours(1);

/** A look that is due comes within this: the sweep's minute, the queue and the run. */
export const lookTakes: Duration = minutes(2);
/** By how much a wall may come later than predicted before that is worth a word of its own. */
const slip = minutes(3);

/** What we promise with a warning: the call for help, or word that it need not come, at the latest then. */
export const promiseFor = (callAt: Instant): Instant => after(callAt, sum(slip, lookTakes));

/** Whether the promised word is due now, whatever it says. */
export const isWordDue = (told: Told | undefined, now: Instant): boolean =>
  told?.promisedAt !== undefined && now >= before(told.promisedAt, lookTakes);

/** Looked at in time to keep the promise. */
export const inTimeForWord = (told: Told | undefined, dueAt: Instant): Instant =>
  told?.promisedAt === undefined ? dueAt : earliest(dueAt, before(told.promisedAt, lookTakes));

/** The same, with the promise given; without one, or once the word was given, nothing is promised. */
export function promising({ promisedAt: _kept, ...told }: Told, promisedAt: Instant | undefined): Told {
  return promisedAt === undefined ? told : { ...told, promisedAt };
}

export const word = (
  what: Told['what'],
  told: Omit<Extract<Said, { kind: 'warned' }>, 'kind'>,
): Extract<Said, { kind: 'warned' | 'needed' }> =>
  what === 'needed' ? { kind: 'needed', ...told } : { kind: 'warned', ...told };

/**
 * What the team will have been told once it hears this; `undefined` when it is no news. News is the first word, always a
 * warning that becomes a call for help, what was promised by now, and within the hour's limit a wall ahead again or a reason not given before.
 * Throttling, which keeps every other reason from being asked about, is no reason to be silent about one.
 */
export function toldNow(
  told: Told | undefined,
  what: Told['what'],
  codes: readonly string[],
  now: Instant,
): Told | undefined {
  const first: Told = { what, at: now, codes, easedAt: undefined };
  if (told === undefined || (told.what === 'warned' && what === 'needed')) return first;
  if (isWordDue(told, now)) return alsoTold(told, what, codes, now);
  const another = hasAnother(told, what, codes) ? alsoTold(told, what, codes, now) : undefined;
  if (told.at > before(now, sameWordEvery)) return wasOnlyThrottled(told) ? another : undefined;
  return told.easedAt !== undefined ? first : another;
}

const hasAnother = (told: Told, what: Told['what'], codes: readonly string[]): boolean =>
  told.what === what && codes.some((code) => !told.codes.includes(code));

const wasOnlyThrottled = ({ codes }: Told): boolean => codes.length === 1 && codes[0] === 'aws-throttled';

/** An answer that the team was not given before is told at once: it is what came of an attempt. */
export function toldOfAnswer(
  told: Told | undefined,
  what: Told['what'],
  code: string,
  now: Instant,
): Told | undefined {
  const news = toldNow(told, what, [code], now);
  if (news !== undefined || told === undefined) return news;
  return told.codes.includes(code) ? undefined : alsoTold(told, what, [code], now);
}

/** What was given before stays known, so that two reasons in turn are each told once. */
export const alsoTold = (
  told: Told | undefined,
  what: Told['what'],
  codes: readonly string[],
  now: Instant,
): Told => ({ what, at: now, codes: [...new Set([...(told?.codes ?? []), ...codes])], easedAt: undefined });

/** It no longer heads for the wall: the next wall is another one. */
export const eased = (told: Told, now: Instant): Told => ({ ...told, easedAt: told.easedAt ?? now });
