import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import type { Case } from '../../core/domain/cases/case.ts';
import { emptyLedger, withClaim } from '../../core/domain/cases/ledger.ts';
import { days, dollars, hours, instant, minutes } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { dynamoCaseBook } from '../../lambda/adapters/dynamo-case-book.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { accountUnderTest, START, volumeId } from './account-under-test.ts';
import {
  asked,
  bridgePlan,
  caseNotice,
  closed,
  fix,
  id,
  intended,
  upgrading,
  watching,
} from './example-cases.ts';

function bookUnderTest() {
  const world = accountUnderTest();
  const reported: string[] = [];
  const book = dynamoCaseBook(world.table, {
    channels: ['sns', 'slack'],
    now: world.now,
    report: ({ message }) => void reported.push(message),
  });
  const write = (one: Case, expectedVersion = one.version - 1) =>
    book.commit({ case: one, expectedVersion, notices: [], ledger: undefined });
  const items = () => world.account.tables.get('table').snapshot();
  return { ...world, book, reported, write, items };
}

const numbered = (count: number) => volumeId(`vol-0${String(count).padStart(16, '0')}`);

describe('commit', () => {
  test.each<Case>([
    watching(1),
    {
      ...watching(1),
      state: 'announced',
      told: {
        what: 'warned',
        at: START,
        codes: ['muted'],
        easedAt: undefined,
        promisedAt: START,
        saw: 'nothing',
      },
      lastSeen: { at: START, wall: START },
      refusals: [{ code: 'muted', until: START }],
      putOff: { until: START, refusal: { code: 'aws-slots-used', nextSlotAt: START } },
      throttledSince: START,
    },
    { ...intended(1, undefined), throttledSince: START },
    intended(1, { plan: bridgePlan, since: START, verdict: { kind: 'relieved' } }),
    upgrading(1),
    {
      ...watching(1),
      state: 'bridged',
      bridge: { plan: bridgePlan, since: START, verdict: { kind: 'unknown', why: 'x' } },
    },
    {
      ...watching(1),
      state: 'returning',
      plan: fix,
      bridge: { plan: bridgePlan, since: START, verdict: { kind: 'averted' } },
      acceptedAt: START,
      requestId: 'r-1',
      completedAt: undefined,
    },
  ])('keeps a case in state $state exactly', async (one) => {
    const { book, write } = bookUnderTest();
    expect(await write(one)).toEqual({ kind: 'written' });
    expect((await book.openCases([id, numbered(1)])).get(id)).toStrictEqual(one);
  });

  test('writes the next version over the one it was decided on', async () => {
    const { book, write } = bookUnderTest();
    await write(watching(1));
    expect(await write(intended(2))).toEqual({ kind: 'written' });
    expect((await book.openCases([id])).get(id)).toMatchObject({ version: 2, state: 'intended' });
  });

  test('is overtaken by whoever wrote first, and then writes nothing of its own', async () => {
    const { write, book, items } = bookUnderTest();
    await write(watching(1));
    await write(watching(2));
    const late = {
      case: intended(2),
      expectedVersion: 1,
      notices: [caseNotice('EB-1#2')],
      ledger: undefined,
    };
    expect(await book.commit(late)).toEqual({ kind: 'overtaken', by: 'case' });
    expect(await write(watching(1))).toEqual({ kind: 'overtaken', by: 'case' });
    expect(items()).toHaveLength(1);
  });

  test('does not take another case of the same version for its own', async () => {
    const { write } = bookUnderTest();
    await write({ ...watching(1), id: 'EB-2' });
    expect(await write(watching(2))).toEqual({ kind: 'overtaken', by: 'case' });
  });

  test('claims on the very version of the ledger that was asked, together with the case', async () => {
    const { book } = bookUnderTest();
    const claim = withClaim(emptyLedger, dollars(5), START);
    const claimFor = (volume: VolumeId) => ({
      case: watching(1, volume),
      expectedVersion: 0,
      notices: [],
      ledger: claim,
    });
    expect(await book.ledger()).toEqual(emptyLedger);
    expect(await book.commit(claimFor(numbered(1)))).toEqual({ kind: 'written' });
    expect(await book.commit(claimFor(numbered(2)))).toEqual({ kind: 'overtaken', by: 'ledger' });
    expect(await book.commit(claimFor(numbered(1)))).toEqual({ kind: 'overtaken', by: 'both' });
    expect(await book.ledger()).toEqual(claim);
    const next = withClaim(claim, dollars(7), START);
    expect(await book.commit({ ...claimFor(numbered(2)), ledger: next })).toEqual({ kind: 'written' });
    expect((await book.ledger()).committed).toBe(12);
  });

  test('puts a row for each channel beside the case', async () => {
    const { book, items } = bookUnderTest();
    await book.commit({
      case: watching(1),
      expectedVersion: 0,
      notices: [caseNotice('EB-1#1')],
      ledger: undefined,
    });
    const rows = items().filter((item) => item['kind']?.S === 'notice');
    expect(rows.map((row) => [row['pk']?.S, row['sk']?.S, row['queue']?.S, row['dueAt']?.N])).toEqual(
      expect.arrayContaining([
        ['INCIDENT#IN-1', 'NOTICE#sns#EB-1#1', 'notice', String(START)],
        ['INCIDENT#IN-1', 'NOTICE#slack#EB-1#1', 'notice', String(START)],
      ]),
    );
  });

  test('frees the place of a closed case and forgets it after 90 days', async () => {
    const { write, book, items } = bookUnderTest();
    await write(watching(1));
    expect(await write(closed(2))).toEqual({ kind: 'written' });
    expect((await book.openCases([id])).size).toBe(0);
    const [item] = items();
    expect(item).toMatchObject({
      sk: { S: 'CLOSED#EB-1' },
      kind: { S: 'closed-case' },
      expiresAt: { N: String((START + days(90)) / 1_000) },
    });
    expect(await write({ ...watching(1), id: 'EB-2' })).toEqual({ kind: 'written' });
  });

  test('can close a case in the step that opened it, unless the place is taken', async () => {
    const { write } = bookUnderTest();
    expect(await write(closed(1))).toEqual({ kind: 'written' });
    await write(watching(1));
    expect(await write(closed(1))).toEqual({ kind: 'overtaken', by: 'case' });
  });

  test('does not call a failure of the table overtaken', async () => {
    const { write, account } = bookUnderTest();
    account.endpoint.fail(
      { operation: 'TransactWriteItems' },
      new ServiceError('InternalServerError', 'oops'),
    );
    await expect(write(watching(1))).rejects.toThrow('oops');
  });
});

