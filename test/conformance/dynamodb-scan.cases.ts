import { paginateScan, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { AccountCase } from './account.ts';
import { itemKey, itemOfBytes, tableOf } from './dynamodb-items.ts';
import { holds, refused, same } from './expectations.ts';

const SCAN = 'DynamoDB API reference, Scan';

type Table = Awaited<ReturnType<typeof tableOf>>;

const scan = ({ client, TableName }: Table, question: Omit<ScanCommandInput, 'TableName'> = {}) =>
  client.send(new ScanCommand({ TableName, ...question }));

const keyText = (item: Record<string, { S?: string }> | undefined): string =>
  `${item?.['pk']?.S}/${item?.['sk']?.S}`;

const closedOnly = {
  FilterExpression: '#kind IN (:closed, :open)',
  ExpressionAttributeNames: { '#kind': 'kind' },
  ExpressionAttributeValues: { ':closed': { S: 'closed-case' }, ':open': { S: 'case' } },
} satisfies Partial<ScanCommandInput>;

export const scanCases: readonly AccountCase[] = [
  {
    fact: 'It has every item of every partition once, and counts them.',
    source: SCAN,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      for (const pk of ['v', 'w', 'x']) await table.put(itemKey(pk));
      await table.put(itemKey('v', 'b'));
      const { Items = [], Count, ScannedCount, LastEvaluatedKey } = await scan(table);
      same('keys', Items.map(keyText).toSorted(), ['v/a', 'v/b', 'w/a', 'x/a']);
      same(
        'counts',
        { Count, ScannedCount, LastEvaluatedKey },
        { Count: 4, ScannedCount: 4, LastEvaluatedKey: undefined },
      );
    },
  },
  {
    fact: 'An empty table is an empty answer, not an error.',
    source: SCAN,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { Items, Count, LastEvaluatedKey } = await scan(await tableOf(account));
      same(
        'answer',
        { Items, Count, LastEvaluatedKey },
        { Items: [], Count: 0, LastEvaluatedKey: undefined },
      );
    },
  },
  {
    fact: 'Of one partition, the items come by sort key.',
    source: SCAN,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      for (const sk of ['c', 'a', 'b']) for (const pk of ['v', 'w']) await table.put(itemKey(pk, sk));
      const { Items = [] } = await scan(table);
      const ofV = Items.map(keyText).filter((key) => key.startsWith('v/'));
      same('keys', ofV, ['v/a', 'v/b', 'v/c']);
    },
  },
  {
    fact: 'The filter is applied after the items were read: Count is what it left, ScannedCount what was read.',
    source: SCAN,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await table.put({ ...itemKey('v', 'a'), kind: { S: 'closed-case' } });
      await table.put({ ...itemKey('v', 'b'), kind: { S: 'notice' } });
      await table.put(itemKey('v', 'c'));
      const { Items = [], Count, ScannedCount } = await scan(table, closedOnly);
      same(
        'answer',
        { keys: Items.map(keyText), Count, ScannedCount },
        {
          keys: ['v/a'],
          Count: 1,
          ScannedCount: 3,
        },
      );
    },
  },
  {
    fact: 'Limit counts what is read before the filter: a page can be empty and still have a LastEvaluatedKey.',
    source: SCAN,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      for (const sk of ['a', 'b']) await table.put(itemKey('v', sk));
      await table.put({ ...itemKey('v', 'c'), kind: { S: 'case' } });
      const question = { ...closedOnly, Limit: 2 };
      const first = await scan(table, question);
      same(
        'first page',
        { Items: first.Items, key: first.LastEvaluatedKey },
        {
          Items: [],
          key: itemKey('v', 'b'),
        },
      );
      const second = await scan(table, { ...question, ExclusiveStartKey: first.LastEvaluatedKey });
      same('second page', second.Items?.map(keyText), ['v/c']);
    },
  },
  {
    fact: 'A page ends at 1 MB, with or without a filter, and the pages together have every item once.',
    source: SCAN,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const partitions = ['a', 'b', 'c', 'd', 'e', 'f'];
      for (const pk of partitions) await table.put(itemOfBytes(390 * 1024, itemKey(pk)));
      const scanned: (number | undefined)[] = [];
      const found: string[] = [];
      const { client, TableName } = table;
      for await (const { Items = [], ScannedCount } of paginateScan({ client }, { TableName })) {
        scanned.push(ScannedCount);
        found.push(...Items.map(({ pk }) => pk?.S ?? ''));
      }
      same('partitions', found.toSorted(), partitions);
      holds(
        'no page has much more than 1 MB',
        scanned.every((count = 0) => count <= 3),
      );
      let pages = 0;
      for await (const { Items } of paginateScan({ client }, { TableName, ...closedOnly })) {
        same('items', Items, []);
        pages += 1;
      }
      holds('a filter that leaves nothing has as many pages', pages >= scanned.length - 1 && pages > 1);
    },
  },
  {
    fact: 'A consistent scan of the table is allowed, and sees the last write.',
    source: SCAN,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await table.put(itemKey('v'));
      same('keys', (await scan(table, { ConsistentRead: true })).Items?.map(keyText), ['v/a']);
    },
  },
  {
    fact: 'Limit is at least 1.',
    source: SCAN,
    confidence: 'verified',
    public: true,
    check: async (account) => refused(scan(await tableOf(account), { Limit: 0 }), 'ValidationException'),
  },
];
