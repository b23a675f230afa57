import { after, between, type Instant, minutes } from '../units.ts';
import type { Announced, OpenCase, Watching } from './case.ts';
import { type CaseStep, noEffect } from './case-step.ts';
import { raised } from './case-transitions.ts';
import { concluded } from './conclude-case.ts';

/** EC2's reads are eventually consistent: one answer that lacks a volume is not yet its end. */
const goneAfter = minutes(5);
const askAgain = minutes(1);

/**
 * The step of a case whose volume EC2 did not describe. What we asked AWS for would be forgotten with its case, so that
 * such a case ends only when the volume has stayed absent; any other ends at once and is opened again where that was wrong.
 */
export function absentCase(held: OpenCase, now: Instant): CaseStep {
  const absentSince = held.absentSince ?? now;
  if (!hasAsked(held) || between(absentSince, now) >= goneAfter)
    return concluded(held, { ending: 'gone', reason: { code: 'volume-gone' } }, now);
  const next = { ...held, ...raised(held, now, after(now, askAgain)), absentSince };
  return { next, said: undefined, ledger: noEffect };
}

const hasAsked = (held: OpenCase): held is Exclude<OpenCase, Watching | Announced> =>
  held.state !== 'watching' && held.state !== 'announced';
