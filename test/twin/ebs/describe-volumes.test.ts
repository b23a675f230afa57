import {
  DeleteTagsCommand,
  DescribeInstancesCommand,
  DescribeVolumeStatusCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  type Filter,
  ModifyVolumeCommand,
  paginateDescribeVolumes,
  paginateDescribeVolumesModifications,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { connectedEbsAccount, MINUTE } from '../connected-ebs-account.ts';

const GP2 = { volumeType: 'gp2', sizeGiB: 100 } as const;

function fleet(size: number) {
  const connected = connectedEbsAccount();
  const ids = Array.from({ length: size }, () => connected.volumes.createVolume(GP2).id);
  return { ...connected, ids };
}

describe('DescribeVolumes', () => {
  test('pages through everything exactly once with the SDK’s own paginator', async () => {
    const { ec2, ids, endpoint } = fleet(2_345);
    const seen: (string | undefined)[] = [];
    for await (const page of paginateDescribeVolumes({ client: ec2, pageSize: 1_000 }, {})) {
      seen.push(...(page.Volumes ?? []).map(({ VolumeId }) => VolumeId));
    }
    expect(seen).toEqual(ids);
    expect(endpoint.calls).toHaveLength(3);
  });

  test.each([
    [{ MaxResults: 4 }, 'InvalidParameterValue'],
    [{ MaxResults: 1_001 }, 'InvalidParameterValue'],
    [{ MaxResults: 5, VolumeIds: ['vol-00000000000000001'] }, 'InvalidParameterCombination'],
    [{ NextToken: 'made up' }, 'InvalidParameterValue'],
    [{ VolumeIds: ['vol-00000000000000001', 'vol-0gone'] }, 'InvalidVolume.NotFound'],
    [{ Filters: [{ Name: 'colour', Values: ['red'] }] }, 'InvalidParameterValue'],
    [
      { Filters: [{ Name: 'volume-id', Values: Array.from({ length: 201 }, String) }] },
      'FilterLimitExceeded',
    ],
    [{ Filters: [{ Name: 'encrypted', Values: ['true'] }] }, 'NotImitatedError'],
  ])('refuses %j', async (input, name) => {
    await expect(fleet(1).ec2.send(new DescribeVolumesCommand(input))).rejects.toMatchObject({ name });
  });

  test('takes an empty id list for no list at all', async () => {
    const { Volumes } = await fleet(3).ec2.send(new DescribeVolumesCommand({ VolumeIds: [] }));
    expect(Volumes).toHaveLength(3);
  });

  test.each<[Filter, number[]]>([
    [{ Name: 'volume-id', Values: ['vol-00000000000000002', 'vol-0gone'] }, [1]],
    [{ Name: 'volume-type', Values: ['st1', 'sc1'] }, [2]],
    [{ Name: 'status', Values: ['in-use'] }, [0]],
    [{ Name: 'status', Values: ['available'] }, [1, 2]],
    [{ Name: 'attachment.instance-id', Values: ['i-1'] }, [0]],
    [{ Name: 'attachment.status', Values: ['attached'] }, [0]],
    [{ Name: 'tag:mode', Values: ['act'] }, [1]],
    [{ Name: 'tag:mode', Values: ['a*'] }, [1]],
    [{ Name: 'tag:mode', Values: ['ac'] }, []],
    [{ Name: 'tag-key', Values: ['mode'] }, [1, 2]],
  ])('filters by %j', async (filter, expected) => {
    const { volumes, ec2 } = connectedEbsAccount();
    const created = [
      volumes.createVolume({ ...GP2, id: 'vol-00000000000000001' }),
      volumes.createVolume({ ...GP2, id: 'vol-00000000000000002', tags: { mode: 'act' } }),
      volumes.createVolume({ volumeType: 'st1', sizeGiB: 500, tags: { mode: 'off' } }),
    ];
    volumes.createInstance({ id: 'i-1' });
    volumes.attach('vol-00000000000000001', 'i-1');
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ Filters: [filter] }));
    expect(Volumes?.map(({ VolumeId }) => VolumeId)).toEqual(expected.map((index) => created[index]?.id));
  });

  test('lags behind where the account is set to, and catches up', async () => {
    const { volumes, ec2, simulation } = connectedEbsAccount({ volumes: { describeLag: 5_000 } });
    const { id } = volumes.createVolume(GP2);
    const count = async () =>
      (await ec2.send(new DescribeVolumesCommand({ Filters: [{ Name: 'volume-id', Values: [id] }] }))).Volumes
        ?.length;
    expect(await count()).toBe(0);
    await simulation.runFor(5_000);
    expect(await count()).toBe(1);
    volumes.deleteVolume(id);
    expect(await count()).toBe(1);
    await simulation.runFor(5_000);
    expect(await count()).toBe(0);
  });
});

