import {
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ChannelName, Conversation, Outbox, OutboxRow, Telling } from '../../core/application/ports.ts';
import { before, type Instant, instant, minutes } from '../../core/domain/units.ts';
import { batches } from '../../core/domain/volume-limits.ts';
import { isConditionFailed, isInTransaction, isTransactionCancelled } from './aws-errors.ts';
import { chunksOf, inParallel } from './batches.ts';
import { getItem, type Item, keyItem, queryAll, queryQueue, type Table } from './dynamo-table.ts';
import { expiryAfter } from './expiry.ts';
import { type MalformedItemError, numberOf, readable, readBody } from './item-body.ts';
import { noticeItem } from './notice-item.ts';
import { storedNotice } from './stored-notice.ts';
import { keys, noticePrefix } from './table-keys.ts';

export interface OutboxOptions {
  readonly channels: readonly ChannelName[];
  /** Told of every row that cannot be read; the others of its conversation are delivered. */
  readonly report: (error: MalformedItemError) => void;
}

export function dynamoOutbox(table: Table, { channels, report }: OutboxOptions): Outbox {
  return {
    due: async (now) => distinct((await queryQueue(table, 'notice', now)).flatMap(whereOf)),
    conversation: (incident, channel) => conversation(table, incident, channel, report),
    lease: (of, now, until) => lease(table, of, now, until),
    recordSent: (of, noticeIds, handle, at) => recordSent(table, of, noticeIds, handle, at),
    recordFailed: async (of, noticeIds, nextTryAt) => {
      await inParallel(noticeIds, (id) => postpone(table, of, id, nextTryAt));
      await endLease(table, of);
    },
    stuck: async (now) => {
      const rows = await queryQueue(table, 'notice');
      const stuck = rows.filter((row) => isStuck(row, now));
      return new Set(stuck.map(({ pk, channel }) => `${pk?.S}#${channel?.S}`)).size;
    },
    add: async (notice) => {
      await inParallel(channels, (channel) => putOnce(table, noticeItem(notice, channel)));
    },
  };
}

/** Longer than any row is held back for a digest. */
const mostWait = minutes(30);

/** A row nobody could try, its conversation or itself unreadable, has no attempts and is due since it was written. */
const isStuck = ({ attempts, dueAt }: Item, now: Instant): boolean =>
  Number(attempts?.N ?? 0) > 0 || Number(dueAt?.N ?? 0) < before(now, mostWait);

const channelNames: readonly ChannelName[] = ['sns', 'slack'];

type Where = Pick<Conversation, 'incident' | 'channel'>;

function whereOf(item: Item): readonly Where[] {
  const incident = item['incident']?.S;
  const channel = channelNames.find((name) => name === item['channel']?.S);
  return incident === undefined || channel === undefined ? [] : [{ incident, channel }];
}

const distinct = (all: readonly Where[]): readonly Where[] => [
  ...new Map(all.map((where) => [`${where.channel}#${where.incident}`, where])).values(),
];

/**
 * The conversation is read before its rows: with an older version and newer rows a delivery is overtaken and tried
 * again; the other way round it would tell twice.
 */
async function conversation(
  table: Table,
  incident: string,
  channel: ChannelName,
  report: (error: MalformedItemError) => void,
): Promise<Conversation> {
  const item = await getItem(table, keys.conversation(incident, channel));
  const items = await queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :notices)',
    ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
    ExpressionAttributeValues: {
      ':pk': { S: keys.conversation(incident, channel).pk },
      ':notices': { S: noticePrefix(channel) },
    },
  });
  // Before the first delivery it may hold a lease and nothing else.
  const told = item?.['version'] === undefined ? undefined : item;
  const rows = readable(items, (row) => rowOf(row, channel), report);
  return {
    incident,
    channel,
    version: told === undefined ? 0 : numberOf(told, 'version'),
    handle: told?.['handle']?.S,
    lastSentAt: told === undefined ? undefined : instant(numberOf(told, 'lastSentAt')),
    rows: rows.toSorted((a, b) => a.notice.at - b.notice.at || a.notice.id.localeCompare(b.notice.id)),
  };
}

const rowOf = (item: Item, channel: ChannelName): OutboxRow => ({
  notice: readBody(storedNotice, item),
  channel,
  attempts: numberOf(item, 'attempts'),
  state: item['state']?.S === 'sent' ? 'sent' : 'pending',
});

/** What the SDK tries again because the answer was lost meets the lease that it wrote itself. */
async function lease(
  { client, name }: Table,
  { incident, channel, version, holder }: Telling,
  now: Instant,
  until: Instant,
): Promise<'leased' | 'taken'> {
  const undelivered = noneSince(version);
  const update = new UpdateItemCommand({
    TableName: name,
    Key: keyItem(keys.conversation(incident, channel)),
    UpdateExpression: 'SET #kind = :kind, #sendingUntil = :until, #holder = :me, #expiresAt = :expiry',
    ConditionExpression: `${undelivered.ConditionExpression} AND (attribute_not_exists(#sendingUntil) OR #sendingUntil <= :now OR #holder = :me)`,
    ExpressionAttributeNames: {
      ...undelivered.ExpressionAttributeNames,
      '#kind': 'kind',
      '#sendingUntil': 'sendingUntil',
      '#holder': 'holder',
      '#expiresAt': 'expiresAt',
    },
    ExpressionAttributeValues: {
      ...undelivered.ExpressionAttributeValues,
      ':kind': { S: 'conversation' },
      ':now': { N: String(now) },
      ':me': { S: holder },
      ':until': { N: String(until) },
      ':expiry': { N: expiryAfter(now) },
    },
  });
  try {
    return (await isWritten(client.send(update))) ? 'leased' : 'taken';
  } catch (error) {
    // Whoever delivers it records it this moment.
    if (isInTransaction(error)) return 'taken';
    throw error;
  }
}

