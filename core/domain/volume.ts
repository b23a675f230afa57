import type { Duration, Gibibytes, Instant, Iops, MebibytesPerSecond } from './units.ts';

export type VolumeId = `vol-${string}`;
export const isVolumeId = (text: string): text is VolumeId => /^vol-[0-9a-f]{8,17}$/.test(text);

export type BurstableType = 'gp2' | 'st1' | 'sc1';
export type ProvisionedType = 'gp3' | 'io1' | 'io2';
export type VolumeType = BurstableType | ProvisionedType | 'standard';

/**
 * What ModifyVolume may set, and nothing else: every parameter that the type takes, no other.
 * Size does not exist here because it can never be undone.
 */
export type Configuration =
  | { readonly type: BurstableType }
  | { readonly type: 'gp3'; readonly iops: Iops; readonly throughput: MebibytesPerSecond }
  | { readonly type: 'io1' | 'io2'; readonly iops: Iops };

export type Attachment =
  | { readonly kind: 'detached' }
  | { readonly kind: 'attached'; readonly instanceIds: readonly string[]; readonly since: Instant };

/** A volume as EC2 described it. `unjudgeable` keeps what a newer API said and we do not know. */
export interface Volume {
  readonly id: VolumeId;
  readonly size: Gibibytes;
  readonly configuration:
    | Configuration
    | { readonly type: 'standard' }
    | { readonly type: 'unjudgeable'; readonly got: string };
  readonly zone: string;
  readonly createdAt: Instant;
  readonly attachment: Attachment;
  /** e.g. `/dev/xvda`; the device of the first attachment. */
  readonly device: string | undefined;
  readonly multiAttach: boolean;
  /** The principal of another operator (such as EKS Auto Mode) that owns the volume. */
  readonly operator: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Whether the type has a bucket of burst credits at all; whether the size lets it run out is the bucket's to say. */
export const isBurstable = (type: Volume['configuration']['type']): type is BurstableType =>
  type === 'gp2' || type === 'st1' || type === 'sc1';

export const ageOf = (volume: Volume, now: Instant): Duration => (now - volume.createdAt) as Duration;

export const isSame = (a: Configuration, b: Configuration): boolean =>
  a.type === b.type &&
  ('iops' in a ? a.iops : undefined) === ('iops' in b ? b.iops : undefined) &&
  ('throughput' in a ? a.throughput : undefined) === ('throughput' in b ? b.throughput : undefined);

/** As a person would write it: `gp3, 3,000 IOPS, 128 MiB/s`. */
export function describeConfiguration(configuration: Volume['configuration']): string {
  if (configuration.type === 'unjudgeable') return `a type we do not know (${configuration.got})`;
  const parts: string[] = [configuration.type];
  if ('iops' in configuration) parts.push(`${configuration.iops.toLocaleString('en-US')} IOPS`);
  if ('throughput' in configuration) parts.push(`${configuration.throughput.toLocaleString('en-US')} MiB/s`);
  return parts.join(', ');
}
