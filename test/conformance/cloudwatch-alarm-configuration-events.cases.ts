import { DeleteAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { MINUTE } from '../twin/connected-ebs-account.ts';
import type { EbsCase } from './ebs-account.ts';
import { same } from './expectations.ts';
import { ALARM, METRIC, watched } from './watched-alarm.ts';

const EVENTS = 'CloudWatch user guide, cloudwatch-and-eventbridge';

/** An alarm created at 10:00, with its threshold raised a minute later and deleted another minute later. */
async function lifeOfAnAlarm() {
  const { cloudwatch, simulation, events } = await watched();
  await simulation.runFor(MINUTE);
  await cloudwatch.send(new PutMetricAlarmCommand({ ...ALARM, AlarmDescription: 'kept', Threshold: 30 }));
  await simulation.runFor(MINUTE);
  await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['a', 'unknown'] }));
  return events.filter((event) => event['detail-type'] === 'CloudWatch Alarm Configuration Change');
}

type Detail = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

async function detailOf(operation: 'create' | 'update' | 'delete'): Promise<Detail> {
  const told = (await lifeOfAnAlarm()).filter(({ detail }) => detail['operation'] === operation);
  same(`events with operation ${operation}`, told.length, 1);
  return (told[0]?.detail ?? {}) as Detail;
}

const cases: readonly Omit<EbsCase & { readonly public: false }, 'source' | 'confidence' | 'public'>[] = [
  {
    fact: 'A new alarm is told as a “CloudWatch Alarm Configuration Change” with operation create.',
    check: async () => {
      const { operation, state } = await detailOf('create');
      same('operation', operation, 'create');
      same('state', state, { value: 'INSUFFICIENT_DATA', timestamp: '2026-11-22T10:00:00.000+0000' });
    },
  },
  {
    fact: 'An alarm that is put again is told with operation update, its configuration and the one before.',
    check: async () => {
      const { configuration, previousConfiguration } = await detailOf('update');
      same('threshold', configuration?.['threshold'], 30);
      same('threshold before', previousConfiguration?.['threshold'], 20);
      same('timestamp', configuration?.['timestamp'], '2026-11-22T10:01:00.000+0000');
      same('timestamp before', previousConfiguration?.['timestamp'], '2026-11-22T10:00:00.000+0000');
    },
  },
  {
    fact: 'A deleted alarm is told with operation delete and its final configuration, and no previous one.',
    check: async () => {
      const { configuration, ...rest } = await detailOf('delete');
      same('threshold', configuration?.['threshold'], 30);
      same('the rest', Object.keys(rest).toSorted(), ['alarmName', 'operation', 'state']);
    },
  },
  {
    fact: 'The configuration in such an event is whole: rule, metrics, name, description and actions.',
    check: async () => {
      const { configuration = {} } = await detailOf('update');
      const { metrics, timestamp: _, ...rest } = configuration;
      same('without metrics', rest, {
        evaluationPeriods: 1,
        threshold: 30,
        comparisonOperator: 'LessThanThreshold',
        treatMissingData: 'missing',
        alarmName: 'a',
        description: 'kept',
        actionsEnabled: true,
        okActions: [],
        alarmActions: [],
        insufficientDataActions: [],
      });
      const [{ id: _id, ...metric } = {}] = metrics as readonly Readonly<Record<string, unknown>>[];
      const metricStat = { metric: METRIC, period: 60, stat: 'Minimum' };
      same('metric', metric, { metricStat, returnData: true });
    },
  },
  {
    fact: 'Such an event has the source aws.cloudwatch and the alarm as its resource.',
    check: async () => {
      const [event] = await lifeOfAnAlarm();
      same('source', event?.source, 'aws.cloudwatch');
      same('resources', event?.resources, ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:a']);
    },
  },
];

export const alarmConfigurationEventCases: readonly EbsCase[] = cases.map((one) => ({
  ...one,
  source: EVENTS,
  confidence: 'verified',
  public: false,
}));
