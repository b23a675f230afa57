import type { Forecast } from '../credits/forecast.ts';
import type { Decision } from '../deciding/decision.ts';
import { earliest, type Instant } from '../units.ts';
import type { Announced, LastSeen, Told, Watching } from './case.ts';
import { type CaseStep, noEffect } from './case-step.ts';
import { raised, type Undecided } from './case-transitions.ts';
import { putOffOf } from './put-off.ts';
import { throttlingAfter } from './throttling.ts';
import { eased, inTimeForWord, isWordDue, promising, toldNow, word } from './told.ts';

type DecisionOf<Kind extends Decision['kind']> = Extract<Decision, { kind: Kind }>;

/**
 * A case that was announced stays so until it ends: the team waits for the end of the story. Where the call for help was
 * promised by now, they hear that it need not come.
 */
export function watch(held: Undecided, decision: DecisionOf<'watch'>, now: Instant): CaseStep {
  const { reason, forecast, dueAt } = decision;
  const isDue = isWordDue(held.told, now);
  const told = held.told && eased(isDue ? promising(held.told, undefined) : held.told, now);
  const common = raised(held, now, inTimeForWord(told, dueAt));
  const next: Watching | Announced =
    held.state === 'announced'
      ? {
          ...common,
          state: 'announced',
          told: told ?? held.told,
          refusals: held.refusals,
          lastSeen: { at: asOf(forecast, now), wall: undefined },
          putOff: held.putOff,
        }
      : { ...common, state: 'watching', told };
  return { next, said: isDue ? { kind: 'eased', reason } : undefined, ledger: noEffect };
}

/** The same thing is not told twice (told.ts). What AWS put off is asked about again when its time has come. */
export function announce(held: Undecided, decision: DecisionOf<'warn' | 'page'>, now: Instant): CaseStep {
  const { reason, refusals, wouldDo } = decision;
  const what = decision.kind === 'page' ? 'needed' : 'warned';
  const told = toldAfter(held, decision, now);
  const putOff = putOffOf(held, now);
  const dueAt = putOff === undefined ? decision.dueAt : earliest(decision.dueAt, putOff.until);
  return {
    next: {
      ...raised(held, now, inTimeForWord(told, dueAt)),
      state: 'announced',
      told,
      refusals,
      lastSeen: lastSeen(held, decision.forecast, now),
      putOff,
      ...throttlingAfter(held, refusals, now),
    },
    said: told === held.told ? undefined : word(what, { reason, refusals, wouldDo }),
    ledger: noEffect,
  };
}

/** A promise is renewed only by a first word: a wall that keeps slipping is not told of every quarter of an hour. */
function toldAfter(held: Undecided, decision: DecisionOf<'warn' | 'page'>, now: Instant): Told {
  const { refusals, reason } = decision;
  const codes = refusals.map(({ code }) => code);
  const what = decision.kind === 'page' ? 'needed' : 'warned';
  const news = toldNow(held.told, what, codes, now);
  if (news === undefined && held.told !== undefined) return held.told;
  const told = news ?? { what, at: now, codes, easedAt: undefined };
  const promisedAt = decision.kind === 'warn' && !isWordDue(held.told, now) ? decision.promisedAt : undefined;
  const sawNothing = reason.code === 'blind' && (held.told === undefined || held.told.saw === 'nothing');
  return promising(sawNothing ? { ...told, saw: 'nothing' } : told, promisedAt);
}

const asOf = (seen: Forecast, now: Instant): Instant => (seen.kind === 'unknown' ? now : seen.asOf);

/** What cannot be seen still heads for where it headed when it was last seen. */
function lastSeen(held: Undecided, seen: Forecast, now: Instant): LastSeen | undefined {
  if (seen.kind === 'unknown') return held.state === 'announced' ? held.lastSeen : undefined;
  if (seen.kind === 'at-wall') return { at: seen.asOf, wall: now };
  return { at: seen.asOf, wall: seen.kind === 'draining' ? seen.wall.likely : undefined };
}
