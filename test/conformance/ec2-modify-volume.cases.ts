import {
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  ModifyVolumeCommand,
  type ModifyVolumeCommandInput,
  type VolumeModification,
} from '@aws-sdk/client-ec2';
import type { Confidence } from './case.ts';
import type { ConformanceEbsAccount, EbsCase, VolumeToCreate } from './ebs-account.ts';
import { refused, refusedAsInvalid, same, wouldSucceed } from './expectations.ts';

type Change = Omit<ModifyVolumeCommandInput, 'VolumeId' | 'DryRun'>;

const API = 'EC2 API reference, ModifyVolume';
const GUIDE = 'EBS user guide, ebs-modify-volume';
const TYPES = 'EBS user guide, ebs-volume-types';
const GENERAL = 'EBS user guide, general-purpose';
const PROVISIONED = 'EBS user guide, provisioned-iops';
const CSI = 'kubernetes-sigs/aws-ebs-csi-driver, pkg/cloud';

const modify = ({ ec2 }: ConformanceEbsAccount, VolumeId: string, change: Change, DryRun = false) =>
  ec2.send(new ModifyVolumeCommand({ VolumeId, ...change, ...(DryRun ? { DryRun } : {}) }));

interface Limit {
  readonly fact: string;
  readonly source: string;
  readonly volume: VolumeToCreate;
  readonly accepts?: readonly Change[];
  readonly refuses: readonly Change[];
}

const gp2 = (sizeGiB: number): VolumeToCreate => ({ volumeType: 'gp2', sizeGiB });

