import { describe, expect, test } from 'vitest';
import type { Almanac, Census } from '../../core/application/ports.ts';
import { invalidTagsOf, unwatchedOf } from '../../core/domain/notices/unwatched.ts';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
import { hours, seconds } from '../../core/domain/units.ts';
import type { Volume } from '../../core/domain/volume.ts';
import { volumeOf } from '../../lambda/adapters/ec2-volume.ts';
import { awsSurroundings } from '../../lambda/adapters/surroundings.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { accountUnderTest, START, volumeId } from './account-under-test.ts';

const census: Census = {
  at: START,
  watched: 10,
  unwatched: unwatchedOf([]),
  cannotRunOut: 0,
  backfill: 'complete',
  invalidTags: invalidTagsOf([]),
  provisioned: {
    gp3: { storageGibibytes: 2_048, iops: 9_000 },
    io1: { storageGibibytes: 100, iops: 5_000 },
    io2: { storageGibibytes: 200, iops: 6_000 },
  },
};

function surroundingsUnderTest(latest: Reading<Census> = read(census, START)) {
  const world = accountUnderTest();
  const almanac: Pick<Almanac, 'latestCensus'> = { latestCensus: async () => latest };
  return { ...world, surroundings: awsSurroundings(world, almanac, world.now) };
}

let count = 0;
const inStack = (stack?: string): Volume => ({
  ...volumeOf(volumeId(`vol-0${String(count++).padStart(16, '0')}`), { VolumeType: 'gp2' }),
  tags: stack === undefined ? {} : { 'aws:cloudformation:stack-name': stack },
});

describe('stackActivity', () => {
  test('asks once per stack and answers for every volume', async () => {
    const { surroundings, account, calls } = surroundingsUnderTest();
    account.ebs.stacks.setStackStatus('web', 'UPDATE_IN_PROGRESS');
    account.ebs.stacks.setStackStatus('data', 'UPDATE_COMPLETE');
    const volumes = [inStack('web'), inStack('web'), inStack('data'), inStack()];
    const found = await surroundings.stackActivity(volumes);
    expect(volumes.map(({ id }) => found.get(id))).toEqual([
      { kind: 'read', at: START, value: { kind: 'updating', stack: 'web', status: 'UPDATE_IN_PROGRESS' } },
      { kind: 'read', at: START, value: { kind: 'updating', stack: 'web', status: 'UPDATE_IN_PROGRESS' } },
      { kind: 'read', at: START, value: { kind: 'settled', stack: 'data' } },
      { kind: 'read', at: START, value: { kind: 'no-stack' } },
    ]);
    expect(calls('DescribeStacks')).toHaveLength(2);
  });

  test('takes a missing or forbidden stack for unread, never for settled', async () => {
    const { surroundings, account } = surroundingsUnderTest();
    const missing = inStack('gone');
    expect((await surroundings.stackActivity([missing])).get(missing.id)).toEqual({
      kind: 'unread',
      why: 'ValidationError on cloudformation:DescribeStacks of gone',
    });
    account.endpoint.fail({ operation: 'DescribeStacks' }, new ServiceError('AccessDenied', 'no'));
    expect((await surroundings.stackActivity([missing])).get(missing.id)).toEqual({
      kind: 'unread',
      why: 'AccessDenied on cloudformation:DescribeStacks of gone',
    });
  });
});

