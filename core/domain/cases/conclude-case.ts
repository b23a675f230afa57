import type { Conclusion, Ending, Plan } from '../deciding/decision.ts';
import type { Instant } from '../units.ts';
import type { Closed, OpenCase } from './case.ts';
import { type CaseStep, noEffect } from './case-step.ts';
import { raised, refund } from './case-transitions.ts';

/** A case nobody heard of ends as silently as it was watched. */
export function concluded(held: OpenCase, { ending, reason, usual }: Conclusion, now: Instant): CaseStep {
  const plan = committedPlan(held);
  const stays = plan !== undefined && remains(ending) ? plan : undefined;
  const next: Closed = { ...raised(held, now, now), state: 'closed', ending, closedAt: now, stays };
  const silent = held.state === 'watching' && held.told === undefined;
  return {
    next,
    said: silent
      ? undefined
      : { kind: 'ended', ending, reason, plan, ...movedAt(held), ...(usual === undefined ? {} : { usual }) },
    ledger: plan === undefined || stays !== undefined ? noEffect : refund(plan),
  };
}

/** A bridge costs from the moment AWS accepted it, not from the first look at the volume. */
const movedAt = (held: OpenCase): { readonly movedAt?: Instant } => {
  const since =
    held.state === 'upgrading' ? held.acceptedAt : 'bridge' in held ? held.bridge?.since : undefined;
  return since === undefined ? {} : { movedAt: since };
};

/** The upgrade whose cost the case has committed. */
function committedPlan(held: OpenCase): Plan | undefined {
  if (held.state === 'bridged' || held.state === 'returning') return held.bridge.plan;
  if (held.state === 'intended') return held.bridge?.plan ?? held.plan;
  return held.state === 'upgrading' ? held.plan : undefined;
}

/** Somebody else's change may still fail and leave ours in place: the censuses find out. */
const remains = (ending: Ending): boolean =>
  ending === 'averted' ||
  ending === 'relieved' ||
  ending === 'not-relieved' ||
  ending === 'unproved' ||
  ending === 'yielded';
