/** The twin's own numbers, read from AWS's pages and not from the product: AWS EBS user guide, pages named below. */

export type VolumeType = 'gp2' | 'gp3' | 'io1' | 'io2' | 'st1' | 'sc1' | 'standard';

/** What a volume is paid for; `iops` and `throughput` (MiB/s) only where they are bought. */
export interface Configuration {
  readonly volumeType: VolumeType;
  readonly sizeGiB: number;
  readonly iops?: number;
  readonly throughput?: number;
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** ebs-volume-types, "Size"; API reference ModifyVolume. */
export const SIZES_GIB: Readonly<Record<VolumeType, Range>> = {
  gp2: { minimum: 1, maximum: 16_384 },
  gp3: { minimum: 1, maximum: 65_536 },
  io1: { minimum: 4, maximum: 16_384 },
  io2: { minimum: 4, maximum: 65_536 },
  st1: { minimum: 125, maximum: 16_384 },
  sc1: { minimum: 125, maximum: 16_384 },
  standard: { minimum: 1, maximum: 1_024 },
};

export type ProvisionedType = 'gp3' | 'io1' | 'io2';

export const isProvisioned = (type: VolumeType): type is ProvisionedType =>
  type === 'gp3' || type === 'io1' || type === 'io2';

/** general-purpose and provisioned-iops; API reference ModifyVolume, `Iops`. */
export const IOPS: Readonly<Record<ProvisionedType, Range & { readonly perGiB: number }>> = {
  gp3: { minimum: 3_000, maximum: 80_000, perGiB: 500 },
  io1: { minimum: 100, maximum: 64_000, perGiB: 50 },
  io2: { minimum: 100, maximum: 256_000, perGiB: 1_000 },
};

/** API reference ModifyVolume, `Throughput`; general-purpose: at most 0.25 MiB/s per provisioned IOPS. */
export const GP3_THROUGHPUT = { minimum: 125, maximum: 2_000, perIops: 0.25 };

/** API reference ModifyVolume: what a changed type gets when the caller says nothing. */
export const DEFAULT_IOPS = 3_000;
export const DEFAULT_THROUGHPUT = 125;

/** general-purpose: 3 IOPS per GiB, at least 100, at most 16,000. */
export const gp2BaselineIops = (sizeGiB: number): number => Math.min(16_000, Math.max(100, 3 * sizeGiB));

/** `Iops` as DescribeVolumes tells it: bought, or gp2's baseline (API reference, Volume). */
export function reportedIops({ volumeType, sizeGiB, iops }: Configuration): number | undefined {
  return volumeType === 'gp2' ? gp2BaselineIops(sizeGiB) : iops;
}
