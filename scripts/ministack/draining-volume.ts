import { type MetricDatum, PutMetricDataCommand, type StandardUnit } from '@aws-sdk/client-cloudwatch';
import { AttachVolumeCommand, CreateVolumeCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import type { Clients } from '../../test/conformance/clients.ts';

export interface DrainingVolume {
  readonly volumeId: VolumeId;
  readonly instanceId: string;
}

const ZONE = 'us-east-1a';

/** An attached gp2 volume whose burst credits run out within minutes, as its metrics of the last hours say. */
export async function drainingVolume(clients: Clients, name: string): Promise<DrainingVolume> {
  const { ec2 } = clients;
  const { Instances: [instance] = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-12345678',
      InstanceType: 'm5.large',
      MinCount: 1,
      MaxCount: 1,
      Placement: { AvailabilityZone: ZONE },
    }),
  );
  const Tags = [
    { Key: 'Name', Value: name },
    { Key: 'ebs-burst:mode', Value: 'act' },
  ];
  const { VolumeId: volumeId = '' } = await ec2.send(
    new CreateVolumeCommand({
      AvailabilityZone: ZONE,
      VolumeType: 'gp2',
      Size: 100,
      TagSpecifications: [{ ResourceType: 'volume', Tags }],
    }),
  );
  if (!isVolumeId(volumeId)) throw new Error(`CreateVolume: got "${volumeId}", expected a volume's id`);
  const instanceId = instance?.InstanceId ?? '';
  await ec2.send(new AttachVolumeCommand({ VolumeId: volumeId, InstanceId: instanceId, Device: '/dev/sdf' }));
  await putMetrics(clients, volumeId);
  return { volumeId, instanceId };
}

const PERIOD_MS = 300_000;
const PERIODS = 36;
/** Of PutMetricData; AWS takes 1,000. */
const BATCH = 100;

/** 2,000 operations a second of 16 KiB on a baseline of 300: 8 % of the credits in five minutes. */
async function putMetrics({ cloudwatch }: Clients, volumeId: string): Promise<void> {
  const now = Date.now();
  const data = Array.from({ length: PERIODS }, (_, ago) =>
    period(volumeId, new Date(now - (ago + 1) * PERIOD_MS), Math.min(100, 8 + ago * 8)),
  ).flat();
  for (let from = 0; from < data.length; from += BATCH)
    await cloudwatch.send(
      new PutMetricDataCommand({ Namespace: 'AWS/EBS', MetricData: data.slice(from, from + BATCH) }),
    );
}

function period(volumeId: string, Timestamp: Date, balance: number): readonly MetricDatum[] {
  const datum = (MetricName: string, Value: number, Unit: StandardUnit): MetricDatum => ({
    MetricName,
    Dimensions: [{ Name: 'VolumeId', Value: volumeId }],
    Timestamp,
    Value,
    Unit,
  });
  return [
    datum('BurstBalance', balance, 'Percent'),
    datum('VolumeQueueLength', 12, 'Count'),
    ...['Read', 'Write'].flatMap((direction) => [
      datum(`Volume${direction}Ops`, 300_000, 'Count'),
      datum(`Volume${direction}Bytes`, 300_000 * 16_384, 'Bytes'),
      datum(`VolumeTotal${direction}Time`, 900, 'Seconds'),
    ]),
    datum('VolumeIdleTime', 0, 'Seconds'),
  ];
}
