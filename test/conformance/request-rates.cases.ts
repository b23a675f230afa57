import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeVolumeStatusCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  ModifyVolumeCommand,
} from '@aws-sdk/client-ec2';
import { connectedEbsAccount, MINUTE, START } from '../twin/connected-ebs-account.ts';
import type { EbsCase } from './ebs-account.ts';
import { refused, same } from './expectations.ts';

const EC2 = 'EC2 developer guide, ec2-api-throttling';
const CLOUDWATCH = 'CloudWatch user guide, cloudwatch_limits';

type Account = ReturnType<typeof connectedEbsAccount>;
type Call = (account: Account, volumeId: string) => Promise<unknown>;

interface Rate {
  readonly call: Call;
  readonly name: string;
  readonly source: string;
  readonly code: 'RequestLimitExceeded' | 'ThrottlingException';
  /** Calls at once, and calls given back a second. */
  readonly burst: number;
  readonly perSecond: number;
}

const ec2 = { source: EC2, code: 'RequestLimitExceeded' } as const;
const cloudwatch = { source: CLOUDWATCH, code: 'ThrottlingException' } as const;

const TAGS = [{ Key: 'a', Value: '1' }];

const ALARM = {
  AlarmName: 'rate',
  Namespace: 'AWS/EBS',
  MetricName: 'BurstBalance',
  Statistic: 'Minimum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 20,
  ComparisonOperator: 'LessThanThreshold',
} as const;

const QUERY = {
  StartTime: new Date(START - MINUTE),
  EndTime: new Date(START),
  MetricDataQueries: [
    { Id: 'm', MetricStat: { Metric: { Namespace: 'N', MetricName: 'M' }, Period: 60, Stat: 'Sum' } },
  ],
};

const RATES: readonly Rate[] = [
  {
    ...ec2,
    name: 'DescribeVolumes with a filter',
    burst: 100,
    perSecond: 20,
    call: (account) =>
      account.ec2.send(new DescribeVolumesCommand({ Filters: [{ Name: 'status', Values: ['available'] }] })),
  },
  {
    ...ec2,
    name: 'DescribeVolumes with MaxResults',
    burst: 100,
    perSecond: 20,
    call: (account) => account.ec2.send(new DescribeVolumesCommand({ MaxResults: 5 })),
  },
  {
    ...ec2,
    name: 'DescribeVolumes with neither filter nor MaxResults',
    burst: 50,
    perSecond: 10,
    call: (account) => account.ec2.send(new DescribeVolumesCommand({ Filters: undefined })),
  },
  {
    ...ec2,
    name: 'DescribeVolumesModifications',
    burst: 100,
    perSecond: 20,
    call: (account) => account.ec2.send(new DescribeVolumesModificationsCommand({ MaxResults: 5 })),
  },
  {
    ...ec2,
    name: 'DescribeVolumeStatus',
    burst: 100,
    perSecond: 20,
    call: (account) => account.ec2.send(new DescribeVolumeStatusCommand({ MaxResults: 5 })),
  },
  {
    ...ec2,
    name: 'ModifyVolume, which counts also when refused,',
    burst: 50,
    perSecond: 5,
    call: (account, VolumeId) =>
      account.ec2.send(new ModifyVolumeCommand({ VolumeId, Size: 20, DryRun: true })).catch(unlessThrottled),
  },
  {
    ...ec2,
    name: 'CreateTags',
    burst: 100,
    perSecond: 10,
    call: (account, id) => account.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: TAGS })),
  },
  {
    ...ec2,
    name: 'DeleteTags',
    burst: 100,
    perSecond: 10,
    call: (account, id) => account.ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: TAGS })),
  },
  {
    ...cloudwatch,
    name: 'PutMetricAlarm',
    burst: 3,
    perSecond: 3,
    call: (account) => account.cloudwatch.send(new PutMetricAlarmCommand(ALARM)),
  },
  {
    ...cloudwatch,
    name: 'DeleteAlarms',
    burst: 3,
    perSecond: 3,
    call: (account) => account.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['rate'] })),
  },
  {
    ...cloudwatch,
    name: 'DescribeAlarms',
    burst: 9,
    perSecond: 9,
    call: (account) => account.cloudwatch.send(new DescribeAlarmsCommand({})),
  },
  {
    ...cloudwatch,
    name: 'GetMetricData',
    burst: 500,
    perSecond: 500,
    call: (account) => account.cloudwatch.send(new GetMetricDataCommand(QUERY)),
  },
];

function unlessThrottled(error: unknown): void {
  if (error instanceof Error && error.name === 'DryRunOperation') return;
  throw error;
}

const rateCase = ({ name, source, code, burst, perSecond, call }: Rate): EbsCase => ({
  fact: `${name} may be called ${burst} times at once and ${perSecond} times a second; more is ${code}.`,
  source,
  confidence: 'verified',
  public: false,
  check: async () => {
    const account = connectedEbsAccount();
    const { id } = account.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 10 });
    for (let count = 0; count < burst; count += 1) await call(account, id);
    await refused(call(account, id), code);
    await account.simulation.runFor(1_000);
    for (let count = 0; count < perSecond; count += 1) await call(account, id);
    await refused(call(account, id), code);
  },
});

export const requestRateCases: readonly EbsCase[] = [
  ...RATES.map(rateCase),
  {
    fact: 'Each API has a bucket of its own.',
    source: EC2,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { ec2: client, endpoint } = connectedEbsAccount();
      for (let count = 0; count < 50; count += 1) await client.send(new DescribeVolumesCommand({}));
      await refused(client.send(new DescribeVolumesCommand({})), 'RequestLimitExceeded');
      await client.send(new DescribeVolumesCommand({ MaxResults: 5 }));
      await client.send(new DescribeVolumesModificationsCommand({}));
      same('calls', endpoint.calls.length, 53);
    },
  },
];
