import type { AuditRecord } from '../../core/domain/auditing/audit-trail.ts';
import type { Case } from '../../core/domain/cases/case.ts';
import { money, signedMoney } from '../../core/domain/notices/money-text.ts';
import { clockSeenFrom, clockToSecondSeenFrom } from '../../core/domain/notices/time-text.ts';
import { dollars, type Instant } from '../../core/domain/units.ts';
import { rate } from '../render/quantities.ts';
import { endingWords, verdictWords } from './decision-words.ts';

type Evidence = AuditRecord['evidence'];
type Change = NonNullable<AuditRecord['change']>;

const didWords: { readonly [Did in AuditRecord['decision']['did']]: string } = {
  warned: 'warned the team, did not move the volume',
  needed: 'called for help, did not move the volume',
  eased: 'said that it no longer heads for its wall',
  acted: 'moved the volume',
  judged: 'judged what came of the move',
  completed: 'saw that AWS had completed the move',
  ended: 'ended the case',
  watching: 'watched the volume',
  announced: 'did not move the volume, as it had said before',
  intended: 'wrote down what it would ask AWS for',
  upgrading: 'followed the move',
  bridged: 'left the volume where it was moved to',
  returning: 'began to put the volume back',
  closed: 'closed the case',
};

/** What the responder did in a step, and what AWS was asked for in it. */
export function stepTitle({ decision: { did, told }, change }: AuditRecord, seenFrom: Instant): string {
  const heard = told ? '' : ', told nobody';
  return `${didWords[did]}${heard}${change === undefined ? '' : `: ${changeText(change, seenFrom)}`}`;
}

const changeText = (change: Change, seenFrom: Instant): string =>
  `${change.from} -> ${change.to} (${signedMoney(dollars(change.monthlyDifference))} a month), ${requestText(change, seenFrom)}`;

function requestText({ request, acceptedAt }: Change, seenFrom: Instant): string {
  switch (request) {
    case 'wished':
      return 'which it did not ask for';
    case 'intended':
      return 'not asked for yet';
    case 'accepted':
      return acceptedAt === undefined
        ? 'which AWS accepted'
        : `which AWS accepted at ${clockToSecondSeenFrom(acceptedAt, seenFrom)}`;
    case 'refused':
      return 'which AWS refused';
    case 'unanswered':
      return 'to which no answer of AWS came';
    default:
      return 'which AWS accepted and failed to do';
  }
}

/** Why, on what evidence, by whose authority and under which request of AWS; what was not known is left out. */
export const stepDetails = (
  record: AuditRecord,
  seenFrom: Instant,
): readonly (readonly [label: string, text: string])[] =>
  [
    ['why', whyText(record)] as const,
    ['saw', sawText(record.evidence, seenFrom)] as const,
    ['by', authorityText(record.authority)] as const,
    ['request', record.requestId ?? ''] as const,
  ].filter(([, text]) => text !== '');

function whyText({ decision: { words, refusals, verdict } }: AuditRecord): string {
  // Of a refusal that nobody was told of, the reason is the refusal.
  const against = refusals.filter((refusal) => refusal !== words);
  return [
    ...known(words, (why) => why),
    ...(against.length === 0 ? [] : [`not moved: ${against.join('; ')}`]),
    ...known(verdict, (kind) => verdictWords[kind]),
  ].join('; ');
}

const headings: { readonly [Kind in NonNullable<Evidence['forecast']>]: string } = {
  unknown: 'a balance that nobody knew',
  'at-wall': 'at its wall',
  draining: 'falling',
  steady: 'neither falling nor rising',
  recovering: 'rising',
  'first-sight': 'the first sample, no slope yet',
};

function sawText(
  { forecast, balancePercent, balanceAsOf, wallLikely, demand, unit, latencyMilliseconds, queue }: Evidence,
  seenFrom: Instant,
): string {
  const asOf = known(balanceAsOf, (at) => ` as of ${clockSeenFrom(at, seenFrom)}`).join('');
  return [
    ...known(balancePercent, (balance) => `${balance.toFixed(1)} %${asOf}`),
    ...known(forecast, (kind) => headings[kind]),
    ...known(wallLikely, (wall) => `wall likely at ${clockSeenFrom(wall, seenFrom)}`),
    ...known(demand, (asked) => `${rate(asked)} ${unit} asked for`),
    ...known(latencyMilliseconds, (latency) => `latency ${latency.toFixed(1)} ms`),
    ...known(queue, (length) => `queue ${length.toFixed(1)}`),
  ].join(', ');
}

/** Nothing of what was not known. */
const known = <Value>(value: Value | undefined, text: (value: Value) => string): readonly string[] =>
  value === undefined ? [] : [text(value)];

function authorityText(authority: AuditRecord['authority']): string {
  const { mode, consent, committedMonthly, maxMonthlyIncrease, changedThisHour, changesAllowed } = authority;
  if (mode === undefined) return '';
  // Both caps are read at once, or neither.
  const most = money(dollars(maxMonthlyIncrease ?? 0));
  return [
    `mode ${mode}`,
    consent === undefined ? 'no tag of consent seen' : `consent by ${consent}`,
    ...known(committedMonthly, (committed) => `${money(dollars(committed))} of ${most} a month committed`),
    ...known(changedThisHour, (changed) => `${changed} of ${changesAllowed} changes within the hour`),
  ].join(', ');
}

/** `EB-K3H3ZN84, opened 08:22 UTC, closed 09:05 UTC: averted`, of a case as seen from `at`. */
export const caseTitle = (of: Case, at: Instant): string =>
  `${of.id}, opened ${clockSeenFrom(of.openedAt, at)}, ${outcomeText(of, at)}`;

function outcomeText(of: Case, at: Instant): string {
  if (of.state !== 'closed') return `now ${of.state}`;
  const end = `closed ${clockSeenFrom(of.closedAt, at)}: ${endingWords[of.ending]}`;
  return of.closedAt <= at ? end : `open then, ${end}`;
}
