import type { CaseStep } from '../domain/cases/case-step.ts';
import { type Ledger, withClaim, withoutCommitment } from '../domain/cases/ledger.ts';
import type { HeardStep } from '../domain/notices/case-notice.ts';
import type { Notice } from '../domain/notices/notice.ts';
import type { Instant } from '../domain/units.ts';
import type { CaseBook, CommitAnswer, IdSource } from './ports.ts';

export interface StepPorts {
  readonly cases: CaseBook;
  readonly ids: IdSource;
}

/** Writes the notice of a step that has something to say. */
export type Tell = (step: HeardStep, incident: string) => Notice;

/** The ledger is shared by all volumes: a step that only lost the race for it is written again on the newer one. */
const mostTries = 4;

/**
 * Writes one step whole: the case on the version it was decided on, its notice for every channel, and what it does to
 * the ledger.
 */
export async function writeStep(
  step: CaseStep,
  now: Instant,
  tell: Tell,
  ports: StepPorts,
): Promise<CommitAnswer> {
  const told = await withNotice(step, now, tell, ports);
  const expectedVersion = step.next.version - 1;
  for (let tries = 1; ; tries += 1) {
    const ledger =
      step.ledger.kind === 'none' ? undefined : afterEffect(step, await ports.cases.ledger(), now);
    const answer = await ports.cases.commit({ ...told, expectedVersion, ledger });
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
  now: Instant,
  tell: Tell,
  { cases, ids }: StepPorts,
): Promise<{ readonly case: CaseStep['next']; readonly notices: readonly Notice[] }> {
  const { next, said } = step;
  if (said === undefined) return { case: next, notices: [] };
  const incident = next.incident ?? (await cases.incidentFor(now, ids.incidentId()));
  const told = { ...next, incident };
  return { case: told, notices: [tell({ ...step, said, next: told }, incident)] };
}
