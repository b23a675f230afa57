import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AccountCase } from './account.ts';
import { itemKey, itemOfBytes, tableOf } from './dynamodb-items.ts';
import { refused, same } from './expectations.ts';

const PUT = 'DynamoDB API reference, PutItem';
const UPDATE = 'DynamoDB API reference, UpdateItem';
const CONSTRAINTS = 'DynamoDB developer guide, Constraints';
const UPDATING = 'DynamoDB developer guide, Expressions.UpdateExpressions';
const CONDITIONS = 'DynamoDB developer guide, Expressions.OperatorsAndFunctions';

const versioned = (version: number) => ({ ...itemKey('v'), version: { N: String(version) } });

const atVersion = (version: number) => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': { N: String(version) } },
});

/** As the responder's lease asks: nobody has it, or I have, or it has run out. */
const FREE_OR_OVER = {
  ConditionExpression: 'attribute_not_exists(pk) OR #until <= :now',
  ExpressionAttributeNames: { '#until': 'until' },
  ExpressionAttributeValues: { ':now': { N: '10' } },
};

const conditions: readonly AccountCase[] = [
  {
    fact: 'A write whose condition does not hold is refused with ConditionalCheckFailedException and changes nothing.',
    source: PUT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put, read } = await tableOf(account);
      await put(versioned(1));
      await refused(put(versioned(3), atVersion(2)), 'ConditionalCheckFailedException');
      same('item', await read(itemKey('v')), versioned(1));
      await put(versioned(2), atVersion(1));
      same('item', await read(itemKey('v')), versioned(2));
    },
  },
  {
    fact: 'attribute_not_exists of the partition key lets a put create an item and never replace one.',
    source: PUT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put, read } = await tableOf(account);
      const ConditionExpression = 'attribute_not_exists(pk)';
      await put(versioned(1), { ConditionExpression });
      await refused(put(versioned(2), { ConditionExpression }), 'ConditionalCheckFailedException');
      await put({ ...itemKey('v', 'b') }, { ConditionExpression });
      same('item', await read(itemKey('v')), versioned(1));
    },
  },
  {
    fact: 'With ReturnValuesOnConditionCheckFailure ALL_OLD the refusal carries the item as it is.',
    source: PUT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      await put(versioned(1));
      const refusal = await put(versioned(3), {
        ...atVersion(2),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }).catch((error: unknown) => error);
      same('item', refusal instanceof Error && 'Item' in refusal && refusal.Item, versioned(1));
    },
  },
  {
    fact: 'A comparison with an attribute that the item lacks does not hold.',
    source: CONDITIONS,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      await put(itemKey('v'));
      await refused(put(itemKey('v'), FREE_OR_OVER), 'ConditionalCheckFailedException');
      await put({ ...itemKey('v'), until: { N: '10' } });
      await put({ ...itemKey('v'), until: { N: '20' } }, FREE_OR_OVER);
      await refused(put(itemKey('v'), FREE_OR_OVER), 'ConditionalCheckFailedException');
    },
  },
  {
    fact: 'Numbers are compared as numbers, not as text.',
    source: CONDITIONS,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      await put({ ...itemKey('v'), until: { N: '9' } });
      await put({ ...itemKey('v'), until: { N: '10.0' } }, FREE_OR_OVER);
    },
  },
  {
    fact: 'An update with a condition does not create what it expects to be there.',
    source: UPDATE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { update, read } = await tableOf(account);
      const sent = update(itemKey('v'), {
        UpdateExpression: 'SET sentAt = :at',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': { N: '1' } },
      });
      await refused(sent, 'ConditionalCheckFailedException');
      same('item', await read(itemKey('v')), undefined);
    },
  },
];

const updates: readonly AccountCase[] = [
  {
    fact: 'A put replaces the whole item, and answers the old one for ALL_OLD.',
    source: PUT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put, read } = await tableOf(account);
      await put({ ...versioned(1), more: { S: 'old' } });
      const { Attributes } = await put(versioned(2), { ReturnValues: 'ALL_OLD' });
      same('old item', Attributes, { ...versioned(1), more: { S: 'old' } });
      same('item', await read(itemKey('v')), versioned(2));
    },
  },
  {
    fact: 'A put can answer the old item or nothing, but not the new one.',
    source: PUT,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      await refused(put(versioned(1), { ReturnValues: 'ALL_NEW' }), 'ValidationException');
    },
  },
  {
    fact: 'UpdateItem changes what it names, leaves the rest, and creates the item where there is none.',
    source: UPDATE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { update, read } = await tableOf(account);
      const set = (name: string) =>
        update(itemKey('v'), {
          UpdateExpression: 'SET #name = :one',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: { ':one': { N: '1' } },
        });
      await set('a');
      await set('b');
      same('item', await read(itemKey('v')), { ...itemKey('v'), a: { N: '1' }, b: { N: '1' } });
    },
  },
  {
    fact: 'One update sets, removes and counts; ADD begins at zero, and removing what is not there is no error.',
    source: UPDATING,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put, update } = await tableOf(account);
      await put({ ...itemKey('v'), queue: { S: 'notice' }, dueAt: { N: '1' } });
      const { Attributes } = await update(itemKey('v'), {
        UpdateExpression: 'SET #state = :sent REMOVE #queue, dueAt, neverThere ADD attempts :one',
        ExpressionAttributeNames: { '#state': 'state', '#queue': 'queue' },
        ExpressionAttributeValues: { ':sent': { S: 'sent' }, ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      });
      same('item', Attributes, { ...itemKey('v'), state: { S: 'sent' }, attempts: { N: '1' } });
    },
  },
  {
    fact: 'Twenty additions at once add up.',
    source: 'DynamoDB developer guide, WorkingWithItems',
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const { update, read } = await tableOf(account);
      const add = () =>
        update(itemKey('v'), {
          UpdateExpression: 'ADD #reads :more',
          ExpressionAttributeNames: { '#reads': 'reads' },
          ExpressionAttributeValues: { ':more': { N: '500' } },
        });
      await Promise.all(Array.from({ length: 20 }, add));
      same('reads', (await read(itemKey('v')))?.['reads'], { N: '10000' });
    },
  },
  {
    fact: 'A key attribute cannot be updated.',
    source: UPDATE,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const { update } = await tableOf(account);
      const values = { ':b': { S: 'b' } };
      const sent = update(itemKey('v'), {
        UpdateExpression: 'SET sk = :b',
        ExpressionAttributeValues: values,
      });
      await refused(sent, 'ValidationException');
    },
  },
  {
    fact: 'Deleting an item that is not there is no error.',
    source: 'DynamoDB API reference, DeleteItem',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { client, TableName, put, read } = await tableOf(account);
      await put(itemKey('v'));
      const remove = () => client.send(new DeleteItemCommand({ TableName, Key: itemKey('v') }));
      await remove();
      same('item', await read(itemKey('v')), undefined);
      await remove();
    },
  },
];

