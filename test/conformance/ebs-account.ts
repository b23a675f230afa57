import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateVolumeCommand, DeleteVolumeCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { Account } from '../../twin/account.ts';
import type { VolumeType } from '../../twin/ebs/volume-types.ts';
import type { ConformanceCase } from './case.ts';

export interface VolumeToCreate {
  readonly volumeType: VolumeType;
  readonly sizeGiB: number;
  readonly iops?: number;
  readonly throughput?: number;
  readonly multiAttach?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

interface PublishedPoint {
  /** Milliseconds since the epoch, a whole minute. */
  readonly at: number;
  readonly value: number;
}

interface PublishedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** An account around its volumes: two clients for what is checked, and the rest to set the stage. */
export interface ConformanceEbsAccount {
  readonly ec2: EC2Client;
  readonly cloudwatch: CloudWatchClient;
  /** Used by nobody else in the account: names and tags of one case start with it. */
  readonly mark: string;
  /** The account's own clock, in milliseconds since the epoch. */
  readonly now: () => number;
  createVolume(volume: VolumeToCreate): Promise<string>;
  deleteVolume(id: string): Promise<void>;
  /** One value a minute, to be read at once. */
  publish(metric: PublishedMetric, points: readonly PublishedPoint[]): Promise<void>;
}

export type EbsCase = ConformanceCase<ConformanceEbsAccount>;

/** The levers of a twin behind what every account can be asked for. */
export function twinEbsAccount(
  { ebs: { volumes, store }, simulation }: Account,
  { ec2, cloudwatch }: Pick<ConformanceEbsAccount, 'ec2' | 'cloudwatch'>,
): ConformanceEbsAccount {
  return {
    ec2,
    cloudwatch,
    mark: 'conformance',
    now: () => simulation.now,
    createVolume: async (volume) => volumes.createVolume(volume).id,
    deleteVolume: async (id) => volumes.deleteVolume(id),
    publish: async (metric, points) => {
      const series = store.open(metric, { period: 60_000, delay: 0 });
      for (const { at, value } of points) series.append(at, value);
    },
  };
}

export interface RemoteAccount {
  readonly ec2: EC2Client;
  readonly cloudwatch: CloudWatchClient;
  readonly availabilityZone: string;
  readonly mark: string;
}

/** Anything that speaks AWS's protocols: an emulator, or an account. */
export function remoteEbsAccount(remote: RemoteAccount): ConformanceEbsAccount {
  const { ec2, cloudwatch, mark } = remote;
  return {
    ec2,
    cloudwatch,
    mark,
    now: () => Date.now(),
    createVolume: (volume) => create(remote, volume),
    deleteVolume: async (VolumeId) => void (await ec2.send(new DeleteVolumeCommand({ VolumeId }))),
    publish: async ({ namespace, name, dimensions }, points) => {
      const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
      const MetricData = points.map(({ at, value }) => ({
        MetricName: name,
        Dimensions,
        Timestamp: new Date(at),
        Value: value,
      }));
      await cloudwatch.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
    },
  };
}

async function create({ ec2, availabilityZone }: RemoteAccount, volume: VolumeToCreate): Promise<string> {
  const { volumeType, sizeGiB, iops, throughput, multiAttach, tags = {} } = volume;
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({
      AvailabilityZone: availabilityZone,
      VolumeType: volumeType,
      Size: sizeGiB,
      Iops: iops,
      Throughput: throughput,
      MultiAttachEnabled: multiAttach,
      ...(Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: 'volume', Tags }] }),
    }),
  );
  if (VolumeId === undefined) throw new Error('CreateVolume answered without a VolumeId');
  return VolumeId;
}