const LIMITS: readonly Limit[] = [
  {
    fact: 'gp2 has at most 16,384 GiB.',
    source: TYPES,
    volume: gp2(100),
    accepts: [{ Size: 16_384 }],
    refuses: [{ Size: 16_385 }],
  },
  {
    fact: 'gp3 has at most 65,536 GiB.',
    source: TYPES,
    volume: gp2(100),
    refuses: [{ VolumeType: 'gp3', Size: 65_537 }],
  },
  {
    fact: 'io1 has at most 16,384 GiB.',
    source: TYPES,
    volume: gp2(100),
    accepts: [{ VolumeType: 'io1', Size: 16_384, Iops: 100 }],
    refuses: [{ VolumeType: 'io1', Size: 16_385, Iops: 100 }],
  },
  {
    fact: 'io2 has at most 65,536 GiB.',
    source: TYPES,
    volume: gp2(100),
    refuses: [{ VolumeType: 'io2', Size: 65_537, Iops: 100 }],
  },
  {
    fact: 'st1 and sc1 have at most 16,384 GiB.',
    source: TYPES,
    volume: gp2(125),
    accepts: [
      { VolumeType: 'st1', Size: 16_384 },
      { VolumeType: 'sc1', Size: 16_384 },
    ],
    refuses: [
      { VolumeType: 'st1', Size: 16_385 },
      { VolumeType: 'sc1', Size: 16_385 },
    ],
  },
  {
    fact: 'st1 and sc1 have at least 125 GiB.',
    source: TYPES,
    volume: gp2(124),
    accepts: [
      { VolumeType: 'st1', Size: 125 },
      { VolumeType: 'sc1', Size: 125 },
    ],
    refuses: [{ VolumeType: 'st1' }, { VolumeType: 'sc1' }],
  },
  {
    fact: 'io1 and io2 have at least 4 GiB.',
    source: TYPES,
    volume: gp2(3),
    accepts: [
      { VolumeType: 'io1', Size: 4, Iops: 100 },
      { VolumeType: 'io2', Size: 4, Iops: 100 },
    ],
    refuses: [
      { VolumeType: 'io1', Iops: 100 },
      { VolumeType: 'io2', Iops: 100 },
    ],
  },
  {
    fact: 'gp3 takes 3,000 to 80,000 IOPS.',
    source: GENERAL,
    volume: gp2(161),
    accepts: [
      { VolumeType: 'gp3', Iops: 3_000 },
      { VolumeType: 'gp3', Iops: 80_000 },
    ],
    refuses: [
      { VolumeType: 'gp3', Iops: 2_999 },
      { VolumeType: 'gp3', Iops: 80_001 },
    ],
  },
  {
    fact: 'gp3 takes at most 500 IOPS per GiB.',
    source: GENERAL,
    volume: gp2(100),
    accepts: [{ VolumeType: 'gp3', Iops: 50_000 }],
    refuses: [{ VolumeType: 'gp3', Iops: 50_001 }],
  },
  {
    fact: 'gp3 includes 3,000 IOPS at every size, also where 500 per GiB are fewer.',
    source: GENERAL,
    volume: gp2(1),
    accepts: [{ VolumeType: 'gp3', Iops: 3_000 }],
    refuses: [{ VolumeType: 'gp3', Iops: 3_001 }],
  },
  {
    fact: 'gp3 takes 125 to 2,000 MiB/s.',
    source: GENERAL,
    volume: gp2(100),
    accepts: [
      { VolumeType: 'gp3', Iops: 8_004, Throughput: 125 },
      { VolumeType: 'gp3', Iops: 8_004, Throughput: 2_000 },
    ],
    refuses: [
      { VolumeType: 'gp3', Iops: 8_004, Throughput: 124 },
      { VolumeType: 'gp3', Iops: 8_004, Throughput: 2_001 },
    ],
  },
  {
    fact: 'gp3 takes at most 0.25 MiB/s per IOPS.',
    source: GENERAL,
    volume: gp2(100),
    accepts: [{ VolumeType: 'gp3', Iops: 3_000, Throughput: 750 }],
    refuses: [{ VolumeType: 'gp3', Iops: 3_000, Throughput: 751 }],
  },
  {
    fact: 'io1 takes 100 to 64,000 IOPS.',
    source: PROVISIONED,
    volume: gp2(1_281),
    accepts: [
      { VolumeType: 'io1', Iops: 100 },
      { VolumeType: 'io1', Iops: 64_000 },
    ],
    refuses: [
      { VolumeType: 'io1', Iops: 99 },
      { VolumeType: 'io1', Iops: 64_001 },
    ],
  },
  {
    fact: 'io1 takes at most 50 IOPS per GiB.',
    source: PROVISIONED,
    volume: gp2(100),
    accepts: [{ VolumeType: 'io1', Iops: 5_000 }],
    refuses: [{ VolumeType: 'io1', Iops: 5_001 }],
  },
  {
    fact: 'io2 takes at least 100 IOPS and at most 256,000.',
    source: PROVISIONED,
    volume: gp2(257),
    accepts: [{ VolumeType: 'io2', Iops: 100 }],
    refuses: [
      { VolumeType: 'io2', Iops: 99 },
      { VolumeType: 'io2', Iops: 256_001 },
    ],
  },
  {
    fact: 'io2 takes at most 1,000 IOPS per GiB.',
    source: PROVISIONED,
    volume: gp2(4),
    accepts: [{ VolumeType: 'io2', Iops: 4_000 }],
    refuses: [{ VolumeType: 'io2', Iops: 4_001 }],
  },
  {
    fact: 'Without Iops a change to io1 below 60 GiB is refused, because the default of 3,000 breaks the ratio of 50.',
    source: `${API}, Iops`,
    volume: gp2(59),
    accepts: [{ VolumeType: 'io1', Size: 60 }],
    refuses: [{ VolumeType: 'io1' }],
  },
  {
    fact: 'Throughput can be bought for gp3 only.',
    source: `${API}, Throughput`,
    volume: gp2(125),
    refuses: [
      { Throughput: 250 },
      { VolumeType: 'io1', Iops: 1_000, Throughput: 250 },
      { VolumeType: 'io2', Iops: 1_000, Throughput: 250 },
      { VolumeType: 'st1', Throughput: 250 },
    ],
  },
  {
    fact: 'A size can only grow.',
    source: GUIDE,
    volume: gp2(100),
    accepts: [{ Size: 101 }],
    refuses: [{ Size: 99 }],
  },
  {
    fact: 'A volume with Multi-Attach can change between io1 and io2 only.',
    source: GUIDE,
    volume: { volumeType: 'io2', sizeGiB: 100, iops: 1_000, multiAttach: true },
    accepts: [{ VolumeType: 'io1', Iops: 1_000 }],
    refuses: [{ VolumeType: 'gp3' }, { VolumeType: 'gp2' }],
  },
];

