import { type AttributeValue, typeOf } from './attribute-value.ts';
import { type DocumentPath, pathText, type SetValue, type UpdateAction } from './expression.ts';
import type { Placeholders } from './placeholders.ts';
import { TokenReader } from './token-reader.ts';

const CLAUSES = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Clause = (typeof CLAUSES)[number];

/** Grammar: DynamoDB developer guide, "Using update expressions in DynamoDB". */
export function parseUpdate(text: string, placeholders: Placeholders): readonly UpdateAction[] {
  const reader = new TokenReader(text, 'UpdateExpression', placeholders);
  const actions: UpdateAction[] = [];
  const seen = new Set<Clause>();
  while (reader.peeked !== undefined) {
    const clause = CLAUSES.find((keyword) => reader.takeKeywordIf(keyword));
    if (clause === undefined) throw reader.unexpected();
    if (seen.has(clause)) {
      throw reader.refuse(`The "${clause}" section can only be used once in an update expression;`);
    }
    seen.add(clause);
    do actions.push(ACTION[clause](reader));
    while (reader.takeIf(','));
  }
  assertNoOverlap(reader, actions);
  return actions;
}

const ACTION: Readonly<Record<Clause, (reader: TokenReader) => UpdateAction>> = {
  SET: (reader) => {
    const path = reader.path();
    reader.expect('=');
    return { kind: 'SET', path, value: sum(reader) };
  },
  REMOVE: (reader) => ({ kind: 'REMOVE', path: reader.path() }),
  ADD: (reader) => ({ kind: 'ADD', path: reader.path(), value: literal(reader, 'ADD', ['N', 'SS', 'NS']) }),
  DELETE: (reader) => ({
    kind: 'DELETE',
    path: reader.path(),
    value: literal(reader, 'DELETE', ['SS', 'NS']),
  }),
};

function literal(reader: TokenReader, operator: string, allowed: readonly string[]): AttributeValue {
  const value = reader.value();
  if (value === undefined) throw reader.unexpected();
  if (!allowed.includes(typeOf(value))) throw wrongType(reader, operator, value);
  return value;
}

/** One operand, or exactly two joined by + or -. */
function sum(reader: TokenReader): SetValue {
  const left = setOperand(reader);
  const kind = reader.takeIf('+') ? '+' : reader.takeIf('-') ? '-' : undefined;
  if (kind === undefined) return left;
  const right = setOperand(reader);
  for (const side of [left, right]) {
    if (side.kind === 'value' && side.value.N === undefined) throw wrongType(reader, kind, side.value);
  }
  return { kind, left, right };
}

function setOperand(reader: TokenReader): SetValue {
  const name = reader.calledFunction;
  if (name !== undefined) return setFunction(reader, name);
  const value = reader.value();
  return value === undefined ? { kind: 'path', path: reader.path() } : { kind: 'value', value };
}

function setFunction(reader: TokenReader, name: string): SetValue {
  if (name !== 'if_not_exists' && name !== 'list_append') {
    throw reader.refuse(`Invalid function name; function: ${name}`);
  }
  reader.take();
  reader.expect('(');
  const path = name === 'if_not_exists' ? reader.path() : undefined;
  const head = path === undefined ? setOperand(reader) : undefined;
  reader.expect(',');
  const last = setOperand(reader);
  reader.expect(')');
  if (path !== undefined) return { kind: 'if_not_exists', path, otherwise: last };
  return { kind: 'list_append', head: head as SetValue, tail: last };
}

function assertNoOverlap(reader: TokenReader, actions: readonly UpdateAction[]): void {
  for (const [index, { path }] of actions.entries()) {
    const other = actions.slice(index + 1).find((action) => overlap(path, action.path));
    if (other === undefined) continue;
    throw reader.refuse(
      `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${pathText(path)}, path two: ${pathText(other.path)}`,
    );
  }
}

const overlap = (a: DocumentPath, b: DocumentPath): boolean =>
  a.slice(0, b.length).every((step, index) => step === b[index]);

const wrongType = (reader: TokenReader, operator: string, value: AttributeValue): Error =>
  reader.refuse(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(value)}`,
  );
