import { describe, expect, test } from 'vitest';
import { minutes } from '../../core/domain/units.ts';
import { ec2VolumeCatalog } from '../../lambda/adapters/ec2-volume-catalog.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { accountUnderTest, volumeId } from './account-under-test.ts';

const gone = volumeId('vol-0dead0000000000ff');

function catalogUnderTest(count: number) {
  const world = accountUnderTest();
  const ids = Array.from({ length: count }, () =>
    volumeId(world.account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 }).id),
  );
  return { ...world, ids, catalog: ec2VolumeCatalog(world.ec2, world.now) };
}

describe('describe', () => {
  test('asks in filters of 200 and leaves deleted volumes out', async () => {
    const { catalog, ids, calls } = catalogUnderTest(450);
    const found = await catalog.describe([...ids, gone]);
    expect([...found.keys()].toSorted()).toEqual(ids.toSorted());
    expect(calls('DescribeVolumes')).toHaveLength(3);
    expect(calls('DescribeVolumes').every(({ input }) => !('VolumeIds' in input))).toBe(true);
  });

  test('asks nothing for no ids, which EC2 would take for all volumes', async () => {
    const { catalog, account } = catalogUnderTest(2);
    expect((await catalog.describe([])).size).toBe(0);
    expect((await catalog.latestModifications([])).size).toBe(0);
    expect((await catalog.health([])).size).toBe(0);
    expect(account.endpoint.calls).toEqual([]);
  });
});

describe('all', () => {
  test('pages through every volume by 1,000', async () => {
    const { catalog, ids, calls } = catalogUnderTest(2_001);
    const pages: number[] = [];
    for await (const page of catalog.all()) pages.push(page.length);
    expect(pages).toEqual([1_000, 1_000, 1]);
    expect(pages.reduce((a, b) => a + b)).toBe(ids.length);
    expect(calls('DescribeVolumes')).toHaveLength(3);
  });
});

describe('latestModifications', () => {
  test('answers for every id, "never" where there is none', async () => {
    const { catalog, ids, account, now, wait } = catalogUnderTest(2);
    const [first = gone, second = gone] = ids;
    const startedAt = now();
    account.ebs.volumes.modifyByPerson(first, { volumeType: 'gp3', iops: 3000, throughput: 125 });
    await wait(minutes(1));
    const found = await catalog.latestModifications([first, second, gone]);
    expect(found.get(first)).toMatchObject({
      kind: 'read',
      value: {
        state: 'optimizing',
        startedAt,
        from: { type: 'gp2' },
        to: { type: 'gp3', iops: 3000, throughput: 125 },
      },
    });
    expect(found.get(second)).toMatchObject({ kind: 'read', value: 'never' });
    expect(found.get(gone)).toMatchObject({ kind: 'read', value: 'never' });
  });

  test('leaves unread what a failed call was about, and only that', async () => {
    const { catalog, ids, account } = catalogUnderTest(201);
    account.endpoint.fail(
      {
        operation: 'DescribeVolumesModifications',
        input: (input) => JSON.stringify(input).includes(ids[200] ?? ''),
      },
      new ServiceError('RequestLimitExceeded', 'Request limit exceeded.'),
    );
    const found = await catalog.latestModifications(ids);
    expect([...found.values()].filter(({ kind }) => kind === 'read')).toHaveLength(200);
    expect(found.get(ids[200] ?? gone)).toEqual({
      kind: 'unread',
      why: 'RequestLimitExceeded on ec2:DescribeVolumesModifications',
    });
  });
});

describe('health', () => {
  test('answers for the living although others are gone', async () => {
    const { catalog, ids, account, calls } = catalogUnderTest(3);
    account.ebs.volumes.setHealth(ids[1] ?? gone, 'io-disabled');
    const found = await catalog.health([...ids, gone]);
    expect(found.get(ids[0] ?? gone)).toMatchObject({ value: { kind: 'ok' } });
    expect(found.get(ids[1] ?? gone)).toMatchObject({ value: { kind: 'impaired', status: 'impaired' } });
    expect(found.get(gone)).toEqual({ kind: 'unread', why: 'the volume no longer exists' });
    expect(calls('DescribeVolumeStatus')).toHaveLength(2);
  });

  test('finds those gone by halving where EC2 does not name them', async () => {
    const { catalog, ids, account } = catalogUnderTest(4);
    const silent = new ServiceError('InvalidVolume.NotFound', 'A volume does not exist.');
    const missing = ids[2] ?? gone;
    account.endpoint.fail({ input: (input) => JSON.stringify(input).includes(missing) }, silent, 9);
    const found = await catalog.health(ids);
    expect([...found].filter(([, { kind }]) => kind === 'unread').map(([id]) => id)).toEqual([missing]);
    expect(found.size).toBe(4);
  });

  test('says why where the call is denied', async () => {
    const { catalog, ids, account } = catalogUnderTest(1);
    account.endpoint.fail(
      { operation: 'DescribeVolumeStatus' },
      new ServiceError('UnauthorizedOperation', 'no'),
    );
    expect([...(await catalog.health(ids)).values()]).toEqual([
      { kind: 'unread', why: 'UnauthorizedOperation on ec2:DescribeVolumeStatus' },
    ]);
  });
});

test('attachedTo names the volumes of one instance', async () => {
  const { catalog, ids, account } = catalogUnderTest(2);
  const instance = account.ebs.volumes.createInstance();
  account.ebs.volumes.attach(ids[1] ?? gone, instance.id);
  expect(await catalog.attachedTo(instance.id)).toEqual([ids[1]]);
});
