import type { Case, Closed, OpenCase } from '../cases/case.ts';
import type { Forecast } from '../credits/forecast.ts';
import type { Plan, Verdict } from '../deciding/decision.ts';
import type { Asked, CaseNotice, Said, StepFacts } from '../notices/notice.ts';
import { sentence } from '../reason-texts.ts';
import type { Reason } from '../reasons.ts';
import type { Instant } from '../units.ts';
import { describeConfiguration } from '../volume.ts';
import type { SilentStep } from './silent-step.ts';

/**
 * One step of one case: what was seen, what was decided on it, by whose authority, what AWS was asked for, and what came
 * of the case. A value that was not known then, or does not belong to the step, is `undefined`.
 */
export interface AuditRecord {
  readonly at: Instant;
  readonly caseId: string;
  /** `<case id>#<version>`, as in the volume's tag and the log. */
  readonly step: string;
  readonly incident: string | undefined;
  readonly account: string;
  readonly region: string;
  readonly volumeId: string;
  readonly name: string;
  readonly evidence: Evidence;
  readonly decision: {
    /** What was told, or where nobody was told anything, the state that the case went to. */
    readonly did: Said['kind'] | SilentStep['became'];
    /** A notice was written for it; whether a channel took it is not in here. */
    readonly told: boolean;
    readonly reason: Reason['code'] | undefined;
    readonly words: string | undefined;
    readonly refusals: readonly string[];
    /** What came of a modification, as latency and queue show it. */
    readonly verdict: Verdict['kind'] | undefined;
  };
  readonly authority: Authority;
  readonly change: Change | undefined;
  /** AWS's, of the ModifyVolume call. */
  readonly requestId: string | undefined;
  readonly outcome: Outcome;
}

interface Evidence {
  readonly forecast: Forecast['kind'] | undefined;
  readonly balancePercent: number | undefined;
  readonly balanceAsOf: Instant | undefined;
  readonly wallLikely: Instant | undefined;
  readonly demand: number | undefined;
  readonly unit: string | undefined;
  readonly latencyMilliseconds: number | undefined;
  readonly queue: number | undefined;
}

interface Authority {
  readonly mode: 'notify' | 'act' | undefined;
  /** The tag by which somebody allowed us to act, `key=value`. */
  readonly consent: string | undefined;
  readonly committedMonthly: number | undefined;
  readonly maxMonthlyIncrease: number | undefined;
  readonly changedThisHour: number | undefined;
  readonly changesAllowed: number | undefined;
}

interface Change {
  readonly from: string;
  readonly to: string;
  readonly monthlyDifference: number;
  /**
   * Of AWS: `wished` was never asked for, `intended` is written down before it is asked, of `unanswered` nobody knows
   * whether AWS does it, and `given-up` AWS accepted and failed to do.
   */
  readonly request: 'wished' | 'intended' | 'accepted' | Asked['state'];
  /** AWS's time of it, which is all there is to find a call by whose reply was lost. */
  readonly acceptedAt: Instant | undefined;
}

type Outcome =
  | { readonly kind: 'open'; readonly state: OpenCase['state'] }
  | { readonly kind: 'closed'; readonly ending: Closed['ending']; readonly closedAt: Instant };

/** All that was written down of one case. */
export interface CaseFile {
  readonly case: Case;
  /** A step may come more than once, as channels have a notice each. */
  readonly notices: readonly CaseNotice[];
  readonly silent: readonly SilentStep[];
}

/** Every step of one case once, in the order in which they were taken. */
export function auditTrail({ case: of, notices, silent }: CaseFile): readonly AuditRecord[] {
  const steps = new Map<string, AuditRecord>([
    ...(of.state === 'closed' ? [[stepId(of), closing(of)] as const] : []),
    ...silent.map((step) => [step.id, silentRecord(step, of)] as const),
    ...notices.map((notice) => [notice.id, toldRecord(notice, of)] as const),
  ]);
  return [...steps.values()].toSorted((a, b) => versionOf(a) - versionOf(b));
}

const stepId = ({ id, version }: Case): string => `${id}#${version}`;
const versionOf = ({ step }: AuditRecord): number => Number(step.slice(step.lastIndexOf('#') + 1));

const outcomeOf = (of: Case): Outcome =>
  of.state === 'closed'
    ? { kind: 'closed', ending: of.ending, closedAt: of.closedAt }
    : { kind: 'open', state: of.state };

