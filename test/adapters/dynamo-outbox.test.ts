import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import type { Notice } from '../../core/domain/notices/notice.ts';
import { invalidTagsOf, unwatchedOf } from '../../core/domain/notices/unwatched.ts';
import { days, instant, minutes } from '../../core/domain/units.ts';
import { START, volumeId } from './account-under-test.ts';
import { caseNotice, fix, id, testNotice } from './example-cases.ts';
import { outboxUnderTest } from './outbox-under-test.ts';

describe('conversation', () => {
  test('holds exactly what was to be said, oldest first, for one channel', async () => {
    const { outbox, tell } = outboxUnderTest();
    const [first, second] = [caseNotice('EB-2#1', START), caseNotice('EB-1#4', instant(START + minutes(1)))];
    await tell(second, first, caseNotice('EB-9#1', START, 'IN-2'));
    expect(await outbox.conversation('IN-1', 'slack')).toEqual({
      incident: 'IN-1',
      channel: 'slack',
      version: 0,
      handle: undefined,
      lastSentAt: undefined,
      rows: [
        { notice: first, channel: 'slack', attempts: 0, state: 'pending' },
        { notice: second, channel: 'slack', attempts: 0, state: 'pending' },
      ],
    });
  });

  test('is empty where nothing was ever said', async () => {
    const { outbox } = outboxUnderTest();
    expect(await outbox.conversation('IN-9', 'sns')).toMatchObject({ version: 0, rows: [] });
  });

  test('leaves out and reports a row that cannot be read', async () => {
    const { outbox, tell, table, reported } = outboxUnderTest();
    await tell(caseNotice('EB-1#1'), caseNotice('EB-1#2'));
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: { pk: { S: 'INCIDENT#IN-1' }, sk: { S: 'NOTICE#sns#EB-1#1' } },
        UpdateExpression: 'SET body = :broken',
        ExpressionAttributeValues: { ':broken': { S: '{}' } },
      }),
    );
    const { rows } = await outbox.conversation('IN-1', 'sns');
    expect(rows.map(({ notice }) => notice.id)).toEqual(['EB-1#2']);
    expect(reported).toEqual([
      expect.stringMatching(/^item INCIDENT#IN-1\/NOTICE#sns#EB-1#1 is malformed \(kind: Invalid/),
    ]);
  });
});

describe('recordSent', () => {
  test('takes the rows out of the queue, keeps handle and time, and keeps the rows for 90 days', async () => {
    const { outbox, tell, rowOf } = outboxUnderTest();
    await tell(caseNotice('EB-1#1'), caseNotice('EB-1#2'));
    const conversation = await outbox.conversation('IN-1', 'slack');
    expect(await outbox.recordSent(conversation, ['EB-1#1'], 'C1/171', START)).toBe('recorded');
    expect(await outbox.conversation('IN-1', 'slack')).toMatchObject({
      version: 1,
      handle: 'C1/171',
      lastSentAt: START,
      rows: [{ state: 'sent' }, { state: 'pending' }],
    });
    const row = rowOf('EB-1#1', 'slack');
    expect(row?.['queue']).toBeUndefined();
    expect(row?.['expiresAt']).toEqual({ N: String((START + days(90)) / 1_000) });
    expect(rowOf('EB-1#1', 'sns')).toMatchObject({ state: { S: 'pending' } });
  });

  test('is overtaken by a delivery that came first, and then marks nothing', async () => {
    const { outbox, tell } = outboxUnderTest();
    await tell(caseNotice('EB-1#1'), caseNotice('EB-1#2'));
    const conversation = await outbox.conversation('IN-1', 'sns');
    expect(await outbox.recordSent(conversation, ['EB-1#1'], undefined, START)).toBe('recorded');
    expect(await outbox.recordSent(conversation, ['EB-1#2'], undefined, START)).toBe('overtaken');
    const later = await outbox.conversation('IN-1', 'sns');
    expect(later.rows.map(({ state }) => state)).toEqual(['sent', 'pending']);
    expect(await outbox.recordSent(later, ['EB-1#2'], undefined, START)).toBe('recorded');
  });

  test('records a storm that does not fit one transaction', async () => {
    const { outbox, tell } = outboxUnderTest();
    const notices = Array.from({ length: 250 }, (_, count) => caseNotice(`EB-1#${count}`));
    for (let start = 0; start < 250; start += 25) await tell(...notices.slice(start, start + 25));
    const conversation = await outbox.conversation('IN-1', 'sns');
    expect(conversation.rows).toHaveLength(250);
    const ids = conversation.rows.map(({ notice }) => notice.id);
    expect(await outbox.recordSent(conversation, ids, undefined, START)).toBe('recorded');
    expect(await outbox.due(instant(START + days(1)))).toEqual([{ incident: 'IN-1', channel: 'slack' }]);
  });
});

