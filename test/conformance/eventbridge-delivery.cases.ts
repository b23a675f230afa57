import { envelopes, type Place } from '../../twin/aws-event.ts';
import type { DeliveryFaults } from '../../twin/events/bus.ts';
import type { Target } from '../../twin/events/target-delivery.ts';
import { type AccountCase, accountOfTwin } from './account.ts';
import { holds, refused, same, within } from './expectations.ts';

const RETRY = 'EventBridge user guide, eb-rule-retry-policy';
const DEAD = 'EventBridge user guide, eb-rule-dlq';
const LEVEL = 'EventBridge reference, event-delivery-level';
const TROUBLE = 'EventBridge user guide, eb-troubleshooting';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const PLACE: Place = { account: '123456789012', region: 'us-east-1' };

const DEAD_ARN = 'arn:aws:sqs:us-east-1:123456789012:dead';

/** A rule that takes every event of EC2 and CloudWatch to one queue. */
function ruled(target: Partial<Target> = {}) {
  const { bus, queues, simulation, functions, targetDelivery } = accountOfTwin();
  const work = queues.create({ name: 'work' });
  const dead = queues.create({ name: 'dead' });
  const putRule = (targets: readonly Target[]): void =>
    bus.putRule({
      name: 'all',
      trigger: { pattern: { source: ['aws.ec2', 'aws.cloudwatch'] } },
      isEnabled: true,
      targets,
    });
  putRule([{ arn: work.arn, ...target }]);
  const envelope = envelopes(simulation, PLACE, '0c04f043');
  const emit = (number = 0, source = 'aws.ec2'): void =>
    bus.emit(envelope({ detailType: 'EBS Volume Notification', source, resources: [], detail: { number } }));
  const numbers = (): readonly unknown[] =>
    work.peek().map(({ body }) => (JSON.parse(body) as { detail: { number: unknown } }).detail.number);
  const deadAttributes = () =>
    dead
      .peek()
      .map(({ messageAttributes }) =>
        Object.fromEntries(
          Object.entries(messageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
        ),
      );
  return { bus, work, dead, putRule, emit, numbers, deadAttributes, simulation, functions, targetDelivery };
}

const put = async (target: Partial<Target>): Promise<void> => void ruled(target);

/** The numbers of fifty events in the order in which they reached the queue. */
async function arrivals(faults: Partial<DeliveryFaults>): Promise<readonly unknown[]> {
  const { bus, emit, numbers, simulation } = ruled();
  bus.setFaults('aws.ec2', faults);
  for (let number = 0; number < 50; number += 1) emit(number);
  await simulation.runFor(300 * SECOND);
  return numbers();
}

const DELIVERING: readonly AccountCase[] = [
  {
    fact: 'A target gets the event as it is: version, id, detail-type, source, account, time, region, resources, detail.',
    source: 'EventBridge user guide, eb-events',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { emit, work, simulation } = ruled();
      emit(7);
      await simulation.runFor(SECOND);
      const { id, ...event } = JSON.parse(work.peek()[0]?.body ?? '{}');
      holds(`id ${id}`, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
      same('event', event, {
        version: '0',
        'detail-type': 'EBS Volume Notification',
        source: 'aws.ec2',
        ...PLACE,
        time: '2026-11-22T10:00:00Z',
        resources: [],
        detail: { number: 7 },
      });
    },
  },
  {
    fact: 'A target with a constant Input gets that instead of the event.',
    source: 'EventBridge API reference, Target, Input',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { emit, work, simulation } = ruled({ input: '{"kind":"sweep"}' });
      emit();
      await simulation.runFor(SECOND);
      same('body', work.peek()[0]?.body, '{"kind":"sweep"}');
    },
  },
  {
    fact: 'Input is valid JSON of at most 8,192 characters.',
    source: 'EventBridge API reference, Target, Input',
    confidence: 'verified',
    public: false,
    check: async () => {
      await put({ input: `"${'x'.repeat(8_190)}"` });
      await refused(put({ input: `"${'x'.repeat(8_191)}"` }), 'ValidationException');
      await refused(put({ input: 'sweep' }), 'ValidationException');
    },
  },
  {
    fact: 'A rule has at most five targets.',
    source: 'EventBridge API reference, PutTargets',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { putRule, work } = ruled();
      const targets = (count: number) => Array.from({ length: count }, () => ({ arn: work.arn }));
      putRule(targets(5));
      await refused((async () => putRule(targets(6)))(), 'LimitExceededException');
    },
  },
  {
    fact: 'Lambda is invoked asynchronously: an error of the function is no failed delivery.',
    source: 'EventBridge user guide, eb-targets; Lambda developer guide, invocation-async',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { emit, putRule, dead, functions, simulation } = ruled();
      const { arn } = functions.create({ name: 'respond', environment: {}, timeout: 3 });
      functions.implement('respond', () => () => {
        throw new Error('broken');
      });
      putRule([{ arn, deadLetterQueueArn: dead.arn }]);
      emit();
      await simulation.runFor(600 * SECOND);
      same('runs', functions.log.length, 3);
      same('undelivered', dead.peek().length, 0);
    },
  },
];