function toldRecord(notice: CaseNotice, of: Case): AuditRecord {
  const { said } = notice;
  return {
    ...placeOf(notice, of),
    evidence: evidenceOf(notice),
    decision: {
      did: said.kind,
      told: true,
      ...wordsOf('reason' in said ? said.reason : undefined),
      refusals: 'refusals' in said ? said.refusals.map((refusal) => sentence(refusal)) : [],
      verdict: said.kind === 'judged' ? said.verdict.kind : undefined,
    },
    authority: authorityOf(notice),
    change: changeOf(said),
    requestId: 'requestId' in said ? said.requestId : askedIn(said)?.requestId,
    outcome: outcomeOf(of),
  };
}

function silentRecord(step: SilentStep, of: Case): AuditRecord {
  const { became, reason, asked } = step;
  return {
    ...placeOf(step, of),
    evidence: evidenceOf(step),
    decision: {
      did: became,
      told: false,
      ...wordsOf(reason),
      refusals: asked?.state === 'refused' ? [sentence(reason)] : [],
      verdict: undefined,
    },
    authority: authorityOf(step),
    change: asked && changed(asked.plan, asked.state),
    requestId: asked?.requestId,
    outcome: outcomeOf(of),
  };
}

const wordsOf = (reason: Reason | undefined): Pick<AuditRecord['decision'], 'reason' | 'words'> => ({
  reason: reason?.code,
  words: reason && sentence(reason),
});

type Where = Pick<
  AuditRecord,
  'at' | 'caseId' | 'step' | 'incident' | 'account' | 'region' | 'volumeId' | 'name'
>;

/** A case joins its incident with its first word; its steps before that belong to it as well. */
const placeOf = (
  { at, id: step, subject }: Pick<StepFacts, 'at' | 'id' | 'subject'>,
  { id: caseId, incident }: Case,
): Where => ({
  at,
  caseId,
  step,
  incident,
  account: subject.account,
  region: subject.region,
  volumeId: subject.volumeId,
  name: subject.name,
});

function evidenceOf({ credits: { forecast, demand, unit }, felt }: StepFacts): Evidence {
  const seen = forecast.kind === 'unknown' ? undefined : forecast;
  return {
    forecast: forecast.kind,
    balancePercent: seen?.balance,
    balanceAsOf: seen?.asOf,
    wallLikely: forecast.kind === 'draining' ? forecast.wall.likely : undefined,
    demand: demand.kind === 'read' ? demand.value : undefined,
    unit: demand.kind === 'read' ? unit : undefined,
    latencyMilliseconds: felt.kind === 'read' ? felt.value.latency : undefined,
    queue: felt.kind === 'read' ? felt.value.queue : undefined,
  };
}

function authorityOf({ mode, consent, caps }: StepFacts): Authority {
  const use = caps.kind === 'read' ? caps.value : undefined;
  return {
    mode,
    consent: consent && `${consent.tagKey}=${consent.value}`,
    committedMonthly: use?.committed,
    maxMonthlyIncrease: use?.maxMonthlyIncrease,
    changedThisHour: use?.changedThisHour,
    changesAllowed: use?.changesAllowed,
  };
}

function changeOf(said: Said): Change | undefined {
  const asked = askedIn(said);
  if (asked !== undefined) return changed(asked.plan, asked.state);
  if ('wouldDo' in said) return said.wouldDo && changed(said.wouldDo, 'wished');
  // A case that ends tells of the plan that was carried out before.
  return said.kind === 'acted' || said.kind === 'returning'
    ? changed(said.plan, 'accepted', said.acceptedAt)
    : undefined;
}

const askedIn = (said: Said): Asked | undefined => ('asked' in said ? said.asked : undefined);

const changed = (
  { from, to, price }: Plan,
  request: Change['request'],
  acceptedAt: Instant | undefined = undefined,
): Change => ({
  from: describeConfiguration(from),
  to: describeConfiguration(to),
  monthlyDifference: price.difference,
  request,
  acceptedAt,
});

const nothingSeen: Evidence = {
  forecast: undefined,
  balancePercent: undefined,
  balanceAsOf: undefined,
  wallLikely: undefined,
  demand: undefined,
  unit: undefined,
  latencyMilliseconds: undefined,
  queue: undefined,
};

const nobody: Authority = {
  mode: undefined,
  consent: undefined,
  committedMonthly: undefined,
  maxMonthlyIncrease: undefined,
  changedThisHour: undefined,
  changesAllowed: undefined,
};

/** The end of a case, as far as the case itself tells of it. */
const closing = (of: Closed): AuditRecord => ({
  ...placeOf({ at: of.closedAt, id: stepId(of), subject: of.subject }, of),
  evidence: nothingSeen,
  decision: { did: 'closed', told: false, ...wordsOf(undefined), refusals: [], verdict: undefined },
  authority: nobody,
  change: undefined,
  requestId: undefined,
  outcome: outcomeOf(of),
});
