import type { VolumePolicy } from '../../policy.ts';
import type { AwsRefusal, Refusal } from '../../reasons.ts';
import type { Plan } from '../decision.ts';
import type { Situation } from '../situation.ts';

export interface GuardInput {
  readonly situation: Situation;
  readonly policy: VolumePolicy;
  readonly plan: Plan;
}

/**
 * Which plans a guard looks at: `every` one, `upgrades` only (a way back leaves a type that never had a bucket), or
 * `rescues` (upgrades that rest on a forecast; a latency-critical volume is moved before it has any history).
 */
export type GuardScope = 'every' | 'upgrades' | 'rescues';

/** One veto. The texts are the row of docs/reference/guards.md. */
export interface Guard {
  readonly name: string;
  /** What it refuses with. */
  readonly codes: readonly (Refusal | AwsRefusal)['code'][];
  readonly scope: GuardScope;
  /** The fact it reads, in words. */
  readonly fact: string;
  /** Where that fact comes from: an API operation or our own table; never a constant. */
  readonly source: string;
  /** What an unread fact means. */
  readonly unknown: string;
  veto(input: GuardInput): Refusal | AwsRefusal | undefined;
}

export const looksAt = (guard: Guard, plan: Plan): boolean => {
  if (guard.scope === 'every') return true;
  if (plan.purpose === 'return') return false;
  return guard.scope === 'upgrades' || plan.purpose !== 'keep';
};
