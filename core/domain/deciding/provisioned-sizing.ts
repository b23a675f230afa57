import { type Gibibytes, iops as iopsOf, mebibytesPerSecond } from '../units.ts';
import type { Configuration, ProvisionedType } from '../volume.ts';
import { gp3Throughput, provisioned, provisionedThroughput } from '../volume-limits.ts';

/** What a volume should be able to do: IOPS, and throughput in MiB/s. */
export interface Ability {
  readonly iops: number;
  readonly throughput: number;
}

export const fitsSize = (type: ProvisionedType, size: Gibibytes): boolean =>
  size >= provisioned[type].leastSize && size <= provisioned[type].mostSize;

/** gp3 includes its 3,000 IOPS at every size; the ratio limits only what is bought on top. */
function mostIopsOf(type: ProvisionedType, size: Gibibytes): number {
  const limits = provisioned[type];
  return Math.max(limits.leastIops, Math.min(limits.mostIops, limits.mostIopsPerGibibyte * size));
}

/**
 * The smallest configuration of the type with at least this ability, or the largest the size allows when that is less.
 * IOPS also pay for throughput, so a wish for MiB/s may raise them. The caller has asked `fitsSize`.
 */
export function sizedTo(type: ProvisionedType, size: Gibibytes, wish: Ability): Configuration {
  const perIops = type === 'gp3' ? gp3Throughput.mostPerIops : provisionedThroughput[type].perIops;
  const mostThroughput = type === 'gp3' ? gp3Throughput.most : provisionedThroughput[type].most;
  const wishedThroughput = Math.min(mostThroughput, wish.throughput);
  const wishedIops = Math.max(wish.iops, wishedThroughput / perIops, provisioned[type].leastIops);
  const iops = iopsOf(Math.min(mostIopsOf(type, size), Math.ceil(wishedIops)));
  if (type !== 'gp3') return { type, iops };
  const throughput = Math.max(
    gp3Throughput.least,
    Math.min(Math.ceil(wishedThroughput), Math.floor(iops * perIops)),
  );
  return { type, iops, throughput: mebibytesPerSecond(throughput) };
}

/** What a provisioned configuration can do; io1 and io2 get their throughput from their IOPS. */
export function abilityOf(configuration: Extract<Configuration, { iops: unknown }>): Ability {
  if (configuration.type === 'gp3') return { iops: configuration.iops, throughput: configuration.throughput };
  const { perIops, most } = provisionedThroughput[configuration.type];
  return { iops: configuration.iops, throughput: Math.min(most, configuration.iops * perIops) };
}
