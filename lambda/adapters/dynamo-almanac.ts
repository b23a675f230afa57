import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Almanac, Census } from '../../core/application/ports.ts';
import type { DemandProfile } from '../../core/domain/credits/demand-profile.ts';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { getItem, getItems, type Item, keyItem, type Table } from './dynamo-table.ts';
import { bodyOf, MalformedItemError, numberOf, readBody } from './item-body.ts';
import { invalidTags, unwatched } from './stored-notice.ts';
import { at, duration, number, rate, throughput } from './stored-values.ts';
import { type Key, keys } from './table-keys.ts';

const provisionedUse = v.object({ storageGibibytes: number, iops: number });

const storedCensus: v.GenericSchema<unknown, Census> = v.object({
  at,
  watched: number,
  unwatched,
  cannotRunOut: number,
  backfill: v.picklist(['complete', 'running']),
  invalidTags,
  provisioned: v.object({ gp3: provisionedUse, io1: provisionedUse, io2: provisionedUse }),
  heartbeatOwedSince: v.exactOptional(at),
  vanishingSince: v.exactOptional(at),
});

const storedProfile: v.GenericSchema<unknown, DemandProfile> = v.object({
  computedAt: at,
  covers: duration,
  iops: rate,
  throughput,
  minutesAtWall: number,
});

export function dynamoAlmanac(table: Table): Almanac {
  const put = async (key: Key, kind: 'census' | 'profile', value: object) => {
    const Item = { ...keyItem(key), kind: { S: kind }, body: bodyOf(value) };
    await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
  };
  return {
    latestCensus: async () => {
      const item = await getItem(table, keys.census);
      return item === undefined
        ? unread('no census has been taken yet')
        : factIn(item, storedCensus, (census) => census.at);
    },
    recordCensus: (census) => put(keys.census, 'census', census),
    profiles: (ids) => profiles(table, ids),
    recordProfile: (volumeId, profile) => put(keys.profile(volumeId), 'profile', profile),
    countMetricReads: async (day, metrics) => {
      await table.client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: keyItem(keys.meter(day)),
          UpdateExpression: 'SET #kind = :meter ADD #reads :more',
          ExpressionAttributeNames: { '#kind': 'kind', '#reads': 'reads' },
          ExpressionAttributeValues: { ':meter': { S: 'meter' }, ':more': { N: String(metrics) } },
        }),
      );
    },
    metricReads: async (day) => {
      const item = await getItem(table, keys.meter(day));
      return item === undefined ? 0 : numberOf(item, 'reads');
    },
  };
}

async function profiles(
  table: Table,
  ids: readonly VolumeId[],
): Promise<ReadonlyMap<VolumeId, Reading<DemandProfile>>> {
  const items = await getItems(table, ids.map(keys.profile));
  const byKey = new Map(items.map((item) => [item['pk']?.S, item]));
  return new Map(
    ids.map((id) => {
      const item = byKey.get(keys.profile(id).pk);
      return [
        id,
        item === undefined
          ? unread('no demand profile yet; the next daily run makes one')
          : factIn(item, storedProfile, (profile) => profile.computedAt),
      ];
    }),
  );
}

/** A fact is as old as it was made, not as it was read. */
function factIn<Fact>(
  item: Item,
  schema: v.GenericSchema<unknown, Fact>,
  madeAt: (fact: Fact) => Instant,
): Reading<Fact> {
  try {
    const fact = readBody(schema, item);
    return read(fact, madeAt(fact));
  } catch (error) {
    if (error instanceof MalformedItemError) return unread(error.message);
    throw error;
  }
}
