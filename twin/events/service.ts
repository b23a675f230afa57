import type { DescribeRuleCommandInput } from '@aws-sdk/client-eventbridge';
import type { Service } from '../service.ts';
import { NotImitatedError } from '../service-error.ts';
import type { Bus } from './bus.ts';
import { ruleLife } from './rule-life.ts';

/** Source: EventBridge API reference, DescribeRule. */
export const eventBridgeService = (bus: Bus): Service => ({
  ...ruleLife(bus),
  DescribeRule: {
    accepts: ['Name', 'EventBusName'],
    run: ({ Name = '', EventBusName = 'default' }: DescribeRuleCommandInput) => {
      if (EventBusName !== 'default')
        throw new NotImitatedError(`event bus ${EventBusName} is not imitated; imitated: default`);
      const { isEnabled, trigger } = bus.rule(Name);
      return {
        Name,
        Arn: bus.arn(Name),
        EventBusName,
        State: isEnabled ? 'ENABLED' : 'DISABLED',
        ...('schedule' in trigger
          ? { ScheduleExpression: trigger.schedule }
          : { EventPattern: JSON.stringify(trigger.pattern) }),
      };
    },
  },
});
