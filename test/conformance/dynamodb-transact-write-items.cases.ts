import { type Put, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { type AccountCase, accountOfTwin, twinAccount } from './account.ts';
import { type Item, itemKey, itemOfBytes, tableOf } from './dynamodb-items.ts';
import { holds, refused, same } from './expectations.ts';

const TRANSACT = 'DynamoDB API reference, TransactWriteItems';
const REASONS = 'DynamoDB API reference, TransactionCanceledException';
const MINUTE = 60_000;

type Table = Awaited<ReturnType<typeof tableOf>>;

const transact = ({ client }: Table, TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
  client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));

const putOf = ({ TableName }: Table, Item: Item, more: Partial<Put> = {}): TransactWriteItem => ({
  Put: { TableName, Item, ...more },
});

const createOf = (table: Table, item: Item): TransactWriteItem =>
  putOf(table, item, { ConditionExpression: 'attribute_not_exists(pk)' });

/** An addition shows how often it was made. */
const additionOf = ({ TableName }: Table, Key: Item, more = '1'): TransactWriteItem => ({
  Update: {
    TableName,
    Key,
    UpdateExpression: 'ADD counted :more',
    ExpressionAttributeValues: { ':more': { N: more } },
  },
});

const countedOf = async ({ read }: Table, key: Item) => (await read(key))?.['counted'];

/** Each reason as its code, and its item where there is one. */
async function reasonsOf(call: Promise<unknown>): Promise<readonly unknown[]> {
  const refusal = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(refusal instanceof Error && refusal.name === 'TransactionCanceledException'))
    throw new Error(
      `${refusal instanceof Error ? refusal.name : 'accepted'}, expected TransactionCanceledException`,
    );
  const reasons = 'CancellationReasons' in refusal ? refusal.CancellationReasons : undefined;
  return (Array.isArray(reasons) ? reasons : []).map(({ Code, Item }: { Code?: string; Item?: Item }) =>
    Item === undefined ? Code : { Code, Item },
  );
}

/** AWS lists the refusal of a whole request under both names. */
const REFUSALS = ['ValidationException', 'TransactionCanceledException'];

const outcomes: readonly AccountCase[] = [
  {
    fact: 'Either all actions take effect or none.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await transact(table, [createOf(table, itemKey('v', 'a')), createOf(table, itemKey('v', 'b'))]);
      const second = [createOf(table, itemKey('v', 'c')), createOf(table, itemKey('v', 'b'))];
      await refused(transact(table, second), 'TransactionCanceledException');
      same('item c', await table.read(itemKey('v', 'c')), undefined);
      same('item b', await table.read(itemKey('v', 'b')), itemKey('v', 'b'));
    },
  },
  {
    fact: 'A cancelled transaction names a reason for each action in its order: None, or ConditionalCheckFailed.',
    source: REASONS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await table.put(itemKey('v', 'b'));
      const actions = ['a', 'b', 'c'].map((sk) => createOf(table, itemKey('v', sk)));
      const reasons = await reasonsOf(transact(table, actions));
      same('reasons', reasons, ['None', 'ConditionalCheckFailed', 'None']);
    },
  },
  {
    fact: 'With ReturnValuesOnConditionCheckFailure ALL_OLD its reason carries the item.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const Item = { ...itemKey('v'), version: { N: '7' } };
      await table.put(Item);
      const action = putOf(table, itemKey('v'), {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      same('reasons', await reasonsOf(transact(table, [action])), [{ Code: 'ConditionalCheckFailed', Item }]);
    },
  },
  {
    fact: 'A ConditionCheck writes nothing and decides on the others.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const { TableName, put, read } = table;
      const ConditionCheck = { TableName, Key: itemKey('v'), ConditionExpression: 'attribute_exists(pk)' };
      const actions = [{ ConditionCheck }, putOf(table, itemKey('w'))];
      same('reasons', await reasonsOf(transact(table, actions)), ['ConditionalCheckFailed', 'None']);
      await put(itemKey('v'));
      await transact(table, actions);
      same('checked item', await read(itemKey('v')), itemKey('v'));
      same('written item', await read(itemKey('w')), itemKey('w'));
    },
  },
  {
    fact: 'Put, update and delete go together.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await table.put(itemKey('v', 'old'));
      await transact(table, [
        putOf(table, itemKey('v', 'new')),
        additionOf(table, itemKey('v', 'count')),
        { Delete: { TableName: table.TableName, Key: itemKey('v', 'old') } },
      ]);
      same('new', await table.read(itemKey('v', 'new')), itemKey('v', 'new'));
      same('counted', await countedOf(table, itemKey('v', 'count')), { N: '1' });
      same('old', await table.read(itemKey('v', 'old')), undefined);
    },
  },
  {
    fact: 'An update that cannot be computed cancels the transaction with ValidationError.',
    source: REASONS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await table.put({ ...itemKey('v'), counted: { S: 'text' } });
      const actions = [putOf(table, itemKey('w')), additionOf(table, itemKey('v'))];
      same('reasons', await reasonsOf(transact(table, actions)), ['None', 'ValidationError']);
      same('other item', await table.read(itemKey('w')), undefined);
    },
  },
  {
    fact: 'Of two transactions on one item that overlap, one is cancelled with TransactionConflict.',
    source: REASONS,
    confidence: 'verified',
    gap: 'a call to the twin takes no time, so no two overlap; tests script the refusal as a fault',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const both = [1, 2].map(() => reasonsOf(transact(table, [additionOf(table, itemKey('v'))])));
      const settled = await Promise.allSettled(both);
      holds('one of them conflicts', JSON.stringify(settled).includes('TransactionConflict'));
    },
  },
];

