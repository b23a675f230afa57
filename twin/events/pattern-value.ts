import { NotImitatedError, ServiceError } from '../service-error.ts';

/** Judges one value of an event; `absent` stands for `{"exists": false}`, which no value can meet. */
export type ValueMatcher = ((value: unknown) => boolean) | 'absent';

/** One member of a pattern's array: a value to equal or an operator. */
export function compileValue(wanted: unknown): ValueMatcher {
  if (typeof wanted !== 'object' || wanted === null) return (value) => value === wanted;
  const operators = Object.entries(wanted);
  const [operator, operand] = operators[0] ?? [];
  if (operators.length !== 1 || operator === undefined)
    throw refuse('A comparison needs exactly one operator');
  const compile = OPERATORS[operator];
  if (compile === undefined) {
    throw new NotImitatedError(
      `EventBridge operator ${operator} is not imitated; imitated: ${Object.keys(OPERATORS).join(', ')}`,
    );
  }
  return compile(operand);
}

type Test = (value: unknown) => boolean;

const OPERATORS: Readonly<Record<string, (operand: unknown) => ValueMatcher>> = {
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw refuse('exists must be true or false');
    return operand ? () => true : 'absent';
  },
  prefix: (operand) => affix(operand, (text, part) => text.startsWith(part)),
  suffix: (operand) => affix(operand, (text, part) => text.endsWith(part)),
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
function affix(operand: unknown, compare: Comparison): Test {
  if (typeof operand === 'object' && operand !== null && 'equals-ignore-case' in operand) {
    return ignoringCase(operand['equals-ignore-case'], compare);
  }
  const part = text(operand, 'prefix or suffix');
  return (value) => typeof value === 'string' && compare(value, part);
}

function ignoringCase(operand: unknown, compare: Comparison): Test {
  const part = text(operand, 'equals-ignore-case').toLowerCase();
  return (value) => typeof value === 'string' && compare(value.toLowerCase(), part);
}

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

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** Source: EventBridge user guide, "Numeric matching": values from -5.0e9 to 5.0e9. */
const LARGEST_NUMBER = 5e9;

/** `["<", 10]` or `[">=", 0, "<", 10]`: all bounds hold. */
function numeric(operand: unknown): Test {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length > 4 || operand.length % 2 !== 0) {
    throw refuse('numeric must be one or two pairs of comparison and number');
  }
  const bounds: Test[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = COMPARISONS[String(operand[index])];
    const bound: unknown = operand[index + 1];
    if (compare === undefined || typeof bound !== 'number')
      throw refuse('numeric must be one or two pairs of comparison and number');
    if (Math.abs(bound) > LARGEST_NUMBER) throw refuse('numeric takes values from -5.0e9 to 5.0e9');
    bounds.push((value) => typeof value === 'number' && compare(value, bound));
  }
  return (value) => bounds.every((holds) => holds(value));
}

/** A value, a list of values, or one operator on a text or on several. */
function anythingBut(operand: unknown): Test {
  if (typeof operand !== 'object' || operand === null) return (value) => value !== operand;
  if (Array.isArray(operand)) {
    if (operand.length === 0) throw refuse('Empty arrays are not allowed');
    if (new Set(operand.map((each) => typeof each)).size > 1)
      throw refuse('anything-but takes either texts or numbers');
    return (value) => !operand.includes(value);
  }
  const [operator, wanted] = Object.entries(operand)[0] ?? [];
  if (operator === undefined || !['prefix', 'suffix', 'wildcard', 'equals-ignore-case'].includes(operator)) {
    throw refuse('anything-but takes prefix, suffix, wildcard or equals-ignore-case');
  }
  const excluded = (Array.isArray(wanted) ? wanted : [wanted]).map((each) =>
    compileValue({ [operator]: each }),
  );
  return (value) => excluded.every((matches) => matches !== 'absent' && !matches(value));
}

function text(operand: unknown, operator: string): string {
  if (typeof operand === 'string' && operand !== '') return operand;
  throw refuse(`${operator} must be a non-empty string`);
}

const refuse = (reason: string): ServiceError =>
  new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
