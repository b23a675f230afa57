import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { CaseBook, ChannelName, RecentPast } from '../../core/application/ports.ts';
import type { ModifyRequest, OpenCase } from '../../core/domain/cases/case.ts';
import { emptyLedger, type Ledger } from '../../core/domain/cases/ledger.ts';
import type { MuteWord } from '../../core/domain/look-at.ts';
import { before, type Instant, minutes } from '../../core/domain/units.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import { modificationSlots } from '../../core/domain/volume-limits.ts';
import { isConditionFailed } from './aws-errors.ts';
import { inParallel } from './batches.ts';
import { writeCommit, writeRelease, writeStay } from './case-commit.ts';
import { getItem, getItems, type Item, keyItem, queryAll, queryQueue, type Table } from './dynamo-table.ts';
import { expiryAfter } from './expiry.ts';
import { bodyOf, type MalformedItemError, numberOf, readable, readBody } from './item-body.ts';
import { storedClosedCase, storedMute, storedOpenCase, storedRequest } from './stored-case.ts';
import { at, money } from './stored-values.ts';
import { closedPrefix, keys } from './table-keys.ts';

export interface CaseBookOptions {
  /** Every notice gets a row for each. */
  readonly channels: readonly ChannelName[];
  readonly now: () => Instant;
  /**
   * Told of every item that cannot be read; the others are answered. A volume with an unreadable case cannot be acted
   * on: it looks new, and the transaction that opens a new case finds the place taken.
   */
  readonly report: (error: MalformedItemError) => void;
}

export function dynamoCaseBook(table: Table, { channels, now, report }: CaseBookOptions): CaseBook {
  return {
    openCases: async (ids) => {
      const items = await getItems(table, ids.map(keys.case));
      const found = readable(items, (item) => readBody(storedOpenCase, item), report);
      return new Map(found.map((one) => [one.volumeId, one]));
    },
    recentPast: (ids) => recentPast(table, ids, before(now(), modificationSlots.window), report),
    due: async (until) => (await queryQueue(table, 'case', until)).flatMap(volumeIdOf),
    countOpen: async () => (await queryQueue(table, 'case')).length,
    stillUpgraded: () => stillUpgraded(table, report),
    ledger: async () => {
      const item = await getItem(table, keys.ledger);
      return item === undefined ? emptyLedger : readBody(storedLedger, item);
    },
    staying: async () => staying(table, report),
    recordStay: (closed) => writeStay(table, closed),
    letGo: (closed, after) => writeRelease(table, closed, after),
    commit: (commit) => writeCommit(table, commit, channels),
    rememberMute: (volumeId, word) => rememberMute(table, volumeId, word),
    hasGenesis: async () => (await getItem(table, keys.genesis)) !== undefined,
    writeGenesis: async (writtenAt) => {
      const Item = { ...keyItem(keys.genesis), kind: { S: 'genesis' }, writtenAt: { N: String(writtenAt) } };
      await putIf(table, Item, 'attribute_not_exists(pk)');
    },
    incidentFor: (at, newId) => incidentFor(table, at, newId),
  };
}

const storedLedger: v.GenericSchema<unknown, Ledger> = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(0)),
  committed: money,
  recentClaims: v.array(at),
});

const volumeIdOf = (item: Item): readonly VolumeId[] => {
  const id = item['volumeId']?.S ?? '';
  return isVolumeId(id) ? [id] : [];
};

/**
 * Of the open case and of those closed since: a case that asked within the window cannot have closed before it. One that
 * closes between the two reads is in neither.
 */
async function recentPast(
  table: Table,
  ids: readonly VolumeId[],
  since: Instant,
  report: CaseBookOptions['report'],
): Promise<RecentPast> {
  const [kept, closed] = await Promise.all([
    getItems(
      table,
      ids.flatMap((id) => [keys.case(id), keys.mute(id)]),
    ),
    inParallel(ids, (id) => closedSince(table, id, since)),
  ]);
  const ofKind = (kind: string) => kept.filter((item) => item['kind']?.S === kind);
  const openItems = new Map(ofKind('case').map((item) => [item['volumeId']?.S, item]));
  const requests = new Map(
    ids.map((id, index) => {
      const items = [openItems.get(id) ?? {}, ...(closed[index] ?? [])];
      const asked = readable(items, requestsOf, report)
        .flat()
        .filter(({ at: askedAt }) => askedAt > since);
      const distinct = new Map(asked.map((request) => [request.at, request]));
      return [id, [...distinct.values()].toSorted((a, b) => a.at - b.at)];
    }),
  );
  const words = readable(ofKind('mute'), (item) => [item, readBody(storedMute, item)] as const, report);
  const mutes = words.flatMap(([item, word]) => volumeIdOf(item).map((id) => [id, word] as const));
  return { requests, mutes: new Map(mutes) };
}

