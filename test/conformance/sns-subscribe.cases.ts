import { ListSubscriptionsByTopicCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import type { AccountCase } from './account.ts';
import { refused, same } from './expectations.ts';

type Account = Parameters<Extract<AccountCase, { public: true }>['check']>[0];

const subscribed = async ({ sns }: Account, TopicArn: string, Endpoint: string) =>
  (await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }))).SubscriptionArn;

const arnsOf = async ({ sns }: Account, TopicArn: string) =>
  ((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? []).map(
    ({ SubscriptionArn }) => SubscriptionArn,
  );

export const subscribeCases: readonly AccountCase[] = [
  {
    fact: 'A queue is subscribed at once, and a second time is the same subscription.',
    source: 'SNS API reference, Subscribe',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const topicArn = await account.createTopic();
      const endpoint = await account.queueArn(await account.createQueue('once'));
      const arn = await subscribed(account, topicArn, endpoint);
      same('ARN', await subscribed(account, topicArn, endpoint), arn);
      same('subscriptions', await arnsOf(account, topicArn), [arn]);
    },
  },
  {
    fact: 'What is unsubscribed is no longer listed; the others keep their ARNs.',
    source: 'SNS API reference, Unsubscribe',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const topicArn = await account.createTopic();
      const arnOfQueue = async (name: string) => account.queueArn(await account.createQueue(name));
      const first = await subscribed(account, topicArn, await arnOfQueue('first'));
      const second = await subscribed(account, topicArn, await arnOfQueue('second'));
      await account.sns.send(new UnsubscribeCommand({ SubscriptionArn: first }));
      same('subscriptions', await arnsOf(account, topicArn), [second]);
    },
  },
  {
    fact: 'To a topic that does not exist nobody can subscribe: NotFoundException.',
    source: 'SNS API reference, Subscribe',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const topicArn = await account.createTopic();
      const endpoint = await account.queueArn(await account.createQueue('of-none'));
      await refused(subscribed(account, `${topicArn}-none`, endpoint), 'NotFoundException');
    },
  },
];
