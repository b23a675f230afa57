import type { Announced, Watching } from '../cases/case.ts';
import { putOffOf } from '../cases/put-off.ts';
import { isThrottling, mayPassInMoments, untilOver } from '../cases/throttling.ts';
import { promiseFor } from '../cases/told.ts';
import { priceOf } from '../cost.ts';
import { closingLine, thresholdOf } from '../credits/alarm-plan.ts';
import { type CreditBucket, creditBucketOf } from '../credits/credit-bucket.ts';
import { type Forecast, forecast, likelyWithin } from '../credits/forecast.ts';
import type { Precedent } from '../credits/precedent.ts';
import { isMutedAt } from '../look-at.ts';
import type { AwsRefusal, Ground, Refusal } from '../reasons.ts';
import {
  after,
  before,
  between,
  type Duration,
  earliest,
  hours,
  type Instant,
  latest,
  minutes,
  type Percent,
  sum,
} from '../units.ts';
import type { Decision, Ending, Plan } from './decision.ts';
import { firstVeto } from './guards.ts';
import { deepEnoughAt, heldBackBy, isHeadingForWall, type Seen } from './holding-back.ts';
import type { Rules } from './rules.ts';
import type { Situation } from './situation.ts';
import { restsOnStudy } from './study.ts';
import { chooseTarget } from './target.ts';

/** A watch closes when the balance has held the closing line for this long. */
const quietTime = minutes(15);
/** A watched volume is looked at no oftener than this: metric reads cost money. */
const soonest = minutes(1);
/** Where the team knows and we may not act, nothing is gained by asking every minute. */
const toldInterval = minutes(5);
/** From `patience` after the word on, where it takes a study to see what stands in the way: 11 billed metrics or so. */
const studiedInterval = minutes(60);
const patience = minutes(60);
/** A case of a volume that publishes nothing ends after this. */
const longestSilence = hours(24);

type Unseen = Extract<Forecast, { kind: 'unknown' }>;
type Held = Watching | Announced | undefined;

/** Is this volume heading for the wall, and what may be done about it? */
export function decideRescue(held: Held, situation: Situation, rules: Rules): Decision {
  const { volume, now } = situation;
  if (rules.policy.mode === 'off') return letGo(held, { code: 'opted-out' }, 'yielded');
  const bucket = creditBucketOf(volume);
  if (bucket === undefined) return letGo(held, { code: 'cannot-run-out' }, 'cannot-run-out');
  if (volume.attachment.kind === 'detached') return letGo(held, { code: 'detached' }, 'detached');
  const seen = forecast({ balance: situation.balance, bucket, now });
  const early = rules.policy.latencyCritical ? bornRight(held, situation, rules, seen) : undefined;
  return early ?? onForecast(held, situation, rules, bucket, seen);
}

/** A latency-critical volume is moved before its balance is asked for; `undefined` where only that can say what to do. */
function bornRight(held: Held, situation: Situation, rules: Rules, seen: Forecast): Decision | undefined {
  const { now } = situation;
  const reason: Ground = { code: 'born-right' };
  const early = planFor(situation, rules);
  if (early.kind === 'plan') return { kind: 'act', reason, forecast: seen, plan: early.plan };
  const { refusal, wouldDo } = early;
  // The census asks before a new volume has published anything; that is no alarm nobody can judge.
  if (held === undefined && seen.kind === 'unknown' && seen.why === 'no-data')
    return { kind: 'leave', reason: refusal };
  // What AWS only put off is not over because the volume is calm.
  const isPutOff = isThrottling(refusal) || putOffOf(held, now) !== undefined;
  if (!isPutOff || isHeadingForWall(seen, situation, rules.policy)) return undefined;
  const dueAt = after(now, untilOver(refusal, toldInterval));
  if (held?.state === 'announced')
    return { kind: 'warn', reason, forecast: seen, refusals: [refusal], wouldDo, dueAt };
  // A calm volume that nobody heard of is no news while AWS throttles.
  if (seen.kind === 'unknown') return undefined;
  return held === undefined
    ? { kind: 'leave', reason: refusal }
    : { kind: 'watch', reason: whyInSilence(seen, undefined), forecast: seen, dueAt };
}

