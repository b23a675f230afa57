import type { ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { acceptItem, type Item } from './attribute-value.ts';
import { holds } from './evaluate-condition.ts';
import { parseCondition } from './parse-condition.ts';
import { Placeholders } from './placeholders.ts';
import { assertLimit, firstPage, type QueryPage } from './query.ts';
import type { Table } from './table.ts';
import { assertIsKey, keyText, projectKeys } from './table-definition.ts';

export const SCAN = [
  'TableName',
  'FilterExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'Limit',
  'ExclusiveStartKey',
  'ConsistentRead',
];

/** Of the table itself; AWS promises no order, and neither does this. */
export function scan(table: Table, input: ScanCommandInput): QueryPage {
  assertLimit(input.Limit);
  const { keys } = table.definition;
  const placeholders = new Placeholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const filter =
    input.FilterExpression === undefined
      ? undefined
      : parseCondition(input.FilterExpression, 'FilterExpression', placeholders);
  placeholders.assertAllUsed(filter !== undefined);
  const position = (item: Item): string => keyText(item, keys);
  const start = input.ExclusiveStartKey === undefined ? undefined : acceptItem(input.ExclusiveStartKey);
  if (start !== undefined) assertIsKey(start, keys);
  const ordered = table
    .snapshot()
    .filter((item) => start === undefined || position(item) > position(start))
    .toSorted((a, b) => (position(a) < position(b) ? -1 : 1));
  const { evaluated, isLast } = firstPage(ordered, input.Limit);
  const lastItem = isLast ? undefined : evaluated.at(-1);
  return {
    items: evaluated.filter((item) => filter === undefined || holds(filter, item)),
    scanned: evaluated.length,
    lastKey: lastItem && projectKeys(lastItem, keys),
  };
}
