import { before, hours, type Instant } from '../units.ts';
import type { Told } from './case.ts';

/** A wall that comes and goes is worth no more than one word of a kind in this time. */
const sameWordEvery = hours(1);

/**
 * What the team will have been told once it hears this; `undefined` when it is no news. News is the first word, always a
 * warning that becomes a call for help, and within the hour's limit a wall ahead again or a reason not given before.
 */
export function toldNow(
  told: Told | undefined,
  what: Told['what'],
  codes: readonly string[],
  now: Instant,
): Told | undefined {
  const first: Told = { what, at: now, codes, easedAt: undefined };
  if (told === undefined || (told.what === 'warned' && what === 'needed')) return first;
  if (told.at > before(now, sameWordEvery)) return undefined;
  if (told.easedAt !== undefined) return first;
  return told.what === what && codes.some((code) => !told.codes.includes(code))
    ? alsoTold(told, what, codes, now)
    : undefined;
}

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
