import { ServiceError } from '../service-error.ts';
import { type Leaf, leavesAt, NOWHERE, nameLeaves, type Place, together } from './event-leaves.ts';
import { alternativesOf, type Condition } from './pattern-alternatives.ts';

/** An event pattern as PutRule and AWS::Events::Rule take it. */
export type EventPattern = Readonly<Record<string, unknown>>;

/** Source: EventBridge API reference, PutRule, EventPattern. */
const MAXIMUM_LENGTH = 4096;

/**
 * Matching as EventBridge documents it ("Comparison operators for use in event patterns"): every named field must
 * match; a field that holds an array matches if one of its members does; conditions below an array of objects must
 * agree on the same object. Verdicts are those of AWS's event-ruler (docs/event-patterns.md).
 * @throws InvalidEventPatternException for a pattern that EventBridge refuses
 * @throws NotImitatedError for what the twin does not know
 */
export function compilePattern(pattern: EventPattern): (event: Readonly<Record<string, unknown>>) => boolean {
  if (JSON.stringify(pattern).length > MAXIMUM_LENGTH) {
    throw new ServiceError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: Event pattern is longer than ${MAXIMUM_LENGTH} characters`,
    );
  }
  const alternatives = alternativesOf(pattern);
  const names = nameLeaves(alternatives.flatMap((conditions) => conditions.map(({ path }) => path)));
  return (event) => {
    const leaves = leavesAt(names, event);
    return alternatives.some((conditions) => hold(conditions, 0, leaves, NOWHERE));
  };
}

/**
 * Whether the conditions from `index` on hold for leaves that share their array members with those chosen before.
 * Conditions come in the order of their paths, and a field is absent when it is missing beside those chosen so far:
 * that makes absence in arrays of objects depend on names, as it does in event-ruler.
 */
function hold(
  conditions: readonly Condition[],
  index: number,
  leaves: ReadonlyMap<string, readonly Leaf[]>,
  chosen: Place,
): boolean {
  const condition = conditions[index];
  if (condition === undefined) return true;
  let isAbsent = true;
  for (const { value, place } of leaves.get(condition.path) ?? []) {
    const both = together(chosen, place);
    if (both === undefined) continue;
    isAbsent = false;
    if (condition.tests.some((test) => test(value)) && hold(conditions, index + 1, leaves, both)) return true;
  }
  return isAbsent && condition.takesAbsence && hold(conditions, index + 1, leaves, chosen);
}