const PROMISES: readonly AccountCase[] = [
  {
    fact: 'Events of EC2 and EBS are delivered with best effort: some may never come.',
    source: `${LEVEL}; events-ref-ec2`,
    confidence: 'verified',
    public: false,
    check: async () => {
      const seen = await arrivals({ drop: 0.2 });
      within('events that arrived', new Set(seen).size, 1, 49);
    },
  },
  {
    fact: 'Events of CloudWatch alarms are durable: each comes at least once.',
    source: `${LEVEL}; events-ref-cloudwatch`,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { bus, emit, numbers, simulation } = ruled();
      bus.setFaults('aws.cloudwatch', { duplicate: 0.3, reorder: 0.3 });
      for (let number = 0; number < 50; number += 1) emit(number, 'aws.cloudwatch');
      await simulation.runFor(300 * SECOND);
      same('events that arrived', new Set(numbers()).size, 50);
    },
  },
  {
    fact: 'A target can be invoked more than once for one event.',
    source: TROUBLE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const seen = await arrivals({ duplicate: 0.3 });
      same('different events', new Set(seen).size, 50);
      within('deliveries', seen.length, 51, 100);
    },
  },
  {
    fact: 'The order of events is not kept.',
    source: 'AWS re:Post; no promise of an order in the EventBridge user guide',
    confidence: 'secondary',
    public: false,
    check: async () => {
      const seen = (await arrivals({ reorder: 0.3 })) as readonly number[];
      holds(
        'events overtake each other',
        seen.some((number, place) => number < (seen[place - 1] ?? 0)),
      );
    },
  },
];

const FAILING: readonly AccountCase[] = [
  {
    fact: 'A target that fails is tried again, with growing pauses, and gets the event once it works.',
    source: RETRY,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { emit, work, numbers, simulation } = ruled();
      work.isDown = true;
      emit(7);
      await simulation.runFor(3_600 * SECOND);
      work.isDown = false;
      await simulation.runFor(600 * SECOND);
      same('events', numbers(), [7]);
    },
  },
  {
    fact: 'By default delivery is tried for 24 hours and up to 185 times; then the event goes to the dead-letter queue.',
    source: RETRY,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { emit, work, deadAttributes, simulation } = ruled({ deadLetterQueueArn: DEAD_ARN });
      work.isDown = true;
      emit();
      await simulation.runFor(DAY - 3_600 * SECOND);
      same('given up after 23 hours', deadAttributes().length, 0);
      await simulation.runFor(2 * 3_600 * SECOND);
      same('given up after 25 hours', deadAttributes().length, 1);
      within('retries', Number(deadAttributes()[0]?.['RETRY_ATTEMPTS']), 150, 185);
    },
  },
  {
    fact: 'Without a dead-letter queue the event is dropped then.',
    source: RETRY,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { emit, work, numbers, targetDelivery, simulation } = ruled();
      work.isDown = true;
      emit();
      await simulation.runFor(DAY + 3_600 * SECOND);
      work.isDown = false;
      await simulation.runFor(DAY);
      same('events', numbers(), []);
      same('dropped', targetDelivery.lost.length, 1);
    },
  },
  {
    fact: 'A retry policy has 0 to 185 attempts and an age of 60 to 86,400 seconds.',
    source: 'EventBridge API reference, RetryPolicy',
    confidence: 'verified',
    public: false,
    check: async () => {
      await put({ maximumRetryAttempts: 0, maximumEventAge: 60 });
      await put({ maximumRetryAttempts: 185, maximumEventAge: 86_400 });
      await refused(put({ maximumRetryAttempts: 186 }), 'ValidationException');
      await refused(put({ maximumRetryAttempts: -1 }), 'ValidationException');
      await refused(put({ maximumEventAge: 59 }), 'ValidationException');
      await refused(put({ maximumEventAge: 86_401 }), 'ValidationException');
    },
  },
  ...(
    [
      ['MaximumRetryAttempts', { maximumRetryAttempts: 3 }],
      ['MaximumEventAgeInSeconds', { maximumEventAge: 60 }],
    ] as const
  ).map(
    ([condition, policy]): AccountCase => ({
      fact: `When ${condition} is what ended the retries, the dead-letter queue is told so.`,
      source: DEAD,
      confidence: 'verified',
      public: false,
      check: async () => {
        const { emit, work, deadAttributes, simulation } = ruled({ ...policy, deadLetterQueueArn: DEAD_ARN });
        work.isDown = true;
        emit();
        await simulation.runFor(600 * SECOND);
        const [attributes] = deadAttributes();
        same('condition', attributes?.['EXHAUSTED_RETRY_CONDITION'], condition);
      },
    }),
  ),
  {
    fact: 'An event for a target that no longer exists goes to the dead-letter queue at once, as NO_RESOURCE.',
    source: DEAD,
    confidence: 'verified',
    public: false,
    check: async () => {
      const missing = 'arn:aws:sqs:us-east-1:123456789012:missing';
      const { emit, putRule, dead, deadAttributes, simulation } = ruled();
      putRule([{ arn: missing, deadLetterQueueArn: dead.arn }]);
      emit(7);
      await simulation.runFor(SECOND);
      const { ERROR_MESSAGE: _, ...attributes } = deadAttributes()[0] ?? {};
      same('attributes', attributes, {
        RULE_ARN: 'arn:aws:events:us-east-1:123456789012:rule/all',
        TARGET_ARN: missing,
        ERROR_CODE: 'NO_RESOURCE',
        RETRY_ATTEMPTS: '0',
      });
      same('event', JSON.parse(dead.peek()[0]?.body ?? '{}').detail, { number: 7 });
    },
  },
];

export const eventDeliveryCases: readonly AccountCase[] = [...DELIVERING, ...PROMISES, ...FAILING];
