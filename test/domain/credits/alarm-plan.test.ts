import { describe, expect, test } from 'vitest';
import {
  type ActualAlarm,
  achievableLead,
  alarmNameOf,
  burstBalanceAlarm,
  closingLine,
  type DesiredAlarm,
  deservesAlarm,
  diffAlarms,
  planAlarms,
  thresholdOf,
} from '../../../core/domain/credits/alarm-plan.ts';
import { type CreditBucket, creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import {
  before,
  type Duration,
  gibibytes,
  hours,
  inMinutes,
  iops,
  minutes,
  percent,
} from '../../../core/domain/units.ts';
import type { BurstableType, Volume } from '../../../core/domain/volume.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';

function bucketOf(type: BurstableType, size: number): CreditBucket {
  const bucket = creditBucketOf({ configuration: { type }, size: gibibytes(size) });
  if (bucket === undefined) throw new Error(`expected ${size} GiB of ${type} to burst`);
  return bucket;
}

const gone: Pick<Volume, 'attachment'> = { attachment: { kind: 'detached' } };

describe('the threshold', () => {
  test.each([
    ['gp2', 33, 15, 80.56],
    ['gp2', 100, 15, 75],
    ['gp2', 500, 15, 41.67],
    ['gp2', 900, 15, 10],
    ['gp2', 100, 60, 90],
    ['st1', 1_024, 15, 30.04],
    ['sc1', 1_024, 15, 10],
  ] as const)('of %s with %i GiB and %i min of lead time is %d %%', (type, size, lead, threshold) => {
    const policy = somePolicy({ leadTime: minutes(lead) });
    expect(thresholdOf(bucketOf(type, size), policy)).toBeCloseTo(threshold, 2);
  });

  test('counts the detection lag like the lead time', () => {
    const bucket = bucketOf('gp2', 100);
    const a = thresholdOf(bucket, { leadTime: minutes(5), detectionLag: minutes(10) });
    expect(a).toBe(thresholdOf(bucket, { leadTime: minutes(10), detectionLag: minutes(5) }));
    expect(a).toBeCloseTo(45, 10);
  });
});

describe('the achievable lead', () => {
  test.each([
    [15, 10, 15],
    [60, 10, 20],
    [15, 20, 10],
    [15, 40, 0],
  ])('of 100 GiB gp2 is, for %i min wanted and %i min of lag, %i min', (lead, lag, achievable) => {
    const policy = { leadTime: minutes(lead), detectionLag: minutes(lag) };
    expect(inMinutes(achievableLead(bucketOf('gp2', 100), policy))).toBe(achievable);
  });
});

test.each([
  [75, 80],
  [10, 15],
  [90, 95],
])('a watch at a threshold of %i %% closes at %i %%', (threshold, line) => {
  expect(closingLine(percent(threshold))).toBe(line);
});

describe('an alarm is deserved', () => {
  test('by an attached volume that can run out', () => {
    expect(deservesAlarm(someVolume(), noon)).toBe(true);
  });

  test('by a detached one in its first day, and not after it', () => {
    const aged = (age: Duration) => someVolume({ ...gone, createdAt: before(noon, age) });
    expect(deservesAlarm(aged((hours(24) - 1) as Duration), noon)).toBe(true);
    expect(deservesAlarm(aged(hours(24)), noon)).toBe(false);
  });

  test('not by one whose baseline covers its burst, nor by one without a bucket', () => {
    expect(deservesAlarm(someVolume({ size: 1_000 }), noon)).toBe(false);
    expect(deservesAlarm(someVolume({ configuration: { type: 'io1', iops: iops(100) } }), noon)).toBe(false);
  });

  test('not by one that opted out, but by one that only asks to be notified', () => {
    expect(deservesAlarm(someVolume({ tags: { 'ebs-burst:mode': 'off' } }), noon)).toBe(false);
    expect(deservesAlarm(someVolume({ tags: { 'ebs-burst:mode': 'notify' } }), noon)).toBe(true);
  });
});

describe('the plan', () => {
  const idsOf = (desired: readonly DesiredAlarm[]) => desired.map((alarm) => alarm.volumeId);

  test('names and describes each alarm so that a person at 3 a.m. understands it', () => {
    const { desired } = planAlarms([someVolume()], somePolicy(), 'd-1', noon);
    expect(desired).toEqual([
      {
        name: 'ebs-burst/vol-0123456789abcdef0',
        volumeId: 'vol-0123456789abcdef0',
        threshold: percent(75),
        description:
          'Burst credits of vol-0123456789abcdef0 (100 GiB gp2) are low: at full burst they last 25 minutes more, ' +
          'then the volume drops to its baseline of 300 IOPS. This alarm wakes ebs-burst-responder, which judges ' +
          'whether the wall is coming; what to do: docs/runbook.md. [ebs-burst deployment d-1]',
      },
    ]);
  });

  test('keeps the description within what CloudWatch takes, also with the longest stack id', () => {
    const volume = someVolume({ size: 12_799, configuration: { type: 'st1' } });
    const { desired } = planAlarms([volume], somePolicy(), 'x'.repeat(255), noon);
    expect(desired[0]?.description.length).toBeLessThanOrEqual(1_024);
  });

  test('takes latency-critical volumes first, then those that empty fastest, then by id', () => {
    const volumes = [
      someVolume({ id: 'vol-00000001', size: 500 }),
      someVolume({ id: 'vol-00000003', size: 33 }),
      someVolume({ id: 'vol-00000002', size: 33 }),
      someVolume({ id: 'vol-00000004', size: 900, tags: { 'ebs-burst:tier': 'latency-critical' } }),
    ];
    const { desired } = planAlarms(volumes, somePolicy(), 'd-1', noon);
    expect(idsOf(desired)).toEqual(['vol-00000004', 'vol-00000002', 'vol-00000003', 'vol-00000001']);
  });

  test('stops at maxAlarms and reports the rest as unwatched', () => {
    const volumes = [
      someVolume({ id: 'vol-00000001', size: 500 }),
      someVolume({ id: 'vol-00000002', size: 33 }),
    ];
    const { desired, unwatched } = planAlarms(volumes, somePolicy({ maxAlarms: 1 }), 'd-1', noon);
    expect(idsOf(desired)).toEqual(['vol-00000002']);
    expect(unwatched).toEqual([{ volumeId: 'vol-00000001', why: 'over-max-alarms' }]);
  });

  test('puts every volume in use into one answer, and detached ones into none', () => {
    const volumes = [
      someVolume({ id: 'vol-00000001' }),
      someVolume({ id: 'vol-00000002', tags: { 'ebs-burst:mode': 'off' } }),
      someVolume({ id: 'vol-00000003', configuration: { type: 'unjudgeable', got: 'gp9' } }),
      someVolume({ id: 'vol-00000004', size: 2_000 }),
      someVolume({ id: 'vol-00000005', configuration: { type: 'io2', iops: iops(100) } }),
      someVolume({ id: 'vol-00000006', ...gone }),
      someVolume({ id: 'vol-00000007', size: 2_000, ...gone }),
      someVolume({ id: 'vol-00000008', configuration: { type: 'unjudgeable', got: 'gp9' }, ...gone }),
    ];
    const plan = planAlarms(volumes, somePolicy(), 'd-1', noon);
    expect(idsOf(plan.desired)).toEqual(['vol-00000001']);
    expect(plan.unwatched).toEqual([
      { volumeId: 'vol-00000002', why: 'opted-out' },
      { volumeId: 'vol-00000003', why: 'unjudgeable' },
    ]);
    expect(plan.cannotRunOut).toBe(2);
  });

  test('of a deployment that is off wants no alarm', () => {
    const plan = planAlarms([someVolume()], somePolicy({ mode: 'off' }), 'd-1', noon);
    expect(plan).toEqual({
      desired: [],
      unwatched: [{ volumeId: 'vol-0123456789abcdef0', why: 'opted-out' }],
      cannotRunOut: 0,
    });
  });
});

describe('the diff', () => {
  const desired = planAlarms([someVolume()], somePolicy(), 'd-1', noon).desired;
  const [wanted] = desired;
  if (wanted === undefined) throw new Error('expected one desired alarm');
  const same: ActualAlarm = { ...wanted, definition: burstBalanceAlarm };

  test('creates what is missing', () => {
    expect(diffAlarms(desired, [], 'd-1')).toEqual({ put: desired, delete: [], keep: 0, foreign: [] });
  });

  test('keeps what is the same, down to the last bit of a double', () => {
    const stored = { ...same, threshold: 75.000_000_000_000_01 };
    expect(diffAlarms(desired, [stored], 'd-1')).toEqual({ put: [], delete: [], keep: 1, foreign: [] });
  });

  test.each<Partial<ActualAlarm>>([
    { threshold: 75.01 },
    { threshold: undefined },
    { volumeId: 'vol-00000009' },
    { description: `${wanted.description} edited` },
    { definition: { ...burstBalanceAlarm, comparison: 'LessThanOrEqualToThreshold' } },
    { definition: { ...burstBalanceAlarm, treatMissingData: undefined } },
    { definition: { ...burstBalanceAlarm, period: 60_000 } },
  ])('writes an alarm of ours again that differs in %j', (difference) => {
    expect(diffAlarms(desired, [{ ...same, ...difference }], 'd-1')).toMatchObject({ put: desired, keep: 0 });
  });

  test('deletes ours that nobody wants any more', () => {
    const stale = { ...same, name: alarmNameOf('vol-00000009') };
    expect(diffAlarms([], [stale], 'd-1')).toEqual({ put: [], delete: [stale.name], keep: 0, foreign: [] });
  });

  test.each([undefined, 'made by hand', '[ebs-burst deployment d-10]', '[ebs-burst deployment d]'])(
    'neither writes nor deletes an alarm with our name and the description %j',
    (description) => {
      const answer = { put: [], delete: [], keep: 0, foreign: [same.name] };
      expect(diffAlarms(desired, [{ ...same, description }], 'd-1')).toEqual(answer);
      expect(diffAlarms([], [{ ...same, description }], 'd-1')).toEqual(answer);
    },
  );

  test('does not look at alarms without our prefix', () => {
    const theirs = { ...same, name: 'burst' };
    expect(diffAlarms([], [theirs], 'd-1')).toEqual({ put: [], delete: [], keep: 0, foreign: [] });
  });

  test('writes nothing on the second run', () => {
    const written = desired.map((alarm) => ({ ...alarm, definition: burstBalanceAlarm }));
    expect(diffAlarms(desired, written, 'd-1').put).toEqual([]);
  });
});
