import type { AuditRecord } from '../../core/domain/auditing/audit-trail.ts';
import type { Instant } from '../../core/domain/units.ts';
import { csvText } from './csv-text.ts';

/** Times are ISO text, what was not known is null. */
export const auditJson = (record: AuditRecord): object => shown(record);

export const auditLine = (record: AuditRecord): string => `${JSON.stringify(auditJson(record))}\n`;

const times = new Set(['at', 'balanceAsOf', 'wallLikely', 'acceptedAt', 'closedAt']);

const shown = (value: object): object =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key, memberOf(key, member)]));

function memberOf(key: string, member: unknown): unknown {
  if (member === undefined || member === null) return null;
  if (typeof member === 'number') return times.has(key) ? new Date(member).toISOString() : rounded(member);
  return typeof member === 'object' && !Array.isArray(member) ? shown(member) : member;
}

/** Ten digits are more than any of these was measured with. */
const rounded = (value: number): number => Number(value.toPrecision(10));

type Field = string | number | boolean | undefined;
const time = (at: Instant | undefined): Field => at && new Date(at).toISOString();

const columns: Readonly<Record<string, (record: AuditRecord) => Field>> = {
  at: ({ at }) => time(at),
  case: ({ caseId }) => caseId,
  step: ({ step }) => step,
  incident: ({ incident }) => incident,
  account: ({ account }) => account,
  region: ({ region }) => region,
  volume: ({ volumeId }) => volumeId,
  name: ({ name }) => name,
  forecast: ({ evidence }) => evidence.forecast,
  balance_percent: ({ evidence }) => evidence.balancePercent,
  balance_as_of: ({ evidence }) => time(evidence.balanceAsOf),
  wall_likely: ({ evidence }) => time(evidence.wallLikely),
  demand: ({ evidence }) => evidence.demand,
  unit: ({ evidence }) => evidence.unit,
  latency_ms: ({ evidence }) => evidence.latencyMilliseconds,
  queue: ({ evidence }) => evidence.queue,
  did: ({ decision }) => decision.did,
  told: ({ decision }) => decision.told,
  reason: ({ decision }) => decision.reason,
  reason_words: ({ decision }) => decision.words,
  refusals: ({ decision }) => decision.refusals.join('; '),
  verdict: ({ decision }) => decision.verdict,
  mode: ({ authority }) => authority.mode,
  consent: ({ authority }) => authority.consent,
  usd_committed_monthly: ({ authority }) => authority.committedMonthly,
  usd_max_monthly_increase: ({ authority }) => authority.maxMonthlyIncrease,
  changed_this_hour: ({ authority }) => authority.changedThisHour,
  changes_allowed: ({ authority }) => authority.changesAllowed,
  change_from: ({ change }) => change?.from,
  change_to: ({ change }) => change?.to,
  change_request: ({ change }) => change?.request,
  accepted_at: ({ change }) => time(change?.acceptedAt),
  usd_monthly_difference: ({ change }) => change?.monthlyDifference,
  request_id: ({ requestId }) => requestId,
  outcome: ({ outcome }) => outcome.kind,
  ending: ({ outcome }) => (outcome.kind === 'closed' ? outcome.ending : undefined),
  state: ({ outcome }) => (outcome.kind === 'open' ? outcome.state : undefined),
  closed_at: ({ outcome }) => (outcome.kind === 'closed' ? time(outcome.closedAt) : undefined),
};

export const auditHeader = `${Object.keys(columns).join(',')}\n`;

/** Under `auditHeader`; empty fields for what was not known. */
export const auditRow = (record: AuditRecord): string =>
  `${Object.values(columns)
    .map((of) => fieldText(of(record)))
    .join(',')}\n`;

function fieldText(field: Field): string {
  if (field === undefined) return '';
  if (typeof field === 'number') return String(rounded(field));
  return typeof field === 'string' ? csvText(field) : String(field);
}
