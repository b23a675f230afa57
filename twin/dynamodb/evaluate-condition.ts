import { type AttributeValue, compareValues, equalValues, type Item, typeOf } from './attribute-value.ts';
import { valueAt } from './document-path.ts';
import type { Comparator, Condition, Operand } from './expression.ts';

/** `item` is `{}` where there is none: DynamoDB evaluates conditions on a missing item the same way. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'attribute_exists':
      return valueAt(item, condition.path) !== undefined;
    case 'attribute_not_exists':
      return valueAt(item, condition.path) === undefined;
    default:
      return predicateHolds(condition, item);
  }
}

type Predicate = Extract<Condition, { kind: 'compare' | 'between' | 'in' | 'begins_with' | 'contains' }>;

/** On a missing attribute every predicate is false but `<>`, which is true. */
function predicateHolds(condition: Predicate, item: Item): boolean {
  switch (condition.kind) {
    case 'compare':
      return compares(condition.operator, read(condition.left, item), read(condition.right, item));
    case 'between': {
      const value = read(condition.operand, item);
      return (
        compares('>=', value, read(condition.low, item)) && compares('<=', value, read(condition.high, item))
      );
    }
    case 'in': {
      const value = read(condition.operand, item);
      return condition.choices.some((choice) => compares('=', value, read(choice, item)));
    }
    case 'begins_with':
      return beginsWith(read(condition.operand, item), read(condition.wanted, item));
    case 'contains':
      return contains(read(condition.operand, item), read(condition.wanted, item));
  }
}

function compares(
  operator: Comparator,
  a: AttributeValue | undefined,
  b: AttributeValue | undefined,
): boolean {
  if (a === undefined || b === undefined) return operator === '<>';
  if (operator === '=') return equalValues(a, b);
  if (operator === '<>') return !equalValues(a, b);
  const order = compareValues(a, b);
  if (order === undefined) return false;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator];
}

function beginsWith(value: AttributeValue | undefined, prefix: AttributeValue | undefined): boolean {
  if (value?.S !== undefined && prefix?.S !== undefined) return value.S.startsWith(prefix.S);
  if (value?.B !== undefined && prefix?.B !== undefined) {
    return Buffer.compare(value.B.subarray(0, prefix.B.length), prefix.B) === 0;
  }
  return false;
}

function contains(value: AttributeValue | undefined, wanted: AttributeValue | undefined): boolean {
  if (value === undefined || wanted === undefined) return false;
  if (wanted.S !== undefined && value.S !== undefined) return value.S.includes(wanted.S);
  if (wanted.S !== undefined && value.SS !== undefined) return value.SS.includes(wanted.S);
  if (wanted.N !== undefined && value.NS !== undefined) return value.NS.includes(wanted.N);
  return value.L?.some((member) => equalValues(member, wanted)) ?? false;
}

function read(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'path') return valueAt(item, operand.path);
  const value = read(operand.of, item);
  const size = value === undefined ? undefined : SIZE[typeOf(value)]?.(value);
  return size === undefined ? undefined : { N: String(size) };
}

/** `size` counts bytes of scalars and members of collections; numbers, booleans and null have none. */
const SIZE: Readonly<Record<string, (value: AttributeValue) => number>> = {
  S: ({ S }) => Buffer.byteLength(S ?? ''),
  B: ({ B }) => B?.length ?? 0,
  SS: ({ SS }) => SS?.length ?? 0,
  NS: ({ NS }) => NS?.length ?? 0,
  L: ({ L }) => L?.length ?? 0,
  M: ({ M }) => Object.keys(M ?? {}).length,
};
