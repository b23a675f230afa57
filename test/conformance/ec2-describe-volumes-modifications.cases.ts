import {
  DescribeVolumesModificationsCommand,
  type DescribeVolumesModificationsCommandInput,
  ModifyVolumeCommand,
} from '@aws-sdk/client-ec2';
import { connectedEbsAccount, HOUR, MINUTE } from '../twin/connected-ebs-account.ts';
import type { ConformanceEbsAccount, EbsCase } from './ebs-account.ts';
import { holds, refused, same, within } from './expectations.ts';

const API = 'EC2 API reference, DescribeVolumesModifications';
const SHAPE = 'EC2 API reference, VolumeModification';
const CSI = 'kubernetes-sigs/aws-ebs-csi-driver, pkg/cloud';
const GP2 = { volumeType: 'gp2', sizeGiB: 100 } as const;
const BRIEF = { modifyingTime: () => 10_000, optimizingTime: () => 20 * MINUTE };

type Reader = Pick<ConformanceEbsAccount, 'ec2'>;

const describe = async ({ ec2 }: Reader, input: DescribeVolumesModificationsCommandInput) =>
  (await ec2.send(new DescribeVolumesModificationsCommand(input))).VolumesModifications ?? [];

const byFilter = (...Values: string[]) => ({ Filters: [{ Name: 'volume-id', Values }] });

const toIo1 = ({ ec2 }: Reader, VolumeId: string) =>
  ec2.send(new ModifyVolumeCommand({ VolumeId, VolumeType: 'io1', Iops: 1_000 }));

const REFUSALS: readonly EbsCase[] = [
  {
    fact: 'A volume that was never modified fails a call by id with InvalidVolumeModification.NotFound.',
    source: CSI,
    confidence: 'secondary',
    public: true,
    check: async (account) => {
      const [modified, never] = [await account.createVolume(GP2), await account.createVolume(GP2)];
      await toIo1(account, modified);
      await refused(
        describe(account, { VolumeIds: [modified, never] }),
        'InvalidVolumeModification.NotFound',
      );
    },
  },
  {
    fact: 'A page of more than 500 is refused.',
    source: `${API}, MaxResults`,
    confidence: 'verified',
    public: true,
    check: async (account) => refused(describe(account, { MaxResults: 501 }), 'InvalidParameterValue'),
  },
  {
    fact: 'Ids and MaxResults exclude each other.',
    source: 'stackd, an emulator made from captured answers',
    confidence: 'secondary',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(GP2);
      await toIo1(account, id);
      await refused(describe(account, { VolumeIds: [id], MaxResults: 5 }), 'InvalidParameterCombination');
    },
  },
];

const READS: readonly EbsCase[] = [
  {
    fact: 'A volume that was never modified is just missing from a call by filter.',
    source: API,
    confidence: 'from memory',
    public: true,
    check: async (account) => {
      const [modified, never] = [await account.createVolume(GP2), await account.createVolume(GP2)];
      await toIo1(account, modified);
      const found = await describe(account, byFilter(modified, never));
      same('number found', found.length, 1);
      same('the found one is the modified one', found[0]?.VolumeId === modified, true);
    },
  },
  {
    fact: 'What a volume was and what it will be stand side by side, without a throughput where none is bought.',
    source: SHAPE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(GP2);
      await toIo1(account, id);
      const [found] = await describe(account, byFilter(id));
      const { OriginalVolumeType, OriginalSize, OriginalIops, TargetVolumeType, TargetSize, TargetIops } =
        found ?? {};
      same('original', [OriginalVolumeType, OriginalSize, OriginalIops], ['gp2', 100, 300]);
      same('target', [TargetVolumeType, TargetSize, TargetIops], ['io1', 100, 1_000]);
      same('TargetThroughput', found?.TargetThroughput, undefined);
      within('Progress', found?.Progress, 0, 100);
      holds('StartTime is a time', found?.StartTime instanceof Date);
    },
  },
  {
    fact: 'The filter modification-state finds a modification by its state.',
    source: `${API}, Filters`,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(GP2);
      await toIo1(account, id);
      const inState = (...Values: string[]) =>
        describe(account, {
          Filters: [...byFilter(id).Filters, { Name: 'modification-state', Values }],
        });
      same('number modifying or optimizing', (await inState('modifying', 'optimizing')).length, 1);
      same('number failed', (await inState('failed')).length, 0);
    },
  },
  {
    fact: 'Only the latest modification of a volume is told.',
    source: API,
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = connectedEbsAccount({ volumes: BRIEF });
      const { id } = account.volumes.createVolume(GP2);
      await toIo1(account, id);
      await account.simulation.runFor(HOUR);
      await account.ec2.send(new ModifyVolumeCommand({ VolumeId: id, VolumeType: 'gp2' }));
      const found = await describe(account, { VolumeIds: [id] });
      same(
        'targets',
        found.map(({ TargetVolumeType }) => TargetVolumeType),
        ['gp2'],
      );
    },
  },
  {
    fact: 'Without ids, MaxResults splits the answer into pages.',
    source: `${API}, MaxResults`,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, ec2 } = connectedEbsAccount({ volumes: BRIEF });
      for (let count = 0; count < 501; count += 1) {
        volumes.modifyByPerson(volumes.createVolume(GP2).id, { volumeType: 'gp3' });
      }
      const first = await ec2.send(new DescribeVolumesModificationsCommand({ MaxResults: 500 }));
      same('size of the first page', first.VolumesModifications?.length, 500);
      const { NextToken } = first;
      const last = await ec2.send(new DescribeVolumesModificationsCommand({ MaxResults: 500, NextToken }));
      same('the last page', [last.VolumesModifications?.length, last.NextToken], [1, undefined]);
    },
  },
  {
    fact: 'Progress goes from 0 to 100, and EndTime appears only when it is over.',
    source: SHAPE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = connectedEbsAccount({ volumes: BRIEF });
      const { id } = account.volumes.createVolume(GP2);
      await toIo1(account, id);
      const progress: (number | undefined)[] = [];
      for (let minute = 0; minute <= 25; minute += 5) {
        const [found] = await describe(account, { VolumeIds: [id] });
        progress.push(found?.Progress);
        same('has an EndTime', found?.EndTime !== undefined, found?.ModificationState === 'completed');
        await account.simulation.runFor(5 * MINUTE);
      }
      same('first and last', [progress[0], progress.at(-1)], [0, 100]);
      same(
        'never falls',
        progress,
        progress.toSorted((a = 0, b = 0) => a - b),
      );
    },
  },
];

export const describeVolumesModificationsCases: readonly EbsCase[] = [...REFUSALS, ...READS];