const limitCase = ({ fact, source, volume, accepts = [], refuses }: Limit): EbsCase => ({
  fact,
  source,
  confidence: 'verified',
  public: true,
  check: async (account) => {
    const id = await account.createVolume(volume);
    for (const change of accepts) await wouldSucceed(modify(account, id, change, true));
    for (const change of refuses) await refusedAsInvalid(JSON.stringify(change), modify(account, id, change));
  },
});

interface Refusal {
  readonly fact: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly volume: VolumeToCreate;
  readonly change: Change;
  readonly code: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    fact: 'A smaller size is refused with InvalidParameterValue.',
    source: CSI,
    confidence: 'secondary',
    volume: gp2(100),
    change: { Size: 99 },
    code: 'InvalidParameterValue',
  },
  {
    fact: 'More IOPS than a type has are refused with InvalidParameterValue.',
    source: CSI,
    confidence: 'secondary',
    volume: gp2(1_000),
    change: { VolumeType: 'gp3', Iops: 200_000 },
    code: 'InvalidParameterValue',
  },
  {
    fact: 'An io2 volume beyond its limits is refused with InvalidParameterCombination.',
    source: CSI,
    confidence: 'secondary',
    volume: gp2(4),
    change: { VolumeType: 'io2', Iops: 4_001 },
    code: 'InvalidParameterCombination',
  },
  {
    fact: 'A request without any attribute to change is refused with MissingParameter.',
    source: API,
    confidence: 'from memory',
    volume: gp2(100),
    change: {},
    code: 'MissingParameter',
  },
  {
    fact: 'Iops for gp2 are refused with InvalidParameterCombination.',
    source: `${API}, Iops`,
    confidence: 'from memory',
    volume: gp2(100),
    change: { Iops: 300 },
    code: 'InvalidParameterCombination',
  },
];

const refusalCase = ({ volume, change, code, ...fact }: Refusal): EbsCase => ({
  ...fact,
  public: true,
  check: async (account) => refused(modify(account, await account.createVolume(volume), change), code),
});

interface Default {
  readonly fact: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly volume: VolumeToCreate;
  readonly change: Change;
  readonly target: Partial<VolumeModification>;
}

const DEFAULTS: readonly Default[] = [
  ...(['gp3', 'io1', 'io2'] as const).map(
    (VolumeType): Default => ({
      fact: `A change of type to ${VolumeType} without Iops gives 3,000.`,
      source: `${API}, Iops`,
      confidence: 'verified',
      volume: gp2(100),
      change: { VolumeType },
      target: { TargetIops: 3_000 },
    }),
  ),
  {
    fact: 'A change of type to gp3 without Throughput gives 125 MiB/s; the guide says the higher of that and what gp2 had.',
    source: `${API}, Throughput; ${GENERAL}`,
    confidence: 'open',
    volume: gp2(100),
    change: { VolumeType: 'gp3' },
    target: { TargetThroughput: 125 },
  },
  {
    fact: 'Without a change of type the IOPS stay what they were.',
    source: `${API}, Iops`,
    confidence: 'verified',
    volume: { volumeType: 'io1', sizeGiB: 100, iops: 1_500 },
    change: { Size: 200 },
    target: { TargetIops: 1_500, TargetSize: 200, TargetVolumeType: 'io1' },
  },
  {
    fact: 'A change of type forgets bought IOPS.',
    source: `${API}, Iops`,
    confidence: 'verified',
    volume: { volumeType: 'gp3', sizeGiB: 100, iops: 5_000, throughput: 300 },
    change: { VolumeType: 'io2' },
    target: { TargetIops: 3_000, OriginalIops: 5_000 },
  },
  {
    fact: 'From gp3 to gp3 the throughput stays what it was.',
    source: `${API}, Throughput`,
    confidence: 'verified',
    volume: { volumeType: 'gp3', sizeGiB: 100, iops: 5_000, throughput: 300 },
    change: { Iops: 6_000 },
    target: { TargetThroughput: 300 },
  },
  {
    fact: 'The answer names what the volume was and what it will be, gp2’s IOPS being its baseline.',
    source: 'EC2 API reference, VolumeModification',
    confidence: 'verified',
    volume: gp2(100),
    change: { VolumeType: 'io1', Iops: 1_000 },
    target: {
      OriginalVolumeType: 'gp2',
      OriginalSize: 100,
      OriginalIops: 300,
      OriginalMultiAttachEnabled: false,
      TargetVolumeType: 'io1',
      TargetSize: 100,
      TargetIops: 1_000,
      TargetMultiAttachEnabled: false,
    },
  },
  {
    fact: 'The answer says modifying, at progress 0.',
    source: 'EC2 API reference, VolumeModification',
    confidence: 'verified',
    volume: gp2(100),
    change: { VolumeType: 'io1', Iops: 1_000 },
    target: { ModificationState: 'modifying', Progress: 0 },
  },
  {
    fact: 'A request that changes nothing starts a modification all the same.',
    source: CSI,
    confidence: 'secondary',
    volume: gp2(100),
    change: { VolumeType: 'gp2', Size: 100 },
    target: { ModificationState: 'modifying', OriginalVolumeType: 'gp2', TargetVolumeType: 'gp2' },
  },
];

