import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type AttributeValue, acceptItem, compareValues, type Item, itemSize } from './attribute-value.ts';
import { holds } from './evaluate-condition.ts';
import type { Condition } from './expression.ts';
import { invalid } from './invalid.ts';
import { parseCondition } from './parse-condition.ts';
import { Placeholders } from './placeholders.ts';
import type { Table } from './table.ts';
import { assertIsKey, type KeySchema, keyAttributes, projectKeys } from './table-definition.ts';

/** A page ends where the evaluated items exceed this. Source: DynamoDB API reference, Query. */
const PAGE_BYTES = 1024 * 1024;

export interface QueryPage {
  readonly items: readonly Item[];
  readonly scanned: number;
  readonly lastKey: Item | undefined;
}

export function query(table: Table, input: QueryCommandInput): QueryPage {
  const { definition, index } = table.index(input.IndexName);
  assertReadable(input, definition !== undefined);
  const tableKeys = table.definition.keys;
  const keys = definition?.keys ?? tableKeys;
  const { range, partition, filter } = parse(input, keys);

  const inRange = index.partition(partition).filter((item) => range === undefined || holds(range, item));
  const isBackward = input.ScanIndexForward === false;
  const ordered = isBackward ? inRange.toReversed() : inRange;
  const startKey = acceptStartKey(input, keys, tableKeys);
  const follows = (item: Item): boolean =>
    startKey === undefined || (isBackward ? -1 : 1) * index.compare(item, startKey) > 0;
  const { evaluated, isLast } = firstPage(ordered.filter(follows), input.Limit);
  const lastItem = isLast ? undefined : evaluated.at(-1);
  return {
    items: evaluated
      .filter((item) => filter === undefined || holds(filter, item))
      .map((item) => (definition?.projection === 'KEYS_ONLY' ? indexKey(item, keys, tableKeys) : item)),
    scanned: evaluated.length,
    lastKey: lastItem && indexKey(lastItem, keys, tableKeys),
  };
}

function assertReadable({ ConsistentRead, Limit }: QueryCommandInput, isSecondary: boolean): void {
  if (isSecondary && ConsistentRead === true) {
    throw invalid('Consistent reads are not supported on global secondary indexes');
  }
  assertLimit(Limit);
}

export function assertLimit(limit: number | undefined): void {
  if (limit === undefined || limit >= 1) return;
  throw invalid(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
  );
}

/** As AWS, of Query and Scan: a page that Limit ended is not called the last one even where nothing follows. */
export function firstPage(
  items: readonly Item[],
  limit = Number.POSITIVE_INFINITY,
): { readonly evaluated: readonly Item[]; readonly isLast: boolean } {
  let bytes = 0;
  let count = 0;
  while (count < items.length && count < limit && bytes <= PAGE_BYTES)
    bytes += itemSize(items[count++] as Item);
  return { evaluated: items.slice(0, count), isLast: count === items.length && count !== limit };
}

const indexKey = (item: Item, keys: KeySchema, tableKeys: KeySchema): Item => ({
  ...projectKeys(item, tableKeys),
  ...projectKeys(item, keys),
});

function acceptStartKey(input: QueryCommandInput, keys: KeySchema, tableKeys: KeySchema): Item | undefined {
  if (input.ExclusiveStartKey === undefined) return undefined;
  const startKey = acceptItem(input.ExclusiveStartKey);
  const wanted = new Set([...keyAttributes(keys), ...keyAttributes(tableKeys)].map(({ name }) => name));
  const given = Object.keys(startKey);
  if (given.length !== wanted.size || !given.every((name) => wanted.has(name))) {
    throw invalid('The provided starting key is invalid');
  }
  assertIsKey(projectKeys(startKey, tableKeys), tableKeys);
  return startKey;
}

interface ParsedQuery {
  readonly partition: AttributeValue;
  readonly range: Condition | undefined;
  readonly filter: Condition | undefined;
}

function parse(input: QueryCommandInput, keys: KeySchema): ParsedQuery {
  if (input.KeyConditionExpression === undefined) {
    throw invalid(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const placeholders = new Placeholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const keyCondition = parseCondition(input.KeyConditionExpression, 'KeyConditionExpression', placeholders);
  const filter =
    input.FilterExpression === undefined
      ? undefined
      : parseCondition(input.FilterExpression, 'FilterExpression', placeholders);
  placeholders.assertAllUsed(true);
  if (filter !== undefined) assertNoKeyIn(filter, keys);
  return { ...splitKeyCondition(keyCondition, keys), filter };
}

function splitKeyCondition(condition: Condition, keys: KeySchema): Omit<ParsedQuery, 'filter'> {
  const parts = condition.kind === 'and' ? [condition.left, condition.right] : [condition];
  const equality = parts.find((part) => subject(part) === keys.partition.name);
  const range = parts.find((part) => part !== equality);
  if (equality === undefined)
    throw invalid(`Query condition missed key schema element: ${keys.partition.name}`);
  if (equality.kind !== 'compare' || equality.operator !== '=' || equality.right.kind !== 'value') {
    throw invalid('Query key condition not supported');
  }
  assertKeyType(keys.partition, equality.right.value);
  if (range !== undefined) assertRange(range, keys);
  return { partition: equality.right.value, range };
}

function assertRange(range: Condition, keys: KeySchema): void {
  const sort = keys.sort;
  if (sort === undefined || subject(range) === undefined) throw invalid('Query key condition not supported');
  if (subject(range) !== sort.name) throw invalid(`Query condition missed key schema element: ${sort.name}`);
  for (const value of rangeValues(range)) assertKeyType(sort, value);
}

/** The values a sort key is compared with. @throws ValidationException for operators that keys do not take. */
function rangeValues(range: Condition): AttributeValue[] {
  const operands =
    range.kind === 'compare' && range.operator !== '<>'
      ? [range.right]
      : range.kind === 'between'
        ? [range.low, range.high]
        : range.kind === 'begins_with'
          ? [range.wanted]
          : [];
  const values = operands.flatMap((operand) => (operand.kind === 'value' ? [operand.value] : []));
  if (values.length === 0 || values.length !== operands.length)
    throw invalid('Query key condition not supported');
  return values;
}

function assertKeyType(key: { name: string; type: 'S' | 'N' | 'B' }, value: AttributeValue): void {
  if (value[key.type] === undefined) {
    throw invalid(
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    );
  }
  if (compareValues(value, value) === undefined) throw invalid('Query key condition not supported');
}

/** The top-level attribute that a predicate is about; undefined for anything else. */
function subject(condition: Condition): string | undefined {
  const operand =
    'operand' in condition ? condition.operand : condition.kind === 'compare' ? condition.left : undefined;
  return operand?.kind === 'path' && operand.path.length === 1 ? String(operand.path[0]) : undefined;
}

function assertNoKeyIn(filter: Condition, keys: KeySchema): void {
  const used = namesIn(filter);
  const key = keyAttributes(keys).find(({ name }) => used.has(name));
  if (key === undefined) return;
  throw invalid(
    `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key.name}`,
  );
}

/** Every top-level attribute that a parsed condition reads. */
function namesIn(condition: Condition): Set<string> {
  const names = new Set<string>();
  JSON.stringify(condition, (property, value: unknown) => {
    if (property === 'path') names.add(String((value as readonly unknown[])[0]));
    return value;
  });
  return names;
}
