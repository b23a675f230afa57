import type { StreamRecord } from '../../twin/dynamodb/stream.ts';
import type { StreamView } from '../../twin/dynamodb/table-definition.ts';
import { type AccountCase, accountOfTwin, TABLE, twinAccount } from './account.ts';
import { type Item, itemKey, tableOf } from './dynamodb-items.ts';
import { refused, same } from './expectations.ts';

const STREAMS = 'DynamoDB developer guide, Streams';
const RECORD = 'DynamoDB Streams API reference, Record';

/** A table with a stream, and every record of it so far. */
async function streaming(stream: StreamView = 'NEW_AND_OLD_IMAGES') {
  const twin = accountOfTwin();
  const account = twinAccount(twin);
  const records: StreamRecord[] = [];
  const table = await tableOf({
    ...account,
    createTable: async () => {
      const created = twin.tables.create({ ...TABLE, stream });
      created.stream?.subscribe((record) => void records.push(record));
      return created.definition.name;
    },
  });
  return { ...table, records, remove: () => twin.tables.get(TABLE.name).delete(itemKey('v')) };
}

const version = (number: number, key: Item = itemKey('v')): Item => ({
  ...key,
  version: { N: String(number) },
});

export const streamCases: readonly AccountCase[] = [
  {
    fact: 'Every change of an item is told once, in the order it was made: INSERT, MODIFY, REMOVE.',
    source: STREAMS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, remove, records } = await streaming();
      await put(version(1));
      await put(version(2));
      remove();
      await put(version(3));
      const told = records.map(({ eventName, dynamodb }) => [eventName, dynamodb.NewImage?.['version']?.N]);
      same('records', told, [
        ['INSERT', '1'],
        ['MODIFY', '2'],
        ['REMOVE', undefined],
        ['INSERT', '3'],
      ]);
    },
  },
  {
    fact: 'Sequence numbers grow in the order of the changes.',
    source: STREAMS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, records } = await streaming();
      for (let number = 0; number < 12; number += 1) await put(version(number, itemKey(`v${number}`)));
      const sequence = records.map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber));
      const sorted = sequence.toSorted((a, b) => (a < b ? -1 : 1));
      same('sequence', sequence.map(String), sorted.map(String));
      same('how many differ', new Set(sequence).size, 12);
    },
  },
  {
    fact: 'A write that changes no data leaves no record.',
    source: STREAMS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, records } = await streaming();
      await put(version(1));
      await put(version(1));
      same('records', records.length, 1);
    },
  },
  {
    fact: 'A refused write leaves no record.',
    source: STREAMS,
    confidence: 'from memory',
    public: false,
    check: async () => {
      const { put, records } = await streaming();
      const refusal = put(version(1), { ConditionExpression: 'attribute_exists(pk)' });
      await refused(refusal, 'ConditionalCheckFailedException');
      same('records', records.length, 0);
    },
  },
  ...(
    [
      ['KEYS_ONLY', undefined, undefined],
      ['NEW_IMAGE', version(2), undefined],
      ['OLD_IMAGE', undefined, version(1)],
      ['NEW_AND_OLD_IMAGES', version(2), version(1)],
    ] as const
  ).map(
    ([view, NewImage, OldImage]): AccountCase => ({
      fact: `A record of a stream of ${view} has the keys and ${[NewImage && 'the new image', OldImage && 'the old image'].filter(Boolean).join(' and ') || 'no image'}.`,
      source: STREAMS,
      confidence: 'verified',
      public: false,
      check: async () => {
        const { put, records } = await streaming(view);
        await put(version(1));
        await put(version(2));
        const told = records[1]?.dynamodb;
        same('keys', told?.Keys, itemKey('v'));
        same('images', [told?.NewImage, told?.OldImage], [NewImage, OldImage]);
      },
    }),
  ),
  {
    fact: 'A change that a caller made carries no userIdentity.',
    source: RECORD,
    confidence: 'from memory',
    public: false,
    check: async () => {
      const { put, remove, records } = await streaming();
      await put(version(1));
      remove();
      same(
        'identities',
        records.map(({ userIdentity }) => userIdentity),
        [undefined, undefined],
      );
    },
  },
];
