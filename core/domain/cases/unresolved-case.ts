import type { Decision } from '../deciding/decision.ts';
import type { Instant } from '../units.ts';
import type { Intended } from './case.ts';
import { type CaseStep, noEffect } from './case-step.ts';
import { raised } from './case-transitions.ts';
import { toldNow, word } from './told.ts';

/** The intent stays: AWS may be moving the volume. The team hears once that nobody can tell. */
export function unresolved(
  held: Intended,
  { kind, reason, refusals, wouldDo, dueAt }: Extract<Decision, { kind: 'warn' | 'page' }>,
  now: Instant,
): CaseStep {
  const what = kind === 'page' ? 'needed' : 'warned';
  const codes = refusals.map(({ code }) => code);
  const asked = { plan: held.plan, state: 'unanswered', requestId: undefined } as const;
  const news = toldNow(held.told, what, codes, now);
  return {
    next: { ...held, ...raised(held, now, dueAt), told: news ?? held.told },
    said: news && word(what, { reason, refusals, wouldDo, asked }),
    ledger: noEffect,
  };
}
