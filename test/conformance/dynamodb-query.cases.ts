import {
  type AttributeValue,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type AccountCase, accountOfTwin, TABLE, twinAccount } from './account.ts';
import { type Item, inPartition, itemKey, itemOfBytes, tableOf } from './dynamodb-items.ts';
import { holds, refused, same } from './expectations.ts';

const QUERY = 'DynamoDB API reference, Query';
const INDEX = 'DynamoDB developer guide, GSI';

type Table = Awaited<ReturnType<typeof tableOf>>;
type Question = Omit<QueryCommandInput, 'TableName'>;

const query = ({ client, TableName }: Table, question: Question): Promise<QueryCommandOutput> =>
  client.send(new QueryCommand({ TableName, ...question }));

const sortKeysOf = ({ Items = [] }: QueryCommandOutput): (string | undefined)[] =>
  Items.map(({ sk }) => sk?.S);

const filled = async ({ put }: Table, ...sortKeys: string[]): Promise<void> => {
  for (const sk of sortKeys) await put(itemKey('v', sk));
};

const dueItem = (sk: string, dueAt: number, queue = 'case'): Item => ({
  ...itemKey('v', sk),
  queue: { S: queue },
  dueAt: { N: String(dueAt) },
});

const due = (range = '', values: Record<string, AttributeValue> = {}): Question => ({
  IndexName: 'due',
  KeyConditionExpression: `#queue = :queue${range}`,
  ExpressionAttributeNames: { '#queue': 'queue' },
  ExpressionAttributeValues: { ':queue': { S: 'case' }, ...values },
});

const ofTable: readonly AccountCase[] = [
  {
    fact: 'The items of one partition come by sort key, text by its UTF-8 bytes; ScanIndexForward false turns them round.',
    source: QUERY,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await filled(table, 'b', '\u{1f4be}', 'a', '\uff5e', 'B');
      await table.put(itemKey('w', 'c'));
      const ordered = ['B', 'a', 'b', '\uff5e', '\u{1f4be}'];
      same('sort keys', sortKeysOf(await query(table, inPartition('v'))), ordered);
      const backwards = await query(table, { ...inPartition('v'), ScanIndexForward: false });
      same('backwards', sortKeysOf(backwards), ordered.toReversed());
    },
  },
  {
    fact: 'begins_with picks the sort keys with that beginning.',
    source: QUERY,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await filled(table, 'case', 'closed#1', 'closed#2', 'clown');
      const found = await query(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :closed)',
        ExpressionAttributeValues: { ':pk': { S: 'v' }, ':closed': { S: 'closed#' } },
      });
      same('sort keys', sortKeysOf(found), ['closed#1', 'closed#2']);
    },
  },
  {
    fact: 'A partition without items is an empty answer, not an error.',
    source: QUERY,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { Items, LastEvaluatedKey } = await query(await tableOf(account), inPartition('v'));
      same('answer', { Items, LastEvaluatedKey }, { Items: [], LastEvaluatedKey: undefined });
    },
  },
  {
    fact: 'Limit counts what is read before the filter: a page can be empty and still have a LastEvaluatedKey.',
    source: QUERY,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await filled(table, 'a', 'b');
      await table.put({ ...itemKey('v', 'c'), closedAt: { N: '5' } });
      const question = {
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'closedAt >= :since',
        ExpressionAttributeValues: { ':pk': { S: 'v' }, ':since': { N: '5' } },
        Limit: 2,
      };
      const first = await query(table, question);
      same(
        'first page',
        { Items: first.Items, key: first.LastEvaluatedKey },
        { Items: [], key: itemKey('v', 'b') },
      );
      const second = await query(table, { ...question, ExclusiveStartKey: first.LastEvaluatedKey });
      same('second page', sortKeysOf(second), ['c']);
    },
  },
  {
    fact: 'A LastEvaluatedKey does not mean that there is more: a page that Limit ended has one in any case.',
    source: QUERY,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await filled(table, 'a', 'b');
      const { LastEvaluatedKey } = await query(table, { ...inPartition('v'), Limit: 2 });
      same('key', LastEvaluatedKey, itemKey('v', 'b'));
      const next = await query(table, { ...inPartition('v'), ExclusiveStartKey: LastEvaluatedKey });
      same('next page', next.Items, []);
    },
  },
  {
    fact: 'A page ends at 1 MB, with or without a filter, and the pages together have every item once.',
    source: QUERY,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const sortKeys = ['a', 'b', 'c', 'd', 'e', 'f'];
      for (const sk of sortKeys) await table.put(itemOfBytes(390 * 1024, itemKey('v', sk)));
      const pages: (string | undefined)[][] = [];
      const { client, TableName } = table;
      for await (const page of paginateQuery({ client }, { TableName, ...inPartition('v') }))
        pages.push(sortKeysOf(page));
      same('sort keys', pages.flat(), sortKeys);
      holds(
        'no page has much more than 1 MB',
        pages.every(({ length }) => length <= 3),
      );
    },
  },
  {
    fact: 'A filter cannot be about the keys.',
    source: QUERY,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const asked = query(table, {
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'sk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'v' } },
      });
      await refused(asked, 'ValidationException');
    },
  },
];

