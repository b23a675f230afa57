import * as fc from 'fast-check';
import { type AnyCall, type AskingLambda, type AwsCall, asks, awsCalls } from './asks.ts';

const errors = [
  'RequestLimitExceeded',
  'ThrottlingException',
  'UnauthorizedOperation',
  'AccessDeniedException',
  'InternalError',
  'ServiceUnavailable',
  'a broken connection',
] as const;

/** AWS counts more modifications of the volume than we know of, because its lists show the latest only. */
const noSlot = 'VolumeModificationRateExceeded';

/** What ModifyVolume alone answers, for reasons that no read shows beforehand; one of them no version of ours knows. */
const modifyRefusals = [
  noSlot,
  'VolumeModificationSizeLimitExceeded',
  'MaxIOPSLimitExceeded',
  'VolumeIOPSLimit',
  'InvalidParameterCombination',
  'IncorrectState',
  'InsufficientVolumeCapacity',
  'VolumeTypeNotAvailableInZone',
  'NotYetHeardOf',
] as const;

/** In TiB; of all types. */
const storageQuotas = ['storage', 'storage modifications'] as const;
/** Only types with provisioned IOPS have them. */
const iopsQuotas = ['iops', 'iops modifications'] as const;

/**
 * One thing that happens. `volume` counts from the first of the history's volumes, and round again after the last; what
 * finds nothing to do (a volume that is gone, a state that was so before) lets it pass.
 */
export type Step = Readonly<
  | { kind: 'live'; minutes: number }
  | { kind: 'demand'; volume: number; share: number }
  | {
      kind: 'crash';
      lambda: AskingLambda;
      moment: 'before' | 'after';
      call: number | AnyCall;
    }
  | { kind: 'cut reply'; operation: AwsCall; times: number }
  | {
      kind: 'fail call';
      operation: AwsCall;
      error: (typeof errors)[number];
      times: number;
    }
  | { kind: 'fail call'; operation: 'ModifyVolume'; error: (typeof modifyRefusals)[number]; times: number }
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
  | { kind: 'stack'; status: 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE' | 'DELETE_COMPLETE' }
  | { kind: 'lose table' }
  /** To what it was before the step that many ago. */
  | { kind: 'restore table'; stepsAgo: number }
  | { kind: 'slack'; outage: 'none' | 'server error' | 'network' | 'rate limited' | 'reply lost' }
  | { kind: 'sns'; isDown: boolean }
  | { kind: 'metrics'; volume: number; what: 'all' | 'BurstBalance' | 'resume' }
  | { kind: 'mute'; volume: number; minutes: number }
  | {
      kind: 'quota';
      of: (typeof storageQuotas)[number];
      type: 'gp2' | 'gp3' | 'io1' | 'io2' | 'st1';
      value: number;
    }
  | { kind: 'quota'; of: (typeof iopsQuotas)[number]; type: 'io1' | 'io2'; value: number }
  | { kind: 'fail modification'; volume: number }
  | { kind: 'skew'; lambda: AskingLambda; minutes: number }
  | { kind: 'stall'; lambda: 'respond' | 'deliver-notice'; seconds: number }
>;

const volume = fc.nat({ max: 2 });
const times = fc.constantFrom(1, 1, 2, 5, 40);
const lambda = fc.constantFrom<AskingLambda[]>(
  'respond',
  'respond',
  'respond',
  'sweep',
  'keep-alarms',
  'deliver-notice',
);
const operation = fc.constantFrom(...awsCalls, 'ModifyVolume', 'ModifyVolume', 'TransactWriteItems');

const matters = (call: AnyCall): boolean => call === 'ModifyVolume' || call === 'TransactWriteItems';

/** By the number of the call, or by what it asks for: the claim and the request come late in a long run. */
const crashOf = (name: AskingLambda): fc.Arbitrary<Step> => {
  const { calls, aws, slack } = asks[name];
  const once: readonly AnyCall[] = [...aws, ...slack];
  const byName = fc.constantFrom(...once, ...once.filter(matters), ...once.filter(matters));
  return fc.record({
    kind: fc.constant('crash'),
    lambda: fc.constant(name),
    moment: fc.constantFrom('before', 'after'),
    call: fc.oneof(fc.integer({ min: 1, max: calls }), byName, byName),
  });
};

const eventTrouble = (
  source: 'aws.cloudwatch' | 'aws.ec2',
  ...troubles: readonly Extract<Step, { kind: 'event trouble' }>['trouble'][]
): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constant('event trouble'),
    source: fc.constant(source),
    trouble: fc.constantFrom(...troubles),
  });

