import { PutMetricAlarmCommand, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { connectedEbsAccount, MINUTE, START } from '../twin/connected-ebs-account.ts';

export const METRIC = { namespace: 'AWS/EBS', name: 'BurstBalance', dimensions: { VolumeId: 'vol-1' } };

export const ALARM: PutMetricAlarmCommandInput = {
  AlarmName: 'a',
  AlarmDescription: 'kept',
  Namespace: METRIC.namespace,
  MetricName: METRIC.name,
  Dimensions: [{ Name: 'VolumeId', Value: 'vol-1' }],
  Statistic: 'Minimum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 20,
  ComparisonOperator: 'LessThanThreshold',
};

export interface Told {
  readonly value: string;
  readonly reason: string;
  readonly reasonData?: string;
  readonly timestamp: string;
}

/** An alarm on a metric that is published by hand, each value readable at the end of its minute. */
export async function watched(alarm: Partial<PutMetricAlarmCommandInput> = {}) {
  const account = connectedEbsAccount();
  const series = account.store.open(METRIC, { period: MINUTE, delay: 0 });
  await account.cloudwatch.send(new PutMetricAlarmCommand({ ...ALARM, ...alarm }));
  const changes = () =>
    account.events.filter((event) => event['detail-type'] === 'CloudWatch Alarm State Change');
  const told = () => changes().map(({ detail }) => detail['state'] as Told);
  const publish = (minute: number, value: number) => series.append(START + minute * MINUTE, value);
  const state = () => account.alarms.get('a')?.state.value;
  return { ...account, changes, told, publish, state };
}
