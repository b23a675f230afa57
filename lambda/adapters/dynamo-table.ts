import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  GetItemCommand,
  type KeysAndAttributes,
  paginateQuery,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { batches } from '../../core/domain/volume-limits.ts';
import { chunksOf, inParallel } from './batches.ts';
import type { Key } from './table-keys.ts';

export type Item = Record<string, AttributeValue>;

/** The one table of a deployment. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly name: string;
}

/** Reads that must see the last write: a step decided on an older one would only be overtaken. */
export async function getItem({ client, name }: Table, key: Key): Promise<Item | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: name, Key: keyItem(key), ConsistentRead: true }),
  );
  return Item;
}

export const getItems = async (table: Table, keys: readonly Key[]): Promise<readonly Item[]> =>
  (await inParallel(chunksOf(keys, batches.batchGetItems), (chunk) => getChunk(table, chunk))).flat();

/** DynamoDB hands back what it could not read in time; asked again after 50, 100, 200 and 400 ms. */
const mostTries = 5;

async function getChunk({ client, name }: Table, keys: readonly Key[]): Promise<readonly Item[]> {
  const found: Item[] = [];
  let wanted: KeysAndAttributes | undefined = { Keys: keys.map(keyItem), ConsistentRead: true };
  for (let attempt = 0; wanted?.Keys?.length; attempt += 1) {
    if (attempt === mostTries)
      throw new Error(`${name} left ${wanted.Keys.length} items unread ${mostTries} times`);
    if (attempt > 0) await delay(25 * 2 ** attempt);
    const answer: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: { [name]: wanted } }),
    );
    found.push(...(answer.Responses?.[name] ?? []));
    wanted = answer.UnprocessedKeys?.[name];
  }
  return found;
}

/** Every page of a query. */
export async function queryAll(
  { client, name }: Table,
  query: Omit<QueryCommandInput, 'TableName'>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of paginateQuery({ client }, { TableName: name, ...query })) {
    items.push(...(page.Items ?? []));
  }
  return items;
}

/** Rows of index `due` in one queue, up to `now` where given, earliest first. Eventually consistent, like every index. */
export const queryQueue = (table: Table, queue: Queue, now?: number): Promise<readonly Item[]> =>
  queryAll(table, {
    IndexName: 'due',
    KeyConditionExpression: now === undefined ? '#queue = :queue' : '#queue = :queue AND #dueAt <= :now',
    ExpressionAttributeNames: { '#queue': 'queue', ...(now !== undefined && { '#dueAt': 'dueAt' }) },
    ExpressionAttributeValues: {
      ':queue': { S: queue },
      ...(now !== undefined && { ':now': { N: String(now) } }),
    },
  });

/** `stays`: closed cases whose modification stays, so that they can be listed without a scan. */
export type Queue = 'case' | 'notice' | 'stays';

export const keyItem = ({ pk, sk }: Key): Item => ({ pk: { S: pk }, sk: { S: sk } });
