import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { AccountCase, ConformanceAccount } from './account.ts';
import { refused, refusedAsInvalid, same } from './expectations.ts';

const SEND = 'SQS API reference, SendMessage';
const BATCH = 'SQS API reference, SendMessageBatch';
const MIB = 1_048_576;

async function queueOf({ sqs, createQueue }: ConformanceAccount) {
  const QueueUrl = await createQueue('work');
  return {
    send: (MessageBody: string, DelaySeconds?: number) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds })),
    sendAll: (Entries: SendMessageBatchRequestEntry[]) =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })),
  };
}

const entries = (count: number, MessageBody = 'a'): SendMessageBatchRequestEntry[] =>
  Array.from({ length: count }, (_, place) => ({ Id: String(place), MessageBody }));

export const sendMessageCases: readonly AccountCase[] = [
  {
    fact: 'A message has at most 1 MiB.',
    source: SEND,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { send } = await queueOf(account);
      await send('x'.repeat(MIB));
      await refusedAsInvalid('a byte more', send('x'.repeat(MIB + 1)));
    },
  },
  {
    fact: 'A message is text of the characters that XML takes; others are refused with InvalidMessageContents.',
    source: SEND,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { send } = await queueOf(account);
      await send('tab\tline\nDisk – 磁盘 \u{1f4be}');
      await refused(send('nul\u0000'), 'InvalidMessageContents');
    },
  },
  {
    fact: 'A message can be delayed by 0 to 900 seconds.',
    source: SEND,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { send } = await queueOf(account);
      await send('a', 900);
      await refusedAsInvalid('901', send('a', 901));
      await refusedAsInvalid('-1', send('a', -1));
    },
  },
  {
    fact: 'A queue that does not exist is answered with QueueDoesNotExist.',
    source: SEND,
    confidence: 'verified',
    public: true,
    check: async ({ sqs, createQueue }) => {
      const QueueUrl = (await createQueue('work')).replace(/work$/, 'never');
      await refused(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' })), 'QueueDoesNotExist');
    },
  },
  {
    fact: 'A batch has one to ten messages: none is EmptyBatchRequest, eleven are TooManyEntriesInBatchRequest.',
    source: BATCH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { sendAll } = await queueOf(account);
      const { Successful = [] } = await sendAll(entries(10));
      same(
        'successful',
        Successful.map(({ Id }) => Id).toSorted(),
        entries(10).map(({ Id }) => Id),
      );
      await refused(sendAll([]), 'EmptyBatchRequest');
      await refused(sendAll(entries(11)), 'TooManyEntriesInBatchRequest');
    },
  },
  {
    fact: 'The messages of a batch have at most 1 MiB together; more is BatchRequestTooLong.',
    source: BATCH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { sendAll } = await queueOf(account);
      await sendAll(entries(2, 'x'.repeat(MIB / 2)));
      await refused(sendAll(entries(2, 'x'.repeat(MIB / 2 + 1))), 'BatchRequestTooLong');
    },
  },
  {
    fact: 'The ids of a batch differ; else it is BatchEntryIdsNotDistinct.',
    source: BATCH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { sendAll } = await queueOf(account);
      await refused(sendAll([...entries(1), ...entries(1)]), 'BatchEntryIdsNotDistinct');
    },
  },
  {
    fact: 'An id has up to 80 letters, digits, hyphens and underscores; else it is InvalidBatchEntryId.',
    source: 'SQS API reference, SendMessageBatchRequestEntry',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { sendAll } = await queueOf(account);
      await sendAll([{ Id: `vol-0_A${'x'.repeat(73)}`, MessageBody: 'a' }]);
      await refused(sendAll([{ Id: 'x'.repeat(81), MessageBody: 'a' }]), 'InvalidBatchEntryId');
      await refused(sendAll([{ Id: 'vol#1', MessageBody: 'a' }]), 'InvalidBatchEntryId');
    },
  },
  {
    fact: 'Each message of a batch succeeds or fails for itself.',
    source: BATCH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { sendAll } = await queueOf(account);
      const [first, second] = entries(2);
      const mixed = [first, { ...second, DelaySeconds: 901 }] as SendMessageBatchRequestEntry[];
      const { Successful = [], Failed = [] } = await sendAll(mixed);
      same(
        'successful',
        Successful.map(({ Id }) => Id),
        ['0'],
      );
      same(
        'failed',
        Failed.map(({ Id, SenderFault }) => [Id, SenderFault]),
        [['1', true]],
      );
    },
  },
];
