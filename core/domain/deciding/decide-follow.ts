import type { Intended, Returning, Upgrading } from '../cases/case.ts';
import { creditBucketOf } from '../credits/credit-bucket.ts';
import { forecast } from '../credits/forecast.ts';
import { announceWithin } from '../credits/last-responsible-moment.ts';
import { verdictOn } from '../credits/verdict.ts';
import { isMutedAt } from '../look-at.ts';
import { after, before, between, earliest, type Instant, latest, minutes } from '../units.ts';
import { type Configuration, isSame } from '../volume.ts';
import type { Decision, Progress, Usual, Verdict } from './decision.ts';
import type { Rules } from './rules.ts';
import { leadsTo, type Situation } from './situation.ts';
import { withWallInSight } from './wall-on-way-back.ts';

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
export function resolveIntent(held: Intended, situation: Situation, rules: Rules): Decision {
  const { now } = situation;
  const accepted = acceptedRequest(held, situation);
  if (accepted !== undefined)
    return { kind: 'adopt', reason: { code: 'modification-running' }, startedAt: accepted };
  const unsure = situation.modification.kind === 'unread' || between(held.intendedAt, now) < certainAfter;
  if (unsure && isOverdue(held, now, rules)) return tellUnresolved(held, situation);
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

/** The team would have been called by now, or EC2's reads have had their time. */
const isOverdue = ({ intendedAt, predictedWall }: Intended, now: Instant, { policy }: Rules): boolean =>
  between(intendedAt, now) >= certainAfter ||
  (predictedWall !== undefined && now >= before(predictedWall, policy.leadTime));

/** Nobody can tell whether it is being moved; only of a way back that can wait. */
function tellUnresolved(
  held: Intended,
  { now, modification, balance, volume, mutedUntil }: Situation,
): Decision {
  const bucket = creditBucketOf({ configuration: held.plan.from, size: volume.size });
  const isMuted = isMutedAt(mutedUntil, now);
  const why = modification.kind === 'unread' ? modification.why : 'EC2 shows nothing of our request yet';
  return {
    kind: held.bridge !== undefined || isMuted ? 'warn' : 'page',
    reason: { code: 'intent-unresolved' },
    forecast:
      bucket === undefined
        ? { kind: 'unknown', why: 'no-data', detail: `${held.plan.from.type} has no burst bucket` }
        : forecast({ balance, bucket, now }),
    refusals: [{ code: 'unread-fact', fact: 'modifications', why }],
    wouldDo: held.plan,
    dueAt: after(now, followInterval),
  };
}

function acceptedRequest(held: Intended, { modification, volume }: Situation): Instant | undefined {
  const newest = modification.kind === 'read' ? modification.value : 'never';
  const isThere = hasBecome(volume.configuration, held.plan.to);
  const leads = newest !== 'never' && leadsTo(newest, held.plan.to);
  // What the volume has become is ours however wrong the clock was that noted the intent.
  if (leads && (isThere || newest.startedAt >= before(held.intendedAt, skew))) return newest.startedAt;
  return isThere ? held.intendedAt : undefined;
}

/** An upgrade ends when AWS has completed it and latency and queue have spoken. */
export function followUpgrade(held: Upgrading, situation: Situation, rules: Rules): Decision {
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
    return {
      kind: 'await',
      reason,
      progress: { modification: state, percent, verdict },
      dueAt: nextLook(held, situation, state, verdict, rules),
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
  return conclusion(verdict, held, situation);
}

/**
 * A good verdict stands; a bad one stands until there is evidence of a better; without either it is open, and unknown from
 * the time on by which we promised one.
 */
function settle(held: Upgrading, { symptom, now }: Situation): Verdict {
  if (held.verdict.kind === 'averted' || held.verdict.kind === 'relieved') return held.verdict;
  const fresh = verdictOn(symptom, held, now);
  if (fresh.kind !== 'unknown' && fresh.kind !== 'too-early') return fresh;
  if (held.verdict.kind === 'not-relieved') return held.verdict;
  if (now <= verdictDueAt(held)) return { kind: 'too-early' };
  return fresh.kind === 'unknown' ? fresh : { kind: 'unknown', why: 'latency and queue have not settled' };
}

const isFinal = (verdict: Verdict, held: Upgrading, now: Instant): boolean =>
  verdict.kind === 'averted' || verdict.kind === 'relieved' || now > verdictDueAt(held);

/** By then there is a verdict, or word that none could be reached. An averted wall is called so only after it would have come. */
export const verdictDueAt = (held: Upgrading): Instant =>
  after(latest(held.acceptedAt, held.predictedWall ?? held.acceptedAt), verdictPatience);

/**
 * Every minute where the verdict may come, or a failure may leave little time before the wall. AWS's course alone takes
 * hours, and is asked about as rarely as after the verdict.
 */
function nextLook(
  held: Upgrading,
  situation: Situation,
  course: Course,
  verdict: Verdict,
  rules: Rules,
): Instant {
  const { now } = situation;
  const later = after(now, slowInterval);
  if (isFinal(verdict, held, now)) return later;
  const soon = after(now, followInterval);
  const hasTakenEffect = course === 'optimizing' || course === 'completed';
  // A symptom that was told is waited for, however far the wall was.
  if (!hasTakenEffect || verdict.kind === 'not-relieved') return soon;
  return latest(soon, earliest(later, quietUntil(held, situation, rules)));
}

/**
 * Moved for good before a wall was near: until one would have been announced nothing is lost with a few minutes. Where none
 * was in sight, and no history says what is usual, only the promised time brings a verdict.
 */
function quietUntil(held: Upgrading, situation: Situation, { policy }: Rules): Instant {
  const { now, balance } = situation;
  if (held.predictedWall !== undefined)
    return before(held.predictedWall, announceWithin(policy.leadTime, balance));
  return isWithoutHistory(held, situation) ? verdictDueAt(held) : now;
}

function conclusion(verdict: Verdict, held: Upgrading, situation: Situation): Decision {
  if (verdict.kind === 'averted' || verdict.kind === 'relieved')
    return { kind: 'conclude', ending: verdict.kind, reason: { code: 'symptom-gone' }, ...usualIn(verdict) };
  // Moved before any wall was in sight and before it had a history: there is no symptom that could have stayed.
  if (verdict.kind === 'unknown' && held.predictedWall === undefined && isWithoutHistory(held, situation))
    return { kind: 'conclude', ending: 'averted', reason: { code: 'born-right' } };
  return verdict.kind === 'not-relieved'
    ? { kind: 'conclude', ending: 'not-relieved', reason: { code: 'symptom-stays' }, ...usualIn(verdict) }
    : { kind: 'conclude', ending: 'unproved', reason: { code: 'symptom-unknown' } };
}

/** A series that could not be read says nothing; one that was read and is too short to judge by is young. */
const isWithoutHistory = (held: Upgrading, { symptom, now }: Situation): boolean =>
  symptom.kind === 'read' && verdictOn(symptom, held, now).kind === 'unknown';

function usualIn(verdict: Verdict): { readonly usual?: Usual } {
  if (verdict.kind === 'not-relieved')
    return { usual: { latency: verdict.usualLatency, queue: verdict.usualQueue } };
  return 'usual' in verdict && verdict.usual !== undefined ? { usual: verdict.usual } : {};
}

/** The way back ends with the first BurstBalance seen afterwards: nobody has published what AWS gives then. */
export function followReturn(held: Returning, situation: Situation, rules: Rules): Decision {
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
    const dueAt = after(now, slowInterval);
    const running = { kind: 'await', reason: { code: 'modification-running' }, progress, dueAt } as const;
    return withWallInSight(running, held, situation, rules);
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
  const isDone = newest.state === 'completed' && leadsTo(newest, to) && hasBecome(volume.configuration, to);
  // What begins from there, and failed, was a growth that somebody asked for after our move had ended: it took nothing back.
  const isFailedGrowth =
    newest.state === 'failed' &&
    newest.from !== undefined &&
    isSame(newest.from, to) &&
    leadsTo(newest, to) &&
    hasBecome(volume.configuration, to);
  // However wrong the clock was that noted when it was accepted.
  if (isDone || isFailedGrowth) return 'completed';
  if (newest.startedAt < before(acceptedAt, skew)) return 'unknown';
  if (!leadsTo(newest, to)) return 'changed-by-others';
  return typeof newest.state === 'string' && newest.state !== 'completed' ? newest.state : 'unknown';
}

const percentOf = ({ modification }: Situation): number =>
  modification.kind === 'read' && modification.value !== 'never' ? modification.value.progress : 0;

const hasBecome = (present: Situation['volume']['configuration'], to: Configuration): boolean =>
  present.type !== 'standard' && present.type !== 'unjudgeable' && isSame(present, to);
