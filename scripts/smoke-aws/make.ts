import {
  AttachVolumeCommand,
  CreateVolumeCommand,
  DescribeInstancesCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { alarmNameOf } from '../../core/domain/credits/alarm-plan.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import { mostHours, volumeSize } from './estimate.ts';
import { loadScript } from './load-script.ts';
import { nameOf, partitionOf, queueArnOf, ruleArnOf, runTagKey, type Site, tagsOf } from './names.ts';
import type { World } from './world.ts';

/** Where and in which run things are made; each gets the tag of the run in the call that makes it. */
export interface Making {
  readonly clients: World['clients'];
  readonly site: Site;
  readonly run: string;
}

/** Hears the topic and the rule, and nobody else. */
export async function makeQueue({ clients: { sqs }, site, run }: Making, topicArn: string): Promise<string> {
  const hears = (Sid: string, service: string, source: string) => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sqs:SendMessage',
    Resource: queueArnOf(site, run),
    Condition: { ArnEquals: { 'aws:SourceArn': source } },
  });
  const Statement = [
    hears('Notices', 'sns.amazonaws.com', topicArn),
    hears('Events', 'events.amazonaws.com', ruleArnOf(site, run)),
  ];
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: nameOf(run),
      Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) },
      tags: { [runTagKey]: run },
    }),
  );
  return given(QueueUrl, 'CreateQueue named no queue');
}

export async function subscribe({ clients: { sns }, site, run }: Making, TopicArn: string): Promise<void> {
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArnOf(site, run) }));
}

/** EC2 user guide, "Reference the latest AMIs using Systems Manager public parameters". */
const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/** In the default VPC, without a key or a profile; whether it runs yet, `isRunning` tells. */
export async function runInstance({ clients: { ec2 }, run }: Making, mode: 'notify' | 'act') {
  const script = loadScript(mostHours[mode].instance * 60);
  const { Instances: [instance] = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: image,
      InstanceType: 'c6g.medium',
      MinCount: 1,
      MaxCount: 1,
      UserData: Buffer.from(script).toString('base64'),
      InstanceInitiatedShutdownBehavior: 'terminate',
      MetadataOptions: { HttpTokens: 'required' },
      TagSpecifications: [
        { ResourceType: 'instance', Tags: tagsOf(run) },
        { ResourceType: 'volume', Tags: tagsOf(run) },
      ],
    }),
  );
  return {
    id: given(instance?.InstanceId, 'RunInstances named no instance'),
    zone: given(instance?.Placement?.AvailabilityZone, 'RunInstances named no zone'),
  };
}

export async function isRunning({ clients: { ec2 } }: Making, id: string): Promise<boolean> {
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: [id] }] }),
  );
  return Reservations[0]?.Instances?.[0]?.State?.Name === 'running';
}

export async function makeVolume({ clients: { ec2 }, run }: Making, zone: string): Promise<VolumeId> {
  const { VolumeId = '' } = await ec2.send(
    new CreateVolumeCommand({
      AvailabilityZone: zone,
      VolumeType: 'gp2',
      Size: volumeSize,
      TagSpecifications: [{ ResourceType: 'volume', Tags: tagsOf(run) }],
    }),
  );
  if (!isVolumeId(VolumeId))
    throw new Error(`CreateVolume answered the id ${JSON.stringify(VolumeId)}, expected vol-…`);
  return VolumeId;
}

export async function attach(
  { clients: { ec2 } }: Making,
  VolumeId: VolumeId,
  InstanceId: string,
): Promise<void> {
  await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId, Device: '/dev/sdf' }));
}

/** Sends every event about the volume, its alarm and its instance to the queue. */
export async function makeRule(
  { clients: { eventBridge }, site, run }: Making,
  volumeId: VolumeId,
  instanceId: string,
): Promise<void> {
  const { account, region } = site;
  const arn = (service: string, rest: string) =>
    `arn:${partitionOf(region)}:${service}:${region}:${account}:${rest}`;
  const resources = [
    arn('ec2', `volume/${volumeId}`),
    arn('ec2', `instance/${instanceId}`),
    arn('cloudwatch', `alarm:${alarmNameOf(volumeId)}`),
  ];
  await eventBridge.send(
    new PutRuleCommand({
      Name: nameOf(run),
      Description: `Events of the volume of ${nameOf(run)}`,
      EventPattern: JSON.stringify({ source: ['aws.ec2', 'aws.cloudwatch'], resources }),
      Tags: tagsOf(run),
    }),
  );
  const { FailedEntries: [failed] = [] } = await eventBridge.send(
    new PutTargetsCommand({ Rule: nameOf(run), Targets: [{ Id: 'queue', Arn: queueArnOf(site, run) }] }),
  );
  if (failed !== undefined) throw new Error(`PutTargets: ${failed.ErrorCode} ${failed.ErrorMessage}`);
}

function given<T>(value: T | undefined, fault: string): T {
  if (value === undefined) throw new Error(fault);
  return value;
}
