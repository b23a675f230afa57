import { NotImitatedError } from '../service-error.ts';

type Texts = string | readonly string[];

/** One statement of an identity policy, as JSON has it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: Texts;
  readonly Resource: Texts;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Texts>>>>;
}

/** One action on one resource with the context keys that a caller brings; several values for a multivalued key. */
export interface SimulatedRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: ReadonlyMap<string, readonly string[]>;
}

export interface Evaluation {
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny';
  /** Keys of conditions that the request did not bring. */
  readonly missing: readonly string[];
}

/**
 * What identity policies alone say. Sources: IAM user guide, "Policy evaluation logic" (a deny beats every allow, nothing
 * said is a denial), "IAM JSON policy elements: Condition operators" and "Multivalued context keys".
 * @throws NotImitatedError for a policy variable or a condition operator not listed below
 */
export function evaluate(statements: readonly PolicyStatement[], request: SimulatedRequest): Evaluation {
  const about = statements.filter((statement) => concerns(statement, request));
  const matching = about.filter(({ Condition = {} }) => holds(Condition, request.context));
  const missing = about
    .flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys))
    .filter((key) => valuesOf(request.context, key) === undefined);
  if (matching.some(({ Effect }) => Effect === 'Deny')) return { decision: 'explicitDeny', missing };
  return { decision: matching.length > 0 ? 'allowed' : 'implicitDeny', missing: [...new Set(missing)] };
}

function concerns(statement: PolicyStatement, { action, resource }: SimulatedRequest): boolean {
  const isAction = [statement.Action]
    .flat()
    .some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
  return isAction && [statement.Resource].flat().some((pattern) => matches(pattern, resource));
}

/** `*` is any text, `?` any character. A `*` that is asked about is matched by `*` alone. */
function matches(pattern: string, text: string): boolean {
  if (pattern.includes('${')) throw new NotImitatedError(`policy variable in ${pattern} is not imitated`);
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}

/** All operators and all keys of a condition must hold. */
const holds = (
  condition: NonNullable<PolicyStatement['Condition']>,
  context: SimulatedRequest['context'],
): boolean =>
  Object.entries(condition).every(([operator, keys]) => {
    const test = OPERATORS[operator];
    if (test === undefined)
      throw new NotImitatedError(
        `condition operator ${operator} is not imitated; imitated: ${Object.keys(OPERATORS).join(', ')}`,
      );
    return Object.entries(keys).every(([key, expected]) => test(valuesOf(context, key), [expected].flat()));
  });

/** Keys of conditions know no case (IAM user guide, "Condition"), but tag keys in them as they were written here. */
const valuesOf = (context: SimulatedRequest['context'], key: string): readonly string[] | undefined =>
  [...context].find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];

type Test = (got: readonly string[] | undefined, expected: readonly string[]) => boolean;

const anyOf =
  (is: (pattern: string, text: string) => boolean): Test =>
  (got = [], expected) =>
    got.some((text) => expected.some((pattern) => is(pattern, text)));

/** True of an empty set and of a key that is not there (IAM user guide, "Multivalued context keys"). */
const allOf =
  (is: (pattern: string, text: string) => boolean): Test =>
  (got = [], expected) =>
    got.every((text) => expected.some((pattern) => is(pattern, text)));

const equal = (pattern: string, text: string): boolean => pattern === text;

const OPERATORS: Readonly<Record<string, Test>> = {
  StringEquals: anyOf(equal),
  StringLike: anyOf(matches),
  'ForAllValues:StringEquals': allOf(equal),
  'ForAllValues:StringLike': allOf(matches),
  Null: (got, expected) => (got === undefined) === (expected[0] === 'true'),
};
