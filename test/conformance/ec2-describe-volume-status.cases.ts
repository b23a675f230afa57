import { DescribeVolumeStatusCommand } from '@aws-sdk/client-ec2';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import { connectedEbsAccount, MINUTE } from '../twin/connected-ebs-account.ts';
import type { EbsCase } from './ebs-account.ts';
import { same } from './expectations.ts';

const GP2: VolumeOptions = { volumeType: 'gp2', sizeGiB: 100 };

/** What is told of its initialisation now and at each of these minutes after its creation. */
async function initialisation(options: Partial<VolumeOptions>, minutes: readonly number[]) {
  const { ec2, volumes, simulation } = connectedEbsAccount();
  const { id, createdAt } = volumes.createVolume({ ...GP2, ...options });
  const told: unknown[] = [];
  for (const minute of minutes) {
    await simulation.runUntil(createdAt + minute * MINUTE);
    const { VolumeStatuses } = await ec2.send(new DescribeVolumeStatusCommand({ VolumeIds: [id] }));
    const { InitializationStatusDetails, VolumeStatus } = VolumeStatuses?.[0] ?? {};
    const state = VolumeStatus?.Details?.find(({ Name }) => Name === 'initialization-state');
    told.push([state?.Status, InitializationStatusDetails?.Progress]);
  }
  return told;
}

export const describeVolumeStatusCases: readonly EbsCase[] = [
  {
    fact: 'Of a volume made from a snapshot it is told how far it is initialised, in per cent.',
    source: 'EBS user guide, ebs-initialize-monitor; EC2 API reference, InitializationStatusDetails',
    confidence: 'verified',
    public: false,
    check: async () => {
      const told = await initialisation({ snapshotId: 'snap-1', initialisingTime: 40 * MINUTE }, [0, 30, 40]);
      same('told', told, [
        ['initializing', 0],
        ['initializing', 75],
        ['completed', 100],
      ]);
    },
  },
  {
    fact: 'Made with fast snapshot restore, it is initialised from the start.',
    source: 'EBS user guide, ebs-initialize-monitor',
    confidence: 'verified',
    public: false,
    check: async () =>
      same('told', await initialisation({ snapshotId: 'snap-1' }, [0]), [['completed', 100]]),
  },
  {
    fact: 'Of a volume made empty nothing is told of it.',
    source: 'EC2 API reference, VolumeStatusItem',
    confidence: 'verified',
    public: false,
    check: async () => same('told', await initialisation({}, [0]), [[undefined, undefined]]),
  },
];
