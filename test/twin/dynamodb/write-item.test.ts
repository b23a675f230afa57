import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { key, tableUnderTest } from './table-under-test.ts';

const TableName = 'cases';

describe('PutItem and GetItem', () => {
  test('stores an item and reads it back', async () => {
    const { client } = tableUnderTest();
    const Item = {
      ...key('vol-1'),
      count: { N: '3.0' },
      open: { S: 'yes' },
      list: { L: [{ BOOL: true }, { NULL: true }] },
    };
    await client.send(new PutItemCommand({ TableName, Item }));
    const { Item: read } = await client.send(
      new GetItemCommand({ TableName, Key: key('vol-1'), ConsistentRead: true }),
    );
    expect(read).toEqual({ ...Item, count: { N: '3' } });
  });

  test('does not let a caller change what is stored through the objects it sent or got', async () => {
    const { client } = tableUnderTest();
    const tags = { M: { a: { S: 'first' } } };
    await client.send(new PutItemCommand({ TableName, Item: { ...key('vol-1'), tags } }));
    tags.M.a.S = 'changed';
    const first = await client.send(new GetItemCommand({ TableName, Key: key('vol-1') }));
    (first.Item?.['tags']?.M as Record<string, unknown>)['a'] = { S: 'changed' };
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: key('vol-1') }));
    expect(Item?.['tags']).toEqual({ M: { a: { S: 'first' } } });
  });

  test('does not answer an item that is not there', async () => {
    const { client } = tableUnderTest();
    const answer = await client.send(new GetItemCommand({ TableName, Key: key('vol-1') }));
    expect(answer).not.toHaveProperty('Item');
  });

  test.each([
    [
      'a missing key',
      { pk: { S: 'vol-1' } },
      'One or more parameter values were invalid: Missing the key sk in the item',
    ],
    [
      'a key of another type',
      { pk: { S: 'vol-1' }, sk: { N: '1' } },
      'One or more parameter values were invalid: Type mismatch for key sk expected: S actual: N',
    ],
    [
      'an empty key',
      key('vol-1', ''),
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: sk',
    ],
    [
      'an index key of another type',
      { ...key('vol-1'), open: { S: 'yes' }, dueAt: { S: 'soon' } },
      'One or more parameter values were invalid: Type mismatch for Index Key dueAt Expected: N Actual: S IndexName: due',
    ],
    [
      'an empty set',
      { ...key('vol-1'), channels: { SS: [] } },
      'One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'more than 400 KB',
      { ...key('vol-1'), text: { S: 'x'.repeat(409_600) } },
      'Item size has exceeded the maximum allowed size',
    ],
  ])('does not store an item with %s', async (_, Item, message) => {
    const { client, table } = tableUnderTest();
    await expect(client.send(new PutItemCommand({ TableName, Item }))).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
    expect(table.snapshot()).toEqual([]);
  });

  test('does not read with a key that is not the whole key', async () => {
    const { client } = tableUnderTest();
    await expect(client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'vol-1' } } }))).rejects.toThrow(
      'The provided key element does not match the schema',
    );
  });

  test('does not know a table that was never created', async () => {
    const { client } = tableUnderTest();
    await expect(
      client.send(new GetItemCommand({ TableName: 'other', Key: key('vol-1') })),
    ).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  test('refuses parameters it gives no meaning to instead of ignoring them', async () => {
    const { client } = tableUnderTest();
    await expect(
      client.send(new GetItemCommand({ TableName, Key: key('vol-1'), ProjectionExpression: 'pk' })),
    ).rejects.toThrow('DynamoDB:GetItem parameter ProjectionExpression is not imitated');
  });
});

describe('conditional writes', () => {
  const claim = (owner: string) =>
    new PutItemCommand({
      TableName,
      Item: { ...key('vol-1'), owner: { S: owner } },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });

  test('lets the first claim through', async () => {
    const { client, table } = tableUnderTest();
    await client.send(claim('one'));
    expect(table.snapshot()).toMatchObject([{ owner: { S: 'one' } }]);
  });

  test('does not let the second claim through, and shows who holds it', async () => {
    const { client, table } = tableUnderTest();
    await client.send(claim('one'));
    const refusal = client.send(claim('two'));
    await expect(refusal).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    await expect(refusal).rejects.toMatchObject({
      message: 'The conditional request failed',
      Item: { owner: { S: 'one' } },
    });
    expect(table.snapshot()).toMatchObject([{ owner: { S: 'one' } }]);
  });

  test('deletes under a condition and returns what was there', async () => {
    const { client, table } = tableUnderTest();
    await client.send(claim('one'));
    const { Attributes } = await client.send(
      new DeleteItemCommand({
        TableName,
        Key: key('vol-1'),
        ConditionExpression: '#owner = :one',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':one': { S: 'one' } },
        ReturnValues: 'ALL_OLD',
      }),
    );
    expect(Attributes).toMatchObject({ owner: { S: 'one' } });
    expect(table.snapshot()).toEqual([]);
  });
});

