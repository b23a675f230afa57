import { isDeepStrictEqual } from 'node:util';

/** What a call was answered with; an error that is not one of AWS's is not an answer. */
const outcomeOf = async (call: Promise<unknown>): Promise<Error | 'accepted'> =>
  call.then(
    () => 'accepted' as const,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );

/** Codes of an input that is not valid: which of them, AWS's protocols and pages do not agree on. */
const INVALID_INPUT: readonly string[] = [
  'ValidationError',
  'ValidationException',
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'InvalidRequest',
];

/** @throws Error unless the call fails with one of these codes. */
export async function refused(call: Promise<unknown>, ...codes: readonly string[]): Promise<void> {
  const outcome = await outcomeOf(call);
  const wanted = codes.join(' or ');
  if (outcome === 'accepted') throw new Error(`accepted, expected ${wanted}`);
  if (!codes.includes(outcome.name)) throw new Error(`${codeOf(outcome)}, expected ${wanted}`);
}

/** @throws Error unless the call fails because its input, `what`, is not valid. */
export async function refusedAsInvalid(what: string, call: Promise<unknown>): Promise<void> {
  const outcome = await outcomeOf(call);
  if (outcome === 'accepted') throw new Error(`${what}: accepted, expected a refusal`);
  if (INVALID_INPUT.includes(outcome.name)) return;
  throw new Error(`${what}: ${codeOf(outcome)}, expected a refusal of the input`);
}

/** A plain Error comes from the SDK, which could not make sense of the answer. */
const codeOf = ({ name, message }: Error): string => (name === 'Error' ? message : name);

/** @throws Error unless the call, made with `DryRun`, says that it would have succeeded. */
export const wouldSucceed = (call: Promise<unknown>): Promise<void> => refused(call, 'DryRunOperation');

/** @returns the refusal's message, for facts about its wording. */
export async function messageOf(call: Promise<unknown>): Promise<string> {
  const outcome = await outcomeOf(call);
  if (outcome === 'accepted') throw new Error('accepted, expected a refusal');
  return outcome.message;
}

export function same(what: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`${what} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}

export function holds(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`not so: ${what}`);
}

/** Both bounds included. */
export function within(what: string, actual: number | undefined, least: number, most: number): void {
  if (actual !== undefined && actual >= least && actual <= most) return;
  throw new Error(`${what} is ${actual}, expected ${least} to ${most}`);
}