describe('recentPast', () => {
  test('counts requests of open and of closed cases within 24 hours, and no older ones', async () => {
    const { write, book, wait, now } = bookUnderTest();
    await write(upgrading(1));
    await wait(hours(1));
    await write(closed(2, { closedAt: now(), requests: [asked(START)] }));
    await wait(hours(1));
    const second = { ...upgrading(1), id: 'EB-2', requests: [asked(START), asked(now())] };
    await write(second);
    expect((await book.recentPast([id, numbered(1)])).requests).toEqual(
      new Map([
        [id, [asked(START), asked(now())]],
        [numbered(1), []],
      ]),
    );
    await wait(hours(22));
    expect((await book.recentPast([id])).requests.get(id)).toEqual([second.requests[1]]);
  });

  const muted = { kind: 'muted', saidAt: START, until: instant(START + days(3)), end: 'told' } as const;
  const lifted = (saidAt: number) => ({ kind: 'not-muted', saidAt: instant(saidAt) }) as const;

  test('knows what was said last of a mute, whether or not a case is open, and of no other volume', async () => {
    const { write, book } = bookUnderTest();
    const wordsNow = async () => (await book.recentPast([id, numbered(1)])).mutes;
    expect(await wordsNow()).toEqual(new Map());
    await book.rememberMute(id, muted);
    expect(await wordsNow()).toEqual(new Map([[id, muted]]));
    await write(watching(1));
    await book.rememberMute(id, lifted(START + 1));
    expect(await wordsNow()).toEqual(new Map([[id, lifted(START + 1)]]));
  });

  test('forgets no mute for a word from before it, nor when that of one moment comes twice', async () => {
    const { book } = bookUnderTest();
    await book.rememberMute(id, muted);
    await book.rememberMute(id, lifted(START - 1));
    await book.rememberMute(id, muted);
    expect((await book.recentPast([id])).mutes.get(id)).toEqual(muted);
  });

  test('keeps a mute until after its end, and takes none for a case', async () => {
    const { book, items } = bookUnderTest();
    await book.rememberMute(id, muted);
    await book.rememberMute(numbered(1), lifted(START));
    expect(items()).toMatchObject([
      { kind: { S: 'mute' }, expiresAt: { N: String((START + days(93)) / 1_000) } },
      { kind: { S: 'mute' }, expiresAt: { N: String((START + days(90)) / 1_000) } },
    ]);
    expect((await book.openCases([id])).size).toBe(0);
    expect((await book.recentPast([id])).requests.get(id)).toEqual([]);
  });

  test('takes a mute that cannot be read for none, and reports it', async () => {
    const { book, table, items, reported } = bookUnderTest();
    await book.rememberMute(id, muted);
    const broken = { ...items()[0], body: { S: '{"kind":"muted"}' } };
    await table.client.send(new PutItemCommand({ TableName: table.name, Item: broken }));
    expect((await book.recentPast([id])).mutes).toEqual(new Map());
    expect(reported).toMatchObject([expect.stringContaining('/MUTE is malformed')]);
  });

  test('skips requests that cannot be read, and reports them', async () => {
    const { write, book, table, items, reported } = bookUnderTest();
    await write(upgrading(1));
    const [item = {}] = items().filter(({ kind }) => kind?.S === 'case');
    const broken = { ...item, requests: { L: [{ S: '{"at":1}' }] } };
    await table.client.send(new PutItemCommand({ TableName: table.name, Item: broken }));
    expect((await book.recentPast([id])).requests.get(id)).toEqual([]);
    expect(reported).toMatchObject([expect.stringContaining('is malformed (to: ')]);
  });
});

