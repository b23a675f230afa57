import { describe, expect, test } from 'vitest';
import { type MetricName, metrics } from '../../lambda/environments/metrics.ts';
import { synthesizedStack } from '../../scripts/synthesized-stack.ts';
import { asList, idIn, ofType, theOne } from './template.ts';

const other = 'arn:aws:sns:us-east-1:123456789012:on-call';
const stack = synthesizedStack({ alarmActions: [other] });
const alarms = ofType(stack, 'AWS::CloudWatch::Alarm');

const dimension = (alarm: (typeof alarms)[number], name: string) =>
  asList(alarm.Properties['Dimensions'] as { Name: string; Value: unknown }[]).find(
    ({ Name }) => Name === name,
  )?.Value;
const watching = (metric: string) => alarms.filter(({ Properties }) => Properties['MetricName'] === metric);

describe('the responder watches', () => {
  const deadLetters = ofType(stack, 'AWS::SQS::Queue').filter(({ id }) => !id.startsWith('ResponderWork'));

  test.each(deadLetters.map(({ id }) => id))('the depth of %s', (id) => {
    const watched = watching('ApproximateNumberOfMessagesVisible').filter(
      (alarm) => idIn(dimension(alarm, 'QueueName')) === id,
    );
    expect(watched).toHaveLength(1);
    expect(watched[0]?.Properties).toMatchObject({
      Statistic: 'Maximum',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
  });

  const functions = ofType(stack, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith('Responder'));

  test.each(functions.map(({ id }) => id))('the errors of %s', (id) => {
    const watched = watching('Errors').filter((alarm) => idIn(dimension(alarm, 'FunctionName')) === id);
    expect(watched).toHaveLength(1);
  });

  test.each<[MetricName, period: number, periods: number]>([
    ['CensusCompleted', 900, 3],
    ['SweepCompleted', 300, 2],
  ])('that %s never falls silent, once it has warmed up', (metric, Period, EvaluationPeriods) => {
    const [alarm] = watching(metric);
    expect(alarm?.Properties).toMatchObject({
      Namespace: 'EbsBurstResponder',
      Dimensions: [{ Name: 'service', Value: 'ebs-burst-responder' }],
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period,
      EvaluationPeriods,
      TreatMissingData: 'breaching',
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 60 },
    });
  });

  test('that no channel keeps refusing notices', () => {
    const [alarm] = watching('NoticesPending');
    expect(alarm?.Properties).toMatchObject({
      Statistic: 'Minimum',
      Period: 900,
      EvaluationPeriods: 2,
      Threshold: 1,
    });
  });

  test('and nothing else, by no metric that we do not publish', () => {
    expect(alarms).toHaveLength(deadLetters.length + functions.length + 3);
    const own = alarms.filter(({ Properties }) => Properties['Namespace'] === 'EbsBurstResponder');
    for (const { Properties } of own) expect(Object.keys(metrics)).toContain(Properties['MetricName']);
  });
});

describe('every alarm on the responder', () => {
  test.each(alarms.map(({ id }) => id))('%s tells both topics, when it starts and when it ends', (id) => {
    const { Properties } = theOne(stack, 'AWS::CloudWatch::Alarm', id);
    const [topic] = ofType(stack, 'AWS::SNS::Topic');
    for (const key of ['AlarmActions', 'OKActions']) {
      expect(Properties[key], key).toEqual([{ Ref: topic?.id }, other]);
    }
  });

  test.each(alarms.map(({ id }) => id))('%s says in words what is wrong and where to read on', (id) => {
    const { Properties } = theOne(stack, 'AWS::CloudWatch::Alarm', id);
    expect(Properties['AlarmDescription']).toMatch(
      /^ebs-burst-responder: [\w -]+[\w :;-]+\. What to do: docs\/runbook\.md in its repository$/,
    );
  });
});
