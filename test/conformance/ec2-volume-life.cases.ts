import {
  AttachVolumeCommand,
  CreateVolumeCommand,
  DeleteVolumeCommand,
  DescribeInstancesCommand,
  DescribeVolumesCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { type AccountCase, accountOfTwin, twinAccount } from './account.ts';
import type { ConformanceEbsAccount, EbsCase } from './ebs-account.ts';
import { refused, same } from './expectations.ts';

const GP2 = { volumeType: 'gp2', sizeGiB: 1 } as const;

const describedIn = async ({ ec2 }: Pick<ConformanceEbsAccount, 'ec2'>, VolumeId: string) =>
  (await ec2.send(new DescribeVolumesCommand({ VolumeIds: [VolumeId] }))).Volumes?.[0];

/** A simulated account with one instance that was started through the API. */
async function withInstance() {
  const twin = accountOfTwin();
  const account = twinAccount(twin);
  const { Instances: [instance] = [] } = await account.ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 'c6g.medium',
      MinCount: 1,
      MaxCount: 1,
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'storage' }] }],
    }),
  );
  const InstanceId = instance?.InstanceId ?? '';
  const stateNow = async () =>
    (await account.ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }))).Reservations?.[0]
      ?.Instances?.[0]?.State?.Name;
  return { twin, account, instance, InstanceId, stateNow };
}

export const volumeLifeCases: readonly EbsCase[] = [
  {
    fact: 'A volume is created in its zone with its type, its size and its tags.',
    source: 'EC2 API reference, CreateVolume',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const { VolumeId = '' } = await account.ec2.send(
        new CreateVolumeCommand({
          AvailabilityZone: 'us-east-1a',
          VolumeType: 'gp2',
          Size: 1,
          TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'team', Value: 'storage' }] }],
        }),
      );
      const volume = await describedIn(account, VolumeId);
      same(
        'volume',
        [volume?.AvailabilityZone, volume?.VolumeType, volume?.Size, volume?.Tags],
        ['us-east-1a', 'gp2', 1, [{ Key: 'team', Value: 'storage' }]],
      );
    },
  },
  {
    fact: 'A second request with the same client token makes no second volume.',
    source: 'EC2 developer guide, Ensuring idempotency in EC2 API requests',
    confidence: 'verified',
    public: true,
    check: async ({ ec2, mark }) => {
      const make = async () =>
        (
          await ec2.send(
            new CreateVolumeCommand({
              AvailabilityZone: 'us-east-1a',
              VolumeType: 'gp2',
              Size: 1,
              ClientToken: `${mark}-token`,
            }),
          )
        ).VolumeId;
      same('volume', await make(), await make());
    },
  },
  {
    fact: 'A volume that nothing uses can be deleted, and is then not found.',
    source: 'EC2 API reference, DeleteVolume',
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const VolumeId = await account.createVolume(GP2);
      await account.ec2.send(new DeleteVolumeCommand({ VolumeId }));
      await refused(describedIn(account, VolumeId), 'InvalidVolume.NotFound');
    },
  },
  {
    fact: 'Deleting a volume that does not exist is InvalidVolume.NotFound.',
    source: 'EC2 API reference, Error codes',
    confidence: 'verified',
    public: true,
    check: ({ ec2 }) =>
      refused(
        ec2.send(new DeleteVolumeCommand({ VolumeId: 'vol-0fffffffffffffff0' })),
        'InvalidVolume.NotFound',
      ),
  },
];

export const instanceLifeCases: readonly AccountCase[] = [
  {
    fact: 'An instance is pending, with its tags, before it runs.',
    source: 'EC2 user guide, ec2-instance-lifecycle',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { twin, instance, stateNow } = await withInstance();
      same(
        'at first',
        [instance?.State?.Name, instance?.Tags],
        ['pending', [{ Key: 'team', Value: 'storage' }]],
      );
      await twin.simulation.runFor(60_000);
      same('after a minute', await stateNow(), 'running');
    },
  },
  {
    fact: 'A volume is attached to an instance that runs, not to one that is pending, and not twice.',
    source: 'EC2 API reference, AttachVolume and Error codes',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { twin, account, InstanceId } = await withInstance();
      const VolumeId = await account.createVolume(GP2);
      const attach = () =>
        account.ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId, Device: '/dev/sdf' }));
      await refused(attach(), 'IncorrectState');
      await twin.simulation.runFor(60_000);
      await attach();
      same('state', (await describedIn(account, VolumeId))?.State, 'in-use');
      await refused(attach(), 'VolumeInUse');
    },
  },
  {
    fact: 'An attached volume cannot be deleted; it outlives its instance and can be deleted then.',
    source: 'EC2 API reference, DeleteVolume; EC2 user guide, terminating-instances',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { twin, account, InstanceId, stateNow } = await withInstance();
      const VolumeId = await account.createVolume(GP2);
      await twin.simulation.runFor(60_000);
      await account.ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId, Device: '/dev/sdf' }));
      const remove = () => account.ec2.send(new DeleteVolumeCommand({ VolumeId }));
      await refused(remove(), 'VolumeInUse');
      await account.ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
      same('at first', await stateNow(), 'shutting-down');
      await twin.simulation.runFor(60_000);
      same('after a minute', await stateNow(), 'terminated');
      await remove();
    },
  },
];
