import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaseLasts } from '../../core/application/deliver-notice.ts';
import { seconds } from '../../core/domain/units.ts';
import { synthesizedStack } from '../../scripts/synthesized-stack.ts';
import { compilePattern, type EventPattern } from '../../twin/events/pattern.ts';
import { asList, idIn, ofType, theOne } from './template.ts';

const stack = synthesizedStack();
const fixtures = join(import.meta.dirname, '..', 'fixtures', 'events');
const read = (name: string) => JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8'));

/** Where the rules that match the event send it: logical ids without their hashes. */
const targetsOf = (event: Record<string, unknown>): readonly string[] =>
  ofType(stack, 'AWS::Events::Rule')
    .filter(({ Properties }) => Properties['EventPattern'] !== undefined)
    .filter(({ Properties }) => compilePattern(Properties['EventPattern'] as EventPattern)(event))
    .flatMap(({ Properties }) => asList(Properties['Targets'] as { Arn: unknown }[]))
    .map(({ Arn }) => (idIn(Arn) ?? '').replace(/[0-9A-F]{8}$/, ''));

const work = ['ResponderWork'];
const expected: Readonly<Record<string, readonly string[]>> = {
  'alarm-single-metric': work,
  'alarm-single-metric-muted': work,
  'alarm-foreign': [],
  'alarm-contributor': [],
  'ebs-modify-volume-optimizing': work,
  'ebs-modify-volume-completed': work,
  'ebs-modify-volume-failed': work,
  'ebs-create-volume-available': work,
  'ebs-delete-volume-deleted': work,
  'ebs-attach-volume-failed': [],
};

describe('the rules of the template', () => {
  test.each(Object.entries(expected))('send %s to %j', (name, targets) => {
    expect(targetsOf(read(name))).toEqual(targets);
  });

  test('are shown every recorded event', () => {
    const recorded = globSync('*.json', { cwd: fixtures }).map((file) => basename(file, '.json'));
    expect(recorded.sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(['OK', 'ALARM', 'INSUFFICIENT_DATA'])('pass an alarm that becomes %s', (value) => {
    const event = read('alarm-single-metric');
    expect(
      targetsOf({ ...event, detail: { ...event.detail, state: { ...event.detail.state, value } } }),
    ).toEqual(work);
  });

  test('do not pass an alarm with our name on another metric', () => {
    const text = readFileSync(join(fixtures, 'alarm-single-metric.json'), 'utf8');
    expect(targetsOf(JSON.parse(text.replace('"BurstBalance"', '"VolumeIdleTime"')))).toEqual([]);
  });

  test.each([
    ['createVolume', 'failed'],
    ['deleteVolume', 'failed'],
    ['modifyVolume', 'available'],
  ])('do not pass %s with result %s', (event, result) => {
    const sample = read('ebs-create-volume-available');
    expect(targetsOf({ ...sample, detail: { ...sample.detail, event, result } })).toEqual([]);
  });

  const instance = (state: string) => ({
    'detail-type': 'EC2 Instance State-change Notification',
    source: 'aws.ec2',
    detail: { 'instance-id': 'i-0abc', state },
  });

  test('send an instance that runs to the alarm keeper', () => {
    expect(targetsOf(instance('running'))).toEqual(['ResponderAlarmKeeperKeepAlarmsFunction']);
  });

  test('do not wake the alarm keeper for an instance that stops', () => {
    expect(targetsOf(instance('stopping'))).toEqual([]);
  });
});

describe('the schedules of the template', () => {
  test.each([
    ['AlarmKeeperCensus', 'rate(15 minutes)', 'KeepAlarmsFunction'],
    ['SweepEveryMinute', 'rate(1 minute)', 'SweepFunction'],
    ['DemandProfilerDaily', 'rate(1 day)', 'ProfileDemandFunction'],
    ['NoticesRetry', 'rate(1 minute)', 'DeliverNoticeFunction'],
  ])('%s runs at %s and wakes %s', (rule, rate, target) => {
    const { Properties } = theOne(stack, 'AWS::Events::Rule', rule);
    expect(Properties['ScheduleExpression']).toBe(rate);
    const [only, ...others] = asList(Properties['Targets'] as { Arn: unknown }[]);
    expect(others).toEqual([]);
    expect(idIn(only?.Arn)).toContain(target);
  });
});

describe('the work queue', () => {
  test('hands over batches of 100 within 5 seconds, to two at a time, failures one by one', () => {
    const { Properties } = theOne(stack, 'AWS::Lambda::EventSourceMapping', 'Poll');
    expect(Properties).toMatchObject({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 5,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('hides a message for six times as long as respond may run', () => {
    const queue = theOne(stack, 'AWS::SQS::Queue', 'ResponderWork').Properties;
    const respond = theOne(stack, 'AWS::Lambda::Function', 'RespondFunction').Properties;
    expect(Number(queue['VisibilityTimeout'])).toBeGreaterThanOrEqual(6 * Number(respond['Timeout']));
  });
});

describe('the delivery of notices', () => {
  test('is over before its lease on a conversation runs out', () => {
    const { Timeout } = theOne(stack, 'AWS::Lambda::Function', 'NoticesDeliverNotice').Properties;
    expect(seconds(Number(Timeout))).toBeLessThan(leaseLasts);
  });
});

describe('the stream of the table', () => {
  test('wakes delivery for new notices, gathered for 20 seconds, and for nothing else', () => {
    const { Properties } = theOne(stack, 'AWS::Lambda::EventSourceMapping', 'NewNotices');
    expect(Properties).toMatchObject({
      MaximumBatchingWindowInSeconds: 20,
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(Properties['FilterCriteria']).toEqual({
      Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"kind":{"S":["notice"]}}}}' }],
    });
  });
});
