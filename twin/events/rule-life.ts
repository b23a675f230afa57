import type {
  DeleteRuleCommandInput,
  ListTagsForResourceCommandInput,
  PutRuleCommandInput,
  PutTargetsCommandInput,
  RemoveTargetsCommandInput,
  Tag,
  Target,
} from '@aws-sdk/client-eventbridge';
import type { Service } from '../service.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { Bus } from './bus.ts';

/** How rules on the default bus come and go. Source: EventBridge API reference, the five operations. */
export const ruleLife = (bus: Bus): Service => ({
  PutRule: {
    accepts: ['Name', 'Description', 'EventPattern', 'Tags'],
    run: ({ Name = '', EventPattern, Tags = [] }: PutRuleCommandInput) => {
      if (EventPattern === undefined)
        throw new NotImitatedError('PutRule without EventPattern is not imitated');
      const trigger = { pattern: parsed(EventPattern) };
      bus.putRule({ name: Name, trigger, isEnabled: true, targets: [], tags: tagsIn(Tags) });
      return { RuleArn: bus.arn(Name) };
    },
  },
  PutTargets: {
    accepts: ['Rule', 'Targets'],
    run: ({ Rule = '', Targets = [] }: PutTargetsCommandInput) => {
      const rule = bus.rule(Rule);
      const given = Targets.map(targetOf);
      const kept = rule.targets.filter(({ id }) => !given.some((one) => one.id === id));
      bus.putRule({ ...rule, targets: [...kept, ...given] });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  },
  RemoveTargets: {
    accepts: ['Rule', 'Ids'],
    run: ({ Rule = '', Ids = [] }: RemoveTargetsCommandInput) => {
      const rule = bus.rule(Rule);
      bus.putRule({ ...rule, targets: rule.targets.filter(({ id = '' }) => !Ids.includes(id)) });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  },
  DeleteRule: {
    accepts: ['Name'],
    run: ({ Name = '' }: DeleteRuleCommandInput) => {
      if (bus.has(Name) && bus.rule(Name).targets.length > 0)
        throw new ServiceError('ValidationException', "Rule can't be deleted since it has targets.");
      bus.deleteRule(Name);
      return {};
    },
  },
  ListTagsForResource: {
    accepts: ['ResourceARN'],
    run: ({ ResourceARN = '' }: ListTagsForResourceCommandInput) => {
      const { tags = {} } = bus.rule(ResourceARN.split(':rule/')[1] ?? '');
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  },
});

const tagsIn = (tags: readonly Tag[]): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

function targetOf({ Id = '', Arn = '', ...others }: Target) {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new NotImitatedError(`EventBridge:PutTargets field ${unknown} is not imitated; imitated: Id, Arn`);
  return { id: Id, arn: Arn };
}

function parsed(pattern: string) {
  try {
    return JSON.parse(pattern);
  } catch {
    throw new ServiceError('InvalidEventPatternException', 'Event pattern is not valid.');
  }
}
