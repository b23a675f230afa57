import type {
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import { NotImitatedError } from '../service-error.ts';
import { type AttributeValue, copyOf, type Item, itemSize } from './attribute-value.ts';
import { invalid } from './invalid.ts';
import type { Table } from './table.ts';
import { keyText } from './table-definition.ts';
import { acceptKey, apply, deleteWrite, putWrite } from './write.ts';

/** Source: DynamoDB API reference, BatchGetItem and BatchWriteItem. */
const MAXIMUM_KEYS = 100;
const MAXIMUM_WRITES = 25;
/** "16 MB", of which AWS's own example makes 52 items of 300 KB. */
const MAXIMUM_ANSWER_BYTES = 16_000_000;

type FindTable = (name: string | undefined) => Table;

interface Answered {
  readonly Responses: Record<string, Item[]>;
  readonly UnprocessedKeys: Record<string, KeysAndAttributes>;
}

/** Reads until the answer is full; what is then left is named for another call. */
export function batchGet(input: BatchGetItemCommandInput, findTable: FindTable): Answered {
  const requests = Object.entries(input.RequestItems ?? {});
  const count = requests.reduce((sum, [, { Keys }]) => sum + (Keys?.length ?? 0), 0);
  if (count < 1)
    throw invalid(
      "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  if (count > MAXIMUM_KEYS) throw invalid('Too many items requested for the BatchGetItem call');
  const answered: Answered = { Responses: {}, UnprocessedKeys: {} };
  let room = MAXIMUM_ANSWER_BYTES;
  for (const [name, { Keys = [], ConsistentRead, ...rest }] of requests) {
    assertNothingElse(rest);
    const { items, bytes, left } = readWhile(findTable(name), Keys, room);
    room -= bytes;
    answered.Responses[name] = items.map(copyOf);
    if (left.length > 0)
      answered.UnprocessedKeys[name] = {
        Keys: left,
        ...(ConsistentRead !== undefined && { ConsistentRead }),
      };
  }
  return answered;
}

interface Read {
  readonly items: readonly Item[];
  readonly bytes: number;
  readonly left: Item[];
}

/** The items that fit into `room` bytes, in the order of their keys, and the keys from the first that does not. */
function readWhile(table: Table, given: readonly Record<string, AttributeValue>[], room: number): Read {
  const keys = given.map((key) => acceptKey(table, key));
  assertDistinct(keys.map((key) => keyText(key, table.definition.keys)));
  const items: Item[] = [];
  let bytes = 0;
  for (const [place, key] of keys.entries()) {
    const item = table.get(key);
    const size = item === undefined ? 0 : itemSize(item);
    if (bytes + size > room) return { items, bytes, left: keys.slice(place) };
    bytes += size;
    if (item !== undefined) items.push(item);
  }
  return { items, bytes, left: [] };
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
