import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { key, tableUnderTest } from './table-under-test.ts';

const TableName = 'cases';
const put = (pk: string) => ({
  Put: { TableName, Item: key(pk), ConditionExpression: 'attribute_not_exists(pk)' },
});
const spend = (amount: number) => ({
  Update: {
    TableName,
    Key: key('spend'),
    UpdateExpression: 'ADD spent :amount',
    ConditionExpression: 'attribute_not_exists(spent) OR spent <= :room',
    ExpressionAttributeValues: { ':amount': { N: String(amount) }, ':room': { N: String(100 - amount) } },
  },
});

describe('TransactWriteItems', () => {
  test('applies all writes when every condition holds', async () => {
    const { client, table } = tableUnderTest();
    const check = {
      ConditionCheck: { TableName, Key: key('other'), ConditionExpression: 'attribute_not_exists(pk)' },
    };
    await client.send(new TransactWriteItemsCommand({ TransactItems: [put('vol-1'), spend(60), check] }));
    expect(table.snapshot()).toEqual([key('vol-1'), { ...key('spend'), spent: { N: '60' } }]);
  });

  test('applies none when one condition fails, and says which', async () => {
    const { client, table } = tableUnderTest();
    await client.send(new TransactWriteItemsCommand({ TransactItems: [spend(60)] }));
    const refusal = client.send(new TransactWriteItemsCommand({ TransactItems: [put('vol-2'), spend(50)] }));
    await expect(refusal).rejects.toBeInstanceOf(TransactionCanceledException);
    await expect(refusal).rejects.toMatchObject({
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      ],
    });
    expect(table.snapshot()).toEqual([{ ...key('spend'), spent: { N: '60' } }]);
  });

  test('does not take two writes to one item', async () => {
    const { client } = tableUnderTest();
    await expect(
      client.send(new TransactWriteItemsCommand({ TransactItems: [spend(1), spend(2)] })),
    ).rejects.toThrow('Transaction request cannot include multiple operations on one item');
  });

  test.each([0, 101])('does not take %i writes', async (count) => {
    const { client } = tableUnderTest();
    const TransactItems = Array.from({ length: count }, (_, index) => put(`vol-${index}`));
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('writes once for a repeated token, and refuses the token for something else', async () => {
    const { client, table } = tableUnderTest();
    const send = (amount: number) =>
      client.send(new TransactWriteItemsCommand({ TransactItems: [spend(amount)], ClientRequestToken: 't' }));
    await send(10);
    await send(10);
    expect(table.snapshot()).toMatchObject([{ spent: { N: '10' } }]);
    await expect(send(20)).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
  });
});

describe('batches', () => {
  const writes = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ PutRequest: { Item: key(`vol-${index}`) } }));
  const keys = (count: number) => Array.from({ length: count }, (_, index) => key(`vol-${index}`));

  test('write up to 25 items and read up to 100 keys, leaving out what is not there', async () => {
    const { client } = tableUnderTest();
    await client.send(new BatchWriteItemCommand({ RequestItems: { cases: writes(25) } }));
    const { Responses } = await client.send(
      new BatchGetItemCommand({ RequestItems: { cases: { Keys: keys(100) } } }),
    );
    expect(Responses?.['cases']).toHaveLength(25);
  });

  test('leave what does not fit into 16 MB to be read by another call', async () => {
    const { client, table } = tableUnderTest();
    const wanted = keys(60);
    for (const each of wanted) table.put({ ...each, text: { S: 'x'.repeat(300 * 1024 - 20) } });
    const first = await client.send(
      new BatchGetItemCommand({ RequestItems: { cases: { Keys: wanted, ConsistentRead: true } } }),
    );
    expect(first.Responses?.['cases']).toHaveLength(52);
    expect(first.UnprocessedKeys).toEqual({ cases: { Keys: wanted.slice(52), ConsistentRead: true } });
    const second = await client.send(new BatchGetItemCommand({ RequestItems: first.UnprocessedKeys }));
    expect(second.Responses?.['cases']).toHaveLength(8);
    expect(second.UnprocessedKeys).toEqual({});
  });

  test('do not write 26 items', async () => {
    const { client, table } = tableUnderTest();
    await expect(
      client.send(new BatchWriteItemCommand({ RequestItems: { cases: writes(26) } })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    expect(table.snapshot()).toEqual([]);
  });

  test('do not read 101 keys', async () => {
    const { client } = tableUnderTest();
    await expect(
      client.send(new BatchGetItemCommand({ RequestItems: { cases: { Keys: keys(101) } } })),
    ).rejects.toThrow('Too many items requested for the BatchGetItem call');
  });

  test('do not take one key twice', async () => {
    const { client } = tableUnderTest();
    await expect(
      client.send(new BatchGetItemCommand({ RequestItems: { cases: { Keys: [key('a'), key('a')] } } })),
    ).rejects.toThrow('Provided list of item keys contains duplicates');
  });
});
