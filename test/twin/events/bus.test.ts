import { describe, expect, test } from 'vitest';
import type { AwsEvent } from '../../../twin/aws-event.ts';
import { Bus, type RuleDefinition } from '../../../twin/events/bus.ts';
import { parseScheduleExpression } from '../../../twin/events/schedule-expression.ts';
import { Schedules } from '../../../twin/events/schedules.ts';
import { TargetDelivery } from '../../../twin/events/target-delivery.ts';
import { functionsUnderTest, START } from '../lambda/functions-under-test.ts';

const SECOND = 1000;
const MINUTE = 60_000;

function busUnderTest(seed = 1) {
  const context = functionsUnderTest();
  const { simulation, queues, invocations, functions } = context;
  const place = { account: '123456789012', region: 'eu-central-1' };
  const delivery = new TargetDelivery({ simulation, queues, invocations });
  const bus = new Bus({ simulation, place, delivery, seed });
  const schedules = new Schedules({ simulation, place, delivery });
  const work = queues.create({ name: 'work' });
  const rule = (definition: Partial<RuleDefinition> = {}) =>
    bus.putRule({
      name: 'volumes',
      trigger: { pattern: { source: ['aws.ec2', 'aws.cloudwatch'] } },
      isEnabled: true,
      targets: [{ arn: work.arn }],
      ...definition,
    });
  const event = (id: string, source = 'aws.ec2'): AwsEvent => ({
    version: '0',
    id,
    'detail-type': 'EBS Volume Notification',
    source,
    account: '123456789012',
    time: '2026-11-22T10:00:00Z',
    region: 'eu-central-1',
    resources: [],
    detail: { event: 'modifyVolume' },
  });
  const received = () => work.peek().map(({ body }) => (JSON.parse(body) as AwsEvent).id);
  const times = () => functions.log.map(({ at }) => (at - START) / MINUTE);
  return { ...context, bus, schedules, delivery, work, rule, event, received, times };
}

