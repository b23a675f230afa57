import { NotImitatedError, ServiceError } from '../service-error.ts';
import { compileValue, OPERATORS, type ValueTest } from './pattern-value.ts';

/** What one field of an event has to be. */
export interface Condition {
  /** Names from the event inwards, e.g. `detail.state.value`. */
  readonly path: string;
  /** The members of its list as written. */
  readonly wanted: readonly string[];
  /** One of them is enough. */
  readonly tests: readonly ValueTest[];
  readonly takesAbsence: boolean;
}

type Json = Readonly<Record<string, unknown>>;
/** Conditions by path; a path that is named again replaces what was said of it before, as in event-ruler. */
type Conjunction = ReadonlyMap<string, Condition>;

/** Keeps a pattern of a few lines from taking all memory; whether AWS has a limit is not known. */
const MOST_ALTERNATIVES = 1000;

/**
 * What a pattern asks for, one list of conditions for each way through its `$or`s, sorted by path.
 * @throws InvalidEventPatternException, NotImitatedError
 */
export function alternativesOf(pattern: Json): readonly (readonly Condition[])[] {
  const conjunctions = expand(pattern, undefined, [new Map()]);
  assertListsApart(conjunctions.flatMap((conjunction) => [...conjunction.values()]));
  return conjunctions.map((conjunction) =>
    [...conjunction.values()].sort((one, other) => (one.path < other.path ? -1 : 1)),
  );
}

/**
 * Of `{"$or": [{"a": [1]}, {"a": [1, 2]}]}` event-ruler 2.0.1 does not match `{"a": 2}`, and with another order it may:
 * nobody should rely on either.
 */
function assertListsApart(conditions: readonly Condition[]): void {
  const lists = new Map<string, string>();
  for (const { path, wanted } of conditions) {
    const list = wanted.join();
    for (const member of wanted) {
      const place = JSON.stringify([path, member]);
      if ((lists.get(place) ?? list) !== list) {
        throw new NotImitatedError(
          `lists for "${path}" in alternatives of one $or that differ and share a value (${member}) are not imitated`,
        );
      }
      lists.set(place, list);
    }
  }
}

function expand(
  pattern: Json,
  above: string | undefined,
  before: readonly Conjunction[],
): readonly Conjunction[] {
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw invalidPattern('Empty objects are not allowed');
  let conjunctions = before;
  for (const [name, part] of fields) {
    if (name === '$or') conjunctions = expandOr(part, above, conjunctions);
    else conjunctions = expandField(name, part, above, conjunctions);
  }
  return conjunctions;
}

function expandOr(
  part: unknown,
  above: string | undefined,
  before: readonly Conjunction[],
): readonly Conjunction[] {
  const alternatives = alternativesIn(part);
  const conjunctions = alternatives.flatMap((alternative) => expand(alternative, above, before));
  if (conjunctions.length > MOST_ALTERNATIVES) {
    throw new NotImitatedError(`$or with more than ${MOST_ALTERNATIVES} combinations is not imitated`);
  }
  return conjunctions;
}

function alternativesIn(part: unknown): readonly Json[] {
  const members = Array.isArray(part) ? part : [part];
  const alternatives = members.filter(isObject);
  const operator = alternatives
    .flatMap(fieldNames)
    .find((name) => Object.hasOwn(OPERATORS, name) || OTHERS.includes(name));
  if (operator !== undefined) {
    throw new NotImitatedError(
      `a field with the name of an operator ("${operator}") inside $or is not imitated`,
    );
  }
  if (!Array.isArray(part) || (members.length > 0 && alternatives.length === 0)) {
    throw new NotImitatedError(
      '"$or" as the name of a field is not imitated; as an operator it takes an array of objects',
    );
  }
  if (alternatives.length < Math.max(2, members.length)) {
    throw invalidPattern('$or must be an array of at least two objects');
  }
  return alternatives;
}

/** Operators of event-ruler that the twin does not know, beside those it does. */
const OTHERS: readonly string[] = ['cidr', 'exactly'];

const fieldNames = (pattern: Json): readonly string[] =>
  Object.entries(pattern).flatMap(([name, part]) => [name, ...(isObject(part) ? fieldNames(part) : [])]);

function expandField(
  name: string,
  part: unknown,
  above: string | undefined,
  before: readonly Conjunction[],
): readonly Conjunction[] {
  if (name.split('.').includes('')) {
    throw new NotImitatedError(`a field with an empty name ("${name}") is not imitated`);
  }
  const path = above === undefined ? name : `${above}.${name}`;
  if (isObject(part)) return expand(part, path, before);
  if (!Array.isArray(part)) throw invalidPattern(`"${name}" must be an object or an array`);
  if (part.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const wanted = part.map(compileValue);
  const tests = wanted.filter((each) => each !== 'absent');
  const condition: Condition = {
    path,
    wanted: part.map((member) => JSON.stringify(member)),
    tests,
    takesAbsence: tests.length < wanted.length,
  };
  return before.map((conjunction) => new Map(conjunction).set(path, condition));
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalidPattern = (reason: string): ServiceError =>
  new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
