import { PublishCommand, type PublishCommandInput } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type AccountCase, accountOfTwin, type ConformanceAccount, twinAccount } from './account.ts';
import { holds, refused, same } from './expectations.ts';

const PUBLISH = 'SNS API reference, Publish';
const RAW = 'SNS developer guide, sns-large-payload-raw-message-delivery';
const RETRIES = 'SNS developer guide, sns-message-delivery-retries';
const KIB = 1_024;
const SECOND = 1_000;

async function topicOf({ sns, createTopic }: ConformanceAccount) {
  const TopicArn = await createTopic();
  const publish = (more: Partial<PublishCommandInput> = {}) =>
    sns.send(new PublishCommand({ TopicArn, Message: 'text', ...more }));
  return { TopicArn, publish };
}

/** What lies in a queue that is subscribed to the topic. */
async function subscribed(account: ConformanceAccount, TopicArn: string, delivery: 'enveloped' | 'raw') {
  const QueueUrl = await account.createQueue('machines');
  await account.subscribe(TopicArn, QueueUrl, delivery);
  return async (): Promise<(string | undefined)[]> => {
    const { Messages = [] } = await account.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    return Messages.map(({ Body }) => Body);
  };
}

const attribute = (StringValue: string) => ({ kind: { DataType: 'String', StringValue } });

const messages: readonly AccountCase[] = [
  {
    fact: 'A message has at most 256 KiB, and where it has more nothing is published.',
    source: PUBLISH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { TopicArn, publish } = await topicOf(account);
      const received = await subscribed(account, TopicArn, 'raw');
      await refused(publish({ Message: 'x'.repeat(256 * KIB + 1) }), 'InvalidParameterException');
      same('received', await received(), []);
      await publish({ Message: 'x'.repeat(256 * KIB) });
    },
  },
  {
    fact: 'The 256 KiB are bytes, not characters, and message attributes count.',
    source: PUBLISH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { publish } = await topicOf(account);
      await publish({ Message: 'ü'.repeat(128 * KIB) });
      await refused(publish({ Message: 'ü'.repeat(128 * KIB + 1) }), 'InvalidParameterException');
      const full = { Message: 'x'.repeat(256 * KIB), MessageAttributes: attribute('page') };
      await refused(publish(full), 'InvalidParameterException');
    },
  },
  {
    fact: 'A subject has less than 100 characters.',
    source: PUBLISH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { publish } = await topicOf(account);
      await publish({ Subject: 'x'.repeat(99) });
      await refused(publish({ Subject: 'x'.repeat(100) }), 'InvalidParameterException');
    },
  },
  {
    fact: 'A subject is any text without line breaks and control characters.',
    source: PUBLISH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { publish } = await topicOf(account);
      await publish({ Subject: 'Disk – 磁盘 is slow' });
      await refused(publish({ Subject: 'two\nlines' }), 'InvalidParameterException');
      await refused(publish({ Subject: 'bell\u0007' }), 'InvalidParameterException');
    },
  },
  {
    fact: 'An empty message is refused.',
    source: PUBLISH,
    confidence: 'from memory',
    public: true,
    check: async (account) =>
      refused((await topicOf(account)).publish({ Message: '' }), 'InvalidParameterException'),
  },
  {
    fact: 'A message attribute of type String is not empty.',
    source: 'SNS API reference, MessageAttributeValue',
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const { publish } = await topicOf(account);
      await publish({ MessageAttributes: attribute('page') });
      const empty = publish({ MessageAttributes: attribute('') });
      await refused(empty, 'InvalidParameterValueException', 'InvalidParameterException');
    },
  },
  {
    fact: 'A topic that does not exist is answered with NotFoundException.',
    source: PUBLISH,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { TopicArn, publish } = await topicOf(account);
      await refused(publish({ TopicArn: `${TopicArn}-never` }), 'NotFoundException');
    },
  },
];

const deliveries: readonly AccountCase[] = [
  {
    fact: 'A subscribed queue gets a Notification in JSON with message, subject, topic, id and time.',
    source: RAW,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { TopicArn, publish } = await topicOf(account);
      const received = await subscribed(account, TopicArn, 'enveloped');
      const { MessageId } = await publish({ Subject: 'Disk – 磁盘' });
      const [body = '{}'] = await received();
      const { Type, Message, Subject, Timestamp, ...told } = JSON.parse(body);
      same(
        'content',
        { Type, Message, Subject },
        { Type: 'Notification', Message: 'text', Subject: 'Disk – 磁盘' },
      );
      same('ids', [told.TopicArn, told.MessageId], [TopicArn, MessageId]);
      holds('its time is one', Number.isFinite(Date.parse(Timestamp)));
    },
  },
  {
    fact: 'With raw delivery it gets the message alone.',
    source: RAW,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { TopicArn, publish } = await topicOf(account);
      const received = await subscribed(account, TopicArn, 'raw');
      await publish({ Subject: 'Disk' });
      same('bodies', await received(), ['text']);
    },
  },
  {
    fact: 'An outage of SNS is a fault of the server, InternalErrorException, and publishes nothing.',
    source: PUBLISH,
    confidence: 'verified',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const { TopicArn, publish } = await topicOf(twinAccount(twin));
      const topic = twin.topics.get(TopicArn);
      topic.isDown = true;
      const refusal = await publish().catch((error: unknown) => error);
      const told = refusal instanceof Error && '$fault' in refusal && [refusal.name, refusal.$fault];
      same('refusal', told, ['InternalErrorException', 'server']);
      topic.isDown = false;
      await publish();
      same('published', topic.publications.length, 1);
    },
  },
  {
    fact: 'A subscribed queue that is down does not fail the publisher.',
    source: RETRIES,
    confidence: 'verified',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const { TopicArn, publish } = await topicOf(twinAccount(twin));
      const queue = twin.queues.create({ name: 'machines' });
      twin.topics.subscribe(TopicArn, 'sqs', queue.arn);
      queue.isDown = true;
      await publish();
      same('published', twin.topics.get(TopicArn).publications.length, 1);
    },
  },
  ...(
    [
      ['two and a half seconds', 2.5, 3],
      ['an hour', 3_600, 3_620],
      ['a week', 7 * 86_400, 7 * 86_400 + 20],
    ] as const
  ).map(
    ([what, down, atTheLatest]): AccountCase => ({
      fact: `SNS tries a queue that is down again, soon at first and later every 20 seconds: after ${what} it still delivers.`,
      source: RETRIES,
      confidence: 'verified',
      public: false,
      check: async () => {
        const twin = accountOfTwin();
        const { TopicArn, publish } = await topicOf(twinAccount(twin));
        const queue = twin.queues.create({ name: 'machines' });
        twin.topics.subscribe(TopicArn, 'sqs', queue.arn, true);
        queue.isDown = true;
        await publish();
        await twin.simulation.runFor(down * SECOND);
        queue.isDown = false;
        await twin.simulation.runFor((atTheLatest - down) * SECOND);
        same(
          'delivered',
          queue.peek().map(({ body }) => body),
          ['text'],
        );
      },
    }),
  ),
];

export const publishCases: readonly AccountCase[] = [...messages, ...deliveries];
