import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import { connectedEbsAccount } from '../twin/connected-ebs-account.ts';
import type { ConformanceEbsAccount, EbsCase } from './ebs-account.ts';
import { holds, refused, refusedAsInvalid, same } from './expectations.ts';

const DESCRIBE = 'CloudWatch API reference, DescribeAlarms';
const DELETE = 'CloudWatch API reference, DeleteAlarms';
const LIMITS = 'CloudWatch user guide, cloudwatch_limits';

const ALARM = {
  Namespace: 'AWS/EBS',
  MetricName: 'BurstBalance',
  Statistic: 'Minimum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 20,
  ComparisonOperator: 'LessThanThreshold',
} as const;

type Reader = Pick<ConformanceEbsAccount, 'cloudwatch'>;

const describe = ({ cloudwatch }: Reader, input: DescribeAlarmsCommandInput) =>
  cloudwatch.send(new DescribeAlarmsCommand(input));

const remove = ({ cloudwatch }: Reader, AlarmNames: string[]) =>
  cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames }));

const namesOf = async (account: Reader, input: DescribeAlarmsCommandInput) =>
  ((await describe(account, input)).MetricAlarms ?? []).map(({ AlarmName = '' }) => AlarmName).sort();

/** That many alarms whose names start with the mark. */
async function alarms({ cloudwatch, mark }: ConformanceEbsAccount, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, place) => `${mark}/${String(place).padStart(4, '0')}`);
  for (const AlarmName of names) await cloudwatch.send(new PutMetricAlarmCommand({ AlarmName, ...ALARM }));
  return names;
}

const unknown = (count: number): string[] => Array.from({ length: count }, (_, place) => `unknown-${place}`);

const DESCRIBING: readonly EbsCase[] = [
  {
    fact: 'A prefix finds the alarms whose names start with it.',
    source: DESCRIBE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const names = await alarms(account, 3);
      const found = await namesOf(account, { AlarmNamePrefix: `${account.mark}/` });
      same('number found', found.length, 3);
      same('are the ones put', found, names);
    },
  },
  {
    fact: 'MaxRecords splits the answer into pages, joined by NextToken, which the last one lacks.',
    source: DESCRIBE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const names = await alarms(account, 3);
      const input = { AlarmNamePrefix: `${account.mark}/`, MaxRecords: 2 };
      const first = await describe(account, input);
      same('size of the first page', first.MetricAlarms?.length, 2);
      holds('the first page has a NextToken', first.NextToken !== undefined);
      const last = await describe(account, { ...input, NextToken: first.NextToken });
      same('NextToken of the last page', last.NextToken, undefined);
      const seen = [...(first.MetricAlarms ?? []), ...(last.MetricAlarms ?? [])];
      same('are the ones put', seen.map(({ AlarmName }) => AlarmName).sort(), names);
    },
  },
  {
    fact: 'A page has at most 100 alarms.',
    source: LIMITS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await alarms(account, 101);
      const input = { AlarmNamePrefix: `${account.mark}/` };
      same(
        'size of the first page',
        (await describe(account, { ...input, MaxRecords: 100 })).MetricAlarms?.length,
        100,
      );
      await refusedAsInvalid('MaxRecords', describe(account, { ...input, MaxRecords: 101 }));
    },
  },
  {
    fact: 'Without MaxRecords a page has 50 alarms.',
    source: DESCRIBE,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      await alarms(account, 51);
      const { MetricAlarms = [] } = await describe(account, { AlarmNamePrefix: `${account.mark}/` });
      same('size of the first page', MetricAlarms.length, 50);
    },
  },
  {
    fact: 'At most 100 names can be asked for.',
    source: LIMITS,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await describe(account, { AlarmNames: unknown(100) });
      await refusedAsInvalid('101 names', describe(account, { AlarmNames: unknown(101) }));
    },
  },
  {
    fact: 'Names that no alarm has are left out without an error.',
    source: DESCRIBE,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const [name = ''] = await alarms(account, 1);
      same('number found', (await namesOf(account, { AlarmNames: [name, 'unknown'] })).length, 1);
    },
  },
  {
    fact: 'Names and a prefix exclude each other.',
    source: DESCRIBE,
    confidence: 'verified',
    public: true,
    check: async (account) =>
      refusedAsInvalid('both', describe(account, { AlarmNames: ['a'], AlarmNamePrefix: 'a' })),
  },
  {
    fact: 'StateValue finds the alarms in that state.',
    source: DESCRIBE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await alarms(account, 2);
      const inState = (StateValue: 'INSUFFICIENT_DATA' | 'ALARM') =>
        namesOf(account, { AlarmNamePrefix: `${account.mark}/`, StateValue });
      same('number in INSUFFICIENT_DATA', (await inState('INSUFFICIENT_DATA')).length, 2);
      same('number in ALARM', (await inState('ALARM')).length, 0);
    },
  },
  {
    fact: 'Only metric alarms are described where AlarmTypes does not ask for others.',
    source: DESCRIBE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await alarms(account, 1);
      const input = { AlarmNamePrefix: `${account.mark}/` };
      same('number of metric alarms', (await describe(account, input)).MetricAlarms?.length, 1);
      const composite = await describe(account, { ...input, AlarmTypes: ['CompositeAlarm'] });
      same('number among composite ones', composite.MetricAlarms?.length ?? 0, 0);
    },
  },
  {
    fact: 'A token that no call returned is refused with InvalidNextToken.',
    source: DESCRIBE,
    confidence: 'verified',
    public: true,
    check: async (account) =>
      refused(describe(account, { NextToken: 'made up' }), 'InvalidNextToken', 'InvalidNextTokenException'),
  },
  {
    fact: 'StateValue finds an alarm that is in ALARM now, and no other.',
    source: DESCRIBE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = connectedEbsAccount();
      for (const AlarmName of ['a', 'b'])
        await account.cloudwatch.send(new PutMetricAlarmCommand({ AlarmName, ...ALARM }));
      account.alarms.setState('b', 'ALARM', 'test');
      same('in ALARM', await namesOf(account, { StateValue: 'ALARM' }), ['b']);
    },
  },
];

const DELETING: readonly EbsCase[] = [
  {
    fact: 'One call deletes up to 100 alarms.',
    source: DELETE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      await remove(account, await alarms(account, 100));
      same('alarms left', (await namesOf(account, { AlarmNamePrefix: `${account.mark}/` })).length, 0);
    },
  },
  {
    fact: 'More than 100 names are refused, and nothing is deleted.',
    source: DELETE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const names = await alarms(account, 1);
      await refusedAsInvalid('101 names', remove(account, [...names, ...unknown(100)]));
      same('alarms left', (await namesOf(account, { AlarmNames: names })).length, 1);
    },
  },
  {
    fact: 'A wrong name does not keep the others from being deleted.',
    source: DELETE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const names = await alarms(account, 2);
      await remove(account, ['unknown', ...names]).catch(() => undefined);
      same('alarms left', (await namesOf(account, { AlarmNames: names })).length, 0);
    },
  },
];

export const describeAlarmsCases = DESCRIBING;
export const deleteAlarmsCases = DELETING;
