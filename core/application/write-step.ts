import { type StepOrigin, silentStepOf } from '../domain/auditing/silent-step.ts';
import type { Case } from '../domain/cases/case.ts';
import type { CaseStep } from '../domain/cases/case-step.ts';
import { type Ledger, withClaim, withoutCommitment } from '../domain/cases/ledger.ts';
import { caseNoticeOf } from '../domain/notices/case-notice.ts';
import type { StepFacts } from '../domain/notices/notice.ts';
import type { Instant } from '../domain/units.ts';
import type { CaseBook, Commit, CommitAnswer, IdSource } from './ports.ts';

export interface StepPorts {
  readonly cases: CaseBook;
  readonly ids: IdSource;
}

/** What can be said about a case as it becomes. */
export type FactsOf = (next: Case) => StepFacts;

/** What a step was taken on. */
export interface Basis {
  readonly now: Instant;
  readonly origin: StepOrigin;
  readonly factsOf: FactsOf;
}

/** The ledger is shared by all volumes: a step that only lost the race for it is written again on the newer one. */
const mostTries = 4;

/**
 * Writes one step whole: the case on the version it was decided on, its notice for every channel or its silent record, and
 * what it does to the ledger.
 */
export async function writeStep(step: CaseStep, basis: Basis, ports: StepPorts): Promise<CommitAnswer> {
  const written = await withNotice(step, basis, ports);
  const expectedVersion = step.next.version - 1;
  for (let tries = 1; ; tries += 1) {
    const ledger =
      step.ledger.kind === 'none' ? undefined : afterEffect(step, await ports.cases.ledger(), basis.now);
    const answer = await ports.cases.commit({ ...written, expectedVersion, ledger });
    if (answer.kind === 'written' || answer.by !== 'ledger' || tries === mostTries) return answer;
  }
}

function afterEffect({ ledger: effect }: CaseStep, ledger: Ledger, now: Instant): Ledger {
  if (effect.kind === 'claim') return withClaim(ledger, effect.monthlyIncrease, now);
  return effect.kind === 'release'
    ? withoutCommitment(ledger, effect.monthlyIncrease, effect.claimedAt)
    : ledger;
}

/** A case joins a conversation with its first word; until then it has none. */
async function withNotice(
  step: CaseStep,
  { now, origin, factsOf }: Basis,
  { cases, ids }: StepPorts,
): Promise<Pick<Commit, 'case' | 'notices' | 'silent'>> {
  const { next, said } = step;
  if (said === undefined)
    return { case: next, notices: [], silent: silentStepOf(step, origin, factsOf(next)) };
  const incident = next.incident ?? (await cases.incidentFor(now, ids.incidentId()));
  const told = { ...next, incident };
  return { case: told, notices: [caseNoticeOf(said, incident, factsOf(told))] };
}
