import { BatchGetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import type { AccountCase } from './account.ts';
import { type Item, itemKey, itemOfBytes, tableOf } from './dynamodb-items.ts';
import { holds, messageOf, refused, same } from './expectations.ts';

const BATCH = 'DynamoDB API reference, BatchGetItem';

type Table = Awaited<ReturnType<typeof tableOf>>;

async function batch({ client, TableName }: Table, wanted: KeysAndAttributes) {
  const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: wanted } }));
  return {
    found: answer.Responses?.[TableName] ?? [],
    unprocessed: answer.UnprocessedKeys?.[TableName]?.Keys ?? [],
    rest: answer.UnprocessedKeys,
  };
}

const keys = (count: number): Item[] => Array.from({ length: count }, (_, place) => itemKey(`v${place}`));

const partitionsOf = (items: readonly Item[]): (string | undefined)[] =>
  items.map(({ pk }) => pk?.S).toSorted();

async function withLargeItems(table: Table, items: readonly Item[], kilobytes: number): Promise<void> {
  for (const key of items) await table.put(itemOfBytes(kilobytes * 1024, key));
}

export const batchGetItemCases: readonly AccountCase[] = [
  {
    fact: 'Items that do not exist are left out of the answer; nothing that was not read is an empty map.',
    source: BATCH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await table.put(itemKey('v1'));
      const { found, rest } = await batch(table, { Keys: keys(3), ConsistentRead: true });
      same('items', found, [itemKey('v1')]);
      same('unprocessed', rest, {});
    },
  },
  {
    fact: 'It takes at most 100 keys; more are refused with “Too many items requested for the BatchGetItem call”.',
    source: BATCH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await batch(table, { Keys: keys(100) });
      await refused(batch(table, { Keys: keys(101) }), 'ValidationException');
      const message = await messageOf(batch(table, { Keys: keys(101) }));
      holds('it says so', message.includes('Too many items requested for the BatchGetItem call'));
    },
  },
  {
    fact: 'The same key twice is refused.',
    source: BATCH,
    confidence: 'verified',
    public: true,
    check: async (account) =>
      refused(batch(await tableOf(account), { Keys: [itemKey('v'), itemKey('v')] }), 'ValidationException'),
  },
  {
    fact: 'An answer ends at 16 MB: of items of 300 KB it has 52, and the keys of the others are unprocessed.',
    source: BATCH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await withLargeItems(table, keys(56), 300);
      const first = await batch(table, { Keys: keys(56), ConsistentRead: true });
      same('items in the first answer', first.found.length, 52);
      const rest = await batch(table, { Keys: first.unprocessed, ConsistentRead: true });
      same('all items', partitionsOf([...first.found, ...rest.found]), partitionsOf(keys(56)));
    },
  },
  {
    fact: 'More than 1 MB of one partition leaves keys unprocessed.',
    source: BATCH,
    confidence: 'verified',
    gap: 'which keys share a partition shows nowhere, and the responder asks for few small items of each volume',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const wanted = ['a', 'b', 'c', 'd'].map((sk) => itemKey('v', sk));
      await withLargeItems(table, wanted, 390);
      const { unprocessed } = await batch(table, { Keys: wanted, ConsistentRead: true });
      holds('keys are left', unprocessed.length > 0);
    },
  },
];
