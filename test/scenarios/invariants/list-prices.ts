import type { Configuration, VolumeType } from '../../../twin/ebs/volume-types.ts';

/**
 * Dollars a month in us-east-1, written down once more so that the product's own arithmetic is not its judge
 * (https://aws.amazon.com/ebs/pricing/, read on 2026-10-07).
 */
const perGibibyte: Readonly<Partial<Record<VolumeType, number>>> = {
  gp2: 0.1,
  gp3: 0.08,
  io1: 0.125,
  io2: 0.125,
  st1: 0.045,
  sc1: 0.015,
};

const beyond = (included: number, asked: number | undefined): number => Math.max(0, (asked ?? 0) - included);

export function listPrice({ volumeType, sizeGiB, iops, throughput }: Configuration): number {
  const gibibyte = perGibibyte[volumeType];
  if (gibibyte === undefined) throw new Error(`no price of ${volumeType} here; expected a type that we move`);
  return sizeGiB * gibibyte + provisionedPrice(volumeType, iops, throughput);
}

function provisionedPrice(type: VolumeType, iops = 0, throughput = 0): number {
  switch (type) {
    case 'gp3':
      return 0.005 * beyond(3_000, iops) + 0.04 * beyond(125, throughput);
    case 'io1':
      return 0.065 * iops;
    case 'io2':
      // Each tier takes less off for what lies beyond its end.
      return (
        0.065 * iops - (0.065 - 0.0455) * beyond(32_000, iops) - (0.0455 - 0.03185) * beyond(64_000, iops)
      );
    default:
      return 0;
  }
}
