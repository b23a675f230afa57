import { ServiceError } from '../service-error.ts';
import { compileValue, type ValueMatcher } from './pattern-value.ts';

/** An event pattern as PutRule and AWS::Events::Rule take it. */
export type EventPattern = Readonly<Record<string, unknown>>;

/** Source: EventBridge API reference, PutRule, EventPattern. */
const MAXIMUM_LENGTH = 4096;

type Json = Readonly<Record<string, unknown>>;
/** Only patterns that ask for absence look at which paths are there. */
type Present = () => ReadonlySet<string>;
type Matcher = (part: Json, present: Present) => boolean;

/**
 * Matching as EventBridge documents it ("Comparison operators for use in event patterns"): every named field must
 * match; a field that holds an array matches if one of its members does; conditions below an array of objects must
 * agree on the same object.
 * @throws InvalidEventPatternException for a pattern that EventBridge refuses
 * @throws NotImitatedError for operators that the twin does not know
 */
export function compilePattern(pattern: EventPattern): (event: Json) => boolean {
  if (JSON.stringify(pattern).length > MAXIMUM_LENGTH) {
    throw invalidPattern(`Event pattern is longer than ${MAXIMUM_LENGTH} characters`);
  }
  const matcher = compileObject(pattern, '');
  return (event) => matcher(event, () => leafPaths(event));
}

function compileObject(pattern: Json, path: string): Matcher {
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw invalidPattern('Empty objects are not allowed');
  const matchers = fields.map(([name, part]) =>
    name === '$or' ? compileAlternatives(part, path, pattern) : compileField(name, part, path),
  );
  return (value, present) => matchers.every((matches) => matches(value, present));
}

function compileAlternatives(alternatives: unknown, path: string, beside: Json): Matcher {
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isObject)) {
    throw invalidPattern('$or must be an array of at least two objects');
  }
  const repeated = alternatives.flatMap((each) => Object.keys(each)).find((name) => name in beside);
  // What AWS makes of this depends on the order of expansion, so no rule should say it.
  if (repeated !== undefined) throw invalidPattern(`"${repeated}" inside and beside one $or is ambiguous`);
  const matchers = alternatives.map((alternative) => compileObject(alternative, path));
  return (value, present) => matchers.some((matches) => matches(value, present));
}

function compileField(name: string, part: unknown, parentPath: string): Matcher {
  const path = JSON.stringify([parentPath, name]);
  if (isObject(part)) {
    const matches = compileObject(part, path);
    return (value, present) => objectsIn(value[name]).some((member) => matches(member, present));
  }
  if (!Array.isArray(part)) throw invalidPattern(`"${name}" must be an object or an array`);
  if (part.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const matchers = part.map((wanted): Matcher => leafMatcher(compileValue(wanted), name, path));
  return (value, present) => matchers.some((matches) => matches(value, present));
}

/** Absence is judged over the whole event: no object of an array may have the field. */
function leafMatcher(wanted: ValueMatcher, name: string, path: string): Matcher {
  if (wanted === 'absent') return (_, present) => !present().has(path);
  return (value) => leavesIn(value[name]).some(wanted);
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value, or the members of a (nested) array. */
const membersOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value.flatMap(membersOf) : value === undefined ? [] : [value];

const objectsIn = (value: unknown): readonly Json[] => membersOf(value).filter(isObject);
const leavesIn = (value: unknown): readonly unknown[] =>
  membersOf(value).filter((member) => !isObject(member));

function leafPaths(event: Json): ReadonlySet<string> {
  const paths = new Set<string>();
  const walk = (part: Json, parentPath: string): void => {
    for (const [name, value] of Object.entries(part)) {
      const path = JSON.stringify([parentPath, name]);
      if (leavesIn(value).length > 0) paths.add(path);
      for (const member of objectsIn(value)) walk(member, path);
    }
  };
  walk(event, '');
  return paths;
}

const invalidPattern = (reason: string): ServiceError =>
  new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