const ofIndex: readonly AccountCase[] = [
  {
    fact: 'An index has only the items that have its keys, and numbers are in numeric order.',
    source: INDEX,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await table.put(dueItem('ten', 10));
      await table.put(dueItem('nine', 9));
      await table.put(dueItem('notice', 1, 'notice'));
      await table.put({ ...itemKey('v', 'half'), queue: { S: 'case' } });
      await table.put(itemKey('v', 'none'));
      same('sort keys', sortKeysOf(await query(table, due())), ['nine', 'ten']);
    },
  },
  {
    fact: 'An index can be asked for what is due by now, the time itself included.',
    source: QUERY,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      for (const dueAt of [1, 2, 3]) await table.put(dueItem(`at ${dueAt}`, dueAt));
      const found = await query(table, due(' AND dueAt <= :now', { ':now': { N: '2' } }));
      same('sort keys', sortKeysOf(found), ['at 1', 'at 2']);
    },
  },
  {
    fact: 'An item leaves the index when it loses one of the index’s keys.',
    source: INDEX,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await table.put(dueItem('a', 1));
      const ExpressionAttributeNames = { '#queue': 'queue' };
      await table.update(itemKey('v', 'a'), { UpdateExpression: 'REMOVE #queue', ExpressionAttributeNames });
      same('sort keys', sortKeysOf(await query(table, due())), []);
    },
  },
  {
    fact: 'Items with the same index keys are all there, and pages go on between them.',
    source: INDEX,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      for (const sk of ['a', 'b', 'c']) await table.put(dueItem(sk, 1));
      const first = await query(table, { ...due(), Limit: 2 });
      const second = await query(table, { ...due(), ExclusiveStartKey: first.LastEvaluatedKey });
      same('sort keys', [...sortKeysOf(first), ...sortKeysOf(second)].toSorted(), ['a', 'b', 'c']);
    },
  },
  {
    fact: 'A consistent read of an index is refused.',
    source: QUERY,
    confidence: 'verified',
    public: true,
    check: async (account) =>
      refused(query(await tableOf(account), { ...due(), ConsistentRead: true }), 'ValidationException'),
  },
  {
    fact: 'An index is eventually consistent: it can miss a write that the table has.',
    source: INDEX,
    confidence: 'verified',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const table = await tableOf(twinAccount(twin));
      twin.tables.get(TABLE.name).settings.indexLag = 1_000;
      await table.put(dueItem('a', 1));
      same('table', sortKeysOf(await query(table, { ...inPartition('v'), ConsistentRead: true })), ['a']);
      same('index at once', sortKeysOf(await query(table, due())), []);
      await twin.simulation.runFor(1_000);
      same('index later', sortKeysOf(await query(table, due())), ['a']);
    },
  },
];

export const queryCases: readonly AccountCase[] = [...ofTable, ...ofIndex];
