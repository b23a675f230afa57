import { NotImitatedError, ServiceError } from '../service-error.ts';

export type ValueTest = (value: unknown) => boolean;
/** Judges one value of an event; `absent` stands for `{"exists": false}`, which no value can meet. */
export type ValueMatcher = ValueTest | 'absent';

/** One member of a pattern's array: a value to equal or an operator. */
export function compileValue(wanted: unknown): ValueMatcher {
  if (typeof wanted !== 'object' || wanted === null) return (value) => value === wanted;
  if (Array.isArray(wanted))
    throw refuse('a value must be a text, a number, true, false, null or a comparison');
  const [operator, operand] = onlyEntry(wanted);
  const compile = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (compile === undefined) {
    throw new NotImitatedError(
      `EventBridge operator ${operator} is not imitated; imitated: ${Object.keys(OPERATORS).join(', ')}`,
    );
  }
  return compile(operand);
}

export const OPERATORS: Readonly<Record<string, (operand: unknown) => ValueMatcher>> = {
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw refuse('exists must be true or false');
    return operand ? () => true : 'absent';
  },
  prefix: (operand) => affix('prefix', operand, (text, part) => text.startsWith(part)),
  suffix: (operand) => affix('suffix', operand, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand) => ignoringCase(operand, (text, part) => text === part),
  wildcard: (operand) => {
    const expression = wildcard(text(operand, 'wildcard'));
    return (value) => typeof value === 'string' && expression.test(value);
  },
  numeric: (operand) => numeric(operand),
  'anything-but': (operand) => anythingBut(operand),
};

type Comparison = (text: string, part: string) => boolean;

/** A text, or `{"equals-ignore-case": text}`. */
function affix(operator: string, operand: unknown, compare: Comparison): ValueTest {
  if (typeof operand === 'object' && operand !== null && 'equals-ignore-case' in operand) {
    return ignoringCase(onlyEntry(operand)[1], compare);
  }
  const part = text(operand, operator);
  return (value) => typeof value === 'string' && compare(value, part);
}

/** Only A to Z have a second case: what event-ruler makes of other letters follows Java's tables of Unicode. */
function ignoringCase(operand: unknown, compare: Comparison): ValueTest {
  const part = text(operand, 'equals-ignore-case');
  if (/[^\p{ASCII}]/u.test(part)) {
    throw new NotImitatedError(
      `equals-ignore-case with other characters than ASCII ("${part}") is not imitated`,
    );
  }
  const wanted = lowerCase(part);
  return (value) => typeof value === 'string' && compare(lowerCase(value), wanted);
}

/** Leaves the Kelvin sign alone, which JavaScript takes for a capital k. */
const lowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** `*` stands for any characters; `\*` and `\\` for themselves, which is all that a backslash is good for. */
function wildcard(pattern: string): RegExp {
  const withoutEscapes = pattern.replace(/\\[*\\]/g, '-');
  if (withoutEscapes.includes('\\')) throw refuse('Invalid escape character');
  if (withoutEscapes.includes('**')) throw refuse('Consecutive wildcard characters');
  const source = pattern.replace(/\\([*\\])|([\s\S])/g, (_, escaped?: string, character?: string) => {
    if (escaped === undefined && character === '*') return '[\\s\\S]*';
    return (escaped ?? character ?? '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

const COMPARISONS = new Map<unknown, (value: number, bound: number) => boolean>([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
]);

/** Source: EventBridge user guide, "Numeric matching": values from -5.0e9 to 5.0e9. */
const LARGEST_NUMBER = 5e9;

/** `["<", 10]` or `[">=", 0, "<", 10]`: a lower bound, then a higher upper one. */
function numeric(operand: unknown): ValueTest {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw refuse('numeric must be one or two pairs of comparison and number');
  }
  const [lower, upper] = [
    bound(operand[0], operand[1]),
    operand.length === 4 && bound(operand[2], operand[3]),
  ];
  if (upper === false) return lower.test;
  if (
    !lower.comparison.startsWith('>') ||
    !upper.comparison.startsWith('<') ||
    lower.number >= upper.number
  ) {
    throw refuse('two bounds of numeric must be a lower one and a higher upper one, in this order');
  }
  return (value) => lower.test(value) && upper.test(value);
}

function bound(comparison: unknown, number: unknown) {
  const compare = COMPARISONS.get(comparison);
  if (compare === undefined || typeof number !== 'number')
    throw refuse('numeric must be one or two pairs of comparison and number');
  if (Math.abs(number) > LARGEST_NUMBER) throw refuse('numeric takes values from -5.0e9 to 5.0e9');
  const test: ValueTest = (value) => typeof value === 'number' && compare(value, number);
  return { comparison: String(comparison), number, test };
}

/** A text or number, a list of either, or one operator on a text or on several. */
function anythingBut(operand: unknown): ValueTest {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) return noneOf(operand);
  const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (excluded.length === 0) throw refuse('Empty arrays are not allowed');
  if (!['string', 'number'].some((type) => excluded.every((each) => typeof each === type)))
    throw refuse('anything-but takes either texts or numbers');
  return (value) => !excluded.includes(value);
}

function noneOf(operand: object): ValueTest {
  const [operator, wanted] = onlyEntry(operand);
  if (!['prefix', 'suffix', 'wildcard', 'equals-ignore-case'].includes(operator)) {
    throw refuse('anything-but takes prefix, suffix, wildcard or equals-ignore-case');
  }
  const parts: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (parts.length === 0) throw refuse('Empty arrays are not allowed');
  const isAffix = operator === 'prefix' || operator === 'suffix';
  if (isAffix && parts.some((part) => typeof part !== 'string' || part === '')) {
    throw refuse(`${operator} in anything-but must be a non-empty string`);
  }
  const excluded = parts.map((part) => compileValue({ [operator]: part }));
  return (value) => excluded.every((matches) => matches !== 'absent' && !matches(value));
}

function onlyEntry(comparison: object): [operator: string, operand: unknown] {
  const [entry, ...others] = Object.entries(comparison);
  if (entry === undefined || others.length > 0) throw refuse('A comparison needs exactly one operator');
  return entry;
}

function text(operand: unknown, operator: string): string {
  if (typeof operand === 'string') return operand;
  throw refuse(`${operator} must be a string`);
}

const refuse = (reason: string): ServiceError =>
  new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
