import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { alarmNameOf } from '../../core/domain/credits/alarm-plan.ts';
import { instant } from '../../core/domain/units.ts';
import { cloudwatchAlarmShelf } from '../../lambda/adapters/cloudwatch-alarm-shelf.ts';
import { ec2VolumeCatalog } from '../../lambda/adapters/ec2-volume-catalog.ts';
import { connect } from '../../twin/connect.ts';
import { volumeId } from './account-under-test.ts';

const idOf = (index: number) => volumeId(`vol-0${String(index).padStart(16, '0')}`);
const now = instant(Date.UTC(2026, 10, 22, 10));

/** How AWS cuts one list: how many items each page has (none at all is a page too), and what ends the last. */
const cuts = fc.record({
  sizes: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 12 }),
  lastToken: fc.constantFrom(undefined, ''),
});
type Cut = typeof cuts extends fc.Arbitrary<infer Value> ? Value : never;

const totalOf = ({ sizes }: Cut): number => sizes.reduce((sum, size) => sum + size, 0);

/** Answers every list with pages cut like that; a token that was not given ends the test. */
function paging<Item>(cut: Cut, key: string, items: readonly Item[]) {
  return async (_service: string, _operation: string, input: object): Promise<object> => {
    const token = (input as { NextToken?: string }).NextToken;
    const page = token === undefined ? 0 : Number(/^page-(\d+)$/.exec(token)?.[1] ?? Number.NaN);
    const size = cut.sizes[page];
    if (size === undefined) throw new Error(`got the token ${JSON.stringify(token)}, which was never given`);
    const start = totalOf({ ...cut, sizes: cut.sizes.slice(0, page) });
    const isLast = page === cut.sizes.length - 1;
    return {
      [key]: items.slice(start, start + size),
      NextToken: isLast ? cut.lastToken : `page-${page + 1}`,
    };
  };
}

const numbers = (cut: Cut): readonly number[] => Array.from({ length: totalOf(cut) }, (_, index) => index);

const volumes = (cut: Cut) =>
  paging(
    cut,
    'Volumes',
    numbers(cut).map((index) => ({
      VolumeId: idOf(index),
      VolumeType: 'gp2',
      Size: 100,
      State: 'in-use',
      CreateTime: new Date(now),
    })),
  );

describe('a list that comes in pages of any size, empty ones among them', () => {
  test.prop([cuts])('gives the census every volume once', async (cut) => {
    const catalog = ec2VolumeCatalog(
      connect(new EC2Client({ region: 'us-east-1' }), volumes(cut), 'test'),
      () => now,
    );
    const found: string[] = [];
    for await (const page of catalog.all()) found.push(...page.map(({ id }) => id));
    expect(found).toEqual(numbers(cut).map(idOf));
  });

  test.prop([cuts])('gives the responder every volume it asked for', async (cut) => {
    const catalog = ec2VolumeCatalog(
      connect(new EC2Client({ region: 'us-east-1' }), volumes(cut), 'test'),
      () => now,
    );
    const wanted = numbers(cut).map(idOf);
    expect([...(await catalog.describe(wanted)).keys()]).toEqual(wanted);
  });

  test.prop([cuts])('gives every latest modification', async (cut) => {
    const answer = paging(
      cut,
      'VolumesModifications',
      numbers(cut).map((index) => ({
        VolumeId: idOf(index),
        ModificationState: 'completed',
        StartTime: new Date(now),
        OriginalVolumeType: 'gp2',
        TargetVolumeType: 'gp2',
      })),
    );
    const catalog = ec2VolumeCatalog(
      connect(new EC2Client({ region: 'us-east-1' }), answer, 'test'),
      () => now,
    );
    const found = await catalog.latestModifications(numbers(cut).map(idOf));
    expect([...found.values()]).not.toContainEqual(expect.objectContaining({ value: 'never' }));
  });

  test.prop([cuts])('gives every alarm once', async (cut) => {
    const answer = paging(
      cut,
      'MetricAlarms',
      numbers(cut).map((index) => ({ AlarmName: alarmNameOf(idOf(index)) })),
    );
    const shelf = cloudwatchAlarmShelf(
      connect(new CloudWatchClient({ region: 'us-east-1' }), answer, 'test'),
      'd',
    );
    expect((await shelf.list()).map(({ name }) => name)).toEqual(numbers(cut).map(idOf).map(alarmNameOf));
  });
});
