import { type BucketSize, CreditBucket } from './credit-bucket.ts';
import { type Configuration, gp2BaselineIops, type VolumeType } from './volume-types.ts';

const BYTES_PER_MEBIBYTE = 1_048_576;

/** ebs-io-characteristics: an I/O is counted in pieces of 256 KiB on SSD and of 1 MiB on HDD. */
const SSD_UNIT_BYTES = 262_144;
const HDD_UNIT_BYTES = BYTES_PER_MEBIBYTE;

/** One configuration as a source of I/O; the unit is one counted I/O (256 KiB or less on SSD, 1 MiB or less on HDD). */
export interface Supply {
  readonly configuration: Configuration;
  readonly bucket: CreditBucket;
  readonly unitBytes: number;
  /** Most operations a second, whatever the bucket gives. */
  readonly maximumIops: number;
  readonly maximumMebibytesPerSecond: number;
}

export const bursts = ({ size }: CreditBucket): boolean => size.burst > size.baseline;

/** general-purpose: 5.4 million credits, 3,000 IOPS; nothing to burst to from 1,000 GiB on. */
function gp2Bucket(sizeGiB: number): BucketSize {
  const baseline = gp2BaselineIops(sizeGiB);
  return baseline >= 3_000 ? flat(baseline) : { baseline, burst: 3_000, capacity: 5_400_000 };
}

/** hdd-vols: MiB/s per TiB with a ceiling each; a full bucket is the volume's own size. */
function hddBucket(
  sizeGiB: number,
  base: [perTiB: number, most: number],
  burst: [perTiB: number, most: number],
): BucketSize {
  const tebibytes = sizeGiB / 1_024;
  const size = {
    baseline: Math.min(base[1], base[0] * tebibytes),
    burst: Math.min(burst[1], burst[0] * tebibytes),
  };
  return size.burst > size.baseline ? { ...size, capacity: sizeGiB * 1_024 } : flat(size.baseline);
}

const flat = (rate: number): BucketSize => ({ baseline: rate, burst: rate, capacity: 0 });

type Shape = Omit<Supply, 'bucket' | 'configuration'> & { readonly size: BucketSize };

const ssd = (size: BucketSize, maximumMebibytesPerSecond: number): Shape => ({
  size,
  unitBytes: SSD_UNIT_BYTES,
  maximumIops: size.burst,
  maximumMebibytesPerSecond,
});

const hdd = (size: BucketSize, maximumIops: number): Shape => ({
  size,
  unitBytes: HDD_UNIT_BYTES,
  maximumIops,
  maximumMebibytesPerSecond: size.burst,
});

/** provisioned-iops: 500 MiB/s up to 32,000 IOPS in pieces of 256 KiB, above that 16 KiB an IOPS up to 1,000. */
const io1Throughput = (iops: number): number =>
  iops <= 32_000 ? Math.min(500, iops / 4) : Math.min(1_000, iops / 64);

const SHAPES: Readonly<Record<VolumeType, (configuration: Configuration) => Shape>> = {
  // general-purpose: 128 MiB/s up to 170 GiB, else 250; between 170 and 334 GiB the baseline IOPS at 256 KiB keep it lower.
  gp2: ({ sizeGiB }) => ssd(gp2Bucket(sizeGiB), sizeGiB <= 170 ? 128 : 250),
  gp3: ({ iops = 3_000, throughput = 125 }) => ssd(flat(iops), throughput),
  io1: ({ iops = 100 }) => ssd(flat(iops), io1Throughput(iops)),
  // provisioned-iops: 0.256 MiB/s per IOPS, at most 4,000.
  io2: ({ iops = 100 }) => ssd(flat(iops), Math.min(4_000, 0.256 * iops)),
  st1: ({ sizeGiB }) => hdd(hddBucket(sizeGiB, [40, 500], [250, 500]), 500),
  sc1: ({ sizeGiB }) => hdd(hddBucket(sizeGiB, [12, 192], [80, 250]), 250),
  // ebs-volume-types: about 100 IOPS and 40–90 MiB/s; the lower end.
  standard: () => ssd(flat(100), 40),
};

/** @param balance in units of the bucket; a new volume's bucket is full (general-purpose, hdd-vols). */
export function supplyOf(configuration: Configuration, balance?: number): Supply {
  const { size, ...shape } = SHAPES[configuration.volumeType](configuration);
  return { configuration, bucket: new CreditBucket(size, balance), ...shape };
}

/** Operations this second, as AWS counts them. */
export const suppliedIops = ({ bucket, maximumIops }: Supply): number =>
  Math.min(maximumIops, bucket.available());

export function suppliedMebibytesPerSecond(supply: Supply): number {
  const { bucket, maximumMebibytesPerSecond, unitBytes } = supply;
  if (bucket.size.capacity === 0) return maximumMebibytesPerSecond;
  return Math.min(maximumMebibytesPerSecond, (bucket.available() * unitBytes) / BYTES_PER_MEBIBYTE);
}

/**
 * What a second's I/O costs in units: at least one per operation (a small random I/O on HDD costs a whole MiB),
 * at least one per full piece of bytes. Exact for I/Os of one size; small sequential I/Os, which AWS merges,
 * are to be given as what they merge to.
 */
export const unitsOf = ({ unitBytes }: Supply, operations: number, bytes: number): number =>
  Math.max(operations, bytes / unitBytes);
