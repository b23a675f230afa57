import type { Decision } from '../deciding/decision.ts';
import type { Instant } from '../units.ts';
import type { Returning } from './case.ts';
import { type CaseStep, noEffect } from './case-step.ts';
import { raised } from './case-transitions.ts';
import { toldNow, word } from './told.ts';

/** It goes on going back: AWS takes nothing else meanwhile. */
export function walled(
  held: Returning,
  { kind, reason, refusals, wouldDo, dueAt }: Extract<Decision, { kind: 'warn' | 'page' }>,
  now: Instant,
): CaseStep {
  const what = kind === 'page' ? 'needed' : 'warned';
  const codes = refusals.map(({ code }) => code);
  const news = toldNow(held.told, what, codes, now);
  return {
    next: { ...held, ...raised(held, now, dueAt), told: news ?? held.told },
    said: news && word(what, { reason, refusals, wouldDo }),
    ledger: noEffect,
  };
}