/** Only its own: where the lease could not be written it may be another's. Without one nothing is created. */
async function endLease({ client, name }: Table, { incident, channel, holder }: Telling): Promise<void> {
  const update = new UpdateItemCommand({
    TableName: name,
    Key: keyItem(keys.conversation(incident, channel)),
    UpdateExpression: 'REMOVE #sendingUntil, #holder',
    ConditionExpression: '#holder = :me',
    ExpressionAttributeNames: { '#sendingUntil': 'sendingUntil', '#holder': 'holder' },
    ExpressionAttributeValues: { ':me': { S: holder } },
  });
  await isWritten(client.send(update));
}

/** No delivery was recorded since the conversation was read at this version. */
const noneSince = (version: number) => ({
  ConditionExpression: version === 0 ? 'attribute_not_exists(#version)' : '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ...(version > 0 && { ExpressionAttributeValues: { ':version': { N: String(version) } } }),
});

/**
 * The first transaction raises the conversation's version, which settles who delivered and ends the lease. A storm of
 * more rows than one transaction takes is finished in further ones: a crash in between leaves rows pending, and they are
 * told again rather than never.
 */
async function recordSent(
  table: Table,
  of: Conversation,
  noticeIds: readonly string[],
  handle: string | undefined,
  at: Instant,
): Promise<'recorded' | 'overtaken'> {
  const rows = noticeIds.map((id) => sentRow(table.name, of, id, at));
  const first = rows.slice(0, batches.transactItems - 1);
  const rest = rows.slice(first.length);
  try {
    await write(table, [raised(table.name, of, handle, at), ...first]);
  } catch (error) {
    const isOvertaken =
      isTransactionCancelled(error) &&
      ['ConditionalCheckFailed', 'TransactionConflict'].includes(error.CancellationReasons?.[0]?.Code ?? '');
    if (isOvertaken) return 'overtaken';
    throw error;
  }
  for (const chunk of chunksOf(rest, batches.transactItems)) await write(table, chunk);
  return 'recorded';
}

const write = ({ client }: Table, parts: readonly TransactWriteItem[]) =>
  client.send(new TransactWriteItemsCommand({ TransactItems: [...parts] }));

function raised(
  TableName: string,
  { incident, channel, version }: Conversation,
  handle: string | undefined,
  at: Instant,
): TransactWriteItem {
  const Item: Item = {
    ...keyItem(keys.conversation(incident, channel)),
    kind: { S: 'conversation' },
    incident: { S: incident },
    channel: { S: channel },
    version: { N: String(version + 1) },
    lastSentAt: { N: String(at) },
    expiresAt: { N: expiryAfter(at) },
    ...(handle !== undefined && { handle: { S: handle } }),
  };
  return { Put: { TableName, Item, ...noneSince(version) } };
}

/** Leaves the queue; kept for 90 days, so that a conversation can still be read and edited. */
const sentRow = (
  TableName: string,
  { incident, channel }: Conversation,
  noticeId: string,
  at: Instant,
): TransactWriteItem => ({
  Update: {
    TableName,
    Key: keyItem(keys.notice(incident, channel, noticeId)),
    UpdateExpression: 'SET #state = :sent, #sentAt = :at, #expiresAt = :expiry REMOVE #queue, #dueAt',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: {
      '#state': 'state',
      '#sentAt': 'sentAt',
      '#expiresAt': 'expiresAt',
      '#queue': 'queue',
      '#dueAt': 'dueAt',
    },
    ExpressionAttributeValues: {
      ':sent': { S: 'sent' },
      ':at': { N: String(at) },
      ':expiry': { N: expiryAfter(at) },
    },
  },
});

/** Does nothing to a row that another delivery has sent meanwhile. */
async function postpone(
  { client, name }: Table,
  { incident, channel }: Conversation,
  noticeId: string,
  nextTryAt: Instant,
): Promise<void> {
  const update = new UpdateItemCommand({
    TableName: name,
    Key: keyItem(keys.notice(incident, channel, noticeId)),
    UpdateExpression: 'SET #dueAt = :next ADD #attempts :one',
    ConditionExpression: '#state = :pending',
    ExpressionAttributeNames: { '#dueAt': 'dueAt', '#attempts': 'attempts', '#state': 'state' },
    ExpressionAttributeValues: {
      ':next': { N: String(nextTryAt) },
      ':one': { N: '1' },
      ':pending': { S: 'pending' },
    },
  });
  await isWritten(client.send(update));
}

/** A notice with this id that is already there, sent or pending, stays as it is. */
const putOnce = ({ client, name }: Table, Item: Item): Promise<boolean> =>
  isWritten(
    client.send(
      new PutItemCommand({ TableName: name, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
    ),
  );

/** `false` where the condition did not hold. */
async function isWritten(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