describe('due', () => {
  test('names the volumes whose case is due and no others', async () => {
    const { write, book } = bookUnderTest();
    await write({ ...watching(1, numbered(1)), dueAt: START });
    await write({ ...watching(1, numbered(2)), dueAt: instant(START + 1) });
    await write(closed(1, { volumeId: numbered(3) }));
    expect(await book.due(START)).toEqual([numbered(1)]);
    expect(await book.due(instant(START + minutes(1)))).toEqual([numbered(1), numbered(2)]);
    expect(await book.countOpen()).toBe(2);
  });
});

describe('stillUpgraded', () => {
  test('lists what is upgraded and what stays upgraded after its case, also a year later', async () => {
    const { write, book, wait } = bookUnderTest();
    await write(upgrading(1, numbered(1)));
    await write({
      ...watching(1, numbered(2)),
      state: 'bridged',
      bridge: { plan: bridgePlan, since: START, verdict: { kind: 'relieved' } },
    });
    await write({
      ...intended(1, { plan: bridgePlan, since: START, verdict: { kind: 'relieved' } }),
      volumeId: numbered(3),
    });
    await write(closed(1, { volumeId: numbered(4), stays: fix }));
    await wait(days(365));
    const upgraded = await book.stillUpgraded();
    expect(upgraded.toSorted((a, b) => a.volumeId.localeCompare(b.volumeId))).toEqual([
      { volumeId: numbered(1), was: fix.from, is: fix.to },
      { volumeId: numbered(2), was: bridgePlan.from, is: bridgePlan.to },
      { volumeId: numbered(3), was: bridgePlan.from, is: bridgePlan.to },
      { volumeId: numbered(4), was: fix.from, is: fix.to },
    ]);
  });

  test('does not list what was only meant, watched or put back, and lists a volume once', async () => {
    const { write, book } = bookUnderTest();
    await write(watching(1, numbered(1)));
    await write({ ...intended(1), volumeId: numbered(2) });
    await write(closed(1, { volumeId: numbered(3), ending: 'put-back' }));
    await write(closed(1, { volumeId: numbered(4), stays: fix }));
    await write(
      closed(1, { volumeId: numbered(4), id: 'EB-9', stays: bridgePlan, closedAt: instant(START + 1) }),
    );
    expect(await book.stillUpgraded()).toEqual([
      { volumeId: numbered(4), was: bridgePlan.from, is: bridgePlan.to },
    ]);
  });
});

describe('an item that cannot be read', () => {
  const broken = (volume: VolumeId, body: string) =>
    new PutItemCommand({
      TableName: 'table',
      Item: { pk: { S: `VOLUME#${volume}` }, sk: { S: 'CASE' }, kind: { S: 'case' }, body: { S: body } },
    });

  test('is reported by its key; the others are answered and its place stays taken', async () => {
    const { book, write, table, reported } = bookUnderTest();
    await write(watching(1, numbered(2)));
    await table.client.send(broken(numbered(1), JSON.stringify({ ...watching(1), version: 'one' })));
    expect([...(await book.openCases([numbered(1), numbered(2)])).keys()]).toEqual([numbered(2)]);
    expect(reported).toEqual([
      `item VOLUME#${numbered(1)}/CASE is malformed (version: Invalid type: Expected number but received "one"); repair or delete it by hand`,
    ]);
    expect(await write(watching(1, numbered(1)))).toEqual({ kind: 'overtaken', by: 'case' });
  });

  test.each([
    ['no JSON', 'body: expected JSON, got other text'],
    ['{"state":"dancing"}', 'state: Invalid type'],
  ])('is reported for %s', async (body, fault) => {
    const { book, table, reported } = bookUnderTest();
    await table.client.send(broken(id, body));
    expect((await book.openCases([id])).size).toBe(0);
    expect(reported).toEqual([expect.stringContaining(fault)]);
  });
});

describe('incidentFor', () => {
  test('is one incident for 15 minutes from its first case', async () => {
    const { book, wait, now } = bookUnderTest();
    expect(await book.incidentFor(now(), 'IN-1')).toBe('IN-1');
    await wait(minutes(14));
    expect(await book.incidentFor(now(), 'IN-2')).toBe('IN-1');
    await wait(minutes(1));
    expect(await book.incidentFor(now(), 'IN-3')).toBe('IN-3');
  });

  test('gives all who ask at once the same one', async () => {
    const { book, now } = bookUnderTest();
    const ids = await Promise.all(['a', 'b', 'c'].map((newId) => book.incidentFor(now(), newId)));
    expect(new Set(ids).size).toBe(1);
  });
});

test('the genesis item is written once and then stays', async () => {
  const { book, items } = bookUnderTest();
  expect(await book.hasGenesis()).toBe(false);
  await book.writeGenesis(START);
  await book.writeGenesis(instant(START + 1));
  expect(await book.hasGenesis()).toBe(true);
  expect(items()).toEqual([
    expect.objectContaining({ kind: { S: 'genesis' }, writtenAt: { N: String(START) } }),
  ]);
});
