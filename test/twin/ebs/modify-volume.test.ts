import {
  CreateTagsCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  ModifyVolumeCommand,
  type ModifyVolumeCommandInput,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import type { VolumeOptions } from '../../../twin/ebs/simulated-volume.ts';
import { connectedEbsAccount, HOUR, MINUTE, START } from '../connected-ebs-account.ts';

type Change = Omit<ModifyVolumeCommandInput, 'VolumeId'>;

const GP2: VolumeOptions = { volumeType: 'gp2', sizeGiB: 100 };
const BRIEF = { modifyingTime: () => 10_000, optimizingTime: () => 20 * MINUTE };

function account(settings = {}) {
  const connected = connectedEbsAccount({ volumes: { ...BRIEF, ...settings } });
  const modify = (VolumeId: string, change: Change) =>
    connected.ec2.send(new ModifyVolumeCommand({ VolumeId, ...change }));
  const describeOne = async (id: string) =>
    (await connected.ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes?.[0];
  return { ...connected, modify, describeOne };
}

describe('what an accepted modification becomes', () => {
  test.each<[string, VolumeOptions, Change, object]>([
    ['gp2 to gp3 without more', GP2, { VolumeType: 'gp3' }, { TargetIops: 3_000, TargetThroughput: 125 }],
    [
      'gp2 to gp3 with both',
      GP2,
      { VolumeType: 'gp3', Iops: 4_000, Throughput: 250 },
      { TargetIops: 4_000, TargetThroughput: 250 },
    ],
    ['gp2 to io1 without Iops', GP2, { VolumeType: 'io1' }, { TargetIops: 3_000 }],
    [
      'gp2 to io1 with Iops',
      GP2,
      { VolumeType: 'io1', Iops: 1_000 },
      { TargetIops: 1_000, OriginalIops: 300 },
    ],
    [
      'io1 to io1 keeps its Iops',
      { volumeType: 'io1', sizeGiB: 100, iops: 1_500 },
      { Size: 200 },
      { TargetIops: 1_500, TargetSize: 200 },
    ],
    [
      'gp3 to io2 forgets its Iops',
      { volumeType: 'gp3', sizeGiB: 100, iops: 5_000, throughput: 300 },
      { VolumeType: 'io2' },
      { TargetIops: 3_000, OriginalThroughput: 300 },
    ],
    [
      'gp3 keeps its throughput',
      { volumeType: 'gp3', sizeGiB: 100, iops: 5_000, throughput: 300 },
      { Iops: 6_000 },
      { TargetThroughput: 300 },
    ],
    [
      'io1 to gp2',
      { volumeType: 'io1', sizeGiB: 100, iops: 1_000 },
      { VolumeType: 'gp2' },
      { TargetIops: 300, TargetVolumeType: 'gp2' },
    ],
    [
      'a non-root st1 to io1',
      { volumeType: 'st1', sizeGiB: 500 },
      { VolumeType: 'io1', Iops: 1_000 },
      { TargetVolumeType: 'io1' },
    ],
    [
      'gp3 of 1 GiB with the included 3,000',
      { volumeType: 'gp2', sizeGiB: 1 },
      { VolumeType: 'gp3', Iops: 3_000 },
      { TargetIops: 3_000 },
    ],
    [
      'io2 multi-attach to io1',
      { volumeType: 'io2', sizeGiB: 100, iops: 1_000, multiAttach: true },
      { VolumeType: 'io1', Iops: 1_000 },
      { TargetVolumeType: 'io1' },
    ],
  ])('%s', async (_name, options, change, expected) => {
    const { volumes, modify } = account();
    const { id } = volumes.createVolume(options);
    const { VolumeModification } = await modify(id, change);
    expect(VolumeModification).toMatchObject({
      VolumeId: id,
      ModificationState: 'modifying',
      Progress: 0,
      ...expected,
    });
  });

  test('a bought throughput is not reported for a type that has none', async () => {
    const { volumes, modify } = account();
    const { id } = volumes.createVolume(GP2);
    const { VolumeModification } = await modify(id, { VolumeType: 'io1', Iops: 1_000 });
    expect(VolumeModification).not.toHaveProperty('TargetThroughput');
  });
});

describe('what AWS refuses', () => {
  const IO1_100: VolumeOptions = { volumeType: 'io1', sizeGiB: 100, iops: 1_000 };

  test.each<[string, VolumeOptions, Change, string, string]>([
    [
      'no change at all',
      GP2,
      {},
      'MissingParameter',
      'The request must contain at least one attribute to modify.',
    ],
    [
      'a smaller size',
      GP2,
      { Size: 99 },
      'InvalidParameterValue',
      'New size cannot be smaller than existing size',
    ],
    [
      'too large a size',
      GP2,
      { Size: 16_385 },
      'InvalidParameterValue',
      'Volume of 16385GiB is too large for volume type gp2; maximum is 16384GiB',
    ],
    [
      'too small for st1',
      GP2,
      { VolumeType: 'st1' },
      'InvalidParameterValue',
      'Volume of 100GiB is too small for volume type st1; minimum is 125GiB',
    ],
    [
      'Iops for gp2',
      GP2,
      { VolumeType: 'gp2', Iops: 300 },
      'InvalidParameterCombination',
      'The parameter iops is not supported for gp2 volumes.',
    ],
    [
      'throughput for io1',
      IO1_100,
      { Throughput: 250 },
      'InvalidParameterCombination',
      'The parameter throughput is not supported for io1 volumes.',
    ],
    [
      'throughput for st1',
      { volumeType: 'st1', sizeGiB: 500 },
      { Throughput: 250 },
      'InvalidParameterCombination',
      'The parameter throughput is not supported for st1 volumes.',
    ],
    [
      'gp3 below 3,000',
      GP2,
      { VolumeType: 'gp3', Iops: 2_999 },
      'InvalidParameterValue',
      'Volume iops of 2999 is too low; minimum is 3000.',
    ],
    [
      'gp3 above 80,000',
      { volumeType: 'gp2', sizeGiB: 1_000 },
      { VolumeType: 'gp3', Iops: 80_001 },
      'InvalidParameterValue',
      'Volume iops of 80001 is too high; maximum is 80000.',
    ],
    [
      'io1 above 50 per GiB',
      GP2,
      { VolumeType: 'io1', Iops: 5_001 },
      'InvalidParameterValue',
      'Iops to volume size ratio of 50.010000 is too high; maximum is 50.000000',
    ],
    [
      'io1 of 59 GiB without Iops',
      { volumeType: 'gp2', sizeGiB: 59 },
      { VolumeType: 'io1' },
      'InvalidParameterValue',
      'Iops to volume size ratio of 50.847458 is too high; maximum is 50.000000',
    ],
    [
      'io2 above 1,000 per GiB',
      { volumeType: 'gp2', sizeGiB: 4 },
      { VolumeType: 'io2', Iops: 4_001 },
      'InvalidParameterCombination',
      'io2 volumes configured with greater than 64 TiB or 256K IOPS or 1000:1 IOPS:GB ratio are not supported.',
    ],
    [
      'gp3 throughput above a quarter',
      GP2,
      { VolumeType: 'gp3', Iops: 3_000, Throughput: 751 },
      'InvalidParameterValue',
      'Throughput (MiBps) to iops ratio of 0.250333 is too high; maximum is 0.250000 MiBps per iops.',
    ],
    [
      'gp3 throughput below 125',
      GP2,
      { VolumeType: 'gp3', Throughput: 124 },
      'InvalidParameterValue',
      'Volume throughput of 124 is too low; minimum is 125.',
    ],
    [
      'a root volume to st1',
      { volumeType: 'gp2', sizeGiB: 500, isRoot: true },
      { VolumeType: 'st1' },
      'InvalidParameterValue',
      'Root volume vol-00000000000000001 cannot be modified to st1.',
    ],
    [
      'multi-attach to gp3',
      { ...IO1_100, multiAttach: true },
      { VolumeType: 'gp3' },
      'InvalidParameterCombination',
      'Volume vol-00000000000000001 has Multi-Attach enabled and cannot be modified to gp3.',
    ],
    [
      'a managed volume',
      { ...GP2, operator: 'eks.amazonaws.com' },
      { VolumeType: 'gp3' },
      'OperationNotPermitted',
      'Volume vol-00000000000000001 is managed by eks.amazonaws.com and cannot be modified directly.',
    ],
    [
      'io2 where the zone has none',
      { ...GP2, availabilityZone: 'us-east-1e' },
      { VolumeType: 'io2', Iops: 1_000 },
      'VolumeTypeNotAvailableInZone',
      "The volume type 'io2' is not available in the Availability Zone us-east-1e.",
    ],
    [
      'DryRun of what would work',
      GP2,
      { VolumeType: 'gp3', DryRun: true },
      'DryRunOperation',
      'Request would have succeeded, but DryRun flag is set.',
    ],
    [
      'DryRun of what would not',
      GP2,
      { Size: 1, DryRun: true },
      'InvalidParameterValue',
      'New size cannot be smaller than existing size',
    ],
  ])('%s', async (_name, options, change, name, message) => {
    const { volumes, modify } = account({ zonesWithout: { 'us-east-1e': ['io2'] } });
    const { id } = volumes.createVolume({ ...options, id: 'vol-00000000000000001' });
    await expect(modify(id, change)).rejects.toMatchObject({ name, message });
    expect(volumes.volume(id).modifications).toEqual([]);
  });

  test('an unknown volume, but not a known one', async () => {
    const { volumes, modify } = account();
    const { id } = volumes.createVolume(GP2);
    await expect(modify('vol-0gone', { VolumeType: 'gp3' })).rejects.toMatchObject({
      name: 'InvalidVolume.NotFound',
      message: "The volume 'vol-0gone' does not exist.",
    });
    await expect(modify(id, { VolumeType: 'gp3' })).resolves.toBeDefined();
  });

  test('a second modification until the first is completed, not after', async () => {
    const { volumes, modify, simulation } = account();
    const { id } = volumes.createVolume(GP2);
    await modify(id, { VolumeType: 'gp3' });
    for (const [at, state] of [
      [1_000, 'MODIFYING'],
      [15 * MINUTE, 'OPTIMIZING'],
    ] as const) {
      await simulation.runUntil(START + at);
      await expect(modify(id, { VolumeType: 'gp3', Iops: 4_000 })).rejects.toMatchObject({
        name: 'IncorrectModificationState',
        message: `Volume ${id} cannot be modified in modification state ${state}`,
      });
    }
    await simulation.runFor(10 * MINUTE);
    await expect(modify(id, { VolumeType: 'gp3', Iops: 4_000 })).resolves.toBeDefined();
  });

  test('a fifth modification within 24 hours, no-ops included, and says when the next one is possible', async () => {
    const { volumes, modify, simulation } = account();
    const { id } = volumes.createVolume(GP2);
    for (let count = 0; count < 4; count += 1) {
      await modify(id, { VolumeType: 'gp2' });
      await simulation.runFor(HOUR);
    }
    await expect(modify(id, { VolumeType: 'gp3' })).rejects.toMatchObject({
      name: 'VolumeModificationRateExceeded',
      message:
        "You've reached the maximum modification rate per volume limit. Wait until 2026-11-23T10:00:00.000Z before you can issue the next modification request for this volume.",
    });
    await simulation.runUntil(START + 24 * HOUR);
    await expect(modify(id, { VolumeType: 'gp3' })).resolves.toBeDefined();
  });

  test('the next slot is not named where the account is set not to', async () => {
    const { volumes, modify, simulation } = account({ namesNextSlot: false });
    const { id } = volumes.createVolume(GP2);
    for (let count = 0; count < 4; count += 1) {
      volumes.modifyByPerson(id, { volumeType: 'gp2' });
      await simulation.runFor(HOUR);
    }
    await expect(modify(id, { VolumeType: 'gp3' })).rejects.toMatchObject({
      message: "You've reached the maximum modification rate per volume limit.",
    });
  });

  test.each([
    [
      'iops',
      'io1',
      1_999,
      'MaxIOPSLimitExceeded',
      'You have exceeded your quota "IOPS for Provisioned IOPS SSD (io1) volumes" of 1999 in this Region.',
    ],
    [
      'storage',
      'io1',
      0.19,
      'VolumeLimitExceeded',
      'You have exceeded your quota "Storage for Provisioned IOPS SSD (io1) volumes, in TiB" of 0.19 in this Region.',
    ],
    [
      'storage modifications',
      'gp2',
      0.19,
      'VolumeModificationSizeLimitExceeded',
      'You have exceeded your quota "Storage modifications for General Purpose SSD (gp2) volumes, in TiB" of 0.19 in this Region.',
    ],
  ] as const)(
    'the second of two at once when it exceeds the regional quota of %s, not the first',
    async (kind, type, value, name, message) => {
      const { volumes, modify } = account();
      const [first, second] = [volumes.createVolume(GP2), volumes.createVolume(GP2)];
      volumes.quotas.set(kind, type, value);
      await modify(first.id, { VolumeType: 'io1', Iops: 1_000 });
      await expect(modify(second.id, { VolumeType: 'io1', Iops: 1_000 })).rejects.toMatchObject({
        name,
        message,
      });
    },
  );

  test('more current IOPS at once than the regional quota takes, not the same once the first has completed', async () => {
    const { volumes, modify, simulation } = account();
    const io1 = { volumeType: 'io1', sizeGiB: 100, iops: 1_000 } as const;
    const [first, second] = [volumes.createVolume(io1), volumes.createVolume(io1)];
    volumes.quotas.set('iops modifications', 'io1', 1_999);
    await modify(first.id, { VolumeType: 'io1', Iops: 500 });
    await simulation.runFor(60_000);
    await expect(modify(second.id, { VolumeType: 'io1', Iops: 500 })).rejects.toMatchObject({
      name: 'MaxIOPSLimitExceeded',
      message:
        'You have exceeded your quota "IOPS modifications for Provisioned IOPS SSD (io1) volumes" of 1999 in this Region.',
    });
    await simulation.runFor(6 * HOUR);
    await expect(modify(second.id, { VolumeType: 'io1', Iops: 500 })).resolves.toBeDefined();
  });

  test('a principal without permission, not one with it, and the condition sees the tags', async () => {
    const { volumes, modify } = connectedDenied();
    const [closed, open] = [
      volumes.createVolume(GP2),
      volumes.createVolume({ ...GP2, tags: { mode: 'act' } }),
    ];
    await expect(modify(closed.id, { VolumeType: 'gp3' })).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
    await expect(modify(closed.id, { VolumeType: 'gp3', DryRun: true })).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
    await expect(modify(open.id, { VolumeType: 'gp3' })).resolves.toBeDefined();
  });

  test('a parameter that the twin does not imitate is a defect, not an answer', async () => {
    const { volumes, modify } = account();
    const { id } = volumes.createVolume(GP2);
    await expect(modify(id, { MultiAttachEnabled: true })).rejects.toMatchObject({
      name: 'NotImitatedError',
      message: expect.stringContaining('EC2:ModifyVolume parameter MultiAttachEnabled is not imitated'),
    });
  });
});

function connectedDenied() {
  const connected = connectedEbsAccount({
    authorise: ({ action, resourceTags }) => action !== 'ec2:ModifyVolume' || resourceTags['mode'] === 'act',
  });
  const modify = (VolumeId: string, change: Change) =>
    connected.ec2.send(new ModifyVolumeCommand({ VolumeId, ...change }));
  return { ...connected, modify };
}

describe('a modification over time', () => {
  const results = (events: ReturnType<typeof account>['events']) =>
    events
      .filter(({ detail }) => detail['event'] === 'modifyVolume')
      .map(({ detail, time }) => [detail['result'], time]);

  test('goes from modifying to optimizing to completed and says so in events', async () => {
    const { volumes, modify, simulation, ec2, events, describeOne } = account();
    const { id } = volumes.createVolume(GP2);
    const { VolumeModification, $metadata } = await modify(id, { VolumeType: 'gp3', Throughput: 128 });
    expect(VolumeModification?.ModificationState).toBe('modifying');
    expect(await describeOne(id)).toMatchObject({ VolumeType: 'gp2', Iops: 300 });

    await simulation.runUntil(START + 10_000 + 10 * MINUTE);
    const half = await ec2.send(new DescribeVolumesModificationsCommand({ VolumeIds: [id] }));
    expect(half.VolumesModifications?.[0]).toMatchObject({ ModificationState: 'optimizing', Progress: 50 });
    expect(half.VolumesModifications?.[0]).not.toHaveProperty('EndTime');
    expect(await describeOne(id)).toMatchObject({ VolumeType: 'gp3', Iops: 3_000, Throughput: 128 });

    await simulation.runFor(11 * MINUTE);
    const end = await ec2.send(new DescribeVolumesModificationsCommand({ VolumeIds: [id] }));
    expect(end.VolumesModifications?.[0]).toMatchObject({
      ModificationState: 'completed',
      Progress: 100,
      EndTime: new Date(START + 10_000 + 20 * MINUTE),
    });
    expect(results(events)).toEqual([
      ['optimizing', '2026-11-22T10:00:10Z'],
      ['completed', '2026-11-22T10:20:10Z'],
    ]);
    expect(events.at(-1)?.detail['request-id']).toBe($metadata.requestId);
  });

  test('of a volume deleted on the way sends nothing more', async () => {
    const { volumes, modify, simulation, events } = account();
    const { id } = volumes.createVolume(GP2);
    await modify(id, { VolumeType: 'gp3' });
    volumes.deleteVolume(id);
    await simulation.runFor(HOUR);
    expect(results(events)).toEqual([]);
    expect(events.at(-1)?.detail).toMatchObject({ event: 'deleteVolume', result: 'deleted', cause: '' });
  });

  test('an attach sends no event, a created volume and a started instance do', () => {
    const { volumes, events } = account();
    const { id } = volumes.createVolume(GP2);
    const instance = volumes.createInstance();
    volumes.attach(id, instance.id);
    expect(events.map((event) => [event['detail-type'], event.detail])).toEqual([
      ['EBS Volume Notification', expect.objectContaining({ event: 'createVolume', result: 'available' })],
      ['EC2 Instance State-change Notification', { 'instance-id': instance.id, state: 'running' }],
    ]);
  });
});

describe('tags', () => {
  test('are written and seen, but AWS’s own prefix is refused', async () => {
    const { volumes, ec2, describeOne } = account();
    const { id } = volumes.createVolume(GP2);
    await ec2.send(
      new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'ebs-burst:state', Value: 'x' }] }),
    );
    expect((await describeOne(id))?.Tags).toEqual([{ Key: 'ebs-burst:state', Value: 'x' }]);
    await expect(
      ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'aws:x', Value: 'x' }] })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});
