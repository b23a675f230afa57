import { describe, expect, test } from 'vitest';
import type { Almanac, Census } from '../../core/application/ports.ts';
import { invalidTagsOf, unwatchedOf } from '../../core/domain/notices/unwatched.ts';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
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
  test('sets the census against the limits, storage in GiB', async () => {
    const { surroundings, account } = surroundingsUnderTest();
    account.ebs.volumes.quotas.set('iops', 'io2', 123_000);
    expect(await surroundings.quotaUse()).toEqual({
      kind: 'read',
      at: START,
      value: {
        gp3: {
          storageGibibytes: {
            name: 'Storage for General Purpose SSD (gp3) volumes, in TiB',
            used: 2_048,
            limit: 51_200,
          },
          iops: undefined,
        },
        io1: {
          storageGibibytes: {
            name: 'Storage for Provisioned IOPS SSD (io1) volumes, in TiB',
            used: 100,
            limit: 51_200,
          },
          iops: { name: 'IOPS for Provisioned IOPS SSD (io1) volumes', used: 5_000, limit: 300_000 },
        },
        io2: {
          storageGibibytes: {
            name: 'Storage for Provisioned IOPS SSD (io2) volumes, in TiB',
            used: 200,
            limit: 20_480,
          },
          iops: { name: 'IOPS for Provisioned IOPS SSD (io2) volumes', used: 6_000, limit: 123_000 },
        },
      },
    });
  });

  test('is unread without a census or without limits', async () => {
    const blank = surroundingsUnderTest(unread('no census has been taken yet'));
    expect(await blank.surroundings.quotaUse()).toEqual(unread('no census has been taken yet'));
    const { surroundings, account } = surroundingsUnderTest();
    account.endpoint.fail({ service: 'Service Quotas' }, new ServiceError('AccessDeniedException', 'no'));
    expect(await surroundings.quotaUse()).toEqual(
      unread('AccessDeniedException on servicequotas:ListServiceQuotas'),
    );
  });
});
