import type { AwsRefusal, Refusal } from '../reasons.ts';
import { caps } from './guards/caps.ts';
import { invalidTag, muted, noConsent, notifyMode, optedOut } from './guards/consent.ts';
import { freshEvidence, instanceBottleneck, volumeHealth } from './guards/evidence.ts';
import { type Guard, type GuardInput, looksAt } from './guards/guard.ts';
import { noGenesis, unknownCaseTag } from './guards/memory.ts';
import {
  alreadyThere,
  askedToWait,
  foreignChange,
  modificationInFlight,
  ourSlots,
  slotForAPerson,
} from './guards/modifications.ts';
import { modificationQuota, regionalQuota, stackUpdating } from './guards/surroundings.ts';
import {
  baselineCoversBurst,
  detached,
  kubernetesOwned,
  magnetic,
  managedByOperator,
  multiAttach,
  notBurstable,
  unjudgeable,
} from './guards/volume.ts';

/**
 * Every veto, in the order in which it is asked: consent first, then what can never change, then what passes; of that last
 * what a study must find (study.ts), so that nobody pays for one while something else stands in the way.
 */
export const guards: readonly Guard[] = [
  optedOut,
  invalidTag,
  notifyMode,
  noConsent,
  noGenesis,
  unknownCaseTag,
  muted,
  unjudgeable,
  magnetic,
  notBurstable,
  baselineCoversBurst,
  detached,
  multiAttach,
  managedByOperator,
  kubernetesOwned,
  alreadyThere,
  askedToWait,
  freshEvidence,
  modificationInFlight,
  slotForAPerson,
  foreignChange,
  ourSlots,
  volumeHealth,
  instanceBottleneck,
  stackUpdating,
  regionalQuota,
  modificationQuota,
  caps,
];

/** The first veto that holds, `undefined` when nothing stands against the plan. */
export function firstVeto(input: GuardInput): Refusal | AwsRefusal | undefined {
  for (const guard of guards) {
    const refusal = looksAt(guard, input.plan) ? guard.veto(input) : undefined;
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
