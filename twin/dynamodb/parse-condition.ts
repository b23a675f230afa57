import { type AttributeValue, compareValues, typeOf } from './attribute-value.ts';
import type { Comparator, Condition, DocumentPath, Operand } from './expression.ts';
import type { Placeholders } from './placeholders.ts';
import { type ExpressionName, TokenReader } from './token-reader.ts';

/** Grammar: DynamoDB developer guide, "Condition and filter expressions, operators, and functions". */
export function parseCondition(
  text: string,
  expression: ExpressionName,
  placeholders: Placeholders,
): Condition {
  const reader = new TokenReader(text, expression, placeholders);
  const condition = either(reader);
  reader.expectEnd();
  return condition;
}

function either(reader: TokenReader): Condition {
  let left = both(reader);
  while (reader.takeKeywordIf('OR')) left = { kind: 'or', left, right: both(reader) };
  return left;
}

function both(reader: TokenReader): Condition {
  let left = negated(reader);
  while (reader.takeKeywordIf('AND')) left = { kind: 'and', left, right: negated(reader) };
  return left;
}

function negated(reader: TokenReader): Condition {
  if (reader.takeKeywordIf('NOT')) return { kind: 'not', condition: negated(reader) };
  return reader.peeked === '(' ? parenthesised(reader) : predicate(reader);
}

function parenthesised(reader: TokenReader): Condition {
  reader.expect('(');
  const condition = either(reader);
  reader.expect(')');
  if (wholeParentheses.has(condition)) throw reader.refuse('The expression has redundant parentheses;');
  wholeParentheses.add(condition);
  return condition;
}

/** Conditions that already stand alone in parentheses: DynamoDB refuses `((a = :b))`. */
const wholeParentheses = new WeakSet<Condition>();

function predicate(reader: TokenReader): Condition {
  switch (reader.calledFunction) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      return { kind: reader.take() as 'attribute_exists' | 'attribute_not_exists', path: onlyPath(reader) };
    case 'begins_with':
    case 'contains':
      return twoOperands(reader, reader.take() as 'begins_with' | 'contains');
    case undefined:
    case 'size':
      return comparison(reader);
    default:
      throw reader.refuse(`Invalid function name; function: ${reader.peeked}`);
  }
}

function onlyPath(reader: TokenReader): DocumentPath {
  const name = 'attribute_exists or attribute_not_exists';
  reader.expect('(');
  if (reader.peeked?.startsWith(':')) {
    throw reader.refuse(`Operator or function requires a document path; operator or function: ${name}`);
  }
  const path = reader.path();
  reader.expect(')');
  return path;
}

function twoOperands(reader: TokenReader, kind: 'begins_with' | 'contains'): Condition {
  reader.expect('(');
  const left = operand(reader);
  reader.expect(',');
  const wanted = operand(reader);
  reader.expect(')');
  if (kind === 'begins_with') assertType(reader, kind, wanted, ['S', 'B']);
  return { kind, operand: left, wanted };
}

const COMPARATORS: ReadonlySet<string> = new Set<Comparator>(['=', '<>', '<', '<=', '>', '>=']);

function comparison(reader: TokenReader): Condition {
  const left = operand(reader);
  if (reader.takeKeywordIf('BETWEEN')) return between(reader, left);
  if (reader.takeKeywordIf('IN')) return membership(reader, left);
  if (!COMPARATORS.has(reader.peeked ?? '')) throw reader.unexpected();
  const operator = reader.take() as Comparator;
  const right = operand(reader);
  if (operator !== '=' && operator !== '<>') {
    for (const side of [left, right]) assertType(reader, operator, side, ['S', 'N', 'B']);
  }
  return { kind: 'compare', operator, left, right };
}

function between(reader: TokenReader, subject: Operand): Condition {
  const low = operand(reader);
  if (!reader.takeKeywordIf('AND')) throw reader.unexpected();
  const high = operand(reader);
  for (const bound of [low, high]) assertType(reader, 'BETWEEN', bound, ['S', 'N', 'B']);
  if (low.kind === 'value' && high.kind === 'value') assertOrdered(reader, low.value, high.value);
  return { kind: 'between', operand: subject, low, high };
}

function assertOrdered(reader: TokenReader, low: AttributeValue, high: AttributeValue): void {
  const order = compareValues(low, high);
  const bounds = `lower bound operand: AttributeValue: ${JSON.stringify(low)}, upper bound operand: AttributeValue: ${JSON.stringify(high)}`;
  if (order === undefined) {
    throw reader.refuse(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  }
  if (order > 0) {
    throw reader.refuse(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
  }
}

function membership(reader: TokenReader, subject: Operand): Condition {
  reader.expect('(');
  const choices = [operand(reader)];
  while (reader.takeIf(',')) choices.push(operand(reader));
  reader.expect(')');
  return { kind: 'in', operand: subject, choices };
}

function operand(reader: TokenReader): Operand {
  if (reader.calledFunction === 'size') {
    reader.take();
    reader.expect('(');
    const of = operand(reader);
    reader.expect(')');
    return { kind: 'size', of };
  }
  const value = reader.value();
  return value === undefined ? { kind: 'path', path: reader.path() } : { kind: 'value', value };
}

function assertType(reader: TokenReader, operator: string, side: Operand, allowed: readonly string[]): void {
  if (side.kind !== 'value' || allowed.includes(typeOf(side.value))) return;
  throw reader.refuse(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(side.value)}`,
  );
}
