import type { Plan } from '../deciding/decision.ts';
import { type Guard, type GuardInput, looksAt } from '../deciding/guards/guard.ts';
import { guards } from '../deciding/guards.ts';
import type { AwsRefusal, Refusal } from '../reasons.ts';
import { sightOf } from './guard-sights.ts';

/** One guard on one plan, with the numbers it looked at. */
export type GuardAnswer = { readonly guard: Guard; readonly saw: string } & (
  | { readonly says: 'pass' }
  | { readonly says: 'refuse'; readonly refusal: Refusal | AwsRefusal }
  /** The fact could not be read; the guard refuses. */
  | { readonly says: 'unknown'; readonly refusal: Refusal | AwsRefusal }
  /** The fact is read only where something is to be decided from it; the guard refuses until then. */
  | { readonly says: 'not-read' }
  /** It does not look at plans like this one. */
  | { readonly says: 'not-asked' }
);

/** Every guard, in the order in which they are asked; the first that does not pass is the one that decides. */
export const askGuards = (input: GuardInput): readonly GuardAnswer[] =>
  guards.map((guard) => answerOf(guard, input));

function answerOf(guard: Guard, input: GuardInput): GuardAnswer {
  if (!looksAt(guard, input.plan)) return { guard, saw: notFor(input.plan), says: 'not-asked' };
  const refusal = guard.veto(input);
  const saw = sightOf(guard, input);
  if (refusal === undefined) return { guard, saw, says: 'pass' };
  if (refusal.code !== 'unread-fact') return { guard, saw, says: 'refuse', refusal };
  // As observe() says of what it left out.
  return refusal.why.startsWith('not asked')
    ? { guard, saw: refusal.why, says: 'not-read' }
    : { guard, saw: refusal.why, says: 'unknown', refusal };
}

const notFor = ({ purpose }: Plan): string =>
  purpose === 'return' ? 'does not concern a way back' : 'does not concern a volume marked latency-critical';
