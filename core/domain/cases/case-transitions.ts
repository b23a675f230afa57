import type { Forecast } from '../credits/forecast.ts';
import type { Decision, Plan, RefusedReturn, Verdict } from '../deciding/decision.ts';
import type { Said } from '../notices/notice.ts';
import type { AwsRefusal, LastVeto } from '../reasons.ts';
import { before, between, dollars, earliest, hours, type Instant, latest } from '../units.ts';
import type { Announced, Bridged, Common, Intended, PutOff, Returning, Upgrading, Watching } from './case.ts';
import { type CaseStep, noEffect } from './case-step.ts';
import { throttlingAfter, throttlingUntilAnswered } from './throttling.ts';
import { alsoTold, eased, promising, toldOfAnswer, word } from './told.ts';

type DecisionOf<Kind extends Decision['kind']> = Extract<Decision, { kind: Kind }>;
/** A case that has not asked AWS for anything that still counts; `new` was not written yet. */
export type Undecided = (Common & { readonly state: 'new' }) | Watching | Announced;

export const raised = (held: Common, now: Instant, dueAt: Instant): Common => ({
  id: held.id,
  volumeId: held.volumeId,
  incident: held.incident,
  openedAt: held.openedAt,
  version: held.version + 1,
  dueAt,
  mutedUntil: held.mutedUntil,
  subject: held.subject,
  absentSince: undefined,
  told: held.told,
  requests: held.requests.filter(({ at }) => at > before(now, hours(24))),
  typesNotInZone: held.typesNotInZone,
});

/** The intent is written before AWS is asked, with its cost and its place in the blast radius. */
export function intend(
  held: Undecided | Bridged,
  decision: DecisionOf<'act'>,
  now: Instant,
  dueAt: Instant,
): CaseStep {
  const common = raised(held, now, dueAt);
  const next: Intended = {
    ...common,
    state: 'intended',
    requests: [...common.requests, { at: now, to: decision.plan.to }],
    plan: decision.plan,
    reason: decision.reason,
    intendedAt: now,
    predictedWall: wallOf(decision.forecast, held.openedAt, now),
    bridge: held.state === 'bridged' ? held.bridge : undefined,
    ...throttlingUntilAnswered(held),
  };
  return {
    next,
    said: undefined,
    ledger: { kind: 'claim', monthlyIncrease: decision.plan.price.difference },
  };
}

/** What was usual is taken from before the wall: of a fresh one from hours as near as these, which are most like now. */
const nearby = hours(2);
/** Of an older one from before all of it; a study reads 25 hours back, and the verdict may take its time. */
const onRecord = hours(12);

/** A volume at its wall came there at some time since the case was opened, or was there before. */
function wallOf(forecast: Forecast, openedAt: Instant, now: Instant): Instant | undefined {
  if (forecast.kind === 'at-wall') {
    const { since = openedAt } = forecast;
    const furthest = since < before(now, nearby) ? onRecord : nearby;
    return latest(earliest(openedAt, since), before(now, furthest));
  }
  return forecast.kind === 'draining' ? forecast.wall.likely : undefined;
}

/** AWS has accepted, as its answer or a later look said. */
export function accepted(
  held: Intended,
  at: Instant,
  requestId: string | undefined,
  now: Instant,
  dueAt: Instant,
): CaseStep {
  const common = raised(held, now, dueAt);
  const { plan, reason } = held;
  if (held.bridge !== undefined) {
    const next: Returning = {
      ...common,
      // A wall on the way is another one than any that was told of.
      told: undefined,
      state: 'returning',
      plan,
      bridge: held.bridge,
      acceptedAt: at,
      requestId,
      completedAt: undefined,
    };
    return { next, said: { kind: 'returning', plan, acceptedAt: at, requestId }, ledger: noEffect };
  }
  const next: Upgrading = {
    ...common,
    // What stood against moving it is over; the same in the way of going back is news.
    told: undefined,
    state: 'upgrading',
    plan,
    acceptedAt: at,
    requestId,
    predictedWall: held.predictedWall,
    verdict: { kind: 'too-early' },
    completedAt: undefined,
  };
  return { next, said: { kind: 'acted', reason, plan, acceptedAt: at, requestId }, ledger: noEffect };
}

/** The request was never accepted: it does not count, what it claimed is given back, and the case is free to decide again. */
export function released(held: Intended, dueAt: Instant, now: Instant): CaseStep {
  const common = raised(unasked(held), now, dueAt);
  const ledger = withdrawn(held);
  if (held.bridge !== undefined) {
    return { next: { ...common, state: 'bridged', bridge: held.bridge }, said: undefined, ledger };
  }
  return { next: { ...common, state: 'watching' }, said: undefined, ledger };
}

/** We told that it goes back, and AWS gave that up: it stays on its bridge, and the question is asked again. */
export function returnFailed(
  held: Returning,
  { reason, dueAt }: DecisionOf<'release'>,
  now: Instant,
): CaseStep {
  const { bridge, plan, requestId } = held;
  const asked = { plan, state: 'given-up', requestId } as const;
  return {
    next: { ...raised(held, now, dueAt), state: 'bridged', bridge },
    said: word('warned', { reason, refusals: [], wouldDo: plan, asked }),
    ledger: noEffect,
  };
}

/** As if this request had not been made. */
const unasked = (held: Intended): Intended => ({
  ...held,
  requests: held.requests.filter(({ at }) => at !== held.intendedAt),
});