describe('recordFailed', () => {
  test('counts the attempt and puts the row off', async () => {
    const { outbox, tell, telling } = outboxUnderTest();
    await tell(caseNotice('EB-1#1'));
    const conversation = await telling('one');
    await outbox.recordFailed(conversation, ['EB-1#1'], instant(START + minutes(5)));
    expect(await outbox.due(instant(START + minutes(4)))).toEqual([{ incident: 'IN-1', channel: 'sns' }]);
    expect(await outbox.due(instant(START + minutes(5)))).toHaveLength(2);
    expect((await outbox.conversation('IN-1', 'slack')).rows).toMatchObject([
      { attempts: 1, state: 'pending' },
    ]);
  });

  test('does not bring back a row that another delivery has sent', async () => {
    const { outbox, tell, telling } = outboxUnderTest();
    await tell(caseNotice('EB-1#1'));
    const conversation = await telling('one', 'IN-1', 'sns');
    await outbox.recordSent(conversation, ['EB-1#1'], undefined, START);
    await outbox.recordFailed(conversation, ['EB-1#1'], START);
    expect(await outbox.due(START)).toEqual([{ incident: 'IN-1', channel: 'slack' }]);
  });
});

describe('stuck', () => {
  test('counts conversations with pending rows that have failed, due or not, and no others', async () => {
    const { outbox, tell, telling } = outboxUnderTest();
    await tell(caseNotice('EB-1#1'), caseNotice('EB-1#2'), caseNotice('EB-2#1', START, 'IN-2'));
    expect(await outbox.stuck(START)).toBe(0);
    const conversation = await telling('one');
    await outbox.recordFailed(conversation, ['EB-1#1', 'EB-1#2'], instant(START + minutes(30)));
    expect(await outbox.stuck(START)).toBe(1);
    await outbox.recordSent(conversation, ['EB-1#1', 'EB-1#2'], undefined, START);
    expect(await outbox.stuck(START)).toBe(0);
  });

  test('counts conversations whose rows nobody could try for half an hour, read or not', async () => {
    const { account, outbox, rowOf } = outboxUnderTest();
    await outbox.add(testNotice('test-1'));
    const row = rowOf('test-1', 'sns', 'test-1');
    account.tables.get('table').put({ ...row, pk: { S: 'INCIDENT#x' }, incident: { BOOL: true } });
    expect(await outbox.stuck(instant(START + minutes(31)))).toBe(3);
  });

  test('does not count rows that are younger than that, as those held back for a digest are', async () => {
    const { outbox } = outboxUnderTest();
    await outbox.add(testNotice('test-1'));
    expect(await outbox.stuck(instant(START + minutes(30)))).toBe(0);
  });
});

describe('add', () => {
  test('keeps a row that nobody takes for 90 days and no longer', async () => {
    const { outbox, rowOf } = outboxUnderTest();
    await outbox.add(testNotice('test-1'));
    expect(rowOf('test-1', 'slack', 'test-1')).toMatchObject({
      state: { S: 'pending' },
      expiresAt: { N: String((START + days(90)) / 1_000) },
    });
  });

  const house = { at: START, account: '123456789012', region: 'us-east-1' };
  const unwatched = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      volumeId: volumeId(`vol-0${String(index).padStart(16, '0')}`),
      why: 'over-max-alarms' as const,
    }));
  const coverage = (count: number): Notice => ({
    ...house,
    kind: 'coverage',
    id: 'coverage-1',
    watched: 1_000,
    unwatched: unwatchedOf(unwatched(count)),
    cannotRunOut: 3,
    monthlyCost: fix.price.now,
  });

  test.each<Notice>([
    testNotice('test-1'),
    coverage(1),
    {
      ...house,
      kind: 'heartbeat',
      id: 'heartbeat-2026-11-22',
      mode: 'notify',
      watched: 10,
      unwatched: 1,
      openCases: 2,
      stillUpgraded: 0,
      committed: fix.price.now,
      maxMonthlyIncrease: fix.price.now,
      metricReads: 420,
      invalidTags: invalidTagsOf([{ volumeId: id, key: 'ebs-burst:mode', got: 'yes' }]),
      census: { kind: 'read', value: minutes(7), at: START },
    },
    {
      ...house,
      kind: 'farewell',
      id: 'farewell-1',
      deletedAlarms: 12,
      stillUpgraded: [{ volumeId: id, was: fix.from, is: fix.to }],
    },
  ])('keeps a $kind notice exactly, as a conversation of its own', async (notice) => {
    const { outbox } = outboxUnderTest();
    await outbox.add(notice);
    expect((await outbox.conversation(notice.id, 'sns')).rows.map((row) => row.notice)).toStrictEqual([
      notice,
    ]);
    expect(await outbox.due(START)).toHaveLength(2);
  });

  test('keeps a notice about fifty thousand volumes', async () => {
    const { outbox } = outboxUnderTest();
    await outbox.add(coverage(50_000));
    expect((await outbox.conversation('coverage-1', 'slack')).rows[0]?.notice).toEqual(coverage(50_000));
  });

  test('does not tell the same notice again after it was sent', async () => {
    const { outbox } = outboxUnderTest();
    await outbox.add(testNotice('test-1'));
    await outbox.recordSent(await outbox.conversation('test-1', 'sns'), ['test-1'], undefined, START);
    await outbox.add(testNotice('test-1'));
    expect(await outbox.due(instant(START + days(1)))).toEqual([{ incident: 'test-1', channel: 'slack' }]);
  });
});