const defaultCase = ({ volume, change, target, ...fact }: Default): EbsCase => ({
  ...fact,
  public: true,
  check: async (account) => {
    const id = await account.createVolume(volume);
    const { VolumeModification = {} } = await modify(account, id, change);
    for (const [name, expected] of Object.entries(target)) {
      same(name, VolumeModification[name as keyof VolumeModification], expected);
    }
  },
});

const MODIFIABLE = ['gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1'] as const;
const PROVISIONED_IOPS = {
  gp2: {},
  gp3: { iops: 3_000, throughput: 125 },
  io1: { iops: 100 },
  io2: { iops: 100 },
};

const OTHERS: readonly EbsCase[] = [
  {
    fact: 'Each of gp2, gp3, io1, io2, st1 and sc1 can become each other one.',
    source: GUIDE,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      for (const volumeType of MODIFIABLE) {
        const bought = volumeType === 'st1' || volumeType === 'sc1' ? {} : PROVISIONED_IOPS[volumeType];
        const id = await account.createVolume({ volumeType, sizeGiB: 125, ...bought });
        for (const VolumeType of MODIFIABLE.filter((other) => other !== volumeType)) {
          await wouldSucceed(modify(account, id, { VolumeType }, true));
        }
      }
    },
  },
  {
    fact: 'A second request is refused with IncorrectModificationState until the first has completed, also an equal one.',
    source: `${GUIDE}; code: ${CSI}`,
    confidence: 'secondary',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(gp2(100));
      const change = { VolumeType: 'gp3', Iops: 3_000 } as const;
      await modify(account, id, change);
      await refused(modify(account, id, change), 'IncorrectModificationState');
    },
  },
  {
    fact: 'An unknown volume is refused with InvalidVolume.NotFound.',
    source: 'EC2 API reference, errors-overview',
    confidence: 'from memory',
    public: true,
    check: async (account) =>
      refused(modify(account, 'vol-0123456789abcdef0', { VolumeType: 'gp3' }), 'InvalidVolume.NotFound'),
  },
  {
    fact: 'DryRun of what would work answers DryRunOperation and changes nothing.',
    source: `${API}, DryRun`,
    confidence: 'verified',
    public: true,
    check: async (account) => {
      const id = await account.createVolume(gp2(100));
      await wouldSucceed(modify(account, id, { VolumeType: 'gp3' }, true));
      const { Volumes = [] } = await account.ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }));
      same('VolumeType', Volumes[0]?.VolumeType, 'gp2');
      const byFilter = { Filters: [{ Name: 'volume-id', Values: [id] }] };
      const { VolumesModifications = [] } = await account.ec2.send(
        new DescribeVolumesModificationsCommand(byFilter),
      );
      same('number of modifications', VolumesModifications.length, 0);
    },
  },
];

export const modifyVolumeCases: readonly EbsCase[] = [
  ...LIMITS.map(limitCase),
  ...REFUSALS.map(refusalCase),
  ...DEFAULTS.map(defaultCase),
  ...OTHERS,
];
