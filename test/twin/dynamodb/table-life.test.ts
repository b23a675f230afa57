import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { key, START, tableUnderTest } from './table-under-test.ts';

const TableName = 'cases';
const HOUR = 3_600_000;

describe('the stream', () => {
  test('tells insertions, changes and removals with both images, in order', async () => {
    const { client, records } = tableUnderTest();
    await client.send(new PutItemCommand({ TableName, Item: { ...key('vol-1'), step: { N: '1' } } }));
    await client.send(new PutItemCommand({ TableName, Item: { ...key('vol-1'), step: { N: '2' } } }));
    await client.send(new DeleteItemCommand({ TableName, Key: key('vol-1') }));
    expect(
      records.map(({ eventName, dynamodb }) => [
        eventName,
        dynamodb.OldImage?.['step'],
        dynamodb.NewImage?.['step'],
      ]),
    ).toEqual([
      ['INSERT', undefined, { N: '1' }],
      ['MODIFY', { N: '1' }, { N: '2' }],
      ['REMOVE', { N: '2' }, undefined],
    ]);
    expect(records.map(({ dynamodb }) => dynamodb.SequenceNumber)).toEqual(
      records.map(({ dynamodb }) => dynamodb.SequenceNumber).toSorted(),
    );
  });

  test('does not tell writes that change nothing', async () => {
    const { client, records } = tableUnderTest();
    await client.send(new PutItemCommand({ TableName, Item: key('vol-1') }));
    await client.send(new PutItemCommand({ TableName, Item: key('vol-1') }));
    await client.send(new DeleteItemCommand({ TableName, Key: key('vol-2') }));
    expect(records).toHaveLength(1);
  });
});

describe('expiry', () => {
  const expiring = (at: number) =>
    new PutItemCommand({ TableName, Item: { ...key('vol-1'), expiresAt: { N: String(at / 1000) } } });

  test('removes an item at most 48 h late and says in the stream that it was not a person', async () => {
    const { client, table, simulation, records } = tableUnderTest();
    await client.send(expiring(START + HOUR));
    await simulation.runUntil(START + 49 * HOUR);
    expect(table.snapshot()).toEqual([]);
    expect(records.at(-1)).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    });
  });

  test('does not remove an item before its time, nor one whose time was moved', async () => {
    const { client, table, simulation } = tableUnderTest();
    table.settings.expiryLag = 0;
    await client.send(expiring(START + HOUR));
    await client.send(expiring(START + 2 * HOUR));
    await simulation.runUntil(START + 2 * HOUR - 1);
    expect(table.snapshot()).toHaveLength(1);
    await simulation.runUntil(START + 2 * HOUR);
    expect(table.snapshot()).toHaveLength(0);
  });
});

describe('losing a table', () => {
  test('leaves it empty, without stream records, and a restore brings back what the snapshot held', async () => {
    const { client, table, records } = tableUnderTest();
    await client.send(new PutItemCommand({ TableName, Item: key('vol-1') }));
    const snapshot = table.snapshot();
    await client.send(new PutItemCommand({ TableName, Item: key('vol-2') }));
    table.lose();
    expect(table.snapshot()).toEqual([]);
    table.restore(snapshot);
    expect(table.snapshot()).toEqual([key('vol-1')]);
    expect(records).toHaveLength(2);
  });
});
