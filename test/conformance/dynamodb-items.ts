import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ConformanceAccount } from './account.ts';

export type Item = Record<string, AttributeValue>;

export const itemKey = (pk: string, sk = 'a'): Item => ({ pk: { S: pk }, sk: { S: sk } });

/** An item of exactly so many bytes: its keys are `pk`, `sk` and what they hold, the rest is its attribute `t`. */
export function itemOfBytes(bytes: number, key = itemKey('v')): Item {
  const keyBytes = Object.entries(key).reduce(
    (sum, [name, { S = '' }]) => sum + Buffer.byteLength(name) + Buffer.byteLength(S),
    0,
  );
  return { ...key, t: { S: 'x'.repeat(bytes - keyBytes - 't'.length) } };
}

/** One table of one account, and the calls that most facts are about. */
export async function tableOf({ dynamodb, createTable }: ConformanceAccount) {
  const TableName = await createTable();
  return {
    client: dynamodb,
    TableName,
    put: (Item: Item, more: Omit<PutItemCommandInput, 'TableName' | 'Item'> = {}) =>
      dynamodb.send(new PutItemCommand({ TableName, Item, ...more })),
    update: (Key: Item, more: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) =>
      dynamodb.send(new UpdateItemCommand({ TableName, Key, ...more })),
    read: async (Key: Item): Promise<Item | undefined> =>
      (await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item,
  };
}

/** Everything of one partition of the table. */
export const inPartition = (
  pk: string,
): Pick<QueryCommandInput, 'KeyConditionExpression'> & {
  ExpressionAttributeValues: Item;
} => ({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: pk } } });