function onForecast(
  held: Held,
  situation: Situation,
  rules: Rules,
  bucket: CreditBucket,
  seen: Forecast,
): Decision {
  const { now } = situation;
  const { leadTime, detectionLag } = rules.policy;
  const threshold = thresholdOf(bucket, rules.policy);
  if (seen.kind === 'unknown') return onNothingSeen(held, situation, rules, threshold, seen);
  if (seen.kind === 'at-wall') return rescue(held, situation, rules, seen, { code: 'at-wall' });
  const precedent = heldBackBy(seen, situation, rules.policy);
  if (precedent === undefined && isHeadingForWall(seen, situation, rules.policy)) {
    return rescue(held, situation, rules, seen, { code: 'heading-for-wall' });
  }
  if (held === undefined && seen.balance > threshold) {
    return { kind: 'leave', reason: { code: 'above-threshold', balance: seen.balance, threshold } };
  }
  if (held !== undefined && hasHeld(situation, closingLine(threshold))) {
    return { kind: 'conclude', ending: 'recovered', reason: whatCameBack(held) };
  }
  return {
    kind: 'watch',
    reason: whyInSilence(seen, precedent),
    forecast: seen,
    dueAt: latest(
      precedent === undefined
        ? before(seen.earliestWall, sum(leadTime, detectionLag))
        : deepEnoughAt(seen, precedent, situation),
      after(now, soonest),
    ),
  };
}

function whyInSilence(
  { kind }: Seen,
  precedent: Precedent | undefined,
): Extract<Decision, { kind: 'watch' }>['reason'] {
  if (precedent !== undefined) return { code: 'falls-turn-around', ...precedent };
  return { code: kind === 'recovering' ? 'recovering' : 'not-heading-for-wall' };
}

function onNothingSeen(
  held: Held,
  situation: Situation,
  rules: Rules,
  threshold: Percent,
  seen: Unseen,
): Decision {
  if (isQuiet(held, situation, threshold)) return letGo(held, { code: 'no-data-and-not-low' }, 'recovered');
  return isSilent(held, situation)
    ? { kind: 'conclude', ending: 'silent', reason: { code: 'silent-for-long' } }
    : blind(held, situation, rules, seen);
}

/** Nothing to do: a case that is open ends here, otherwise none is opened. */
function letGo(held: Held, reason: Ground | Refusal, ending: Ending): Decision {
  return held === undefined ? { kind: 'leave', reason } : { kind: 'conclude', ending, reason };
}

/**
 * Whether nothing published is no news: a stopped or idle volume publishes nothing. A case stays open for what was low
 * when last seen, and for whoever waits for the end of what we told.
 */
function isQuiet(held: Held, { balance }: Situation, threshold: Percent): boolean {
  if (balance.kind === 'unread' || held?.state === 'announced') return false;
  const newest = balance.value.at(-1);
  return newest === undefined ? held === undefined : newest.value > threshold;
}

/** A stopped instance may stay so for ever: nobody waits a day for the end of that story. */
function isSilent(held: Held, { balance, now }: Situation): boolean {
  if (held?.state !== 'announced' || balance.kind === 'unread') return false;
  const newest = balance.value.at(-1);
  const seenAt = newest === undefined ? (held.lastSeen?.at ?? held.told.at) : after(newest.at, newest.period);
  return between(seenAt, now) >= longestSilence;
}

/** Credits that were only ever unreadable have not come back. */
const whatCameBack = (held: Exclude<Held, undefined>): Ground =>
  held.told?.saw === 'nothing' ? { code: 'readable-again' } : { code: 'recovered' };

/** On doubt we do not touch, and say so. A wall that was near when last seen is not further away for not being seen. */
function blind(held: Held, situation: Situation, { policy }: Rules, seen: Unseen): Decision {
  const { now } = situation;
  const callAt = callPromised(held, policy.leadTime);
  const isTime = callAt !== undefined && callAt <= now;
  const again = after(now, toldInterval);
  return {
    kind: isTime && !isMuted(situation) ? 'page' : 'warn',
    reason: { code: 'blind' },
    forecast: seen,
    refusals: [{ code: 'unread-fact', fact: 'balance', why: seen.detail }],
    wouldDo: undefined,
    dueAt: callAt === undefined || isTime ? again : earliest(again, callAt),
  };
}

