import type { Intended, Returning, Upgrading } from '../cases/case.ts';
import { verdictOn } from '../credits/verdict.ts';
import { after, before, between, type Instant, latest, minutes } from '../units.ts';
import { type Configuration, isSame } from '../volume.ts';
import type { Decision, Progress, Verdict } from './decision.ts';
import type { Modification, Situation } from './situation.ts';

/** EC2's reads are eventually consistent: only after this does "nothing to see" mean "was not accepted". */
const certainAfter = minutes(5);
/** Clocks of AWS and ours may differ. */
const skew = minutes(2);
const followInterval = minutes(1);
const slowInterval = minutes(5);
/** After this without a clear verdict the case goes on without one. */
const verdictPatience = minutes(60);
/** How long the first BurstBalance after going back is waited for. */
const firstBalancePatience = minutes(30);

/** A crash or a lost reply between intent and outcome: only describing the volume can tell what happened. */
export function resolveIntent(held: Intended, situation: Situation): Decision {
  const { now } = situation;
  const accepted = acceptedRequest(held, situation);
  if (accepted !== undefined)
    return { kind: 'adopt', reason: { code: 'modification-running' }, startedAt: accepted };
  const unsure = situation.modification.kind === 'unread' || between(held.intendedAt, now) < certainAfter;
  if (unsure) {
    const progress: Progress = { modification: 'unknown', percent: 0, verdict: { kind: 'too-early' } };
    return {
      kind: 'await',
      reason: { code: 'intent-unresolved' },
      progress,
      dueAt: after(now, followInterval),
    };
  }
  return { kind: 'release', reason: { code: 'intent-unresolved' }, dueAt: after(now, followInterval) };
}

function acceptedRequest(held: Intended, { modification, volume }: Situation): Instant | undefined {
  const newest = modification.kind === 'read' ? modification.value : 'never';
  const isOurs = newest !== 'never' && newest.startedAt >= before(held.intendedAt, skew);
  if (isOurs && leadsTo(newest, held.plan.to)) {
    return newest.startedAt;
  }
  return hasBecome(volume.configuration, held.plan.to) ? held.intendedAt : undefined;
}

/** An upgrade ends when AWS has completed it and latency and queue have spoken. */
export function followUpgrade(held: Upgrading, situation: Situation): Decision {
  const { now } = situation;
  const state = stateOf(situation, held.plan.to, held.acceptedAt);
  if (state === 'failed')
    return { kind: 'conclude', ending: 'failed', reason: { code: 'modification-failed' } };
  if (state === 'changed-by-others')
    return { kind: 'conclude', ending: 'yielded', reason: { code: 'changed-by-others' } };
  const verdict = settle(held, situation);
  if (state !== 'completed' || !isFinal(verdict, held, now)) {
    const percent = percentOf(situation);
    const reason =
      state === 'completed'
        ? ({ code: 'symptom-not-settled' } as const)
        : ({ code: 'modification-running' } as const);
    const interval = isFinal(verdict, held, now) ? slowInterval : followInterval;
    return {
      kind: 'await',
      reason,
      progress: { modification: state, percent, verdict },
      dueAt: after(now, interval),
    };
  }
  if (held.plan.purpose === 'bridge') {
    return {
      kind: 'hold',
      reason: { code: 'bridge-still-needed' },
      verdict,
      refused: undefined,
      dueAt: after(now, slowInterval),
    };
  }
  return conclusion(verdict, held);
}

/** A good verdict stands; a bad or open one is judged again. */
function settle(held: Upgrading, situation: Situation): Verdict {
  if (held.verdict.kind === 'averted' || held.verdict.kind === 'relieved') return held.verdict;
  return verdictOn(situation.symptom, held, situation.now);
}

const isFinal = (verdict: Verdict, held: Upgrading, now: Instant): boolean =>
  verdict.kind === 'averted' || verdict.kind === 'relieved' || now > verdictDueAt(held);

/** By then there is a verdict, or word that none could be reached. An averted wall is called so only after it would have come. */
export const verdictDueAt = (held: Upgrading): Instant =>
  after(latest(held.acceptedAt, held.predictedWall ?? held.acceptedAt), verdictPatience);

function conclusion(verdict: Verdict, held: Upgrading): Decision {
  if (verdict.kind === 'averted' || verdict.kind === 'relieved')
    return { kind: 'conclude', ending: verdict.kind, reason: { code: 'symptom-gone' } };
  // Moved before any wall was in sight and before it had a history: there is no symptom that could have stayed.
  if (verdict.kind === 'unknown' && held.predictedWall === undefined)
    return { kind: 'conclude', ending: 'averted', reason: { code: 'born-right' } };
  return verdict.kind === 'not-relieved'
    ? { kind: 'conclude', ending: 'not-relieved', reason: { code: 'symptom-stays' } }
    : { kind: 'conclude', ending: 'unproved', reason: { code: 'symptom-unknown' } };
}

/** The way back ends with the first BurstBalance seen afterwards: nobody has published what AWS gives then. */
export function followReturn(held: Returning, situation: Situation): Decision {
  const { now } = situation;
  const state = stateOf(situation, held.plan.to, held.acceptedAt);
  if (state === 'failed')
    return { kind: 'release', reason: { code: 'modification-failed' }, dueAt: after(now, slowInterval) };
  if (state === 'changed-by-others')
    return { kind: 'conclude', ending: 'yielded', reason: { code: 'changed-by-others' } };
  const progress: Progress = {
    modification: state,
    percent: percentOf(situation),
    verdict: held.bridge.verdict,
  };
  if (state !== 'completed') {
    return {
      kind: 'await',
      reason: { code: 'modification-running' },
      progress,
      dueAt: after(now, slowInterval),
    };
  }
  const waited = between(held.completedAt ?? now, now);
  if (!hasBalanceSince(situation, held.acceptedAt) && waited < firstBalancePatience) {
    return {
      kind: 'await',
      reason: { code: 'first-balance-awaited' },
      progress,
      dueAt: after(now, followInterval),
    };
  }
  return { kind: 'conclude', ending: 'put-back', reason: { code: 'demand-fits-bucket-again' } };
}

function hasBalanceSince({ balance }: Situation, since: Instant): boolean {
  return balance.kind === 'read' && balance.value.some((sample) => sample.at >= since);
}

type Course = 'modifying' | 'optimizing' | 'completed' | 'unknown' | 'failed' | 'changed-by-others';

function stateOf({ modification, volume }: Situation, to: Configuration, acceptedAt: Instant): Course {
  if (modification.kind === 'unread' || modification.value === 'never') return 'unknown';
  const newest = modification.value;
  if (newest.startedAt < before(acceptedAt, skew)) return 'unknown';
  if (!leadsTo(newest, to)) return 'changed-by-others';
  if (typeof newest.state !== 'string') return 'unknown';
  if (newest.state !== 'completed') return newest.state;
  return hasBecome(volume.configuration, to) ? 'completed' : 'unknown';
}

const percentOf = ({ modification }: Situation): number =>
  modification.kind === 'read' && modification.value !== 'never' ? modification.value.progress : 0;

const leadsTo = (modification: Modification, to: Configuration): boolean =>
  modification.to !== undefined && isSame(modification.to, to);

const hasBecome = (present: Situation['volume']['configuration'], to: Configuration): boolean =>
  present.type !== 'standard' && present.type !== 'unjudgeable' && isSame(present, to);
