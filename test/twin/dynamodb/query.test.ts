import {
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { key, tableUnderTest } from './table-under-test.ts';

const TableName = 'cases';

async function filled() {
  const context = tableUnderTest();
  for (const [sk, dueAt] of [
    ['case#1', 30],
    ['case#2', 10],
    ['case#3', 20],
    ['notice#1', 40],
  ] as const) {
    const Item = { ...key('vol-1', sk), open: { S: 'yes' }, dueAt: { N: String(dueAt) } };
    await context.client.send(new PutItemCommand({ TableName, Item }));
  }
  await context.client.send(new PutItemCommand({ TableName, Item: key('vol-2', 'case#1') }));
  const sortKeys = async (input: Omit<QueryCommandInput, 'TableName'>) => {
    const { Items } = await context.client.send(new QueryCommand({ TableName, ...input }));
    return Items?.map(({ sk }) => sk?.S);
  };
  return { ...context, sortKeys };
}

const OF_VOLUME = {
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': { S: 'vol-1' } },
};
const where = (range: string, values: Record<string, { S: string }>) => ({
  KeyConditionExpression: `pk = :pk AND ${range}`,
  ExpressionAttributeValues: { ':pk': { S: 'vol-1' }, ...values },
});

describe('Query', () => {
  test.each([
    ['all of a partition in key order', OF_VOLUME, ['case#1', 'case#2', 'case#3', 'notice#1']],
    ['backwards', { ...OF_VOLUME, ScanIndexForward: false }, ['notice#1', 'case#3', 'case#2', 'case#1']],
    ['begins_with', where('begins_with(sk, :p)', { ':p': { S: 'case#' } }), ['case#1', 'case#2', 'case#3']],
    ['<', where('sk < :p', { ':p': { S: 'case#2' } }), ['case#1']],
    ['<=', where('sk <= :p', { ':p': { S: 'case#2' } }), ['case#1', 'case#2']],
    [
      'BETWEEN',
      where('sk BETWEEN :a AND :b', { ':a': { S: 'case#2' }, ':b': { S: 'case#3' } }),
      ['case#2', 'case#3'],
    ],
    ['an empty partition', { ...OF_VOLUME, ExpressionAttributeValues: { ':pk': { S: 'vol-9' } } }, []],
  ])('reads %s', async (_, input, expected) => {
    const { sortKeys } = await filled();
    expect(await sortKeys(input)).toEqual(expected);
  });

  const DUE = {
    IndexName: 'due',
    KeyConditionExpression: '#open = :yes AND dueAt <= :now',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':yes': { S: 'yes' }, ':now': { N: '30' } },
  };

  test('reads an index by number, not by text', async () => {
    const { sortKeys, client } = await filled();
    const Item = { ...key('vol-3', 'case#9'), open: { S: 'yes' }, dueAt: { N: '9' } };
    await client.send(new PutItemCommand({ TableName, Item }));
    expect(await sortKeys(DUE)).toEqual(['case#9', 'case#2', 'case#3', 'case#1']);
  });

  test('does not find items in an index that lack its keys, nor any more once they lose them', async () => {
    const { sortKeys, client } = await filled();
    await client.send(new PutItemCommand({ TableName, Item: key('vol-1', 'case#2') }));
    expect(await sortKeys(DUE)).toEqual(['case#3', 'case#1']);
  });

  test('shows only keys in an index that projects only keys', async () => {
    const { client } = await filled();
    const { Items } = await client.send(
      new QueryCommand({
        ...DUE,
        TableName,
        IndexName: 'keys',
        KeyConditionExpression: '#open = :yes',
        ExpressionAttributeValues: { ':yes': { S: 'yes' } },
        Limit: 1,
      }),
    );
    expect(Items).toEqual([{ ...key('vol-1', 'case#1'), open: { S: 'yes' } }]);
  });

  test('does not show an index up to date before its lag has passed', async () => {
    const { sortKeys, client, table, simulation } = await filled();
    table.settings.indexLag = 500;
    await client.send(new PutItemCommand({ TableName, Item: key('vol-1', 'case#2') }));
    expect(await sortKeys(DUE)).toEqual(['case#2', 'case#3', 'case#1']);
    await simulation.runFor(500);
    expect(await sortKeys(DUE)).toEqual(['case#3', 'case#1']);
  });

  test('pages through everything exactly once', async () => {
    const { client } = await filled();
    const pages: (string | undefined)[][] = [];
    for await (const { Items } of paginateQuery({ client, pageSize: 3 }, { ...OF_VOLUME, TableName })) {
      pages.push((Items ?? []).map(({ sk }) => sk?.S));
    }
    expect(pages).toEqual([['case#1', 'case#2', 'case#3'], ['notice#1']]);
  });

  test('counts the limit before the filter', async () => {
    const { client } = await filled();
    const answer = await client.send(
      new QueryCommand({
        ...OF_VOLUME,
        TableName,
        Limit: 2,
        FilterExpression: 'dueAt = :due',
        ExpressionAttributeValues: { ':pk': { S: 'vol-1' }, ':due': { N: '10' } },
      }),
    );
    expect(answer).toMatchObject({ Count: 1, ScannedCount: 2, LastEvaluatedKey: key('vol-1', 'case#2') });
  });

  test.each([
    [
      'without the partition key',
      where('x = :x', { ':x': { S: '' } }),
      'Query condition missed key schema element: sk',
    ],
    [
      'with contains on a key',
      where('contains(sk, :x)', { ':x': { S: '' } }),
      'Query key condition not supported',
    ],
    ['with <> on a key', where('sk <> :x', { ':x': { S: '' } }), 'Query key condition not supported'],
    [
      'of an unknown index',
      { ...OF_VOLUME, IndexName: 'nope' },
      'The table does not have the specified index: nope',
    ],
    [
      'consistently from an index',
      { ...DUE, ConsistentRead: true },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [
      'filtering a key',
      { ...OF_VOLUME, FilterExpression: 'sk = :pk' },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    ],
    [
      'with a key of another type',
      { ...OF_VOLUME, ExpressionAttributeValues: { ':pk': { N: '1' } } },
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    [
      'from half a key',
      { ...OF_VOLUME, ExclusiveStartKey: { pk: { S: 'vol-1' } } },
      'The provided starting key is invalid',
    ],
  ] satisfies [string, Omit<QueryCommandInput, 'TableName'>, string][])(
    'does not query %s',
    async (_, input, message) => {
      const { sortKeys } = await filled();
      await expect(sortKeys(input)).rejects.toMatchObject({ name: 'ValidationException', message });
    },
  );
});
