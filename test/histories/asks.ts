/**
 * What each Lambda asks for, and how many calls a long run of it makes: where one can die, and which calls can fail.
 * `histories.test.ts` lives through a sample that makes every one of these calls and no other.
 */
export const asks = {
  respond: {
    calls: 24,
    aws: [
      'BatchGetItem',
      'CreateTags',
      'DeleteTags',
      'DescribeStacks',
      'DescribeVolumeStatus',
      'DescribeVolumes',
      'DescribeVolumesModifications',
      'GetItem',
      'GetMetricData',
      'GetParameter',
      'ListServiceQuotas',
      'ModifyVolume',
      'PutItem',
      'Query',
      'TransactWriteItems',
      'UpdateItem',
    ],
    slack: [],
  },
  sweep: { calls: 4, aws: ['BatchGetItem', 'DescribeAlarms', 'Query', 'SendMessageBatch'], slack: [] },
  'keep-alarms': {
    calls: 15,
    aws: [
      'DeleteAlarms',
      'DescribeAlarms',
      'DescribeVolumes',
      'GetItem',
      'PutItem',
      'PutMetricAlarm',
      'Query',
      'SendMessageBatch',
    ],
    slack: [],
  },
  'deliver-notice': {
    calls: 17,
    aws: ['GetItem', 'GetParameter', 'Publish', 'Query', 'TransactWriteItems', 'UpdateItem'],
    slack: ['chat.postMessage', 'chat.update'],
  },
} as const;

export type AskingLambda = keyof typeof asks;
export type AwsCall = (typeof asks)[AskingLambda]['aws'][number];
export type AnyCall = AwsCall | (typeof asks)[AskingLambda]['slack'][number];

/** By whomever. */
export const awsCalls: readonly AwsCall[] = [...new Set(Object.values(asks).flatMap(({ aws }) => aws))];