describe('DescribeVolumesModifications', () => {
  test('fails for a volume that was never modified when asked by id, but not by filter', async () => {
    const { ec2, ids } = fleet(2);
    const [modified = '', never = ''] = ids;
    await ec2.send(new ModifyVolumeCommand({ VolumeId: modified, VolumeType: 'gp3' }));
    await expect(
      ec2.send(new DescribeVolumesModificationsCommand({ VolumeIds: [modified, never] })),
    ).rejects.toMatchObject({ name: 'InvalidVolumeModification.NotFound' });
    const filtered = await ec2.send(
      new DescribeVolumesModificationsCommand({
        Filters: [{ Name: 'volume-id', Values: [modified, never] }],
      }),
    );
    expect(filtered.VolumesModifications?.map(({ VolumeId }) => VolumeId)).toEqual([modified]);
  });

  test('gives only the latest of a volume and at most 500 a page', async () => {
    const { volumes, ec2, ids, simulation } = fleet(501);
    for (const id of ids) volumes.modifyByPerson(id, { volumeType: 'gp3' });
    await simulation.runFor(60 * MINUTE);
    volumes.modifyByPerson(ids[0] ?? '', { volumeType: 'gp2' });
    const pages = [];
    for await (const page of paginateDescribeVolumesModifications({ client: ec2, pageSize: 500 }, {}))
      pages.push(page);
    expect(pages.map(({ VolumesModifications }) => VolumesModifications?.length)).toEqual([500, 1]);
    expect(pages[0]?.VolumesModifications?.[0]).toMatchObject({
      TargetVolumeType: 'gp2',
      OriginalVolumeType: 'gp3',
    });
    await expect(
      ec2.send(new DescribeVolumesModificationsCommand({ MaxResults: 501 })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('DescribeVolumeStatus', () => {
  test('tells a stalled volume from a healthy one', async () => {
    const { volumes, ec2 } = connectedEbsAccount();
    const ok = volumes.createVolume(GP2);
    const stalled = volumes.createVolume({ volumeType: 'gp3', sizeGiB: 100, iops: 3_000, throughput: 125 });
    volumes.setHealth(stalled.id, 'stalled');
    const { VolumeStatuses } = await ec2.send(
      new DescribeVolumeStatusCommand({ VolumeIds: [ok.id, stalled.id] }),
    );
    expect(VolumeStatuses?.map(({ VolumeStatus }) => VolumeStatus)).toEqual([
      {
        Status: 'ok',
        Details: [
          { Name: 'io-enabled', Status: 'passed' },
          { Name: 'io-performance', Status: 'not-applicable' },
        ],
      },
      {
        Status: 'impaired',
        Details: [
          { Name: 'io-enabled', Status: 'passed' },
          { Name: 'io-performance', Status: 'stalled' },
        ],
      },
    ]);
  });

  test('tells how far a volume from a snapshot is initialised', async () => {
    const { volumes, ec2, simulation } = connectedEbsAccount();
    const { id } = volumes.createVolume({ ...GP2, snapshotId: 'snap-1', initialisingTime: 3 * MINUTE });
    await simulation.runFor(MINUTE);
    const { VolumeStatuses } = await ec2.send(new DescribeVolumeStatusCommand({ VolumeIds: [id] }));
    expect(VolumeStatuses).toMatchObject([
      {
        VolumeStatus: {
          Status: 'ok',
          Details: expect.arrayContaining([{ Name: 'initialization-state', Status: 'initializing' }]),
        },
        InitializationStatusDetails: { InitializationType: 'default', Progress: 33 },
      },
    ]);
  });

  test('tells nothing of the kind of a volume that was made empty', async () => {
    const { volumes, ec2 } = connectedEbsAccount();
    const { id } = volumes.createVolume({ ...GP2, initialisingTime: 3 * MINUTE });
    const { VolumeStatuses } = await ec2.send(new DescribeVolumeStatusCommand({ VolumeIds: [id] }));
    expect(VolumeStatuses?.[0]).not.toHaveProperty('InitializationStatusDetails');
    expect(VolumeStatuses?.[0]?.VolumeStatus?.Details).toHaveLength(2);
  });

  test('knows no filter volume-id, as AWS does not', async () => {
    const { ec2, ids } = fleet(1);
    await expect(
      ec2.send(new DescribeVolumeStatusCommand({ Filters: [{ Name: 'volume-id', Values: ids }] })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue', message: "The filter 'volume-id' is invalid" });
  });
});

describe('DescribeInstances', () => {
  test('finds an instance with its volumes', async () => {
    const { volumes, ec2, ids } = fleet(1);
    const { id } = volumes.createInstance({ instanceType: 't3.medium', state: 'stopped' });
    volumes.attach(ids[0] ?? '', id, '/dev/sdf');
    const { Reservations } = await ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: [id] }] }),
    );
    expect(Reservations?.[0]?.Instances?.[0]).toMatchObject({
      InstanceId: id,
      InstanceType: 't3.medium',
      State: { Name: 'stopped', Code: 80 },
      BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeId: ids[0] } }],
    });
  });
});

describe('requests', () => {
  test('above the token bucket of their API are throttled until it refills, others are not', async () => {
    const { volumes, ec2, simulation } = connectedEbsAccount();
    const { id } = volumes.createVolume(GP2);
    const modify = () => ec2.send(new ModifyVolumeCommand({ VolumeId: id, Size: 1 }));
    for (let count = 0; count < 50; count += 1)
      await expect(modify()).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(modify()).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
      message: 'Request limit exceeded.',
    });
    await expect(ec2.send(new DescribeVolumesCommand({}))).resolves.toBeDefined();
    await simulation.runFor(200);
    await expect(modify()).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('for what is not imitated are a defect of the test', async () => {
    const { ec2, ids } = fleet(1);
    await expect(
      ec2.send(new StopInstancesCommand({ InstanceIds: ['i-0123456789abcdef0'] })),
    ).rejects.toMatchObject({
      name: 'NotImitatedError',
      message:
        'EC2:StopInstances is not imitated; imitated: DescribeVolumes, DescribeVolumesModifications, DescribeVolumeStatus, DescribeInstances, ModifyVolume, CreateTags, DeleteTags, CreateVolume, AttachVolume, DeleteVolume, RunInstances, TerminateInstances',
    });
    await expect(ec2.send(new DeleteTagsCommand({ Resources: ids }))).rejects.toMatchObject({
      name: 'NotImitatedError',
    });
  });
});
