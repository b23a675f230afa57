import type { Closed, OpenCase } from '../cases/case.ts';
import type { Forecast } from '../credits/forecast.ts';
import type { Plan } from '../deciding/decision.ts';
import type { CaseNotice, Said } from '../notices/notice.ts';
import { sentence } from '../reason-texts.ts';
import type { Reason } from '../reasons.ts';
import type { Instant } from '../units.ts';
import { describeConfiguration } from '../volume.ts';

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
    /** What was told, or `closed` where nobody had to be told anything. */
    readonly said: Said['kind'] | 'closed';
    readonly reason: Reason['code'] | undefined;
    readonly words: string | undefined;
    readonly refusals: readonly string[];
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
  /** Whether AWS was asked for it; what was only wished was refused before. */
  readonly asked: boolean;
}

type Outcome =
  | { readonly kind: 'open'; readonly state: OpenCase['state'] }
  | { readonly kind: 'closed'; readonly ending: Closed['ending']; readonly closedAt: Instant }
  /** The case left the table before its notice did. */
  | { readonly kind: 'unknown' };

export interface AuditSources {
  readonly notices: readonly CaseNotice[];
  readonly closed: readonly Closed[];
  readonly open: readonly OpenCase[];
}

/** Oldest first, each step once however many channels told it. */
export function auditTrail({ notices, closed, open }: AuditSources): readonly AuditRecord[] {
  const outcomes = new Map<string, Outcome>([
    ...open.map(({ id, state }) => [id, { kind: 'open', state }] as const),
    ...closed.map(({ id, ending, closedAt }) => [id, { kind: 'closed', ending, closedAt }] as const),
  ]);
  const distinct = new Map(notices.map((notice) => [notice.id, notice]));
  const told = new Set(notices.map(({ caseId }) => caseId));
  const records = [
    ...[...distinct.values()].map((notice) => stepOf(notice, outcomes.get(notice.caseId))),
    ...closed.filter(({ id }) => !told.has(id)).map(untold),
  ];
  return records.toSorted((a, b) => a.at - b.at || (a.step < b.step ? -1 : 1));
}

function stepOf(notice: CaseNotice, outcome: Outcome = { kind: 'unknown' }): AuditRecord {
  const { said, subject, at } = notice;
  const reason = 'reason' in said ? said.reason : undefined;
  return {
    at,
    caseId: notice.caseId,
    step: notice.id,
    incident: notice.incident,
    account: subject.account,
    region: subject.region,
    volumeId: subject.volumeId,
    name: subject.name,
    evidence: evidenceOf(notice),
    decision: {
      said: said.kind,
      reason: reason?.code,
      words: reason && sentence(reason),
      refusals: 'refusals' in said ? said.refusals.map((refusal) => sentence(refusal)) : [],
    },
    authority: authorityOf(notice),
    change: changeOf(said),
    requestId: 'requestId' in said ? said.requestId : undefined,
    outcome,
  };
}

function evidenceOf({ credits: { forecast, demand, unit }, felt }: CaseNotice): Evidence {
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

function authorityOf({ mode, consent, caps }: CaseNotice): Authority {
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
  if ('wouldDo' in said) return said.wouldDo && changed(said.wouldDo, false);
  // A case that ends tells of the plan that was carried out before.
  return said.kind === 'acted' || said.kind === 'returning' ? changed(said.plan, true) : undefined;
}

const changed = ({ from, to, price }: Plan, asked: boolean): Change => ({
  from: describeConfiguration(from),
  to: describeConfiguration(to),
  monthlyDifference: price.difference,
  asked,
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

/** A case that came and went without a word: it dipped and recovered. */
const untold = ({ id, version, incident, subject, closedAt, ending }: Closed): AuditRecord => ({
  at: closedAt,
  caseId: id,
  step: `${id}#${version}`,
  incident,
  account: subject.account,
  region: subject.region,
  volumeId: subject.volumeId,
  name: subject.name,
  evidence: nothingSeen,
  decision: { said: 'closed', reason: undefined, words: undefined, refusals: [] },
  authority: {
    mode: undefined,
    consent: undefined,
    committedMonthly: undefined,
    maxMonthlyIncrease: undefined,
    changedThisHour: undefined,
    changesAllowed: undefined,
  },
  change: undefined,
  requestId: undefined,
  outcome: { kind: 'closed', ending, closedAt },
});
