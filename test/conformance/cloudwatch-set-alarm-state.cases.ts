import {
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { type AccountCase, accountOfTwin, twinAccount } from './account.ts';
import { refused, same } from './expectations.ts';

const SET = 'CloudWatch API reference, SetAlarmState';

type CloudWatch = Parameters<Extract<AccountCase, { public: true }>['check']>[0]['cloudwatch'];

async function alarmIn(cloudwatch: CloudWatch, AlarmName: string): Promise<void> {
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'AWS/EBS',
      MetricName: 'BurstBalance',
      Dimensions: [{ Name: 'VolumeId', Value: 'vol-0123456789abcdef0' }],
      Statistic: 'Minimum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 20,
      ComparisonOperator: 'LessThanThreshold',
    }),
  );
}

const set = (cloudwatch: CloudWatch, AlarmName: string, StateValue: 'ALARM' | 'OK') =>
  cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a trial' }));

export const setAlarmStateCases: readonly AccountCase[] = [
  {
    fact: 'The state and its reason are those that were given.',
    source: SET,
    confidence: 'verified',
    public: true,
    check: async ({ cloudwatch, mark }) => {
      await alarmIn(cloudwatch, mark);
      await set(cloudwatch, mark, 'ALARM');
      const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [mark] }));
      same('state', [MetricAlarms?.[0]?.StateValue, MetricAlarms?.[0]?.StateReason], ['ALARM', 'a trial']);
    },
  },
  {
    fact: 'An alarm that does not exist is ResourceNotFound.',
    source: SET,
    confidence: 'verified',
    public: true,
    check: ({ cloudwatch, mark }) => refused(set(cloudwatch, `${mark}-none`, 'ALARM'), 'ResourceNotFound'),
  },
  {
    fact: 'A state that differs from the one before sends the event of a change, the same state none.',
    source: SET,
    confidence: 'verified',
    public: false,
    check: async () => {
      const twin = accountOfTwin();
      const { cloudwatch } = twinAccount(twin);
      await alarmIn(cloudwatch, 'set');
      await set(cloudwatch, 'set', 'ALARM');
      await set(cloudwatch, 'set', 'ALARM');
      const changes = twin.bus.log.filter(
        ({ event }) => event['detail-type'] === 'CloudWatch Alarm State Change',
      );
      same('events', changes.length, 1);
    },
  },
];