const limits: readonly AccountCase[] = [
  {
    fact: 'A transaction has at least one action and at most 100.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const actions = (count: number) =>
        Array.from({ length: count }, (_, place) => putOf(table, itemKey(`v${place}`)));
      await transact(table, actions(100));
      await refused(transact(table, actions(101)), ...REFUSALS);
      await refused(transact(table, []), ...REFUSALS);
    },
  },
  {
    fact: 'No two actions of a transaction may be about the same item, not even a check and an update.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const { TableName } = table;
      const ConditionCheck = {
        TableName,
        Key: itemKey('v'),
        ConditionExpression: 'attribute_not_exists(pk)',
      };
      await refused(transact(table, [{ ConditionCheck }, additionOf(table, itemKey('v'))]), ...REFUSALS);
      same('item', await table.read(itemKey('v')), undefined);
    },
  },
  {
    fact: 'The items of a transaction have at most 4 MB together.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const actions = (count: number) =>
        Array.from({ length: count }, (_, place) =>
          putOf(table, itemOfBytes(399 * 1_024, itemKey(`large-${place}`))),
        );
      await transact(table, actions(10));
      await refused(transact(table, actions(11)), ...REFUSALS);
    },
  },
  {
    fact: 'An item above 400 KB refuses the whole transaction.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const actions = [putOf(table, itemKey('w')), putOf(table, itemOfBytes(400 * 1_024 + 1))];
      await refused(transact(table, actions), ...REFUSALS);
      same('other item', await table.read(itemKey('w')), undefined);
    },
  },
];

const tokens: readonly AccountCase[] = [
  {
    fact: 'The same request with the same ClientRequestToken succeeds again and writes nothing again.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      const actions = [additionOf(table, itemKey('v'))];
      await transact(table, actions, `${account.mark}-once`);
      await transact(table, actions, `${account.mark}-once`);
      same('counted', await countedOf(table, itemKey('v')), { N: '1' });
    },
  },
  {
    fact: 'Another request with a used ClientRequestToken is refused with IdempotentParameterMismatchException.',
    source: TRANSACT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const table = await tableOf(account);
      await transact(table, [additionOf(table, itemKey('v'))], `${account.mark}-used`);
      const other = transact(table, [additionOf(table, itemKey('v'), '2')], `${account.mark}-used`);
      await refused(other, 'IdempotentParameterMismatchException');
      same('counted', await countedOf(table, itemKey('v')), { N: '1' });
    },
  },
  {
    fact: 'A ClientRequestToken is remembered for ten minutes; later it is a new one.',
    source: TRANSACT,
    confidence: 'verified',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const table = await tableOf(twinAccount(twin));
      const actions = [additionOf(table, itemKey('v'))];
      await transact(table, actions, 'token');
      await twin.simulation.runFor(10 * MINUTE);
      await transact(table, actions, 'token');
      same('counted after ten minutes', await countedOf(table, itemKey('v')), { N: '1' });
      await twin.simulation.runFor(1);
      await transact(table, actions, 'token');
      same('counted later', await countedOf(table, itemKey('v')), { N: '2' });
    },
  },
];

export const transactWriteItemsCases: readonly AccountCase[] = [...outcomes, ...limits, ...tokens];
