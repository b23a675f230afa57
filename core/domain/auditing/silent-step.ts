import type { Case } from '../cases/case.ts';
import type { CaseStep } from '../cases/case-step.ts';
import type { Asked, StepFacts } from '../notices/notice.ts';
import type { Reason } from '../reasons.ts';

/** A step that took its case to another state without a word to anybody; kept for the audit trail, as a notice is. */
export interface SilentStep extends StepFacts {
  readonly became: Case['state'];
  readonly reason: Reason;
  /** What AWS is asked for next, or refused just now. */
  readonly asked: Asking | undefined;
}

interface Asking extends Omit<Asked, 'state'> {
  readonly state: Asked['state'] | 'intended';
}

/** What a step followed from. */
export interface StepOrigin {
  /** `undefined` for a new case. */
  readonly from: Case['state'] | undefined;
  readonly reason: Reason;
  /** `undefined` where it is no refusal of AWS. */
  readonly asked: Asked | undefined;
}

/** `undefined` where its notice tells of the step, or it only looked again. */
export function silentStepOf(
  { next, said }: Pick<CaseStep, 'next' | 'said'>,
  { from, reason, asked }: StepOrigin,
  facts: StepFacts,
): SilentStep | undefined {
  if (said !== undefined || next.state === from) return undefined;
  const asking: Asking | undefined =
    next.state === 'intended' ? { plan: next.plan, state: 'intended', requestId: undefined } : asked;
  return { ...facts, became: next.state, reason, asked: asking };
}
