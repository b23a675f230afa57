import type { Bridged } from '../cases/case.ts';
import { isThrottling, untilOver } from '../cases/throttling.ts';
import { priceOf } from '../cost.ts';
import { creditBucketOf } from '../credits/credit-bucket.ts';
import { wouldFit } from '../credits/demand-profile.ts';
import type { Series } from '../reading.ts';
import type { Ground, Reason, Refusal } from '../reasons.ts';
import { after, before, between, type Duration, hours, type Instant, minutes, percent } from '../units.ts';
import { type Configuration, isSame } from '../volume.ts';
import type { Decision, Plan, RefusedReturn } from './decision.ts';
import { firstVeto } from './guards.ts';
import type { Rules } from './rules.ts';
import { leadsTo, type Situation } from './situation.ts';

/** A bridge stays at least this long, so that one day of demand is seen before the question is asked. */
const leastStay = hours(24);
const askAgain = hours(1);
const refusedInterval = minutes(15);
const doubtInterval = minutes(5);
/** Minutes without a sample in the day before going back: more and the day is not known well enough. */
const mostMissing = minutes(60);

/** Does the demand of the last 24 hours fit the bucket again, and may we put the volume back? */
export function decideReturn(held: Bridged, situation: Situation, rules: Rules): Decision {
  const { now, volume } = situation;
  const { from, to } = held.bridge.plan;
  const present = volume.configuration;
  if (present.type === 'unjudgeable') {
    const refusal: Refusal = { code: 'unjudgeable', got: present.got };
    return refuse(held, situation, {
      reason: { code: 'return-unproved' },
      refusal,
      wouldDo: wayBack(held, situation, rules),
    });
  }
  if (present.type === 'standard' || !isSame(present, to)) return yielded(held, situation, rules);
  // Marked since: it would be moved up again as soon as it was back.
  if (rules.policy.latencyCritical) return stay(held, situation, { code: 'born-right' });
  if (between(held.bridge.since, now) < leastStay)
    return stay(held, situation, { code: 'bridge-still-needed' });
  const plan = wayBack(held, situation, rules);
  const demand = demandOn(from, situation);
  if (demand.kind === 'needed') return stay(held, situation, { code: 'bridge-still-needed' });
  if (demand.kind === 'unproved') {
    const reason: Ground = { code: 'return-unproved' };
    return refuse(held, situation, { reason, refusal: demand.refusal, wouldDo: plan });
  }
  const refusal = firstVeto({ situation, policy: rules.policy, plan });
  if (refusal !== undefined) {
    const again = untilOver(refusal, refusedInterval);
    // A minute more on its bridge is no news. The next look reads its demand afresh: nothing goes back on an older day.
    if (isThrottling(refusal)) return stay(held, situation, refusal, again);
    return refuse(held, situation, { reason: demand.reason, refusal, wouldDo: plan }, again);
  }
  return {
    kind: 'act',
    reason: demand.reason,
    forecast: { kind: 'unknown', why: 'no-data', detail: `${present.type} has no burst bucket` },
    plan,
  };
}

/**
 * One list may still show what the volume was before the bridge; it is somebody else's only if EC2's newest modification
 * agrees. While that cannot be read the bridge counts as ours, and that is told.
 */
function yielded(held: Bridged, situation: Situation, rules: Rules): Decision {
  const { modification } = situation;
  const { to } = held.bridge.plan;
  if (modification.kind === 'unread') {
    const refusal: Refusal = { code: 'unread-fact', fact: 'modifications', why: modification.why };
    const wouldDo = wayBack(held, situation, rules);
    return refuse(held, situation, { reason: { code: 'return-unproved' }, refusal, wouldDo }, doubtInterval);
  }
  const newest = modification.value;
  if (newest === 'never' || newest.state === 'failed' || !leadsTo(newest, to))
    return { kind: 'conclude', ending: 'yielded', reason: { code: 'changed-by-others' } };
  const why = `the newest still leads to ${to.type}`;
  return stay(held, situation, { code: 'unread-fact', fact: 'modifications', why }, doubtInterval);
}

/** What the guards are asked about. */
export function wayBack({ bridge: { plan } }: Bridged, { volume }: Situation, { prices }: Rules): Plan {
  const [from, to] = [plan.to, plan.from];
  const price = priceOf(volume.size, from, to, prices);
  return { purpose: 'return', from, to, price, slowerThanBurst: undefined };
}

const stay = (
  held: Bridged,
  { now }: Situation,
  reason: Reason,
  again: Duration = askAgain,
): Extract<Decision, { kind: 'hold' }> => ({
  kind: 'hold',
  reason,
  verdict: held.bridge.verdict,
  refused: undefined,
  dueAt: after(now, again),
});

const refuse = (held: Bridged, situation: Situation, refused: RefusedReturn, again?: Duration): Decision => ({
  ...stay(held, situation, refused.refusal, again),
  refused,
});

type Answer =
  | { readonly kind: 'safe'; readonly reason: Ground }
  | { readonly kind: 'needed' }
  | { readonly kind: 'unproved'; readonly refusal: Refusal };

/** Whether demand allows the way back. A day that cannot be read says nothing: the bridge stays, and that is told. */
function demandOn(from: Configuration, situation: Situation): Answer {
  const bucket = creditBucketOf({ configuration: from, size: situation.volume.size });
  // Grown until its baseline covers its burst: there is no bucket left that could run out.
  if (bucket === undefined) return { kind: 'safe', reason: { code: 'cannot-run-out' } };
  const day = dayOfDemand(situation);
  if ('code' in day) return { kind: 'unproved', refusal: day };
  // Nobody has published what the bucket holds after going back, so it is planned for as empty.
  return wouldFit(bucket, day.demand, situation.now, percent(0)).fits
    ? { kind: 'safe', reason: { code: 'demand-fits-bucket-again' } }
    : { kind: 'needed' };
}

function dayOfDemand({ demand, now, volume }: Situation): Refusal | { readonly demand: Series } {
  if (demand.kind === 'unread') return { code: 'unread-fact', fact: 'demand profile', why: demand.why };
  const since = before(now, hours(24));
  const lastDay = demand.value.filter((sample) => sample.at >= since);
  // Nobody asks anything of a detached volume; a stopped instance publishes nothing either, but may have been busy before.
  if (volume.attachment.kind === 'detached') return { demand: withoutGaps(lastDay, since, now) };
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

/** The time between samples, and to both ends, as samples of no demand. */
function withoutGaps(samples: Series, since: Instant, now: Instant): Series {
  const starts = [...samples.map(({ at }) => at), now];
  const ends = [since, ...samples.map(({ at, period }) => after(at, period))];
  const gaps = starts.flatMap((start, index) => {
    const at = ends[index] ?? start;
    return start > at ? [{ at, period: between(at, start), value: 0 }] : [];
  });
  return [...samples, ...gaps].toSorted((a, b) => a.at - b.at);
}