const limits: readonly AccountCase[] = [
  {
    fact: 'An item has at most 400 KB, the names of its attributes included.',
    source: CONSTRAINTS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      await put(itemOfBytes(400 * 1024));
      await refused(put(itemOfBytes(400 * 1024 + 1)), 'ValidationException');
    },
  },
  {
    fact: 'An update, too, cannot make an item larger than 400 KB.',
    source: CONSTRAINTS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put, update } = await tableOf(account);
      await put(itemOfBytes(400 * 1024));
      const more = { ':more': { S: 'x' } };
      const sent = update(itemKey('v'), {
        UpdateExpression: 'SET a = :more',
        ExpressionAttributeValues: more,
      });
      await refused(sent, 'ValidationException');
    },
  },
  {
    fact: 'A partition key has at most 2,048 bytes and a sort key 1,024; text counts in UTF-8.',
    source: CONSTRAINTS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      await put(itemKey('ü'.repeat(1_024), 'ü'.repeat(512)));
      await refused(put(itemKey('ü'.repeat(1_025))), 'ValidationException');
      await refused(put(itemKey('v', 'ü'.repeat(513))), 'ValidationException');
    },
  },
  {
    fact: 'Empty text is a value, but not of a key.',
    source: CONSTRAINTS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      await put({ ...itemKey('v'), text: { S: '' } });
      await refused(put(itemKey('v', '')), 'ValidationException');
    },
  },
  {
    fact: 'A set is never empty; a list and a map may be.',
    source: CONSTRAINTS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      await put({ ...itemKey('v'), list: { L: [] }, map: { M: {} } });
      await refused(put({ ...itemKey('v'), set: { SS: [] } }), 'ValidationException');
    },
  },
  {
    fact: 'A key of another type, or an attribute of an index that has another type, is refused.',
    source: 'DynamoDB developer guide, GSI; API reference, PutItem',
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      await refused(put({ pk: { S: 'v' }, sk: { N: '1' } }), 'ValidationException');
      await refused(put({ ...itemKey('v'), dueAt: { S: 'soon' } }), 'ValidationException');
    },
  },
  {
    fact: 'A reserved word, such as state, stands in an expression only behind a #name.',
    source: 'DynamoDB developer guide, ReservedWords',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      const ExpressionAttributeValues = { ':sent': { S: 'sent' } };
      const plain = { ConditionExpression: 'state = :sent', ExpressionAttributeValues };
      await put({ ...itemKey('v'), state: { S: 'sent' } });
      await refused(put(itemKey('v'), plain), 'ValidationException');
      const named = {
        ConditionExpression: '#state = :sent',
        ExpressionAttributeNames: { '#state': 'state' },
      };
      await put(itemKey('v'), { ...named, ExpressionAttributeValues });
    },
  },
  {
    fact: 'A name or value that no expression uses is refused.',
    source: 'DynamoDB developer guide, Expressions.ExpressionAttributeValues',
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const { put } = await tableOf(account);
      const ConditionExpression = 'attribute_not_exists(pk)';
      const value = { ConditionExpression, ExpressionAttributeValues: { ':unused': { S: 'x' } } };
      await refused(put(itemKey('v'), value), 'ValidationException');
      const name = { ConditionExpression, ExpressionAttributeNames: { '#unused': 'x' } };
      await refused(put(itemKey('v'), name), 'ValidationException');
    },
  },
  {
    fact: 'A table that does not exist is answered with ResourceNotFoundException.',
    source: PUT,
    confidence: 'verified',
    public: true,
    check: async ({ dynamodb, mark }) => {
      const TableName = `${mark}-never`;
      await refused(
        dynamodb.send(new PutItemCommand({ TableName, Item: itemKey('v') })),
        'ResourceNotFoundException',
      );
    },
  },
];

export const writeItemCases: readonly AccountCase[] = [...conditions, ...updates, ...limits];