describe('UpdateItem', () => {
  const update = (UpdateExpression: string, values: Record<string, object>, more: object = {}) =>
    new UpdateItemCommand({
      TableName,
      Key: key('vol-1'),
      UpdateExpression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values as never }),
      ...more,
    });

  test('creates the item where there was none', async () => {
    const { client, table } = tableUnderTest();
    await client.send(
      update('SET attempts = if_not_exists(attempts, :zero) + :one', {
        ':zero': { N: '0' },
        ':one': { N: '1' },
      }),
    );
    expect(table.snapshot()).toEqual([{ ...key('vol-1'), attempts: { N: '1' } }]);
  });

  test('computes every right-hand side from the item as it was before', async () => {
    const { client } = tableUnderTest();
    await client.send(update('SET a = :1, b = :2', { ':1': { N: '1' }, ':2': { N: '2' } }));
    const { Attributes } = await client.send(update('SET a = b, b = a', {}, { ReturnValues: 'ALL_NEW' }));
    expect(Attributes).toMatchObject({ a: { N: '2' }, b: { N: '1' } });
  });

  test('adds, removes, appends and deletes from sets, and returns what it updated', async () => {
    const { client } = tableUnderTest();
    const first = {
      ':spend': { N: '0.1' },
      ':log': { L: [{ S: 'x' }] },
      ':set': { SS: ['sns', 'slack'] },
      ':old': { S: 'o' },
    };
    await client.send(
      update('SET spend = :spend, #l = :log, channels = :set, gone = :old', first, {
        ExpressionAttributeNames: { '#l': 'log' },
      }),
    );
    const { Attributes } = await client.send(
      update(
        'SET #l = list_append(#l, :more) ADD spend :fifth REMOVE gone DELETE channels :slack',
        { ':more': { L: [{ S: 'y' }] }, ':fifth': { N: '0.2' }, ':slack': { SS: ['slack'] } },
        { ExpressionAttributeNames: { '#l': 'log' }, ReturnValues: 'UPDATED_NEW' },
      ),
    );
    expect(Attributes).toEqual({
      log: { L: [{ S: 'x' }, { S: 'y' }] },
      spend: { N: '0.3' },
      channels: { SS: ['sns'] },
    });
  });

  test('does not write when the condition fails', async () => {
    const { client, table } = tableUnderTest();
    await expect(
      client.send(
        update('SET a = :1', { ':1': { N: '1' } }, { ConditionExpression: 'attribute_exists(pk)' }),
      ),
    ).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect(table.snapshot()).toEqual([]);
  });

  test.each([
    [
      'SET pk = :1',
      {},
      'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
    ],
    [
      'SET a = absent + :1',
      {},
      'The provided expression refers to an attribute that does not exist in the item',
    ],
    ['SET a.b = :1', {}, 'The document path provided in the update expression is invalid for update'],
    [
      'SET a = :1 REMOVE a',
      {},
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]',
    ],
    [
      'SET a = :1 SET b = :1',
      {},
      'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    [
      'SET status = :1',
      {},
      'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status',
    ],
    [
      'SET a = :2',
      {},
      'Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :2',
    ],
    [
      'SET #a = :1',
      {},
      'Invalid UpdateExpression: An expression attribute name used in the document path is not defined; attribute name: #a',
    ],
    ['REMOVE a', {}, 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:1}'],
    [
      'SET a = :1',
      { ExpressionAttributeNames: { '#b': 'b' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}',
    ],
    ['SET a = :1,', {}, 'Invalid UpdateExpression: Syntax error; token: "<EOF>", near: ","'],
    ['', {}, 'Invalid UpdateExpression: The expression can not be empty;'],
  ])('does not accept %j %j', async (expression, more, message) => {
    const { client } = tableUnderTest();
    await expect(client.send(update(expression, { ':1': { N: '1' } }, more))).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });
});
