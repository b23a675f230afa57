import type { Forecast } from '../credits/forecast.ts';
import type { Decision, Plan, RefusedReturn, Verdict } from '../deciding/decision.ts';
import type { Said } from '../notices/notice.ts';
import type { AwsRefusal, ReasonOf } from '../reasons.ts';
import { before, between, dollars, earliest, hours, type Instant, latest } from '../units.ts';
import type {
  Announced,
  Bridged,
  Common,
  Intended,
  PutOff,
  Returning,
  Told,
  Upgrading,
  Watching,
} from './case.ts';
import { type CaseStep, noEffect } from './case-step.ts';
import { putOffOf } from './put-off.ts';
import { alsoTold, eased, toldNow, toldOfAnswer } from './told.ts';

type DecisionOf<Kind extends Decision['kind']> = Extract<Decision, { kind: Kind }>;
/** A case that has not asked AWS for anything that still counts; `new` was not written yet. */
type Undecided = (Common & { readonly state: 'new' }) | Watching | Announced;

export const raised = (held: Common, now: Instant, dueAt: Instant): Common => ({
  id: held.id,
  volumeId: held.volumeId,
  incident: held.incident,
  openedAt: held.openedAt,
  version: held.version + 1,
  dueAt,
  mutedUntil: held.mutedUntil,
  subject: held.subject,
  told: held.told,
  requests: held.requests.filter((request) => request > before(now, hours(24))),
  typesNotInZone: held.typesNotInZone,
});

/** A case that was announced stays so until it ends: the team waits for the end of the story. */
export function watch(held: Undecided, decision: DecisionOf<'watch'>, now: Instant): CaseStep {
  const common = raised(held, now, decision.dueAt);
  const next: Watching | Announced =
    held.state === 'announced'
      ? {
          ...common,
          state: 'announced',
          told: eased(held.told, now),
          refusals: held.refusals,
          putOff: held.putOff,
        }
      : { ...common, state: 'watching', told: held.told && eased(held.told, now) };
  return { next, said: undefined, ledger: noEffect };
}

/** The same thing is not told twice (told.ts). What AWS put off is asked about again when its time has come. */
export function announce(held: Undecided, decision: DecisionOf<'warn' | 'page'>, now: Instant): CaseStep {
  const { reason, refusals, wouldDo } = decision;
  const what = decision.kind === 'page' ? 'needed' : 'warned';
  const codes = refusals.map(({ code }) => code);
  const news = toldNow(held.told, what, codes, now);
  const putOff = putOffOf(held, now);
  const dueAt = putOff === undefined ? decision.dueAt : earliest(decision.dueAt, putOff.until);
  const told = news ?? held.told ?? { what, at: now, codes, easedAt: undefined };
  return {
    next: { ...raised(held, now, dueAt), state: 'announced', told, refusals, putOff },
    said: news && word(what, { reason, refusals, wouldDo }),
    ledger: noEffect,
  };
}

const word = (what: Told['what'], told: Omit<Extract<Said, { kind: 'warned' }>, 'kind'>): Said =>
  what === 'needed' ? { kind: 'needed', ...told } : { kind: 'warned', ...told };

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
    requests: [...common.requests, now],
    plan: decision.plan,
    reason: decision.reason,
    intendedAt: now,
    predictedWall: wallOf(decision.forecast, held.openedAt, now),
    bridge: held.state === 'bridged' ? held.bridge : undefined,
  };
  return {
    next,
    said: undefined,
    ledger: { kind: 'claim', monthlyIncrease: decision.plan.price.difference },
  };
}

/** What was usual is taken from before the wall and must still be on record. */
const onRecord = hours(2);

/** A volume at its wall came there at some time since the case was opened. */
function wallOf(forecast: Forecast, openedAt: Instant, now: Instant): Instant | undefined {
  if (forecast.kind === 'at-wall') return latest(openedAt, before(now, onRecord));
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

/** The request was never accepted: what it claimed is given back and the case is free to decide again. */
export function released(held: Intended | Returning, dueAt: Instant, now: Instant): CaseStep {
  const common = raised(held, now, dueAt);
  const ledger = held.state === 'intended' ? withdrawn(held) : noEffect;
  if (held.bridge !== undefined) {
    return { next: { ...common, state: 'bridged', bridge: held.bridge }, said: undefined, ledger };
  }
  return { next: { ...common, state: 'watching' }, said: undefined, ledger };
}

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
    return { next: { ...held, ...common, completedAt }, said: undefined, ledger: noEffect };
  }
  const { verdict } = progress;
  return {
    next: { ...held, ...common, verdict, completedAt },
    said: news(held, verdict, completedAt),
    ledger: noEffect,
  };
}

/** A verdict is told when it is first clear and again when it turns; completion, because deploys are safe from then on. */
function news(held: Upgrading, verdict: Verdict, completedAt: Instant | undefined): Said | undefined {
  const { plan, acceptedAt } = held;
  if (newVerdict(held.verdict, verdict)) return { kind: 'judged', plan, verdict };
  if (held.completedAt !== undefined || completedAt === undefined) return undefined;
  return { kind: 'completed', plan, took: between(acceptedAt, completedAt) };
}

const newVerdict = (before: Verdict, now: Verdict): boolean =>
  before.kind !== now.kind &&
  (now.kind === 'averted' || now.kind === 'relieved' || now.kind === 'not-relieved');

/** Completed and judged: from now on the only question is when it may go back. */
export function heldOn(held: Upgrading | Bridged, decision: DecisionOf<'hold'>, now: Instant): CaseStep {
  const common = raised(held, now, decision.dueAt);
  if (held.state === 'bridged') {
    return { ...staysAway(common, held.bridge, decision.refused, now), ledger: noEffect };
  }
  const { plan, acceptedAt } = held;
  return {
    next: { ...common, state: 'bridged', bridge: { plan, since: acceptedAt, verdict: decision.verdict } },
    said: news(held, decision.verdict, held.completedAt ?? now),
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

/** AWS or the kill switch refused: nothing was changed, so the request does not count and its cost is given back. */
export function refused(
  held: Intended,
  refusal: AwsRefusal | ReasonOf<'switched-off'>,
  what: 'warned' | 'needed',
  again: { readonly lookAt: Instant; readonly putOff: PutOff | undefined },
  now: Instant,
): CaseStep {
  const common = raised(
    { ...held, requests: held.requests.filter((at) => at !== held.intendedAt) },
    now,
    again.lookAt,
  );
  if (held.bridge !== undefined) {
    return {
      ...staysAway(common, held.bridge, { reason: held.reason, refusal, wouldDo: held.plan }, now),
      ledger: withdrawn(held),
    };
  }
  const { code } = refusal;
  const news = toldOfAnswer(held.told, what, code, now);
  const told = news ?? held.told ?? { what, at: now, codes: [code], easedAt: undefined };
  const typesNotInZone = refusal.code === 'aws-type-not-in-zone' ? withType(held) : held.typesNotInZone;
  return {
    next: {
      ...common,
      state: 'announced',
      told,
      refusals: [refusal],
      putOff: again.putOff,
      typesNotInZone,
    },
    said: news && word(what, { reason: held.reason, refusals: [refusal], wouldDo: held.plan }),
    ledger: withdrawn(held),
  };
}

const withType = ({ plan, typesNotInZone }: Intended): Intended['typesNotInZone'] => {
  const { type } = plan.to;
  return type === 'gp3' || type === 'io1' || type === 'io2' ? [...typesNotInZone, type] : typesNotInZone;
};
