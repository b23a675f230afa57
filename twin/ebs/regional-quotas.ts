import { ServiceError } from '../service-error.ts';
import type { SimulatedVolume } from './simulated-volume.ts';
import type { Configuration, VolumeType } from './volume-types.ts';

/** `storage` in TiB, `iops` in IOPS; the `modifications` kinds limit what is changed at the same time. */
export type QuotaKind = 'storage' | 'storage modifications' | 'iops' | 'iops modifications';

export interface Quota {
  readonly kind: QuotaKind;
  readonly volumeType: VolumeType;
  readonly code: string;
  readonly name: string;
  readonly value: number;
}

const FAMILY: Readonly<Record<VolumeType, string>> = {
  gp2: 'General Purpose SSD (gp2)',
  gp3: 'General Purpose SSD (gp3)',
  io1: 'Provisioned IOPS SSD (io1)',
  io2: 'Provisioned IOPS SSD (io2)',
  st1: 'Throughput Optimized HDD (st1)',
  sc1: 'Cold HDD (sc1)',
  standard: 'Magnetic (standard)',
};

const storage = (volumeType: VolumeType, code: string, value: number): Quota => ({
  kind: 'storage',
  volumeType,
  code,
  name: `Storage for ${FAMILY[volumeType]} volumes, in TiB`,
  value,
});

const storageModifications = (volumeType: VolumeType, code: string, value: number): Quota => ({
  kind: 'storage modifications',
  volumeType,
  code,
  name: `Storage modifications for ${FAMILY[volumeType]} volumes, in TiB`,
  value,
});

const iops = (volumeType: VolumeType, code: string, value: number): Quota => ({
  kind: 'iops',
  volumeType,
  code,
  name: `IOPS for ${FAMILY[volumeType]} volumes`,
  value,
});

const iopsModifications = (volumeType: VolumeType, code: string, value: number): Quota => ({
  kind: 'iops modifications',
  volumeType,
  code,
  name: `IOPS modifications for ${FAMILY[volumeType]} volumes`,
  value,
});

/** Names and defaults of the older Regions: EBS user guide, ebs-resource-quotas; codes: published answers of ListServiceQuotas. */
const DEFAULT_QUOTAS: readonly Quota[] = [
  iops('io1', 'L-B3A130E6', 300_000),
  iops('io2', 'L-8D977E7E', 100_000),
  iopsModifications('io1', 'L-98A0B26D', 500_000),
  iopsModifications('io2', 'L-35B31D98', 100_000),
  storage('sc1', 'L-17AF77E8', 50),
  storage('gp2', 'L-D18FCD1D', 50),
  storage('gp3', 'L-7A658B76', 50),
  storage('standard', 'L-9CF3C2EB', 50),
  storage('io1', 'L-FD252861', 50),
  storage('io2', 'L-09BD8365', 20),
  storage('st1', 'L-82ACEF56', 50),
  storageModifications('sc1', 'L-651D1834', 500),
  storageModifications('gp2', 'L-F06E64A8', 500),
  storageModifications('gp3', 'L-59C8FC87', 500),
  storageModifications('standard', 'L-B9F7C487', 500),
  storageModifications('io1', 'L-5F80CA91', 500),
  storageModifications('io2', 'L-9A0E0F82', 20),
  storageModifications('st1', 'L-87C9DEA6', 500),
];

const GIB_PER_TIB = 1_024;

const sum = <T>(of: Iterable<T>, amount: (one: T) => number): number => {
  let total = 0;
  for (const one of of) total += amount(one);
  return total;
};

export class RegionalQuotas {
  #quotas: readonly Quota[] = DEFAULT_QUOTAS;

  get all(): readonly Quota[] {
    return this.#quotas;
  }

  set(kind: QuotaKind, volumeType: VolumeType, value: number): void {
    this.#quotas = this.#quotas.map((quota) =>
      quota.kind === kind && quota.volumeType === volumeType ? { ...quota, value } : quota,
    );
  }

  /**
   * @param volumes all volumes of the Region, the one to be modified included and still unmodified.
   * @throws ServiceError; the code for storage and for concurrent IOPS is the nearest that errors-overview lists.
   */
  demandRoom(volumes: readonly SimulatedVolume[], volume: SimulatedVolume, target: Configuration): void {
    const others = volumes.filter((other) => other !== volume).map(effective);
    const changing = volumes
      .filter(isChanging)
      .map(({ lastModification }) => lastModification?.original ?? target);
    const after = [...others, target];
    const current = [...changing, volume.configuration];
    this.#demand('iops', target.volumeType, sum(after, iopsOf(target.volumeType)), 'MaxIOPSLimitExceeded');
    this.#demand(
      'storage',
      target.volumeType,
      sum(after, tebibytesOf(target.volumeType)),
      'VolumeLimitExceeded',
    );
    // EBS user guide, ebs-resource-quotas: "quotas apply to the aggregated current value of volumes that can undergo
    // modifications concurrently". So the type a modification comes from, as long as it is not `completed`.
    const { volumeType } = volume.configuration;
    this.#demand('iops modifications', volumeType, sum(current, iopsOf(volumeType)), 'MaxIOPSLimitExceeded');
    const tebibytes = sum(current, tebibytesOf(volumeType));
    this.#demand('storage modifications', volumeType, tebibytes, 'VolumeModificationSizeLimitExceeded');
  }

  #demand(kind: QuotaKind, volumeType: VolumeType, wanted: number, code: string): void {
    const quota = this.#quotas.find((one) => one.kind === kind && one.volumeType === volumeType);
    if (quota === undefined || wanted <= quota.value) return;
    throw new ServiceError(
      code,
      `You have exceeded your quota "${quota.name}" of ${quota.value} in this Region.`,
    );
  }
}

export const isChanging = ({ lastModification }: SimulatedVolume): boolean =>
  lastModification?.state === 'modifying' || lastModification?.state === 'optimizing';

/** A volume on its way counts as what it will be. */
const effective = (volume: SimulatedVolume): Configuration =>
  isChanging(volume) ? (volume.lastModification?.target ?? volume.configuration) : volume.configuration;

const iopsOf =
  (volumeType: VolumeType) =>
  (one: Configuration): number =>
    one.volumeType === volumeType ? (one.iops ?? 0) : 0;

const tebibytesOf =
  (volumeType: VolumeType) =>
  (one: Configuration): number =>
    one.volumeType === volumeType ? one.sizeGiB / GIB_PER_TIB : 0;
