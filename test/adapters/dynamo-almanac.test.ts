import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import type { Census } from '../../core/application/ports.ts';
import { invalidTagsOf, unwatchedOf } from '../../core/domain/notices/unwatched.ts';
import { hours, instant, iops, mebibytesPerSecond } from '../../core/domain/units.ts';
import { dynamoAlmanac } from '../../lambda/adapters/dynamo-almanac.ts';
import { accountUnderTest, START, volumeId } from './account-under-test.ts';
import { id } from './example-cases.ts';

const census: Census = {
  at: START,
  watched: 10,
  unwatched: unwatchedOf([{ volumeId: id, why: 'opted-out' }]),
  cannotRunOut: 4,
  backfill: 'running',
  invalidTags: invalidTagsOf([{ volumeId: id, key: 'ebs-burst:mode', got: 'yes' }]),
  provisioned: {
    gp3: { storageGibibytes: 2_048, iops: 9_000 },
    io1: { storageGibibytes: 0, iops: 0 },
    io2: { storageGibibytes: 0, iops: 0 },
  },
};

const profile = {
  computedAt: START,
  covers: hours(72),
  iops: iops(1_234.5),
  throughput: mebibytesPerSecond(20),
  minutesAtWall: 3,
};

const almanacUnderTest = () => {
  const world = accountUnderTest();
  return { ...world, almanac: dynamoAlmanac(world.table) };
};

describe('the census', () => {
  test('is unread before the first, then the latest, as old as it was taken', async () => {
    const { almanac } = almanacUnderTest();
    expect(await almanac.latestCensus()).toEqual({ kind: 'unread', why: 'no census has been taken yet' });
    await almanac.recordCensus(census);
    const later = { ...census, at: instant(START + 5), watched: 11 };
    await almanac.recordCensus(later);
    expect(await almanac.latestCensus()).toEqual({ kind: 'read', value: later, at: later.at });
  });

  test('holds fifty thousand unwatched volumes and as many tags nobody can read', async () => {
    const { almanac } = almanacUnderTest();
    const ids = Array.from({ length: 50_000 }, (_, count) =>
      volumeId(`vol-0${(count * 7_919).toString(16).padStart(16, '0')}`),
    );
    const unwatched = unwatchedOf(ids.map((each) => ({ volumeId: each, why: 'over-max-alarms' })));
    const invalidTags = invalidTagsOf(
      ids.map((each) => ({ volumeId: each, key: 'ebs-burst:mode', got: each.repeat(10) })),
    );
    await almanac.recordCensus({ ...census, unwatched, invalidTags });
    expect(await almanac.latestCensus()).toMatchObject({
      value: { unwatched: { total: 50_000 }, invalidTags: { total: 50_000 } },
    });
  });
});

describe('profiles', () => {
  test('answer for every id', async () => {
    const { almanac, table } = almanacUnderTest();
    const [other, broken] = [volumeId('vol-00000000000000001'), volumeId('vol-00000000000000002')];
    await almanac.recordProfile(id, profile);
    await table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: { pk: { S: `VOLUME#${broken}` }, sk: { S: 'PROFILE' }, body: { S: '{}' } },
      }),
    );
    const found = await almanac.profiles([id, other, broken]);
    expect(found.get(id)).toEqual({ kind: 'read', value: profile, at: START });
    expect(found.get(other)).toEqual({
      kind: 'unread',
      why: 'no demand profile yet; the next daily run makes one',
    });
    expect(found.get(broken)).toMatchObject({
      kind: 'unread',
      why: expect.stringContaining(`item VOLUME#${broken}/PROFILE is malformed`),
    });
  });
});

test('metric reads add up per day', async () => {
  const { almanac } = almanacUnderTest();
  await Promise.all([7, 11, 4].map((metrics) => almanac.countMetricReads('2026-11-22', metrics)));
  await almanac.countMetricReads('2026-11-23', 1);
  expect(await almanac.metricReads('2026-11-22')).toBe(22);
  expect(await almanac.metricReads('2026-11-24')).toBe(0);
});
