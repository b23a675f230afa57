import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { type AccountCase, accountOfTwin, type ConformanceAccount, START, twinAccount } from './account.ts';
import { holds, refusedAsInvalid, same } from './expectations.ts';

const RECEIVE = 'SQS API reference, ReceiveMessage';
const DELETE = 'SQS API reference, DeleteMessage';
const ATTRIBUTES = 'SQS API reference, SetQueueAttributes';
const VISIBILITY = 'SQS developer guide, sqs-visibility-timeout';
const DEAD_LETTERS = 'SQS developer guide, sqs-dead-letter-queues';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

function queueAt({ sqs }: ConformanceAccount, QueueUrl: string) {
  return {
    send: (MessageBody: string, DelaySeconds?: number) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds })),
    receive: async (more: Omit<ReceiveMessageCommandInput, 'QueueUrl'> = {}): Promise<Message[]> =>
      (
        await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            MessageSystemAttributeNames: ['All'],
            ...more,
          }),
        )
      ).Messages ?? [],
    remove: (ReceiptHandle: string | undefined) =>
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
  };
}

const queueOf = async (account: ConformanceAccount) => queueAt(account, await account.createQueue('work'));

/** A queue whose messages go to the other after three receives. */
async function withDeadLetters(account: ConformanceAccount) {
  const deadLetters = await account.createQueue('dead-letters');
  const redrive = { deadLetters: { queueUrl: deadLetters, maxReceiveCount: 3 } };
  const work = await account.createQueue('work', redrive);
  return { work: queueAt(account, work), deadLetters: queueAt(account, deadLetters) };
}

/** Time that a test can pass. */
function timed() {
  const twin = accountOfTwin();
  return {
    twin,
    account: twinAccount(twin),
    pass: (milliseconds: number) => twin.simulation.runFor(milliseconds),
  };
}

const bodies = (messages: readonly Message[]): (string | undefined)[] =>
  messages.map(({ Body }) => Body).toSorted();

const AT_ONCE = { VisibilityTimeout: 0 } as const;

const anywhere: readonly AccountCase[] = [
  {
    fact: 'A received message is hidden from further receives; VisibilityTimeout 0 hides it for no time at all.',
    source: RECEIVE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { send, receive } = await queueOf(account);
      await send('a');
      same('first', bodies(await receive(AT_ONCE)), ['a']);
      same('second', bodies(await receive()), ['a']);
      same('third', bodies(await receive()), []);
    },
  },
  {
    fact: 'One receive gets at most ten messages, and one where it does not say how many.',
    source: RECEIVE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { send, receive } = await queueOf(account);
      for (let count = 0; count < 12; count += 1) await send('a');
      same('unsaid', (await receive({ MaxNumberOfMessages: undefined })).length, 1);
      holds('at most ten', (await receive()).length <= 10);
      await refusedAsInvalid('eleven', receive({ MaxNumberOfMessages: 11 }));
      await refusedAsInvalid('none', receive({ MaxNumberOfMessages: 0 }));
    },
  },
  {
    fact: 'ApproximateReceiveCount grows with every receive, and each receive has another receipt handle.',
    source: `${RECEIVE}; ${DELETE}`,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { send, receive } = await queueOf(account);
      await send('a');
      const [first] = await receive(AT_ONCE);
      const [second] = await receive(AT_ONCE);
      const counts = [first, second].map((message) => message?.Attributes?.ApproximateReceiveCount);
      same('counts', counts, ['1', '2']);
      same('message', second?.MessageId, first?.MessageId);
      holds('the handles differ', first?.ReceiptHandle !== second?.ReceiptHandle);
    },
  },
  {
    fact: 'A deleted message does not come back.',
    source: DELETE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { send, receive, remove } = await queueOf(account);
      await send('a');
      const [message] = await receive(AT_ONCE);
      await remove(message?.ReceiptHandle);
      same('messages', bodies(await receive()), []);
    },
  },
  {
    fact: 'Deleting with the handle of an earlier receive is no error.',
    source: DELETE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { send, receive, remove } = await queueOf(account);
      await send('a');
      const [earlier] = await receive(AT_ONCE);
      await receive(AT_ONCE);
      await remove(earlier?.ReceiptHandle);
    },
  },
  {
    fact: 'A message that was received maxReceiveCount times goes to the dead-letter queue instead of being received again.',
    source: ATTRIBUTES,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { work, deadLetters } = await withDeadLetters(account);
      await work.send('a');
      for (let count = 1; count <= 3; count += 1)
        same(`receive ${count}`, bodies(await work.receive(AT_ONCE)), ['a']);
      same('dead letters before', bodies(await deadLetters.receive(AT_ONCE)), []);
      same('receive 4', bodies(await work.receive(AT_ONCE)), []);
      same('dead letters', bodies(await deadLetters.receive()), ['a']);
    },
  },
  {
    fact: 'A queue hides for 30 seconds and keeps for 4 days where nothing else is said.',
    source: ATTRIBUTES,
    confidence: 'verified',
    public: true,
    check: async ({ sqs, createQueue }) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: await createQueue('work'),
          AttributeNames: ['VisibilityTimeout', 'MessageRetentionPeriod'],
        }),
      );
      same(
        'attributes',
        [Attributes['VisibilityTimeout'], Attributes['MessageRetentionPeriod']],
        ['30', '345600'],
      );
    },
  },
];

const overTime: readonly AccountCase[] = [
  {
    fact: 'A message that is not deleted becomes visible again when its visibility timeout is over.',
    source: VISIBILITY,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { account, pass } = timed();
      const { send, receive } = await queueOf(account);
      await send('a');
      await receive();
      await pass(30 * SECOND - 1);
      same('just before', bodies(await receive()), []);
      await pass(1);
      same('then', bodies(await receive()), ['a']);
    },
  },
  {
    fact: 'A delayed message cannot be received before its delay is over.',
    source: 'SQS API reference, SendMessage',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { account, pass } = timed();
      const { send, receive } = await queueOf(account);
      await send('a', 900);
      await pass(900 * SECOND - 1);
      same('just before', bodies(await receive()), []);
      await pass(1);
      same('then', bodies(await receive()), ['a']);
    },
  },
  {
    fact: 'A message that nobody deletes is gone after the retention period.',
    source: ATTRIBUTES,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { account, pass } = timed();
      const { send, receive } = await queueOf(account);
      await send('a');
      await pass(4 * DAY);
      same('after four days', bodies(await receive(AT_ONCE)), ['a']);
      await pass(1);
      same('later', bodies(await receive()), []);
    },
  },
  {
    fact: 'A dead letter’s retention counts from when it was first sent, so one day of work leaves three of four.',
    source: DEAD_LETTERS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { account, pass } = timed();
      const { work, deadLetters } = await withDeadLetters(account);
      await work.send('a');
      for (let count = 1; count <= 3; count += 1) await work.receive(AT_ONCE);
      await pass(DAY);
      await work.receive(AT_ONCE);
      const [letter] = await deadLetters.receive(AT_ONCE);
      same('sent at', letter?.Attributes?.SentTimestamp, String(START));
      await pass(3 * DAY + 1);
      same('dead letters', bodies(await deadLetters.receive()), []);
    },
  },
];

export const receiveMessageCases: readonly AccountCase[] = [...anywhere, ...overTime];