/** What a look at a running modification adds to its case. */
export function progressed(
  held: Intended | Upgrading | Returning,
  { progress, dueAt }: DecisionOf<'await'>,
  now: Instant,
): CaseStep {
  const common = raised(held, now, dueAt);
  if (held.state === 'intended') return { next: { ...held, ...common }, said: undefined, ledger: noEffect };
  const completedAt = held.completedAt ?? (progress.modification === 'completed' ? now : undefined);
  if (held.state === 'returning') {
    // Its next wall is another one.
    const told = common.told && eased(common.told, now);
    return { next: { ...held, ...common, told, completedAt }, said: undefined, ledger: noEffect };
  }
  return { ...followed(held, common, progress.verdict, completedAt), ledger: noEffect };
}

/** One word a look: a completion that is seen together with a new verdict is taken up at the next look. */
function followed(
  held: Upgrading,
  common: Common,
  verdict: Verdict,
  completedAt: Instant | undefined,
): Pick<CaseStep, 'next' | 'said'> {
  const said = news(held, verdict, completedAt);
  const isPutOff = said?.kind === 'judged' && held.completedAt === undefined;
  return {
    next: { ...held, ...common, verdict, completedAt: isPutOff ? undefined : completedAt },
    said,
  };
}

/**
 * A verdict is told when it is first clear, or known to stay open, and again when it turns; completion, because deploys
 * are safe from then on.
 */
function news(held: Upgrading, verdict: Verdict, completedAt: Instant | undefined): Said | undefined {
  const { plan, acceptedAt } = held;
  if (newVerdict(held.verdict, verdict)) return { kind: 'judged', plan, verdict };
  if (held.completedAt !== undefined || completedAt === undefined) return undefined;
  return { kind: 'completed', plan, took: between(acceptedAt, completedAt) };
}

const newVerdict = (before: Verdict, now: Verdict): boolean =>
  before.kind !== now.kind && now.kind !== 'too-early';

/** Completed and judged: from now on the only question is when it may go back. */
export function heldOn(held: Upgrading | Bridged, decision: DecisionOf<'hold'>, now: Instant): CaseStep {
  const common = raised(held, now, decision.dueAt);
  if (held.state === 'bridged') {
    return { ...staysAway(common, held.bridge, decision.refused, now), ledger: noEffect };
  }
  const { plan, acceptedAt } = held;
  const seen = followed(held, common, decision.verdict, held.completedAt ?? now);
  if (seen.said?.kind === 'judged' && held.completedAt === undefined) return { ...seen, ledger: noEffect };
  return {
    next: { ...common, state: 'bridged', bridge: { plan, since: acceptedAt, verdict: decision.verdict } },
    said: seen.said,
    ledger: noEffect,
  };
}

/** A bridge that may not go back costs money every day: each reason why is told once. */
function staysAway(
  common: Common,
  bridge: Bridged['bridge'],
  refused: RefusedReturn | undefined,
  now: Instant,
): Pick<CaseStep, 'next' | 'said'> {
  const known = common.told?.codes ?? [];
  if (refused === undefined || known.includes(refused.refusal.code)) {
    return { next: { ...common, state: 'bridged', bridge }, said: undefined };
  }
  const { reason, refusal, wouldDo } = refused;
  const told = alsoTold(common.told, 'warned', [refusal.code], now);
  return {
    next: { ...common, told, state: 'bridged', bridge },
    said: word('warned', { reason, refusals: [refusal], wouldDo }),
  };
}

export const refund = (plan: Plan): Extract<CaseStep['ledger'], { kind: 'release' }> => ({
  kind: 'release',
  monthlyIncrease: dollars(Math.max(0, plan.price.difference)),
  claimedAt: undefined,
});

/** Nothing was changed: the claim is given back whole, its cost and its place in the blast radius. */
const withdrawn = ({ plan, intendedAt }: Intended): CaseStep['ledger'] => ({
  ...refund(plan),
  claimedAt: intendedAt,
});

/** Refused by AWS, or by ourselves at the last moment: nothing was changed, so the request does not count and its cost is given back. */
export function refused(
  held: Intended,
  refusal: AwsRefusal | LastVeto,
  what: 'warned' | 'needed',
  again: {
    readonly lookAt: Instant;
    readonly putOff: PutOff | undefined;
    readonly promisedAt: Instant | undefined;
  },
  now: Instant,
): CaseStep {
  const common = raised(unasked(held), now, again.lookAt);
  if (held.bridge !== undefined) {
    return {
      ...staysAway(common, held.bridge, { reason: held.reason, refusal, wouldDo: held.plan }, now),
      ledger: withdrawn(held),
    };
  }
  const { code } = refusal;
  const news = toldOfAnswer(held.told, what, code, now);
  const told =
    news === undefined
      ? (held.told ?? { what, at: now, codes: [code], easedAt: undefined })
      : promising(news, again.promisedAt);
  const typesNotInZone = refusal.code === 'aws-type-not-in-zone' ? withType(held) : held.typesNotInZone;
  return {
    next: {
      ...common,
      state: 'announced',
      told,
      refusals: [refusal],
      lastSeen: { at: held.intendedAt, wall: held.predictedWall },
      putOff: again.putOff,
      typesNotInZone,
      ...throttlingAfter(held, [refusal], now),
    },
    said: news && word(what, { reason: held.reason, refusals: [refusal], wouldDo: held.plan }),
    ledger: withdrawn(held),
  };
}

const withType = ({ plan, typesNotInZone }: Intended): Intended['typesNotInZone'] => {
  const { type } = plan.to;
  return type === 'gp3' || type === 'io1' || type === 'io2' ? [...typesNotInZone, type] : typesNotInZone;
};
