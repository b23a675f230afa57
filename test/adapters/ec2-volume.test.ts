import type { Volume as Ec2Volume, VolumeStatusItem } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { instant } from '../../core/domain/units.ts';
import { healthOf, modificationOf, volumeOf } from '../../lambda/adapters/ec2-volume.ts';
import { START, volumeId } from './account-under-test.ts';

const id = volumeId('vol-0abc0123456789def');
const described: Ec2Volume = {
  VolumeId: id,
  VolumeType: 'gp2',
  Size: 100,
  Iops: 300,
  State: 'in-use',
  CreateTime: new Date(START),
  AvailabilityZone: 'us-east-1a',
  MultiAttachEnabled: false,
  Attachments: [
    { InstanceId: 'i-0abc', Device: '/dev/xvda', State: 'attached', AttachTime: new Date(START + 60_000) },
  ],
  Tags: [{ Key: 'Name', Value: 'etcd-1' }],
};

describe('volumeOf', () => {
  test('translates a volume', () => {
    expect(volumeOf(id, described)).toEqual({
      id,
      size: 100,
      configuration: { type: 'gp2' },
      zone: 'us-east-1a',
      createdAt: START,
      attachment: { kind: 'attached', instanceIds: ['i-0abc'], since: START + 60_000 },
      device: '/dev/xvda',
      multiAttach: false,
      operator: undefined,
      tags: { Name: 'etcd-1' },
    });
  });

  test.each([
    [
      { VolumeType: 'gp3', Iops: 3000, Throughput: 125 },
      { type: 'gp3', iops: 3000, throughput: 125 },
    ],
    [
      { VolumeType: 'io2', Iops: 1000 },
      { type: 'io2', iops: 1000 },
    ],
    [{ VolumeType: 'st1', Iops: undefined }, { type: 'st1' }],
    [{ VolumeType: 'standard' }, { type: 'standard' }],
  ] as const)('keeps of %o what the type takes', (part, configuration) => {
    expect(volumeOf(id, { ...described, ...part }).configuration).toEqual(configuration);
  });

  test.each([
    [{ VolumeType: 'gp9' as 'gp3' }, 'volume type gp9'],
    [{ VolumeType: undefined }, 'volume type undefined'],
    [{ VolumeType: 'gp3', Throughput: undefined }, 'gp3 without Throughput'],
    [{ VolumeType: 'io1', Iops: undefined }, 'io1 without Iops'],
    [{ State: 'error' }, 'state error'],
    [{ Size: undefined }, 'no Size'],
    [{ CreateTime: undefined }, 'no CreateTime'],
    [{ CreateTime: new Date(Number.NaN) }, 'no CreateTime'],
  ] as const)('calls %o unjudgeable and does not throw', (part, got) => {
    expect(volumeOf(id, { ...described, ...part }).configuration).toEqual({ type: 'unjudgeable', got });
  });

  test('calls a volume without attachments detached, and one that EC2 just detached as well', () => {
    expect(volumeOf(id, { ...described, Attachments: undefined }).attachment).toEqual({ kind: 'detached' });
    expect(volumeOf(id, { ...described, Attachments: [{ State: 'detached' }] }).attachment).toEqual({
      kind: 'detached',
    });
  });

  test('names the operator of a managed volume and the service that owns its instance', () => {
    const managed = { ...described, Operator: { Managed: true, Principal: 'eks.amazonaws.com' } };
    const service = {
      ...described,
      Attachments: [{ State: 'attached', InstanceOwningService: 'a.aws' }],
    } as const;
    expect(volumeOf(id, managed).operator).toBe('eks.amazonaws.com');
    expect(volumeOf(id, { ...described, Operator: { Managed: true } }).operator).toBe('an unnamed operator');
    expect(volumeOf(id, { ...service, Attachments: [...service.Attachments] }).operator).toBe('a.aws');
    expect(volumeOf(id, { ...described, Operator: { Managed: false } }).operator).toBeUndefined();
  });
});

describe('modificationOf', () => {
  const modification = {
    ModificationState: 'optimizing',
    StartTime: new Date(START),
    Progress: 40,
    OriginalVolumeType: 'gp2',
    OriginalIops: 300,
    TargetVolumeType: 'gp3',
    TargetIops: 3000,
    TargetThroughput: 128,
  } as const;

  test('translates both sides to what ModifyVolume can set', () => {
    expect(modificationOf(modification, instant(START + 5))).toEqual({
      kind: 'read',
      at: START + 5,
      value: {
        state: 'optimizing',
        startedAt: START,
        progress: 40,
        from: { type: 'gp2' },
        to: { type: 'gp3', iops: 3000, throughput: 128 },
      },
    });
  });

  test('knows when it ended, once it has', () => {
    const ended = { ...modification, ModificationState: 'completed', EndTime: new Date(START + 9) } as const;
    expect(modificationOf(ended, START)).toMatchObject({ value: { endedAt: START + 9 } });
    expect(modificationOf(modification, START)).not.toHaveProperty('value.endedAt');
  });

  test('keeps a state it does not know and takes no side it does not know', () => {
    const strange = {
      ...modification,
      ModificationState: 'paused' as 'failed',
      TargetVolumeType: 'standard',
    } as const;
    expect(modificationOf(strange, START)).toMatchObject({
      value: { state: { unknown: 'paused' }, to: undefined },
    });
  });

  test('does not read one without its start', () => {
    expect(modificationOf({ ...modification, StartTime: undefined }, START)).toEqual({
      kind: 'unread',
      why: 'ec2:DescribeVolumesModifications gave no StartTime',
    });
  });
});

describe('healthOf', () => {
  const status = (Status: string, performance = 'normal', Progress?: number): VolumeStatusItem => ({
    VolumeStatus: {
      Status: Status as 'ok',
      Details: [{ Name: 'io-performance', Status: performance }],
    },
    ...(Progress !== undefined && { InitializationStatusDetails: { Progress } }),
  });

  test.each([
    [status('ok'), { kind: 'ok' }],
    [status('ok', 'normal', 100), { kind: 'ok' }],
    [status('ok', 'normal', 40), { kind: 'initialising' }],
    [status('impaired', 'stalled'), { kind: 'stalled' }],
    [status('impaired', 'normal'), { kind: 'impaired', status: 'impaired' }],
    [status('warning', 'degraded'), { kind: 'impaired', status: 'warning' }],
    [status('brand-new'), { kind: 'impaired', status: 'brand-new' }],
    [{}, { kind: 'impaired', status: 'no status' }],
  ])('reads %o', (item, value) => {
    expect(healthOf(item, START)).toEqual({ kind: 'read', value, at: START });
  });

  test('does not take insufficient data for an answer', () => {
    expect(healthOf(status('insufficient-data'), START)).toEqual({
      kind: 'unread',
      why: 'the volume status checks have insufficient data',
    });
  });
});
