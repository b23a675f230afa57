import { PutItemCommand, paginateScan, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { key, tableUnderTest } from './table-under-test.ts';

const TableName = 'cases';

async function filled() {
  const context = tableUnderTest();
  for (const [pk, sk, kind] of [
    ['vol-1', 'CASE', 'case'],
    ['vol-1', 'CLOSED#1', 'closed'],
    ['vol-2', 'CLOSED#2', 'closed'],
  ] as const) {
    await context.client.send(new PutItemCommand({ TableName, Item: { ...key(pk, sk), kind: { S: kind } } }));
  }
  return context;
}

const closed = {
  FilterExpression: '#kind = :closed',
  ExpressionAttributeNames: { '#kind': 'kind' },
  ExpressionAttributeValues: { ':closed': { S: 'closed' } },
};

test('Scan answers every item of every partition that the filter lets through, page by page', async () => {
  const { client } = await filled();
  const pages: (readonly (string | undefined)[])[] = [];
  for await (const { Items = [] } of paginateScan({ client, pageSize: 1 }, { TableName, ...closed }))
    pages.push(Items.map(({ sk }) => sk?.S));
  expect(pages.flat().toSorted()).toEqual(['CLOSED#1', 'CLOSED#2']);
  // What the filter leaves out counts towards a page, and a page that Limit ended is not called the last.
  expect(pages).toHaveLength(4);
});

test('Scan does not accept what it does not imitate', async () => {
  const { client } = await filled();
  await expect(client.send(new ScanCommand({ TableName, IndexName: 'due' }))).rejects.toThrow(
    'DynamoDB:Scan parameter IndexName is not imitated',
  );
});
