import {
  DescribeVolumeStatusCommand,
  DescribeVolumesCommand,
  type EC2Client,
  type Volume as Ec2Volume,
  type Filter,
  paginateDescribeVolumes,
  paginateDescribeVolumesModifications,
  type VolumeStatusItem,
} from '@aws-sdk/client-ec2';
import type { VolumeCatalog } from '../../core/application/ports.ts';
import type { Modification, VolumeHealth } from '../../core/domain/deciding/situation.ts';
import { type Reading, unread } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import { isVolumeId, type Volume, type VolumeId } from '../../core/domain/volume.ts';
import { batches } from '../../core/domain/volume-limits.ts';
import { failedOn, isNotFound, messageOf } from './aws-errors.ts';
import { chunksOf, inParallel } from './batches.ts';
import { healthOf, isGone, modificationOf, volumeOf } from './ec2-volume.ts';

/**
 * EC2's view of volumes. Ids go into filters, never into an id list, wherever EC2 has the filter: an id list fails
 * whole for one deleted volume, and an empty one means every volume of the account.
 */
export function ec2VolumeCatalog(ec2: EC2Client, now: () => Instant): VolumeCatalog {
  return {
    describe: async (ids) => {
      const found = await inParallel(filters(ids), (filter) => describedBy(ec2, filter));
      return new Map(found.flat().map((volume) => [volume.id, volume]));
    },
    all: () => everything(ec2),
    latestModifications: async (ids) => {
      const answers = await inParallel(chunksOf(ids, batches.filterValues), (chunk) =>
        modificationsOf(ec2, chunk, now()),
      );
      return new Map(answers.flat());
    },
    health: async (ids) => {
      const answers = await inParallel(chunksOf(ids, batches.describeVolumesPage), (chunk) =>
        healthsOf(ec2, chunk, now()),
      );
      return new Map(answers.flat());
    },
    attachedTo: async (instanceId) => {
      const volumes = await describedBy(ec2, { Name: 'attachment.instance-id', Values: [instanceId] });
      return volumes.map(({ id }) => id);
    },
  };
}

const filters = (ids: readonly VolumeId[]): readonly Filter[] =>
  chunksOf(ids, batches.filterValues).map((chunk) => ({ Name: 'volume-id', Values: [...chunk] }));

/** At most 200 ids, so one page of 1,000 holds every answer; a token would still be followed. */
async function describedBy(ec2: EC2Client, filter: Filter): Promise<readonly Volume[]> {
  const found: Volume[] = [];
  for await (const page of paginateDescribeVolumes(
    { client: ec2, pageSize: batches.describeVolumesPage },
    { Filters: [filter] },
  )) {
    found.push(...known(page.Volumes));
  }
  return found;
}

async function* everything(ec2: EC2Client): AsyncGenerator<readonly Volume[]> {
  let token: string | undefined;
  do {
    const page = await ec2.send(
      new DescribeVolumesCommand({ MaxResults: batches.describeVolumesPage, NextToken: token }),
    );
    yield known(page.Volumes);
    // An empty token is none, as the SDK's own paginators have it: sent back, it would begin the list again.
    token = page.NextToken === '' ? undefined : page.NextToken;
  } while (token !== undefined);
}

const known = (volumes: readonly Ec2Volume[] = []): readonly Volume[] =>
  volumes.flatMap((volume) => {
    const id = volume.VolumeId ?? '';
    return isVolumeId(id) && !isGone(volume) ? volumeOf(id, volume) : [];
  });

type Answers<Fact> = readonly (readonly [VolumeId, Reading<Fact>])[];

const allUnread = <Fact>(ids: readonly VolumeId[], why: string): Answers<Fact> =>
  ids.map((id) => [id, unread(why)]);

async function modificationsOf(
  ec2: EC2Client,
  ids: readonly VolumeId[],
  now: Instant,
): Promise<Answers<Modification | 'never'>> {
  const found = new Map<string, Reading<Modification>>();
  try {
    for await (const page of paginateDescribeVolumesModifications(
      { client: ec2, pageSize: batches.describeModificationsPage },
      { Filters: [{ Name: 'volume-id', Values: [...ids] }] },
    )) {
      for (const one of page.VolumesModifications ?? [])
        found.set(one.VolumeId ?? '', modificationOf(one, now));
    }
  } catch (error) {
    return allUnread(ids, failedOn(error, 'ec2:DescribeVolumesModifications'));
  }
  return ids.map((id) => [id, found.get(id) ?? { kind: 'read', value: 'never', at: now }]);
}

/**
 * DescribeVolumeStatus has no volume-id filter (EC2 API reference), so this one takes an id list. Ids that EC2 names
 * as missing are left out of a second try; when it names none of ours, the list is halved until they are found.
 */
async function healthsOf(
  ec2: EC2Client,
  ids: readonly VolumeId[],
  now: Instant,
): Promise<Answers<VolumeHealth>> {
  if (ids.length === 0) return [];
  try {
    const { VolumeStatuses = [] } = await ec2.send(new DescribeVolumeStatusCommand({ VolumeIds: [...ids] }));
    return statusesOf(ids, VolumeStatuses, now);
  } catch (error) {
    if (!isNotFound(error)) return allUnread(ids, failedOn(error, 'ec2:DescribeVolumeStatus'));
    const named = new Set(messageOf(error).match(/vol-[0-9a-f]+/g));
    const missing = ids.length === 1 ? ids : ids.filter((id) => named.has(id));
    const rest = ids.filter((id) => !missing.includes(id));
    const parts = missing.length > 0 ? [rest] : chunksOf(rest, Math.ceil(rest.length / 2));
    const answers = await Promise.all(parts.map((part) => healthsOf(ec2, part, now)));
    return [...allUnread<VolumeHealth>(missing, 'the volume no longer exists'), ...answers.flat()];
  }
}

function statusesOf(
  ids: readonly VolumeId[],
  statuses: readonly VolumeStatusItem[],
  now: Instant,
): Answers<VolumeHealth> {
  const found = new Map(statuses.map((status) => [status.VolumeId, healthOf(status, now)]));
  return ids.map((id) => [id, found.get(id) ?? unread('ec2:DescribeVolumeStatus gave no answer for it')]);
}
