import type { EventPattern } from '../events/pattern.ts';
import type { Target } from '../events/target-delivery.ts';
import { NotImitatedError } from '../service-error.ts';
import { defined, type Properties, type ResourceKind } from './resource-kind.ts';

const QUEUE: ResourceKind = {
  properties: ['QueueName', 'VisibilityTimeout', 'MessageRetentionPeriod', 'DelaySeconds', 'RedrivePolicy'],
  withoutEffect: [
    'KmsMasterKeyId',
    'KmsDataKeyReusePeriodSeconds',
    'SqsManagedSseEnabled',
    'ReceiveMessageWaitTimeSeconds',
    'RedriveAllowPolicy',
    'Tags',
  ],
  create: (properties, logicalId, { queues }) => {
    const name = properties.text('QueueName') ?? logicalId;
    const redrive = properties.map('RedrivePolicy');
    const queue = queues.create({
      name,
      ...defined({
        visibilityTimeout: properties.number('VisibilityTimeout'),
        retention: properties.number('MessageRetentionPeriod'),
        delay: properties.number('DelaySeconds'),
        redrive: redrive && {
          deadLetterQueueArn: redrive.requiredText('deadLetterTargetArn'),
          maxReceiveCount: redrive.number('maxReceiveCount') ?? 10,
        },
      }),
    });
    return {
      ref: queue.url,
      attributes: { Arn: queue.arn, QueueName: name, QueueUrl: queue.url },
      remove: () => queues.delete(name),
    };
  },
};

const TOPIC: ResourceKind = {
  properties: ['TopicName', 'Subscription'],
  withoutEffect: ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'Tags', 'TracingConfig'],
  create: (properties, logicalId, { topics }) => {
    const topic = topics.create(properties.text('TopicName') ?? logicalId);
    for (const subscription of properties.maps('Subscription')) {
      topics.subscribe(
        topic.arn,
        subscription.requiredText('Protocol'),
        subscription.requiredText('Endpoint'),
      );
    }
    return {
      ref: topic.arn,
      attributes: { TopicArn: topic.arn, TopicName: topic.arn.split(':').at(-1) as string },
      remove: () => topics.delete(topic.arn),
    };
  },
};

const SUBSCRIPTION: ResourceKind = {
  properties: ['TopicArn', 'Protocol', 'Endpoint', 'RawMessageDelivery'],
  withoutEffect: [],
  create: (properties, logicalId, { topics }) => {
    const topicArn = properties.requiredText('TopicArn');
    topics.subscribe(
      topicArn,
      properties.requiredText('Protocol'),
      properties.requiredText('Endpoint'),
      properties.flag('RawMessageDelivery'),
    );
    return { ref: `${topicArn}:${logicalId}`, attributes: {} };
  },
};

const RULE: ResourceKind = {
  properties: ['Name', 'EventPattern', 'ScheduleExpression', 'State', 'Targets'],
  withoutEffect: ['Description', 'Tags'],
  create: (properties, logicalId, { bus }) => {
    const name = properties.text('Name') ?? logicalId;
    const pattern = properties.map('EventPattern')?.record();
    const schedule = properties.text('ScheduleExpression');
    if ((pattern === undefined) === (schedule === undefined)) {
      throw new NotImitatedError(`rule ${logicalId} must have either EventPattern or ScheduleExpression`);
    }
    bus.putRule({
      name,
      trigger: schedule === undefined ? { pattern: pattern as EventPattern } : { schedule },
      isEnabled: properties.text('State') !== 'DISABLED',
      targets: properties.maps('Targets').map((target) => ruleTarget(target)),
    });
    return { ref: name, attributes: { Arn: bus.arn(name) }, remove: () => bus.deleteRule(name) };
  },
};

function ruleTarget(target: Properties): Target {
  target.assertOnly(['Id', 'Arn', 'Input', 'DeadLetterConfig', 'RetryPolicy'], ['RoleArn']);
  return deliveryTarget(target);
}

const deliveryTarget = (target: Properties): Target => ({
  arn: target.requiredText('Arn'),
  ...defined({
    input: target.text('Input'),
    deadLetterQueueArn: target.map('DeadLetterConfig')?.text('Arn'),
    maximumRetryAttempts: target.map('RetryPolicy')?.number('MaximumRetryAttempts'),
    maximumEventAge: target.map('RetryPolicy')?.number('MaximumEventAgeInSeconds'),
  }),
});

const SCHEDULE: ResourceKind = {
  properties: [
    'Name',
    'GroupName',
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'State',
    'Target',
    'FlexibleTimeWindow',
  ],
  withoutEffect: ['Description', 'KmsKeyArn'],
  create: (properties, logicalId, { schedules }) => {
    const identity = {
      name: properties.text('Name') ?? logicalId,
      groupName: properties.text('GroupName') ?? 'default',
    };
    const target = properties.map('Target');
    if (target === undefined) throw new NotImitatedError(`schedule ${logicalId} has no Target`);
    target.assertOnly(['Arn', 'Input', 'DeadLetterConfig', 'RetryPolicy'], ['RoleArn']);
    const zone = properties.text('ScheduleExpressionTimezone') ?? 'UTC';
    if (!['UTC', 'Etc/UTC'].includes(zone))
      throw new NotImitatedError(`schedule ${logicalId}: time zone ${zone} is not imitated`);
    if (properties.map('FlexibleTimeWindow')?.text('Mode') !== 'OFF') {
      throw new NotImitatedError(`schedule ${logicalId}: only FlexibleTimeWindow OFF is imitated`);
    }
    schedules.create({
      ...identity,
      expression: properties.requiredText('ScheduleExpression'),
      isEnabled: properties.text('State') !== 'DISABLED',
      target: deliveryTarget(target),
    });
    return {
      ref: identity.name,
      attributes: { Arn: schedules.arn(identity) },
      remove: () => schedules.delete(identity),
    };
  },
};

const SCHEDULE_GROUP: ResourceKind = {
  properties: ['Name'],
  withoutEffect: ['Tags'],
  create: (properties, logicalId, { region, accountId }) => {
    const name = properties.text('Name') ?? logicalId;
    return {
      ref: name,
      attributes: { Arn: `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}` },
    };
  },
};

export const MESSAGING_RESOURCES: Readonly<Record<string, ResourceKind>> = {
  'AWS::SQS::Queue': QUEUE,
  'AWS::SNS::Topic': TOPIC,
  'AWS::SNS::Subscription': SUBSCRIPTION,
  'AWS::Events::Rule': RULE,
  'AWS::Scheduler::Schedule': SCHEDULE,
  'AWS::Scheduler::ScheduleGroup': SCHEDULE_GROUP,
};