const modifyRefused = (error: fc.Arbitrary<(typeof modifyRefusals)[number]>): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constant('fail call'),
    operation: fc.constant('ModifyVolume'),
    error,
    times: fc.constantFrom(1, 2, 5),
  });

/** Something that happens to the responder itself or to AWS under it; `later` is when events come a second time. */
const technical = (...later: readonly number[]): readonly fc.Arbitrary<Step>[] => [
  lambda.chain(crashOf),
  fc.record({ kind: fc.constant('cut reply'), operation, times }),
  fc.oneof(
    fc.record({ kind: fc.constant('fail call'), operation, error: fc.constantFrom(...errors), times }),
    modifyRefused(fc.constantFrom(...modifyRefusals)),
  ),
  fc.record({
    kind: fc.constant('forge alarm'),
    volume,
    state: fc.constantFrom('ALARM', 'ALARM', 'OK', 'INSUFFICIENT_DATA'),
  }),
  fc.record({ kind: fc.constant('forge message'), body: fc.constantFrom('garbage', 'look', 'stranger') }),
  fc.record({
    kind: fc.constant('repeat events'),
    newest: fc.integer({ min: 1, max: 6 }),
    later: fc.constantFrom(...later),
  }),
  // AWS drops nothing of CloudWatch's; losing those is a step of its own.
  fc.oneof(
    eventTrouble('aws.cloudwatch', 'duplicate', 'delay', 'reorder', 'none'),
    eventTrouble('aws.ec2', 'duplicate', 'drop', 'delay', 'reorder', 'none'),
  ),
  fc.record({ kind: fc.constant('lose alarm events'), lost: fc.boolean() }),
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose table') }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('restore table'),
        stepsAgo: fc.constantFrom(1, 1, 2, 3, 5, 8),
      }),
    },
  ),
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
  fc.record({ kind: fc.constant('skew'), lambda, minutes: fc.constantFrom(-15, -5, -2, 0, 2, 5, 15) }),
  fc.record({
    kind: fc.constant('stall'),
    lambda: fc.constantFrom('respond', 'deliver-notice'),
    seconds: fc.constantFrom(0, 5, 35, 1_200),
  }),
  fc.record({ kind: fc.constant('fail modification'), volume }),
  fc.oneof(
    fc.record({
      kind: fc.constant('quota'),
      of: fc.constantFrom(...storageQuotas),
      type: fc.constantFrom('gp3', 'io1', 'io2', 'gp2', 'st1'),
      value: fc.constantFrom(0, 0.1, 0.25, 100),
    }),
    fc.record({
      kind: fc.constant('quota'),
      of: fc.constantFrom(...iopsQuotas),
      type: fc.constantFrom('io1', 'io2'),
      value: fc.constantFrom(0, 2_999, 3_000, 100_000),
    }),
  ),
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
    kind: fc.constantFrom('detach', 'detach', 'attach', 'delete', 'stop', 'stop', 'start'),
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
  fc.record({
    kind: fc.constant('stack'),
    status: fc.constantFrom('UPDATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 'DELETE_COMPLETE'),
  }),
  fc.record({ kind: fc.constant('mute'), volume, minutes: fc.constantFrom(5, 60, 1_440) }),
];

const time = (...minutes: readonly number[]): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant('live'), minutes: fc.constantFrom(...minutes) });

const happenings = (...later: readonly number[]): readonly fc.WeightedArbitrary<Step>[] => [
  { weight: 3, arbitrary: fc.oneof(...technical(...later)) },
  { weight: 2, arbitrary: fc.oneof(...human) },
];

/** Half of all steps are time that passes. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: time(1, 1, 2, 3, 5, 8, 13) },
  ...happenings(0, 1, 3, 8),
);

/** Hours and days, in which bridges go back and the daily runs come round. */
export const stepsOfDays: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: time(60, 360, 1_500, 1_500) },
  { weight: 2, arbitrary: time(8, 21) },
  ...happenings(0, 1, 30, 240),
);

/** Days of one piece, long enough for a bridge to go back in or for a case to end in silence. */
export const stepsOfADay: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: time(1_600) },
  { weight: 2, arbitrary: time(8, 60) },
  ...happenings(0, 1, 30, 240),
);

const first = fc.constant(0);

/** Time in which modifications come to their end, people who take a slot of the first volume, and an AWS that has none left. */
export const stepsOfSlots: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: time(13, 21) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('grow'), volume: first, by: fc.constant(1) }) },
  { weight: 4, arbitrary: modifyRefused(fc.constant(noSlot)) },
  ...happenings(0, 1, 3, 8),
);
