import type { Put, Update } from '@aws-sdk/client-dynamodb';
import { applyUpdate } from './apply-update.ts';
import { type AttributeValue, acceptItem, type Item } from './attribute-value.ts';
import { holds } from './evaluate-condition.ts';
import type { Condition, UpdateAction } from './expression.ts';
import { invalid } from './invalid.ts';
import { parseCondition } from './parse-condition.ts';
import { parseUpdate } from './parse-update.ts';
import { Placeholders } from './placeholders.ts';
import type { Table } from './table.ts';
import { assertIsKey, keyAttributes, projectKeys } from './table-definition.ts';

/** A checked write whose condition has not been evaluated yet. */
export interface Write {
  readonly table: Table;
  readonly key: Item;
  readonly condition: Condition | undefined;
  /** The item after the write: undefined removes it, `keep` leaves it as it is. */
  readonly result: (before: Item | undefined) => Item | undefined | 'keep';
  /** Top-level attributes that the update expression names, for UPDATED_NEW and UPDATED_OLD. */
  readonly updates: readonly string[];
}

interface Conditional {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
}

type Keyed = Conditional & { readonly Key: Record<string, AttributeValue> | undefined };

export function putWrite(table: Table, input: Conditional & Pick<Put, 'Item'>): Write {
  const { condition } = parseExpressions(input);
  const item = acceptItem(input.Item ?? {});
  table.assertAccepts(item);
  return { table, key: projectKeys(item, table.definition.keys), condition, result: () => item, updates: [] };
}

export function deleteWrite(table: Table, input: Keyed): Write {
  const { condition } = parseExpressions(input);
  return { table, key: acceptKey(table, input.Key), condition, result: () => undefined, updates: [] };
}

export function conditionCheck(table: Table, input: Keyed): Write {
  const { condition } = parseExpressions(input);
  if (condition === undefined) {
    throw invalid('The expression can not be empty: a ConditionCheck needs a ConditionExpression');
  }
  return { table, key: acceptKey(table, input.Key), condition, result: () => 'keep', updates: [] };
}

export function updateWrite(table: Table, input: Keyed & Partial<Pick<Update, 'UpdateExpression'>>): Write {
  const { condition, actions } = parseExpressions(input);
  const key = acceptKey(table, input.Key);
  const keyAttribute = keyAttributes(table.definition.keys).find(({ name }) =>
    actions.some(({ path }) => path[0] === name),
  );
  if (keyAttribute !== undefined) {
    throw invalid(
      `One or more parameter values were invalid: Cannot update attribute ${keyAttribute.name}. This attribute is part of the key`,
    );
  }
  const result = (before: Item | undefined): Item => {
    const after = applyUpdate(before ?? key, actions);
    table.assertAccepts(after);
    return after;
  };
  return { table, key, condition, result, updates: actions.map(({ path }) => String(path[0])) };
}

export function acceptKey(table: Table, given: Record<string, AttributeValue> | undefined): Item {
  const key = acceptItem(given ?? {});
  assertIsKey(key, table.definition.keys);
  return key;
}

function parseExpressions(input: Conditional & { readonly UpdateExpression?: string | undefined }): {
  readonly condition: Condition | undefined;
  readonly actions: readonly UpdateAction[];
} {
  const placeholders = new Placeholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const { UpdateExpression: update, ConditionExpression: condition } = input;
  const actions = update === undefined ? [] : parseUpdate(update, placeholders);
  const parsed =
    condition === undefined ? undefined : parseCondition(condition, 'ConditionExpression', placeholders);
  placeholders.assertAllUsed(update !== undefined || condition !== undefined);
  return { condition: parsed, actions };
}

export const conditionHolds = ({ table, key, condition }: Write): boolean =>
  condition === undefined || holds(condition, table.get(key) ?? {});

export interface Effect {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** What the write would do now, undone. @throws ValidationException where the update cannot be computed. */
export function effectOf({ table, key, result }: Write): Effect {
  const before = table.get(key);
  const after = result(before);
  return { before, after: after === 'keep' ? before : after };
}

export function apply(write: Write): Effect {
  const effect = effectOf(write);
  if (effect.after === undefined) {
    if (effect.before !== undefined) write.table.delete(write.key);
  } else if (effect.after !== effect.before) write.table.put(effect.after);
  return effect;
}

/** The attributes that `ReturnValues` asks for; undefined where there are none. */
export function returned(
  kind: string | undefined,
  { before, after }: Effect,
  updates: readonly string[],
): Item | undefined {
  switch (kind) {
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_NEW':
      return pick(after, updates);
    case 'UPDATED_OLD':
      return pick(before, updates);
    default:
      return undefined;
  }
}

function pick(item: Item = {}, names: readonly string[]): Item | undefined {
  const entries = Object.entries(item).filter(([name]) => names.includes(name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
