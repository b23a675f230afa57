import { PutItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { ChannelName, Commit, CommitAnswer } from '../../core/application/ports.ts';
import type { SilentStep } from '../../core/domain/auditing/silent-step.ts';
import type { Case, Closed } from '../../core/domain/cases/case.ts';
import type { Ledger } from '../../core/domain/cases/ledger.ts';
import { isConditionFailed, isTransactionCancelled } from './aws-errors.ts';
import { type Item, keyItem, type Table } from './dynamo-table.ts';
import { expiryAfter } from './expiry.ts';
import { bodyOf } from './item-body.ts';
import { noticeItem } from './notice-item.ts';
import { keys } from './table-keys.ts';

/** One transaction: the case, the ledger if it changes, and a row per notice and channel or of the silent step. All or nothing. */
export async function writeCommit(
  table: Table,
  commit: Commit,
  channels: readonly ChannelName[],
): Promise<CommitAnswer> {
  const caseWrites = caseParts(table.name, commit.case, commit.expectedVersion);
  const ledgerWrites = commit.ledger === undefined ? [] : [ledgerPart(table.name, commit.ledger)];
  const noticeWrites = commit.notices.flatMap((notice) =>
    channels.map((channel) => ({ Put: { TableName: table.name, Item: noticeItem(notice, channel) } })),
  );
  const stepWrites = commit.silent === undefined ? [] : [stepPart(table.name, commit.case, commit.silent)];
  const TransactItems = [...caseWrites, ...ledgerWrites, ...noticeWrites, ...stepWrites];
  try {
    await table.client.send(new TransactWriteItemsCommand({ TransactItems }));
    return { kind: 'written' };
  } catch (error) {
    const lost = lostRaces(error);
    const lostCase = lost.slice(0, caseWrites.length).includes(true);
    const lostLedger = lost.slice(caseWrites.length, caseWrites.length + ledgerWrites.length).includes(true);
    if (lostCase) return { kind: 'overtaken', by: lostLedger ? 'both' : 'case' };
    if (lostLedger) return { kind: 'overtaken', by: 'ledger' };
    throw error;
  }
}

const stillStays = {
  ConditionExpression: '#queue = :stays',
  ExpressionAttributeNames: { '#queue': 'queue' },
  ExpressionAttributeValues: { ':stays': { S: 'stays' } },
};

/** Does nothing to a case that another census has let go of. */
export async function writeStay({ client, name }: Table, closed: Closed): Promise<void> {
  try {
    await client.send(new PutItemCommand({ TableName: name, Item: closedItem(closed), ...stillStays }));
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}

/** The closed case loses its place among those that stay, and the ledger its cost, together. */
export async function writeRelease(table: Table, closed: Closed, ledger: Ledger): Promise<CommitAnswer> {
  const Item = closedItem({ ...closed, stays: undefined });
  const release: TransactWriteItem = { Put: { TableName: table.name, Item, ...stillStays } };
  try {
    const TransactItems = [release, ledgerPart(table.name, ledger)];
    await table.client.send(new TransactWriteItemsCommand({ TransactItems }));
    return { kind: 'written' };
  } catch (error) {
    const [lostCase, lostLedger] = lostRaces(error);
    if (lostCase) return { kind: 'overtaken', by: lostLedger ? 'both' : 'case' };
    if (lostLedger) return { kind: 'overtaken', by: 'ledger' };
    throw error;
  }
}

/** Which parts somebody else was faster at: an older version found, or the item in another transaction this moment. */
function lostRaces(error: unknown): readonly boolean[] {
  if (!isTransactionCancelled(error)) return [];
  return (error.CancellationReasons ?? []).map(
    ({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict',
  );
}

/** The fence: a new case needs an empty place, a step needs the very case and version it was decided on. */
function fence(of: Case, expectedVersion: number) {
  if (expectedVersion === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :version AND #caseId = :caseId',
    ExpressionAttributeNames: { '#version': 'version', '#caseId': 'caseId' },
    ExpressionAttributeValues: { ':version': { N: String(expectedVersion) }, ':caseId': { S: of.id } },
  };
}

function caseParts(TableName: string, of: Case, expectedVersion: number): readonly TransactWriteItem[] {
  const condition = fence(of, expectedVersion);
  if (of.state !== 'closed') return [{ Put: { TableName, Item: openItem(of), ...condition } }];
  const Key = keyItem(keys.case(of.volumeId));
  const freed: TransactWriteItem = { Delete: { TableName, Key, ...condition } };
  return [freed, { Put: { TableName, Item: closedItem(of) } }];
}

/** `requests` stand beside the body, so that counting the slots of 24 hours never depends on the rest. */
const ofCase = (of: Case): Item => ({
  caseId: { S: of.id },
  volumeId: { S: of.volumeId },
  version: { N: String(of.version) },
  state: { S: of.state },
  requests: { L: of.requests.map((request) => ({ S: JSON.stringify(request) })) },
  body: bodyOf(of),
});

const openItem = (of: Case): Item => ({
  ...keyItem(keys.case(of.volumeId)),
  ...ofCase(of),
  kind: { S: 'case' },
  queue: { S: 'case' },
  dueAt: { N: String(of.dueAt) },
});

/** A case whose modification stays is kept for good: its cost is in the ledger, which must stay explainable. */
const closedItem = (of: Closed): Item => ({
  ...keyItem(keys.closedCase(of.volumeId, of.id)),
  ...ofCase(of),
  kind: { S: 'closed-case' },
  closedAt: { N: String(of.closedAt) },
  ...(of.stays === undefined
    ? { expiresAt: { N: expiryAfter(of.closedAt) } }
    : { queue: { S: 'stays' }, dueAt: { N: String(of.closedAt) } }),
});

/** Beside the case, which the next step overwrites. */
const stepPart = (
  TableName: string,
  { volumeId, id, version }: Case,
  step: SilentStep,
): TransactWriteItem => ({
  Put: {
    TableName,
    Item: {
      ...keyItem(keys.step(volumeId, id, version)),
      kind: { S: 'step' },
      caseId: { S: id },
      expiresAt: { N: expiryAfter(step.at) },
      body: bodyOf(step),
    },
  },
});

/** A ledger is written one version after the one it was made from (core/domain/cases/ledger.ts). */
function ledgerPart(TableName: string, ledger: Ledger): TransactWriteItem {
  const Item: Item = {
    ...keyItem(keys.ledger),
    kind: { S: 'ledger' },
    version: { N: String(ledger.version) },
    body: bodyOf(ledger),
  };
  if (ledger.version === 1)
    return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      TableName,
      Item,
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': { N: String(ledger.version - 1) } },
    },
  };
}
