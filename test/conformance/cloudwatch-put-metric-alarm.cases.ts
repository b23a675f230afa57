import {
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { connectedEbsAccount, MINUTE } from '../twin/connected-ebs-account.ts';
import type { Confidence } from './case.ts';
import type { ConformanceEbsAccount, EbsCase } from './ebs-account.ts';
import { refusedAsInvalid, same } from './expectations.ts';

const API = 'CloudWatch API reference, PutMetricAlarm';

type AlarmInput = Omit<PutMetricAlarmCommandInput, 'AlarmName'>;

const ALARM: AlarmInput = {
  AlarmDescription: 'kept',
  Namespace: 'AWS/EBS',
  MetricName: 'BurstBalance',
  Dimensions: [{ Name: 'VolumeId', Value: 'vol-0123456789abcdef0' }],
  Statistic: 'Minimum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 20,
  ComparisonOperator: 'LessThanThreshold',
};

const put = ({ cloudwatch, mark }: ConformanceEbsAccount, change: Partial<PutMetricAlarmCommandInput> = {}) =>
  cloudwatch.send(new PutMetricAlarmCommand({ AlarmName: mark, ...ALARM, ...change }));

async function described({ cloudwatch, mark }: Pick<ConformanceEbsAccount, 'cloudwatch' | 'mark'>) {
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [mark] }));
  return MetricAlarms[0];
}

const topics = (count: number): string[] =>
  Array.from({ length: count }, (_, place) => `arn:aws:sns:us-east-1:123456789012:topic-${place}`);

const tags = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ Key: `k${place}`, Value: 'x' }));

interface Limit {
  readonly fact: string;
  readonly source?: string;
  readonly confidence?: Confidence;
  readonly accepts?: readonly Partial<PutMetricAlarmCommandInput>[];
  readonly refuses: readonly Partial<PutMetricAlarmCommandInput>[];
}

const LIMITS: readonly Limit[] = [
  {
    fact: 'An alarm’s name has 1 to 255 characters.',
    accepts: [{ AlarmName: 'n'.repeat(255) }],
    refuses: [{ AlarmName: '' }, { AlarmName: 'n'.repeat(256) }],
  },
  {
    fact: 'An alarm’s description has at most 1,024 characters.',
    accepts: [{ AlarmDescription: 'd'.repeat(1_024) }],
    refuses: [{ AlarmDescription: 'd'.repeat(1_025) }],
  },
  {
    fact: 'An alarm has at most 5 actions for each state.',
    accepts: [{ OKActions: topics(5), AlarmActions: topics(5), InsufficientDataActions: topics(5) }],
    refuses: [{ OKActions: topics(6) }, { AlarmActions: topics(6) }, { InsufficientDataActions: topics(6) }],
  },
  {
    fact: 'An alarm has at most 50 tags.',
    accepts: [{ Tags: tags(50) }],
    refuses: [{ Tags: tags(51) }],
  },
  {
    fact: 'Below a period of one hour, Period times EvaluationPeriods is at most one day.',
    accepts: [{ Period: 300, EvaluationPeriods: 288 }],
    refuses: [
      { Period: 300, EvaluationPeriods: 289 },
      { Period: 60, EvaluationPeriods: 1_441 },
    ],
  },
  {
    fact: 'From a period of one hour on, Period times EvaluationPeriods is at most seven days.',
    accepts: [{ Period: 3_600, EvaluationPeriods: 168 }],
    refuses: [{ Period: 3_600, EvaluationPeriods: 169 }],
  },
  {
    fact: 'A period has 10, 20, 30 or a multiple of 60 seconds.',
    accepts: [{ Period: 60 }, { Period: 120 }],
    refuses: [{ Period: 90 }, { Period: 0 }],
  },
  {
    fact: 'DatapointsToAlarm do not exceed EvaluationPeriods.',
    confidence: 'from memory',
    accepts: [{ EvaluationPeriods: 3, DatapointsToAlarm: 3 }],
    refuses: [{ EvaluationPeriods: 3, DatapointsToAlarm: 4 }],
  },
  {
    fact: 'EvaluationPeriods are at least 1.',
    confidence: 'from memory',
    refuses: [{ EvaluationPeriods: 0 }],
  },
  {
    fact: 'TreatMissingData is one of missing, ignore, breaching and notBreaching.',
    source: 'CloudWatch user guide, alarms-and-missing-data',
    accepts: ['missing', 'ignore', 'breaching', 'notBreaching'].map((TreatMissingData) => ({
      TreatMissingData,
    })),
    refuses: [{ TreatMissingData: 'nothing' }],
  },
];

