import type { BatchGetItemCommandInput, BatchWriteItemCommandInput } from '@aws-sdk/client-dynamodb';
import { NotImitatedError } from '../service-error.ts';
import { type AttributeValue, acceptItem } from './attribute-value.ts';
import { invalid } from './invalid.ts';
import type { Table } from './table.ts';
import { keyText } from './table-definition.ts';
import { acceptKey, apply, deleteWrite, putWrite } from './write.ts';

/** Source: DynamoDB API reference, BatchGetItem and BatchWriteItem. */
const MAXIMUM_KEYS = 100;
const MAXIMUM_WRITES = 25;

type FindTable = (name: string | undefined) => Table;

export function batchGet(input: BatchGetItemCommandInput, findTable: FindTable): Record<string, object[]> {
  const requests = Object.entries(input.RequestItems ?? {});
  const count = requests.reduce((sum, [, { Keys }]) => sum + (Keys?.length ?? 0), 0);
  if (count < 1)
    throw invalid(
      "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  if (count > MAXIMUM_KEYS) throw invalid('Too many items requested for the BatchGetItem call');
  return Object.fromEntries(
    requests.map(([name, { Keys, ConsistentRead: _, ...rest }]) => {
      assertNothingElse(rest);
      return [name, getAll(findTable(name), Keys ?? [])];
    }),
  );
}

function getAll(table: Table, given: readonly Record<string, AttributeValue>[]): object[] {
  const keys = given.map((key) => acceptKey(table, key));
  assertDistinct(keys.map((key) => keyText(key, table.definition.keys)));
  return keys.flatMap((key) => {
    const item = table.get(key);
    return item === undefined ? [] : [acceptItem(item)];
  });
}

export function batchWrite(input: BatchWriteItemCommandInput, findTable: FindTable): void {
  const requests = Object.entries(input.RequestItems ?? {});
  const count = requests.reduce((sum, [, writes]) => sum + writes.length, 0);
  if (count < 1 || count > MAXIMUM_WRITES) {
    throw invalid(
      `1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Member must have length less than or equal to ${MAXIMUM_WRITES}, Member must have length greater than or equal to 1`,
    );
  }
  const writes = requests.flatMap(([name, list]) => {
    const table = findTable(name);
    return list.map(({ PutRequest, DeleteRequest }) => {
      if ((PutRequest === undefined) === (DeleteRequest === undefined)) {
        throw invalid(
          'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
        );
      }
      return DeleteRequest === undefined
        ? putWrite(table, { Item: PutRequest?.Item })
        : deleteWrite(table, { Key: DeleteRequest.Key });
    });
  });
  assertDistinct(writes.map(({ table, key }) => `${table.arn} ${keyText(key, table.definition.keys)}`));
  for (const write of writes) apply(write);
}

function assertDistinct(keys: readonly string[]): void {
  if (new Set(keys).size < keys.length) throw invalid('Provided list of item keys contains duplicates');
}

function assertNothingElse(rest: object): void {
  const given = Object.entries(rest).find(([, value]) => value !== undefined);
  if (given !== undefined)
    throw new NotImitatedError(`DynamoDB:BatchGetItem parameter ${given[0]} is not imitated`);
}