describe('a rule', () => {
  test('delivers matching events as they are, within a second', async () => {
    const { rule, bus, event, simulation, work } = busUnderTest();
    rule();
    bus.emit(event('1'));
    await simulation.runFor(SECOND);
    expect(work.peek().map(({ body }) => JSON.parse(body) as AwsEvent)).toEqual([event('1')]);
    expect(bus.log).toMatchObject([{ event: { id: '1' }, rules: ['volumes'] }]);
  });

  test('does not deliver other events, nor any while it is disabled', async () => {
    const { rule, bus, event, simulation, received } = busUnderTest();
    rule();
    bus.emit(event('1', 'aws.s3'));
    rule({ isEnabled: false });
    bus.emit(event('2'));
    await simulation.runFor(MINUTE);
    expect(received()).toEqual([]);
  });

  test('hands a constant input over instead of the event', async () => {
    const { rule, bus, event, simulation, work } = busUnderTest();
    rule({ targets: [{ arn: work.arn, input: '{"kind":"sweep"}' }] });
    bus.emit(event('1'));
    await simulation.runFor(SECOND);
    expect(work.peek()[0]?.body).toBe('{"kind":"sweep"}');
  });

  test('invokes a function asynchronously', async () => {
    const { rule, bus, event, simulation, functions } = busUnderTest();
    const seen: unknown[] = [];
    functions.implement('respond', () => (given) => void seen.push(given));
    rule({ targets: [{ arn: functions.arn('respond') }] });
    bus.emit(event('1'));
    await simulation.runFor(SECOND);
    expect(seen).toEqual([event('1')]);
  });

  test('tries a queue that is down again, and delivers once it is up', async () => {
    const { rule, bus, event, simulation, received, work } = busUnderTest();
    rule();
    work.isDown = true;
    bus.emit(event('1'));
    await simulation.runFor(10 * MINUTE);
    work.isDown = false;
    expect(received()).toEqual([]);
    await simulation.runFor(10 * MINUTE);
    expect(received()).toEqual(['1']);
  });

  test('gives events up to its dead-letter queue: after a day of failures, at once where there is no such target', async () => {
    const { rule, bus, event, simulation, work, failures } = busUnderTest();
    const missing = 'arn:aws:sqs:eu-central-1:123456789012:missing';
    rule({ targets: [work.arn, missing].map((arn) => ({ arn, deadLetterQueueArn: failures.arn })) });
    work.isDown = true;
    bus.emit(event('1'));
    await simulation.runFor(MINUTE);
    expect(failures.peek()).toMatchObject([
      {
        messageAttributes: {
          TARGET_ARN: { StringValue: missing },
          ERROR_CODE: { StringValue: 'NO_RESOURCE' },
          RETRY_ATTEMPTS: { StringValue: '0' },
          RULE_ARN: { StringValue: 'arn:aws:events:eu-central-1:123456789012:rule/volumes' },
        },
      },
    ]);
    expect(failures.peek()[0]?.messageAttributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
    await simulation.runFor(24 * 60 * MINUTE);
    expect(failures.peek().slice(1)).toMatchObject([
      {
        messageAttributes: {
          TARGET_ARN: { StringValue: work.arn },
          ERROR_CODE: { StringValue: 'ERROR_FROM_TARGET' },
          EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
        },
      },
    ]);
  });

  test('gives events up as soon as they are older than its target allows', async () => {
    const { rule, bus, event, simulation, work, failures } = busUnderTest();
    rule({ targets: [{ arn: work.arn, deadLetterQueueArn: failures.arn, maximumEventAge: 60 }] });
    work.isDown = true;
    bus.emit(event('1'));
    await simulation.runFor(2 * MINUTE);
    expect(failures.peek()).toMatchObject([
      { messageAttributes: { EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumEventAgeInSeconds' } } },
    ]);
  });

  test.each([
    [{ input: 'not JSON' }, 'Input must be a JSON text of at most 8192 characters'],
    [{ input: `"${'x'.repeat(8191)}"` }, 'Input must be a JSON text of at most 8192 characters'],
    [{ maximumRetryAttempts: 186 }, 'MaximumRetryAttempts must be from 0 to 185'],
    [{ maximumEventAge: 59 }, 'MaximumEventAgeInSeconds must be from 60 to 86400'],
  ])('does not take a target with %j', (target, message) => {
    const { rule, work } = busUnderTest();
    expect(() => rule({ targets: [{ arn: work.arn, ...target }] })).toThrow(message);
  });

  test('takes five targets and not six', () => {
    const { rule, work } = busUnderTest();
    const targets = (count: number) => Array.from({ length: count }, () => ({ arn: work.arn }));
    rule({ targets: targets(5) });
    expect(() => rule({ targets: targets(6) })).toThrow('rule volumes has more than 5 targets');
  });

  test.each([
    [{ 'detail-type': ['EBS Volume Notification'], detail: { event: ['deleteVolume'] } }, true],
    [{ detail: { event: ['deleteVolume'] } }, true],
    [{ source: ['aws.cloudwatch'] }, false],
    [{ source: ['aws.ec2'], 'detail-type': ['EC2 Instance State-change Notification'] }, false],
  ])('with pattern %j could match a volume’s event: %s', (pattern, expected) => {
    const { rule, bus, event } = busUnderTest();
    rule({ trigger: { pattern } });
    expect(bus.couldMatch(event('1'))).toBe(expected);
    rule({ trigger: { pattern }, isEnabled: false });
    expect(bus.couldMatch(event('1')), 'disabled').toBe(false);
  });

  test('without a dead-letter queue loses such events, which is kept on record', async () => {
    const { rule, bus, event, simulation, delivery } = busUnderTest();
    rule({ targets: [{ arn: 'arn:aws:sqs:eu-central-1:123456789012:missing' }] });
    bus.emit(event('1'));
    await simulation.runFor(MINUTE);
    expect(delivery.lost).toMatchObject([{ errorCode: 'NO_RESOURCE' }]);
  });
});

describe('faults', () => {
  const ids = Array.from({ length: 40 }, (_, index) => String(index).padStart(2, '0'));

  test('duplicate, drop, delay and reorder events, the same way for the same seed', async () => {
    const history = async () => {
      const { rule, bus, event, simulation, received } = busUnderTest(42);
      rule();
      bus.setFaults('aws.ec2', { duplicate: 0.3, drop: 0.2, reorder: 0.3, delay: { low: 0, high: 100 } });
      for (const id of ids) bus.emit(event(id));
      await simulation.runFor(5 * MINUTE);
      return received();
    };
    const first = await history();
    expect(await history()).toEqual(first);
    expect(first.length).toBeGreaterThan(new Set(first).size);
    expect(new Set(first).size).toBeLessThan(ids.length);
    expect(first).not.toEqual(first.toSorted());
  });

  test('do not drop what AWS delivers at least once', () => {
    const { bus } = busUnderTest();
    expect(() => bus.setFaults('aws.cloudwatch', { drop: 0.1 })).toThrow(
      'events of aws.cloudwatch are delivered at least once',
    );
  });

  test('of one source do not touch another', async () => {
    const { rule, bus, event, simulation, received } = busUnderTest();
    rule();
    bus.setFaults('aws.ec2', { drop: 1 });
    bus.emit(event('lost'));
    bus.emit(event('kept', 'aws.cloudwatch'));
    await simulation.runFor(MINUTE);
    expect(received()).toEqual(['kept']);
  });

  test('lose() takes away what a test wants gone', async () => {
    const { rule, bus, event, simulation, received } = busUnderTest();
    rule();
    bus.lose(({ id }) => id === '1');
    bus.emit(event('1', 'aws.cloudwatch'));
    bus.emit(event('2', 'aws.cloudwatch'));
    await simulation.runFor(MINUTE);
    expect(received()).toEqual(['2']);
  });
});

describe('schedules', () => {
  test('of a rule fire first after one period, with EventBridge’s event', async () => {
    const { rule, simulation, functions, times } = busUnderTest();
    functions.implement('respond', () => () => undefined);
    rule({ trigger: { schedule: 'rate(15 minutes)' }, targets: [{ arn: functions.arn('respond') }] });
    await simulation.runFor(31 * MINUTE);
    expect(times().map(Math.floor)).toEqual([15, 30]);
    expect(functions.log[0]?.event).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      detail: {},
    });
  });

  test('of Scheduler start at once and fill in their context', async () => {
    const { schedules, simulation, functions, times } = busUnderTest();
    functions.implement('respond', () => () => undefined);
    const input = '{"at":"<aws.scheduler.scheduled-time>"}';
    schedules.create({
      name: 'sweep',
      groupName: 'default',
      expression: 'rate(1 minute)',
      isEnabled: true,
      target: { arn: functions.arn('respond'), input },
    });
    await simulation.runFor(2 * MINUTE);
    expect(times()).toEqual([0, 1, 2]);
    expect(functions.log[1]?.event).toEqual({ at: '2026-11-22T10:01:00Z' });
  });

  test('stop when they are deleted', async () => {
    const { bus, rule, schedules, simulation, functions, times } = busUnderTest();
    functions.implement('respond', () => () => undefined);
    const target = { arn: functions.arn('respond') };
    const identity = { name: 'sweep', groupName: 'default' };
    rule({ trigger: { schedule: 'rate(1 minute)' }, targets: [target] });
    schedules.create({ ...identity, expression: 'cron(* * * * ? *)', isEnabled: true, target });
    await simulation.runFor(90 * SECOND);
    bus.deleteRule('volumes');
    schedules.delete(identity);
    await simulation.runFor(10 * MINUTE);
    expect(times()).toHaveLength(2);
  });

  test.each([
    ['rate(1 minute)', '2026-11-22T10:01:00Z'],
    ['rate(12 hours)', '2026-11-22T22:00:00Z'],
    ['cron(0 6 * * ? *)', '2026-11-23T06:00:00Z'],
    ['cron(30 10 ? * * *)', '2026-11-22T10:30:00Z'],
    ['cron(0/15 * * * ? *)', '2026-11-22T10:15:00Z'],
    ['cron(0 0,10 * * ? *)', '2026-11-23T00:00:00Z'],
    ['cron(30 8-17 * * ? *)', '2026-11-22T10:30:00Z'],
    ['cron(0/30 20-2 * * ? *)', '2026-11-22T20:00:00Z'],
  ])('%s comes next at %s', (expression, expected) => {
    expect(parseScheduleExpression(expression)(START)).toBe(Date.parse(expected));
  });

  test.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'cron(0 6 * * * *)',
    'cron(61 6 * * ? *)',
    'cron(0 8-24 * * ? *)',
    'cron(0/0 6 * * ? *)',
    'daily',
  ])('%s is refused', (expression) => {
    expect(() => parseScheduleExpression(expression)).toThrow(
      `Parameter ScheduleExpression is not valid: ${expression}`,
    );
  });

  test('cron on weekdays is not imitated, and says so', () => {
    expect(() => parseScheduleExpression('cron(0 6 ? * MON-FRI *)')).toThrow(
      'only minutes and hours of cron are imitated',
    );
  });
});