async function rememberMute(table: Table, volumeId: VolumeId, word: MuteWord): Promise<void> {
  const Item = {
    ...keyItem(keys.mute(volumeId)),
    kind: { S: 'mute' },
    volumeId: { S: volumeId },
    saidAt: { N: String(word.saidAt) },
    expiresAt: { N: expiryAfter(word.kind === 'muted' ? word.until : word.saidAt) },
    body: bodyOf(word),
  };
  const saidAt = { ':saidAt': { N: String(word.saidAt) } };
  await putIf(table, Item, 'attribute_not_exists(pk) OR saidAt <= :saidAt', saidAt);
}

const closedSince = (table: Table, id: VolumeId, since: Instant): Promise<readonly Item[]> =>
  queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :closed)',
    FilterExpression: '#closedAt >= :since',
    ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk', '#closedAt': 'closedAt' },
    ExpressionAttributeValues: {
      ':pk': { S: keys.case(id).pk },
      ':closed': { S: closedPrefix },
      ':since': { N: String(since) },
    },
  });

/** Of one attribute beside the body, so that they are known even where the rest of a case cannot be read. */
const requestsOf = (item: Item): readonly ModifyRequest[] =>
  (item['requests']?.L ?? []).map((request) => readBody(storedRequest, { ...item, body: request }));

const upgradedStates: readonly OpenCase['state'][] = ['upgrading', 'bridged', 'returning', 'intended'];

const staying = async (table: Table, report: (error: MalformedItemError) => void) =>
  readable(await queryQueue(table, 'stays'), (item) => readBody(storedClosedCase, item), report);

/** Open upgrades, and what stays of closed ones: the latest of each volume, as a later case supersedes an earlier. */
async function stillUpgraded(
  table: Table,
  report: (error: MalformedItemError) => void,
): ReturnType<CaseBook['stillUpgraded']> {
  const [openItems, closed] = await Promise.all([queryQueue(table, 'case'), staying(table, report)]);
  const upgraded = openItems.filter((item) => upgradedStates.some((state) => state === item['state']?.S));
  const open = readable(upgraded, (item) => readBody(storedOpenCase, item), report);
  const plans = [
    ...closed.map(({ volumeId, stays }) => ({ volumeId, plan: stays })),
    ...open.map((one) => ({ volumeId: one.volumeId, plan: upgradeOf(one) })),
  ];
  const byVolume = new Map(
    plans.flatMap(({ volumeId, plan }) =>
      plan === undefined ? [] : [[volumeId, { volumeId, was: plan.from, is: plan.to }] as const],
    ),
  );
  return [...byVolume.values()];
}

/** What the volume was moved by; on its way back, intended or under way, that is still the bridge. */
function upgradeOf(one: OpenCase) {
  if ('bridge' in one && one.bridge !== undefined) return one.bridge.plan;
  return one.state === 'upgrading' ? one.plan : undefined;
}

/** Design: a storm is one account and Region within 15 minutes of its first case. */
const incidentWindow = minutes(15);
const mostTries = 3;

/** Of several that find the last incident over, one writes the next and the others take it. */
async function incidentFor(table: Table, now: Instant, newId: string): Promise<string> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const current = await getItem(table, keys.currentIncident);
    const startedAt = current === undefined ? undefined : numberOf(current, 'startedAt');
    if (startedAt !== undefined && startedAt > before(now, incidentWindow))
      return current?.['incident']?.S ?? newId;
    if (await began(table, now, newId, startedAt)) return newId;
  }
  throw new Error(`${mostTries} others began an incident at the same time; asking again helps`);
}

/** Writes the next incident if the last one is still that of `startedAt`. */
const began = (table: Table, now: Instant, id: string, startedAt: number | undefined): Promise<boolean> => {
  const Item = {
    ...keyItem(keys.currentIncident),
    kind: { S: 'incident' },
    incident: { S: id },
    startedAt: { N: String(now) },
  };
  return startedAt === undefined
    ? putIf(table, Item, 'attribute_not_exists(pk)')
    : putIf(table, Item, 'startedAt = :seen', { ':seen': { N: String(startedAt) } });
};

/** Whether it was written; `false` where the condition did not hold. */
async function putIf(
  { client, name }: Table,
  Item: Item,
  ConditionExpression: string,
  ExpressionAttributeValues?: Item,
): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({ TableName: name, Item, ConditionExpression, ExpressionAttributeValues }),
    );
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
