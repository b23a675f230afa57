import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { type AccountCase, accountOfTwin, twinAccount } from './account.ts';
import { holds, refused, same } from './expectations.ts';

const LIST = 'SNS API reference, ListSubscriptionsByTopic';

export const listSubscriptionsByTopicCases: readonly AccountCase[] = [
  {
    fact: 'A subscription is listed with its ARN, its protocol and its endpoint.',
    source: LIST,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const TopicArn = await account.createTopic();
      const queueUrl = await account.createQueue('told');
      await account.subscribe(TopicArn, queueUrl, 'enveloped');
      const { Subscriptions = [] } = await account.sns.send(
        new ListSubscriptionsByTopicCommand({ TopicArn }),
      );
      const endpoint = await account.queueArn(queueUrl);
      same(
        'subscriptions',
        Subscriptions.map(({ Protocol, Endpoint }) => [Protocol, Endpoint]),
        [['sqs', endpoint]],
      );
      holds(
        'its ARN is below the topic',
        Subscriptions[0]?.SubscriptionArn?.startsWith(`${TopicArn}:`) === true,
      );
    },
  },
  {
    fact: 'One that nobody has confirmed has no ARN there but the word PendingConfirmation.',
    source: 'scripts that list subscriptions, in public repositories',
    confidence: 'secondary',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const topic = twin.topics.create('told');
      twin.topics.subscribe(topic.arn, 'email', 'a@example.com', false);
      for (const subscription of topic.subscriptions) subscription.isConfirmed = false;
      const { Subscriptions } = await twinAccount(twin).sns.send(
        new ListSubscriptionsByTopicCommand({ TopicArn: topic.arn }),
      );
      same('ARN', Subscriptions?.[0]?.SubscriptionArn, 'PendingConfirmation');
    },
  },
  {
    fact: 'A call lists up to 100, and NextToken gives the next.',
    source: LIST,
    confidence: 'verified',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const { arn } = twin.topics.create('told');
      for (let count = 0; count < 101; count += 1)
        twin.topics.subscribe(arn, 'email', `a${count}@example.com`, false);
      const { sns } = twinAccount(twin);
      const ask = (NextToken?: string) =>
        sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: arn, NextToken }));
      const first = await ask();
      const second = await ask(first.NextToken);
      same('pages', [first.Subscriptions?.length, second.Subscriptions?.length], [100, 1]);
      same('end', second.NextToken, undefined);
    },
  },
  {
    fact: 'A topic that does not exist is NotFoundException.',
    source: LIST,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const TopicArn = `${await account.createTopic()}-none`;
      await refused(account.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn })), 'NotFoundException');
    },
  },
];