const limitCase = ({
  fact,
  source = API,
  confidence = 'verified',
  accepts = [],
  refuses,
}: Limit): EbsCase => ({
  fact,
  source,
  confidence,
  public: true,
  check: async (account) => {
    // A name of its own for each: what is already there is updated by other rules.
    for (const [place, change] of accepts.entries())
      await put(account, { AlarmName: `${account.mark}-${place}`, ...change });
    for (const change of refuses) await refusedAsInvalid(Object.keys(change).join(), put(account, change));
  },
});

const ANSWERS: readonly EbsCase[] = [
  {
    fact: 'A new alarm is in INSUFFICIENT_DATA.',
    source: API,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await put(account);
      same('StateValue', (await described(account))?.StateValue, 'INSUFFICIENT_DATA');
    },
  },
  {
    fact: 'A new alarm’s reason is “Unchecked: Initial alarm creation”, without reason data.',
    source: 'CloudWatch user guide, cloudwatch-and-eventbridge',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await put(account);
      const { StateReason, StateReasonData } = (await described(account)) ?? {};
      same('StateReason', StateReason, 'Unchecked: Initial alarm creation');
      same('StateReasonData', StateReasonData, undefined);
    },
  },
  {
    fact: 'What was put comes back, dimensions and actions included; ActionsEnabled is true where it was left out.',
    source: 'CloudWatch API reference, MetricAlarm',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await put(account, { AlarmActions: topics(2), TreatMissingData: 'ignore' });
      const alarm: Readonly<Record<string, unknown>> = { ...(await described(account)) };
      const expected = {
        ...ALARM,
        AlarmActions: topics(2),
        TreatMissingData: 'ignore',
        ActionsEnabled: true,
      };
      for (const [name, value] of Object.entries(expected)) same(name, alarm[name], value);
    },
  },
  {
    fact: 'Put again, an alarm is replaced as a whole: what the second call leaves out is gone.',
    source: API,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await put(account, { OKActions: topics(1) });
      await put(account, { AlarmDescription: undefined, Threshold: 30 });
      const { AlarmDescription, Threshold, OKActions } = (await described(account)) ?? {};
      same('Threshold', Threshold, 30);
      same('AlarmDescription', AlarmDescription, undefined);
      same('OKActions', OKActions ?? [], []);
    },
  },
  {
    fact: 'Put again, an alarm keeps its state.',
    source: API,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { cloudwatch, alarms } = connectedEbsAccount();
      const account = { cloudwatch, mark: 'kept' };
      await cloudwatch.send(new PutMetricAlarmCommand({ AlarmName: 'kept', ...ALARM }));
      alarms.setState('kept', 'ALARM', 'test');
      await cloudwatch.send(new PutMetricAlarmCommand({ AlarmName: 'kept', ...ALARM, Threshold: 30 }));
      same('StateValue', (await described(account))?.StateValue, 'ALARM');
    },
  },
  {
    fact: 'Put again, an alarm keeps its tags: those of the second call are ignored.',
    source: `${API}, Tags`,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { cloudwatch, alarms, simulation } = connectedEbsAccount();
      for (const Value of ['first', 'second']) {
        await cloudwatch.send(
          new PutMetricAlarmCommand({ AlarmName: 'kept', ...ALARM, Tags: [{ Key: 'a', Value }] }),
        );
        await simulation.runFor(MINUTE);
      }
      same('tags', alarms.get('kept')?.tags, { a: 'first' });
    },
  },
];

export const putMetricAlarmCases: readonly EbsCase[] = [...LIMITS.map(limitCase), ...ANSWERS];