/** When a person would be called if it went on as last seen; whoever was called is not called again for being blind. */
const callPromised = (held: Held, leadTime: Duration): Instant | undefined =>
  held?.state === 'announced' && held.told.what === 'warned' && held.lastSeen?.wall !== undefined
    ? before(held.lastSeen.wall, leadTime)
    : undefined;

function rescue(held: Held, situation: Situation, rules: Rules, seen: Seen, reason: Ground): Decision {
  const outcome = planFor(situation, rules);
  if (outcome.kind === 'plan') return { kind: 'act', reason, forecast: seen, plan: outcome.plan };
  const { refusal, wouldDo } = outcome;
  const urgent = seen.kind === 'at-wall' || likelyWithin(seen, situation.now, rules.policy.leadTime);
  const word = { reason, forecast: seen, refusals: [refusal], wouldDo };
  const mayCall = !isMuted(situation) && !mayPassInMoments(refusal, held, situation.now);
  return {
    ...(urgent && mayCall
      ? { kind: 'page', ...word }
      : { kind: 'warn', ...word, ...promiseOf(seen, urgent, rules) }),
    dueAt: after(situation.now, urgent ? untilAskedAgain(held, refusal, situation.now) : soonest),
  };
}

/** Whoever is not called when it is time is promised nothing. */
const promiseOf = (seen: Forecast, urgent: boolean, { policy }: Rules): { readonly promisedAt?: Instant } =>
  seen.kind === 'draining' && !urgent
    ? { promisedAt: promiseFor(before(seen.wall.likely, policy.leadTime)) }
    : {};

/** What stands in the way for long is asked about ever more rarely: only a study, which is billed, can see it gone. */
function untilAskedAgain(held: Held, refusal: Refusal | AwsRefusal, now: Instant): Duration {
  const toldFor = held?.told === undefined ? minutes(0) : between(held.told.at, now);
  return toldFor > patience && restsOnStudy(refusal) ? studiedInterval : untilOver(refusal, toldInterval);
}

/** Whoever muted the alarm asked not to be woken, whatever else stands against acting. */
const isMuted = ({ mutedUntil, now }: Situation): boolean => isMutedAt(mutedUntil, now);

type Planned =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal | AwsRefusal;
      readonly wouldDo: Plan | undefined;
    };

const withoutTarget = (refusal: Refusal): Planned => ({ kind: 'refused', refusal, wouldDo: undefined });

/** The plan that no guard stands against, or the first refusal. */
function planFor(situation: Situation, rules: Rules): Planned {
  const wanted = wantedPlan(situation, rules);
  if (wanted.kind === 'refused') return wanted;
  const { plan } = wanted;
  const refusal = firstVeto({ situation, policy: rules.policy, plan });
  return refusal === undefined ? { kind: 'plan', plan } : { kind: 'refused', refusal, wouldDo: plan };
}

/** The plan that the guards are asked about, or why no target fits. */
export function wantedPlan(situation: Situation, { policy, prices }: Rules): Planned {
  const { volume, profile, typesNotInZone } = situation;
  const from = volume.configuration;
  if (from.type === 'standard') return withoutTarget({ code: 'magnetic' });
  if (from.type === 'unjudgeable') return withoutTarget({ code: 'unjudgeable', got: from.got });
  const choice = chooseTarget({ volume, policy, profile, typesNotInZone });
  if (choice.kind === 'none') return withoutTarget(choice.refusal);
  const { configuration: to, purpose, slowerThanBurst } = choice;
  const price = priceOf(volume.size, from, to, prices);
  return { kind: 'plan', plan: { purpose, from, to, price, slowerThanBurst } };
}

/** Whether every sample of the quiet time is on or above the line, and they reach back to its beginning. */
function hasHeld({ balance, now }: Situation, line: Percent): boolean {
  if (balance.kind === 'unread') return false;
  const since = before(now, quietTime);
  const older = balance.value.findLastIndex((sample) => after(sample.at, sample.period) <= since);
  const recent = balance.value.slice(older + 1);
  const [oldest] = recent;
  return oldest !== undefined && oldest.at <= since && recent.every((sample) => sample.value >= line);
}
