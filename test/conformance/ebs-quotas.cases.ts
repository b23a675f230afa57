import { ModifyVolumeCommand, type ModifyVolumeCommandInput } from '@aws-sdk/client-ec2';
import { ListServiceQuotasCommand } from '@aws-sdk/client-service-quotas';
import type { QuotaKind } from '../../twin/ebs/regional-quotas.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import type { VolumeType } from '../../twin/ebs/volume-types.ts';
import { connectedEbsAccount, HOUR, MINUTE } from '../twin/connected-ebs-account.ts';
import type { EbsCase } from './ebs-account.ts';
import { refused, same, wouldSucceed } from './expectations.ts';

const QUOTAS = 'EBS user guide, ebs-resource-quotas';
const ERRORS = 'EC2 API reference, errors-overview';

const DEFAULTS: readonly (readonly [QuotaKind, VolumeType, number])[] = [
  ['iops', 'io1', 300_000],
  ['iops', 'io2', 100_000],
  ['iops modifications', 'io1', 500_000],
  ['iops modifications', 'io2', 100_000],
  ...(['gp2', 'gp3', 'io1', 'st1', 'sc1'] as const).map((type) => ['storage', type, 50] as const),
  ['storage', 'io2', 20],
  ...(['gp2', 'gp3', 'io1', 'st1', 'sc1'] as const).map(
    (type) => ['storage modifications', type, 500] as const,
  ),
  ['storage modifications', 'io2', 20],
];

const unitOf = (kind: QuotaKind): string => (kind.startsWith('iops') ? 'IOPS' : 'TiB');

const defaultCase = ([kind, volumeType, value]: (typeof DEFAULTS)[number]): EbsCase => ({
  fact: `A Region’s default quota for ${kind} of ${volumeType} is ${value.toLocaleString('en-GB')} ${unitOf(kind)}.`,
  source: QUOTAS,
  confidence: 'verified',
  public: false,
  check: async () => {
    const { volumes, serviceQuotas } = connectedEbsAccount();
    const quota = volumes.quotas.all.find((one) => one.kind === kind && one.volumeType === volumeType);
    const { Quotas = [] } = await serviceQuotas.send(new ListServiceQuotasCommand({ ServiceCode: 'ebs' }));
    same('value told', Quotas.find(({ QuotaCode }) => QuotaCode === quota?.code)?.Value, value);
  },
});

interface Exceeding {
  readonly fact: string;
  readonly source: string;
  readonly quota: readonly [QuotaKind, VolumeType, number];
  readonly volume: VolumeOptions;
  readonly change: Omit<ModifyVolumeCommandInput, 'VolumeId'>;
  readonly code: string;
}

/** The quota has room for one such volume and not for two. */
const EXCEEDING: readonly Exceeding[] = [
  {
    fact: 'More provisioned IOPS than the Region’s quota are refused with MaxIOPSLimitExceeded.',
    source: `${QUOTAS}; ${ERRORS}`,
    quota: ['iops', 'io1', 1_999],
    volume: { volumeType: 'gp2', sizeGiB: 100 },
    change: { VolumeType: 'io1', Iops: 1_000 },
    code: 'MaxIOPSLimitExceeded',
  },
  {
    fact: 'More storage being modified at once than the quota is refused with VolumeModificationSizeLimitExceeded.',
    source: `${QUOTAS}; ${ERRORS}`,
    quota: ['storage modifications', 'gp2', 0.15],
    volume: { volumeType: 'gp2', sizeGiB: 100 },
    change: { VolumeType: 'io1', Iops: 1_000 },
    code: 'VolumeModificationSizeLimitExceeded',
  },
  {
    fact: 'The quota for IOPS modifications counts what volumes being modified at once have now, not what they will have.',
    source: QUOTAS,
    quota: ['iops modifications', 'io1', 1_999],
    volume: { volumeType: 'io1', sizeGiB: 100, iops: 1_000 },
    change: { VolumeType: 'io1', Iops: 500 },
    code: 'MaxIOPSLimitExceeded',
  },
];

const exceedingCase = ({ fact, source, quota, volume, change, code }: Exceeding): EbsCase => ({
  fact,
  source,
  confidence: 'verified',
  public: false,
  check: async () => {
    const { volumes, ec2 } = connectedEbsAccount();
    const [first, second] = [volumes.createVolume(volume), volumes.createVolume(volume)];
    volumes.quotas.set(...quota);
    await ec2.send(new ModifyVolumeCommand({ VolumeId: first.id, ...change }));
    await refused(ec2.send(new ModifyVolumeCommand({ VolumeId: second.id, ...change })), code);
  },
});

export const quotaCases: readonly EbsCase[] = [
  ...DEFAULTS.map(defaultCase),
  ...EXCEEDING.map(exceedingCase),
  {
    fact: 'Quotas for modifications are free again once a modification has completed.',
    source: QUOTAS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, ec2, simulation } = connectedEbsAccount({
        volumes: { optimizingTime: () => 10 * MINUTE },
      });
      const gp2 = { volumeType: 'gp2', sizeGiB: 100 } as const;
      const [first, second] = [volumes.createVolume(gp2), volumes.createVolume(gp2)];
      volumes.quotas.set('storage modifications', 'gp2', 0.15);
      await ec2.send(new ModifyVolumeCommand({ VolumeId: first.id, VolumeType: 'gp3' }));
      await simulation.runFor(HOUR);
      await ec2.send(new ModifyVolumeCommand({ VolumeId: second.id, VolumeType: 'gp3' }));
    },
  },
  {
    fact: 'Where quotas are raised, gp3 and io2 go up to 65,536 GiB and io2 to 256,000 IOPS.',
    source: 'EBS user guide, ebs-volume-types',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { volumes, ec2 } = connectedEbsAccount();
      volumes.quotas.set('storage', 'gp3', 1_000);
      volumes.quotas.set('storage', 'io2', 1_000);
      volumes.quotas.set('iops', 'io2', 1_000_000);
      const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 256 });
      const largest = [
        { VolumeType: 'gp3', Size: 65_536 },
        { VolumeType: 'io2', Size: 65_536, Iops: 100 },
        { VolumeType: 'io2', Iops: 256_000 },
      ] as const;
      for (const change of largest) {
        await wouldSucceed(ec2.send(new ModifyVolumeCommand({ VolumeId: id, ...change, DryRun: true })));
      }
    },
  },
];
