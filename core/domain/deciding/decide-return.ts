import type { Bridged } from '../cases/case.ts';
import { priceOf } from '../cost.ts';
import { creditBucketOf } from '../credits/credit-bucket.ts';
import { wouldFit } from '../credits/demand-profile.ts';
import type { Ground, Refusal } from '../reasons.ts';
import { after, before, between, hours, minutes, percent } from '../units.ts';
import { isSame } from '../volume.ts';
import type { Decision, Plan } from './decision.ts';
import { firstVeto } from './guards.ts';
import type { Rules } from './rules.ts';
import type { Situation } from './situation.ts';

/** A bridge stays at least this long, so that one day of demand is seen before the question is asked. */
const leastStay = hours(24);
const askAgain = hours(1);
const refusedInterval = minutes(15);
/** Minutes without a sample in the day before going back: more and the day is not known well enough. */
const mostMissing = minutes(60);

/** Does the demand of the last 24 hours fit the bucket again, and may we put the volume back? */
export function decideReturn(held: Bridged, situation: Situation, rules: Rules): Decision {
  const { now, volume } = situation;
  const { from, to } = held.bridge.plan;
  const present = volume.configuration;
  if (present.type === 'standard' || present.type === 'unjudgeable' || !isSame(present, to)) {
    return { kind: 'conclude', ending: 'yielded', reason: { code: 'changed-by-others' } };
  }
  if (between(held.bridge.since, now) < leastStay)
    return stay(held, situation, { code: 'bridge-still-needed' });
  const bucket = creditBucketOf({ configuration: from, size: volume.size });
  if (bucket === undefined) return stay(held, situation, { code: 'baseline-covers-burst' });
  const day = dayOfDemand(situation);
  if ('code' in day) return stay(held, situation, day);
  // Nobody has published what the bucket holds after going back, so it is planned for as empty.
  if (!wouldFit(bucket, day.demand, now, percent(0)).fits)
    return stay(held, situation, { code: 'bridge-still-needed' });
  const plan: Plan = {
    purpose: 'return',
    from: present,
    to: from,
    price: priceOf(volume.size, present, from, rules.prices),
    slowerThanBurst: undefined,
  };
  const refusal = firstVeto({ situation, policy: rules.policy, plan });
  if (refusal !== undefined) {
    return {
      ...stay(held, situation, refusal),
      refused: { refusal, wouldDo: plan },
      dueAt: after(now, refusedInterval),
    };
  }
  return {
    kind: 'act',
    reason: { code: 'demand-fits-bucket-again' },
    forecast: { kind: 'unknown', why: 'no-data', detail: `${present.type} has no burst bucket` },
    plan,
  };
}

const stay = (
  held: Bridged,
  { now }: Situation,
  reason: Ground | Refusal,
): Extract<Decision, { kind: 'hold' }> => ({
  kind: 'hold',
  reason,
  verdict: held.bridge.verdict,
  refused: undefined,
  dueAt: after(now, askAgain),
});

function dayOfDemand({
  demand,
  now,
}: Situation): Refusal | { readonly demand: Extract<Situation['demand'], { kind: 'read' }>['value'] } {
  if (demand.kind === 'unread') return { code: 'unread-fact', fact: 'demand profile', why: demand.why };
  const lastDay = demand.value.filter((sample) => sample.at >= before(now, hours(24)));
  const covered = lastDay.reduce((total, sample) => total + sample.period, 0);
  if (covered < hours(24) - mostMissing) {
    return {
      code: 'unread-fact',
      fact: 'demand profile',
      why: `only ${Math.round(covered / 3_600_000)} of 24 hours were recorded`,
    };
  }
  return { demand: lastDay };
}
