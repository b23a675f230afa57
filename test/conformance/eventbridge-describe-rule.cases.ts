import { DescribeRuleCommand } from '@aws-sdk/client-eventbridge';
import type { AccountCase } from './account.ts';
import { refused, same } from './expectations.ts';
import { accountWithStack } from './stack-account.ts';

const DESCRIBE = 'EventBridge API reference, DescribeRule';

export const describeRuleCases: readonly AccountCase[] = [
  {
    fact: 'A rule is described with its ARN, its schedule and its State.',
    source: DESCRIBE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { eventBridge } = accountWithStack();
      const { Arn, ScheduleExpression, State } = await eventBridge.send(
        new DescribeRuleCommand({ Name: 'Rule' }),
      );
      same(
        'rule',
        [Arn, ScheduleExpression, State],
        ['arn:aws:events:us-east-1:123456789012:rule/Rule', 'rate(5 minutes)', 'ENABLED'],
      );
    },
  },
  {
    fact: 'One that somebody disabled says DISABLED.',
    source: DESCRIBE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { eventBridge, twin } = accountWithStack();
      twin.bus.setEnabled('Rule', false);
      same('state', (await eventBridge.send(new DescribeRuleCommand({ Name: 'Rule' }))).State, 'DISABLED');
    },
  },
  {
    fact: 'A rule that does not exist is ResourceNotFoundException.',
    source: DESCRIBE,
    confidence: 'verified',
    public: true,
    check: ({ eventBridge, mark }) =>
      refused(
        eventBridge.send(new DescribeRuleCommand({ Name: `${mark}-none` })),
        'ResourceNotFoundException',
      ),
  },
];
