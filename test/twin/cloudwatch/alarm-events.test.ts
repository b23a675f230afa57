import {
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { connectedEbsAccount, HOUR, MINUTE, START } from '../connected-ebs-account.ts';

const NAME = 'ebs-burst/vol-1';

const ALARM: PutMetricAlarmCommandInput = {
  AlarmName: NAME,
  AlarmDescription: 'kept by x',
  Namespace: 'AWS/EBS',
  MetricName: 'BurstBalance',
  Dimensions: [{ Name: 'VolumeId', Value: 'vol-1' }],
  Statistic: 'Minimum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 45,
  ComparisonOperator: 'LessThanThreshold',
};

describe('a change of an alarm’s configuration', () => {
  test('is told as AWS documents it, when the alarm is created, updated and deleted', async () => {
    const { cloudwatch, simulation, events } = connectedEbsAccount();
    await cloudwatch.send(new PutMetricAlarmCommand(ALARM));
    await simulation.runFor(MINUTE);
    await cloudwatch.send(new PutMetricAlarmCommand({ ...ALARM, Threshold: 30 }));
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [NAME, 'unknown'] }));
    const [created, updated, deleted] = events;
    expect(events).toHaveLength(3);
    expect(updated).toMatchObject({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm Configuration Change',
      time: '2026-11-22T10:01:00Z',
      resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:ebs-burst/vol-1'],
    });
    const configuration = {
      evaluationPeriods: 1,
      threshold: 45,
      comparisonOperator: 'LessThanThreshold',
      treatMissingData: 'missing',
      alarmName: NAME,
      description: 'kept by x',
      actionsEnabled: true,
      timestamp: '2026-11-22T10:00:00.000+0000',
      okActions: [],
      alarmActions: [],
      insufficientDataActions: [],
      metrics: [
        {
          id: expect.any(String),
          metricStat: {
            metric: { namespace: 'AWS/EBS', name: 'BurstBalance', dimensions: { VolumeId: 'vol-1' } },
            period: 300,
            stat: 'Minimum',
          },
          returnData: true,
        },
      ],
    };
    expect(created?.detail).toEqual({
      alarmName: NAME,
      operation: 'create',
      state: { value: 'INSUFFICIENT_DATA', timestamp: '2026-11-22T10:00:00.000+0000' },
      configuration,
    });
    const changed = { ...configuration, threshold: 30, timestamp: '2026-11-22T10:01:00.000+0000' };
    expect(updated?.detail).toMatchObject({
      operation: 'update',
      configuration: changed,
      previousConfiguration: configuration,
    });
    expect(deleted?.detail).toMatchObject({ operation: 'delete', configuration: changed });
    expect(deleted?.detail).not.toHaveProperty('previousConfiguration');
  });

  test('is not told when no rule could match it', async () => {
    const { cloudwatch, events } = connectedEbsAccount({ couldMatch: () => false });
    await cloudwatch.send(new PutMetricAlarmCommand(ALARM));
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [NAME] }));
    expect(events).toEqual([]);
  });
});

describe('a mute rule', () => {
  const names = (count: number) => Array.from({ length: count }, (_, place) => `a${place}`);
  const rule = (count: number, duration: number) => ({
    name: 'x',
    alarmNames: names(count),
    from: START,
    until: START + duration,
  });

  test.each([
    [100, MINUTE],
    [1, 15 * 24 * HOUR],
  ])('takes %i alarms for %i ms', (count, duration) => {
    const { alarms } = connectedEbsAccount();
    expect(() => alarms.mute(rule(count, duration))).not.toThrow();
  });

  test.each([
    [101, MINUTE, 'A mute rule can target at most 100 alarms.'],
    [1, MINUTE - 1, 'Duration must be from PT1M to P15D.'],
    [1, 15 * 24 * HOUR + 1, 'Duration must be from PT1M to P15D.'],
  ])('does not take %i alarms for %i ms', (count, duration, message) => {
    const { alarms } = connectedEbsAccount();
    expect(() => alarms.mute(rule(count, duration))).toThrow(message);
  });
});
