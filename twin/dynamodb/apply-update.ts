import { type AttributeValue, canonicalNumber, copyOf, type Item } from './attribute-value.ts';
import { removeAt, setAt, valueAt } from './document-path.ts';
import type { SetValue, UpdateAction } from './expression.ts';
import { invalid } from './invalid.ts';

/** The item after the update. Every right-hand side reads the item as it was before, as in DynamoDB. */
export function applyUpdate(before: Item, actions: readonly UpdateAction[]): Item {
  const after: Record<string, AttributeValue> = { ...copyOf(before) };
  const writes = actions.map((action) => ({ action, value: newValue(action, before) }));
  for (const { action, value } of writes) {
    if (value !== undefined) setAt(after, action.path, value);
    else removeAt(after, action.path);
  }
  return after;
}

/** What the action writes at its path; undefined removes it. */
function newValue(action: UpdateAction, before: Item): AttributeValue | undefined {
  switch (action.kind) {
    case 'SET':
      return evaluate(action.value, before);
    case 'REMOVE':
      return undefined;
    case 'ADD':
      return added(valueAt(before, action.path), action.value);
    case 'DELETE':
      return without(valueAt(before, action.path), action.value);
  }
}

function evaluate(value: SetValue, before: Item): AttributeValue {
  switch (value.kind) {
    case 'value':
      return value.value;
    case 'path':
      return existing(valueAt(before, value.path));
    case 'if_not_exists':
      return valueAt(before, value.path) ?? evaluate(value.otherwise, before);
    case 'list_append': {
      const [head, tail] = [evaluate(value.head, before), evaluate(value.tail, before)];
      if (head.L === undefined || tail.L === undefined) throw wrongOperand();
      return { L: [...head.L, ...tail.L] };
    }
    default: {
      const sign = value.kind === '+' ? 1 : -1;
      return sum(evaluate(value.left, before), evaluate(value.right, before), sign);
    }
  }
}

function existing(value: AttributeValue | undefined): AttributeValue {
  if (value !== undefined) return value;
  throw invalid('The provided expression refers to an attribute that does not exist in the item');
}

function sum(a: AttributeValue, b: AttributeValue, sign: 1 | -1): AttributeValue {
  if (a.N === undefined || b.N === undefined) throw wrongOperand();
  return { N: canonicalNumber(decimal(Number(a.N) + sign * Number(b.N))) };
}

/** DynamoDB adds in decimal: 0.1 + 0.2 is 0.3, which doubles give only after rounding to their 15 exact digits. */
const decimal = (number: number): string => String(Number(number.toPrecision(15)));

function added(old: AttributeValue | undefined, more: AttributeValue): AttributeValue {
  if (old === undefined) return more;
  if (more.N !== undefined) return sum(old, more, 1);
  if (more.SS !== undefined && old.SS !== undefined) return { SS: [...new Set([...old.SS, ...more.SS])] };
  if (more.NS !== undefined && old.NS !== undefined) return { NS: [...new Set([...old.NS, ...more.NS])] };
  throw wrongOperand();
}

function without(old: AttributeValue | undefined, members: AttributeValue): AttributeValue | undefined {
  if (old === undefined) return undefined;
  if (members.SS !== undefined && old.SS !== undefined) {
    const left = difference(old.SS, members.SS);
    return left.length === 0 ? undefined : { SS: left };
  }
  if (members.NS !== undefined && old.NS !== undefined) {
    const left = difference(old.NS, members.NS);
    return left.length === 0 ? undefined : { NS: left };
  }
  throw wrongOperand();
}

const difference = (all: readonly string[], gone: readonly string[]): string[] =>
  all.filter((member) => !gone.includes(member));

const wrongOperand = () => invalid('An operand in the update expression has an incorrect data type');
