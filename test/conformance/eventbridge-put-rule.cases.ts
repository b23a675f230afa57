import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  type EventBridgeClient,
  ListTagsForResourceCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type AccountCase, accountOfTwin, twinAccount } from './account.ts';
import { refused, same } from './expectations.ts';

const pattern = JSON.stringify({ source: ['aws.ec2'] });

const put = (eventBridge: EventBridgeClient, Name: string, EventPattern = pattern) =>
  eventBridge.send(new PutRuleCommand({ Name, EventPattern, Tags: [{ Key: 'team', Value: 'storage' }] }));

export const putRuleCases: readonly AccountCase[] = [
  {
    fact: 'A rule is enabled from the start and has the tags it was put with.',
    source: 'EventBridge API reference, PutRule and ListTagsForResource',
    confidence: 'verified',
    public: true,
    check: async ({ eventBridge, mark }) => {
      const { RuleArn } = await put(eventBridge, mark);
      same('state', (await eventBridge.send(new DescribeRuleCommand({ Name: mark }))).State, 'ENABLED');
      const { Tags } = await eventBridge.send(new ListTagsForResourceCommand({ ResourceARN: RuleArn }));
      same('tags', Tags, [{ Key: 'team', Value: 'storage' }]);
    },
  },
  {
    fact: 'A rule with targets cannot be deleted; without them it can, also when it is gone already.',
    source: 'EventBridge API reference, DeleteRule and RemoveTargets',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { eventBridge, mark } = account;
      await put(eventBridge, mark);
      const Arn = await account.queueArn(await account.createQueue('of-rule'));
      await eventBridge.send(new PutTargetsCommand({ Rule: mark, Targets: [{ Id: 'queue', Arn }] }));
      const remove = () => eventBridge.send(new DeleteRuleCommand({ Name: mark }));
      await refused(remove(), 'ValidationException');
      await eventBridge.send(new RemoveTargetsCommand({ Rule: mark, Ids: ['queue'] }));
      await remove();
      await remove();
      await refused(eventBridge.send(new DescribeRuleCommand({ Name: mark })), 'ResourceNotFoundException');
    },
  },
  {
    fact: 'A pattern that is no JSON is InvalidEventPatternException.',
    source: 'EventBridge API reference, PutRule',
    confidence: 'verified',
    public: true,
    check: ({ eventBridge, mark }) => refused(put(eventBridge, mark, '{'), 'InvalidEventPatternException'),
  },
  {
    fact: 'What a rule matches goes to the queue that is its target.',
    source: 'EventBridge API reference, PutTargets',
    confidence: 'verified',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const account = twinAccount(twin);
      const QueueUrl = await account.createQueue('of-rule');
      await put(account.eventBridge, 'rule');
      const Targets = [{ Id: 'queue', Arn: await account.queueArn(QueueUrl) }];
      await account.eventBridge.send(new PutTargetsCommand({ Rule: 'rule', Targets }));
      await account.createVolume({ volumeType: 'gp2', sizeGiB: 1 });
      await twin.simulation.runFor(5_000);
      const { Messages = [] } = await account.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      same(
        'events',
        Messages.map(({ Body = '' }) => JSON.parse(Body).detail.event),
        ['createVolume'],
      );
    },
  },
];
