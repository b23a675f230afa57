import * as fc from 'fast-check';

const lambdas = ['respond', 'respond', 'respond', 'sweep', 'keep-alarms', 'deliver-notice'] as const;

/** Calls whose refusal or lost reply hurts. */
const operations = [
  'ModifyVolume',
  'DescribeVolumes',
  'DescribeVolumesModifications',
  'DescribeVolumeStatus',
  'GetMetricData',
  'DescribeAlarms',
  'PutMetricAlarm',
  'DeleteAlarms',
  'CreateTags',
  'DeleteTags',
  'TransactWriteItems',
  'PutItem',
  'UpdateItem',
  'GetItem',
  'BatchGetItem',
  'Query',
  'SendMessageBatch',
  'Publish',
  'GetParameter',
  'ListServiceQuotas',
  'DescribeStacks',
] as const;

const errors = [
  'RequestLimitExceeded',
  'ThrottlingException',
  'UnauthorizedOperation',
  'AccessDeniedException',
  'InternalError',
  'ServiceUnavailable',
  'a broken connection',
] as const;

/** One thing that happens. `volume` counts from the first of the history's volumes; whoever it does not fit lets it pass. */
export type Step = Readonly<
  | { kind: 'live'; minutes: number }
  | { kind: 'demand'; volume: number; share: number }
  | {
      kind: 'crash';
      lambda: (typeof lambdas)[number];
      moment: 'before' | 'after';
      call: number | (typeof operations)[number];
    }
  | { kind: 'cut reply'; operation: (typeof operations)[number]; times: number }
  | {
      kind: 'fail call';
      operation: (typeof operations)[number];
      error: (typeof errors)[number];
      times: number;
    }
  | { kind: 'forge alarm'; volume: number; state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA' }
  | { kind: 'forge message'; body: 'garbage' | 'look' | 'stranger' }
  | { kind: 'repeat events'; newest: number; later: number }
  | {
      kind: 'event trouble';
      source: 'aws.cloudwatch' | 'aws.ec2';
      trouble: 'duplicate' | 'drop' | 'delay' | 'reorder' | 'none';
    }
  | { kind: 'lose alarm events'; lost: boolean }
  | { kind: 'person modifies'; volume: number; to: 'gp2' | 'gp3' | 'io1' | 'same' }
  | { kind: 'robot'; volume: number }
  | { kind: 'grow'; volume: number; by: number }
  | { kind: 'detach' | 'attach' | 'delete' | 'stop' | 'start'; volume: number }
  | { kind: 'health'; volume: number; health: 'ok' | 'degraded' | 'stalled' | 'insufficient-data' }
  | { kind: 'tag'; volume: number; key: 'mode' | 'target' | 'tier'; value: string | null }
  | { kind: 'switch'; value: 'run' | 'stop' | 'absent' }
  | { kind: 'table'; what: 'lose' | 'back up' | 'restore' }
  | { kind: 'slack'; outage: 'none' | 'server error' | 'network' | 'rate limited' | 'reply lost' }
  | { kind: 'sns'; isDown: boolean }
  | { kind: 'metrics'; volume: number; what: 'all' | 'BurstBalance' | 'resume' }
  | { kind: 'mute'; volume: number; minutes: number }
  | {
      kind: 'quota';
      type: 'gp2' | 'gp3' | 'io1' | 'io2' | 'st1';
      of: 'storage' | 'iops' | 'storage modifications' | 'iops modifications';
      value: number;
    }
  | { kind: 'fail modification'; volume: number }
  | { kind: 'skew'; lambda: (typeof lambdas)[number]; minutes: number }
  | { kind: 'stall'; lambda: 'respond' | 'deliver-notice'; seconds: number }
>;

const volume = fc.nat({ max: 2 });
const times = fc.constantFrom(1, 1, 2, 5, 40);
const lambda = fc.constantFrom(...lambdas);
const operation = fc.constantFrom(...operations, 'ModifyVolume', 'ModifyVolume', 'TransactWriteItems');

/** Something that happens to the responder itself or to AWS under it. */
const technical: readonly fc.Arbitrary<Step>[] = [
  fc.record({
    kind: fc.constant('crash'),
    lambda,
    moment: fc.constantFrom('before', 'after'),
    // By its number, or by what it asks for: the claim and the request come late in a long run.
    call: fc.oneof(fc.integer({ min: 1, max: 40 }), operation, operation),
  }),
  fc.record({ kind: fc.constant('cut reply'), operation, times }),
  fc.record({ kind: fc.constant('fail call'), operation, error: fc.constantFrom(...errors), times }),
  fc.record({
    kind: fc.constant('forge alarm'),
    volume,
    state: fc.constantFrom('ALARM', 'ALARM', 'OK', 'INSUFFICIENT_DATA'),
  }),
  fc.record({ kind: fc.constant('forge message'), body: fc.constantFrom('garbage', 'look', 'stranger') }),
  fc.record({
    kind: fc.constant('repeat events'),
    newest: fc.integer({ min: 1, max: 6 }),
    later: fc.constantFrom(0, 1, 30, 240),
  }),
  fc.record({
    kind: fc.constant('event trouble'),
    source: fc.constantFrom('aws.cloudwatch', 'aws.ec2'),
    trouble: fc.constantFrom('duplicate', 'drop', 'delay', 'reorder', 'none'),
  }),
  fc.record({ kind: fc.constant('lose alarm events'), lost: fc.boolean() }),
  fc.record({
    kind: fc.constant('table'),
    what: fc.constantFrom('lose', 'back up', 'back up', 'back up', 'restore', 'restore'),
  }),
  fc.record({
    kind: fc.constant('slack'),
    outage: fc.constantFrom('none', 'server error', 'network', 'rate limited', 'reply lost'),
  }),
  fc.record({ kind: fc.constant('sns'), isDown: fc.boolean() }),
  fc.record({
    kind: fc.constant('metrics'),
    volume,
    what: fc.constantFrom('all', 'BurstBalance', 'resume', 'resume'),
  }),
  fc.record({ kind: fc.constant('skew'), lambda, minutes: fc.constantFrom(-15, -2, 0, 2, 15) }),
  fc.record({
    kind: fc.constant('stall'),
    lambda: fc.constantFrom('respond', 'deliver-notice'),
    seconds: fc.constantFrom(0, 5, 35, 1_200),
  }),
  fc.record({ kind: fc.constant('fail modification'), volume }),
  fc.record({
    kind: fc.constant('quota'),
    type: fc.constantFrom('gp3', 'io1', 'io2', 'gp2', 'st1'),
    of: fc.constantFrom('storage', 'iops', 'storage modifications', 'iops modifications'),
    value: fc.constantFrom(0, 0.1, 2_999, 3_000, 100_000),
  }),
];

/** Something that people, their robots or their load do. */
const human: readonly fc.Arbitrary<Step>[] = [
  fc.record({ kind: fc.constant('demand'), volume, share: fc.constantFrom(0.02, 0.5, 0.9, 1, 1, 1.5) }),
  fc.record({
    kind: fc.constant('person modifies'),
    volume,
    to: fc.constantFrom('gp2', 'gp3', 'io1', 'same'),
  }),
  fc.record({ kind: fc.constant('robot'), volume }),
  fc.record({ kind: fc.constant('grow'), volume, by: fc.constantFrom(1, 100, 1_000) }),
  fc.record({
    kind: fc.constantFrom('detach', 'attach', 'attach', 'delete', 'stop', 'start', 'start'),
    volume,
  }),
  fc.record({
    kind: fc.constant('health'),
    volume,
    health: fc.constantFrom('ok', 'degraded', 'stalled', 'insufficient-data'),
  }),
  fc.oneof(
    fc.record({
      kind: fc.constant('tag'),
      volume,
      key: fc.constant('mode'),
      value: fc.constantFrom('act', 'act', 'act', 'notify', 'off', 'yes', null),
    }),
    fc.record({
      kind: fc.constant('tag'),
      volume,
      key: fc.constant('target'),
      value: fc.constantFrom('gp3', 'io1', 'io2', 'gp9', null),
    }),
    fc.record({
      kind: fc.constant('tag'),
      volume,
      key: fc.constant('tier'),
      value: fc.constantFrom('latency-critical', 'whatever', null),
    }),
  ),
  fc.record({ kind: fc.constant('switch'), value: fc.constantFrom('stop', 'absent', 'run', 'run', 'run') }),
  fc.record({ kind: fc.constant('mute'), volume, minutes: fc.constantFrom(5, 60, 1_440) }),
];

const time = (...minutes: readonly number[]): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant('live'), minutes: fc.constantFrom(...minutes) });

const happenings: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 3, arbitrary: fc.oneof(...technical) },
  { weight: 2, arbitrary: fc.oneof(...human) },
];

/** Half of all steps are time that passes. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: time(1, 1, 2, 3, 5, 8, 13) },
  ...happenings,
);

/** Hours and days, in which load ends, bridges go back and the daily runs come round. */
export const stepsOfDays: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: time(60, 360, 1_500) },
  { weight: 2, arbitrary: time(8, 21) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('demand'), volume, share: fc.constant(0.02) }) },
  ...happenings,
);
