import { describe, expect, test } from 'vitest';
import { synthesizedStack } from '../../scripts/synthesized-stack.ts';
import { asList, type Found, idIn, ofType, theOne } from './template.ts';

const stack = synthesizedStack();
const queues = new Map(ofType(stack, 'AWS::SQS::Queue').map((queue) => [queue.id, queue]));

/** The queue an `{ OnFailure: { Destination } }` or a `{ Arn }` names. */
const queueBehind = (value: unknown): Found | undefined => queues.get(idIn(value) ?? '');
const onFailureOf = ({ Properties }: Found) =>
  queueBehind(
    (Properties['DestinationConfig'] as { OnFailure?: { Destination: unknown } })?.OnFailure?.Destination,
  );

describe('every hop has somewhere to fail to', () => {
  const targets = ofType(stack, 'AWS::Events::Rule').flatMap(({ id, Properties }) =>
    asList(Properties['Targets'] as { DeadLetterConfig?: { Arn: unknown } }[]).map(
      (target) => [id, target] as const,
    ),
  );

  test.each(targets)('rule %s → its target', (_, { DeadLetterConfig }) => {
    expect(queueBehind(DeadLetterConfig?.Arn)).toBeDefined();
  });

  test('work queue → respond: five receives, then the dead letters', () => {
    const policy = theOne(stack, 'AWS::SQS::Queue', 'ResponderWork').Properties['RedrivePolicy'] as {
      deadLetterTargetArn: unknown;
      maxReceiveCount: number;
    };
    expect(policy.maxReceiveCount).toBe(5);
    expect(queueBehind(policy.deadLetterTargetArn)?.id).toContain('Unanswered');
  });

  test('stream → deliver-notice: bisected, and what stays bad is recorded', () => {
    const mapping = theOne(stack, 'AWS::Lambda::EventSourceMapping', 'NewNotices');
    expect(mapping.Properties['BisectBatchOnFunctionError']).toBe(true);
    expect(mapping.Properties['MaximumRetryAttempts']).toBeGreaterThan(0);
    expect(onFailureOf(mapping)?.id).toContain('NoticesFailures');
  });

  const ours = ofType(stack, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith('Responder'));
  const asynchronous = ofType(stack, 'AWS::Lambda::EventInvokeConfig');

  test.each(ours.map(({ id }) => id))('asynchronous invocation → %s', (id) => {
    const config = asynchronous.find(
      ({ Properties }) => idIn(Properties['FunctionName']) === id && Properties['Qualifier'] === '$LATEST',
    );
    expect(config && onFailureOf(config)).toBeDefined();
  });

  test('backfill → the version of keep-alarms it names', () => {
    const { HandlerArn } = theOne(stack, 'Custom::Trigger', 'Backfill').Properties;
    const config = asynchronous.find(({ Properties }) => idIn(Properties['Qualifier']) === idIn(HandlerArn));
    expect(config && onFailureOf(config)?.id).toContain('AlarmKeeperFailures');
  });

  test('and every function may write there', () => {
    for (const { id, Properties } of ours) {
      const role = theOne(stack, 'AWS::IAM::Role', idIn(Properties['Role']) ?? '');
      expect(JSON.stringify(role.Properties['Policies']), id).toContain('"ReportFailures"');
    }
  });

  test('and EventBridge may, for exactly that rule', () => {
    const senders = ofType(stack, 'AWS::SQS::QueuePolicy').flatMap(({ Properties }) =>
      asList(
        (
          Properties['PolicyDocument'] as {
            Statement: { Principal: unknown; Condition: unknown; Resource: unknown }[];
          }
        ).Statement,
      ),
    );
    for (const [rule, { DeadLetterConfig }] of targets) {
      const allowed = senders.find(
        ({ Principal, Condition, Resource }) =>
          JSON.stringify(Principal).includes('events.amazonaws.com') &&
          JSON.stringify(Condition).includes(rule) &&
          idIn(Resource) === idIn(DeadLetterConfig?.Arn),
      );
      expect(allowed, rule).toBeDefined();
    }
  });
});

describe('the backfill', () => {
  test('does not wait for the census, so it can neither hold nor fail a deployment', () => {
    expect(theOne(stack, 'Custom::Trigger', 'Backfill').Properties['InvocationType']).toBe('Event');
  });

  test('runs when everything it wakes stands', () => {
    const { DependsOn } = theOne(stack, 'Custom::Trigger', 'Backfill');
    for (const part of ['ResponderPoll', 'AlarmKeeperCensus', 'SweepEveryMinute', 'DemandProfilerDaily']) {
      expect(DependsOn, part).toContainEqual(expect.stringContaining(part));
    }
  });
});