describe('quotaUse', () => {
  const storageOf = (name: string, used: number, limit: number) => ({ name, used, limit });
  const gp2Modifications = 'Storage modifications for General Purpose SSD (gp2) volumes, in TiB';
  const io1Modifications = 'Storage modifications for Provisioned IOPS SSD (io1) volumes, in TiB';
  const io1IopsModifications = 'IOPS modifications for Provisioned IOPS SSD (io1) volumes';

  test('sets the census against the limits, storage in GiB', async () => {
    const { surroundings, account } = surroundingsUnderTest();
    account.ebs.volumes.quotas.set('iops', 'io2', 123_000);
    expect(await surroundings.quotaUse()).toMatchObject({
      kind: 'read',
      at: START,
      value: {
        provisioned: {
          gp3: {
            storageGibibytes: storageOf(
              'Storage for General Purpose SSD (gp3) volumes, in TiB',
              2_048,
              51_200,
            ),
            iops: undefined,
          },
          io1: {
            storageGibibytes: storageOf(
              'Storage for Provisioned IOPS SSD (io1) volumes, in TiB',
              100,
              51_200,
            ),
            iops: { name: 'IOPS for Provisioned IOPS SSD (io1) volumes', used: 5_000, limit: 300_000 },
          },
          io2: {
            storageGibibytes: storageOf(
              'Storage for Provisioned IOPS SSD (io2) volumes, in TiB',
              200,
              20_480,
            ),
            iops: { name: 'IOPS for Provisioned IOPS SSD (io2) volumes', used: 6_000, limit: 123_000 },
          },
        },
      },
    });
  });

  test('names the modification quota of every type, each with its own limit', async () => {
    const { surroundings } = surroundingsUnderTest();
    const unused = (name: string, tebibytes = 500) => ({
      storageGibibytes: {
        name: `Storage modifications for ${name} volumes, in TiB`,
        used: 0,
        limit: tebibytes * 1_024,
      },
    });
    const iopsOf = (name: string, limit: number) => ({
      iops: { name: `IOPS modifications for ${name} volumes`, used: 0, limit },
    });
    const [io1, io2] = ['Provisioned IOPS SSD (io1)', 'Provisioned IOPS SSD (io2)'];
    expect(await surroundings.quotaUse()).toMatchObject({
      value: {
        modifications: {
          gp2: { ...unused('General Purpose SSD (gp2)'), iops: undefined },
          gp3: { ...unused('General Purpose SSD (gp3)'), iops: undefined },
          st1: { ...unused('Throughput Optimized HDD (st1)'), iops: undefined },
          sc1: { ...unused('Cold HDD (sc1)'), iops: undefined },
          io1: { ...unused(io1), ...iopsOf(io1, 500_000) },
          io2: { ...unused(io2, 20), ...iopsOf(io2, 100_000) },
        },
      },
    });
  });

  /** One that runs its course, by whomever: modifying for ten seconds, optimizing for five minutes at least. */
  const modified = (world: ReturnType<typeof surroundingsUnderTest>, iops = 1_000) => {
    const { volumes } = world.account.ebs;
    const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
    volumes.modifyByPerson(id, { volumeType: 'io1', iops });
    return id;
  };

  test.each([
    ['modifying', seconds(5)],
    ['optimizing', seconds(60)],
  ])(
    'counts a modification in state %s for the type it comes from and the one it goes to',
    async (state, later) => {
      const world = surroundingsUnderTest();
      const volumeId = modified(world);
      await world.wait(later);
      expect(await world.surroundings.quotaUse()).toMatchObject({
        value: {
          modifications: {
            gp2: { storageGibibytes: storageOf(gp2Modifications, 100, 512_000) },
            gp3: { storageGibibytes: { used: 0 } },
            io1: {
              storageGibibytes: storageOf(io1Modifications, 100, 512_000),
              iops: { name: io1IopsModifications, used: 1_000, limit: 500_000 },
            },
          },
          underWay: [{ volumeId, state }],
        },
      });
    },
  );

  test('does not count one that has completed, nor a volume never modified', async () => {
    const world = surroundingsUnderTest();
    modified(world);
    world.account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
    await world.wait(hours(6));
    expect(await world.surroundings.quotaUse()).toMatchObject({
      value: {
        modifications: { gp2: { storageGibibytes: { used: 0 } }, io1: { iops: { used: 0 } } },
        underWay: [],
      },
    });
  });

  test('counts more of them than one page holds', async () => {
    const world = surroundingsUnderTest();
    for (let count = 0; count < 501; count += 1) modified(world, 100);
    expect(await world.surroundings.quotaUse()).toMatchObject({
      value: {
        modifications: { gp2: { storageGibibytes: { used: 50_100 } }, io1: { iops: { used: 50_100 } } },
      },
    });
    expect(world.calls('DescribeVolumesModifications').map(({ input }) => input)).toMatchObject([
      { Filters: [{ Name: 'modification-state', Values: ['modifying', 'optimizing'] }], MaxResults: 500 },
      { NextToken: expect.any(String) },
    ]);
  });

  test('is unread without a census, without limits or without what is being modified', async () => {
    const blank = surroundingsUnderTest(unread('no census has been taken yet'));
    expect(await blank.surroundings.quotaUse()).toEqual(unread('no census has been taken yet'));
    const { surroundings, account } = surroundingsUnderTest();
    account.endpoint.fail(
      { operation: 'DescribeVolumesModifications' },
      new ServiceError('UnauthorizedOperation', 'no'),
    );
    expect(await surroundings.quotaUse()).toEqual(
      unread('UnauthorizedOperation on ec2:DescribeVolumesModifications'),
    );
    account.endpoint.fail({ service: 'Service Quotas' }, new ServiceError('AccessDeniedException', 'no'));
    expect(await surroundings.quotaUse()).toEqual(
      unread('AccessDeniedException on servicequotas:ListServiceQuotas'),
    );
  });
});
