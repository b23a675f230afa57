import type { StreamRecord } from '../../twin/dynamodb/stream.ts';
import { type AccountCase, accountOfTwin, START, TABLE } from './account.ts';
import { itemKey } from './dynamodb-items.ts';
import { holds, same } from './expectations.ts';

const LIVE = 'DynamoDB developer guide, TTL';
const DAY = 86_400_000;
const SECONDS = START / 1_000;

/** One table whose items expire; its whole life in days. */
function expiring(expiryLag = 2 * DAY) {
  const { tables, simulation } = accountOfTwin();
  const table = tables.create({ ...TABLE, stream: 'NEW_AND_OLD_IMAGES', timeToLiveAttribute: 'expiresAt' });
  table.settings.expiryLag = expiryLag;
  const records: StreamRecord[] = [];
  table.stream?.subscribe((record) => void records.push(record));
  const key = itemKey('v');
  return {
    records,
    isThere: () => table.get(key) !== undefined,
    put: (expiresAt: { N: string } | { S: string } | undefined) =>
      table.put({ ...key, ...(expiresAt && { expiresAt }) }),
    pass: (days: number) => simulation.runFor(days * DAY),
  };
}

const inDays = (days: number): { N: string } => ({ N: String(SECONDS + (days * DAY) / 1_000) });

export const timeToLiveCases: readonly AccountCase[] = [
  {
    fact: 'An item is there until the second that its attribute names, and gone within a few days after it.',
    source: LIVE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, pass, isThere } = expiring();
      put(inDays(7));
      await pass(7 - 1 / DAY);
      holds('it is there before', isThere());
      await pass(2 + 1 / DAY);
      holds('it is gone two days later', !isThere());
    },
  },
  {
    fact: 'An expired item can still be read until it is deleted: how late that is, is a setting.',
    source: LIVE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const late: boolean[] = [];
      for (const lag of [0, 14 * DAY]) {
        const { put, pass, isThere } = expiring(lag);
        put(inDays(1));
        await pass(1.001);
        late.push(isThere());
      }
      same('there after its time', late, [false, true]);
    },
  },
  {
    fact: 'An item whose attribute is moved or removed before it is deleted stays.',
    source: LIVE,
    confidence: 'verified',
    public: false,
    check: async () => {
      for (const later of [inDays(30), undefined]) {
        const { put, pass, isThere } = expiring(2 * DAY);
        put(inDays(1));
        put(later);
        await pass(10);
        holds(`it is there with ${JSON.stringify(later)}`, isThere());
      }
    },
  },
  {
    fact: 'An attribute that is no number, or that is missing, never expires.',
    source: LIVE,
    confidence: 'verified',
    public: false,
    check: async () => {
      for (const expiresAt of [{ S: inDays(1).N }, undefined]) {
        const { put, pass, isThere } = expiring();
        put(expiresAt);
        await pass(30);
        holds(`it is there with ${JSON.stringify(expiresAt)}`, isThere());
      }
    },
  },
  {
    fact: 'A time more than five years ago is ignored.',
    source: 'DynamoDB developer guide, time-to-live-ttl-before-you-start',
    confidence: 'verified',
    public: false,
    check: async () => {
      const there: boolean[] = [];
      for (const days of [-4 * 365, -5 * 366]) {
        const { put, pass, isThere } = expiring();
        put(inDays(days));
        await pass(30);
        there.push(isThere());
      }
      same('there a month later', there, [false, true]);
    },
  },
  {
    fact: 'The stream tells a deletion by expiry as one of the service dynamodb.amazonaws.com.',
    source: 'DynamoDB developer guide, time-to-live-ttl-streams',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, pass, records } = expiring();
      put(inDays(1));
      await pass(10);
      const { eventName, userIdentity } = records.at(-1) ?? {};
      const by = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
      same('record', { eventName, userIdentity }, { eventName: 'REMOVE', userIdentity: by });
    },
  },
];
