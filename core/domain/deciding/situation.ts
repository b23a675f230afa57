import type { ModifyRequest, OpenCase } from '../cases/case.ts';
import type { Ledger } from '../cases/ledger.ts';
import type { DemandProfile } from '../credits/demand-profile.ts';
import type { MuteEnd } from '../look-at.ts';
import type { Reading, Series } from '../reading.ts';
import type { Instant } from '../units.ts';
import { type Configuration, isSame, type ProvisionedType, type Volume } from '../volume.ts';

export type ModificationState = 'modifying' | 'optimizing' | 'completed' | 'failed';

/** The latest modification of a volume: DescribeVolumesModifications keeps only that one. */
export interface Modification {
  readonly state: ModificationState | { readonly unknown: string };
  readonly startedAt: Instant;
  /** Left out where it has not ended, or AWS does not say when. */
  readonly endedAt?: Instant;
  readonly progress: number;
  readonly from: Configuration | undefined;
  readonly to: Configuration | undefined;
}

export const leadsTo = (modification: Modification, to: Configuration): boolean =>
  modification.to !== undefined && isSame(modification.to, to);

export type VolumeHealth =
  | { readonly kind: 'ok' }
  /** Still being filled from its snapshot: a modification may then take more than 24 hours. */
  | { readonly kind: 'initialising' }
  | { readonly kind: 'impaired'; readonly status: string }
  | { readonly kind: 'stalled' };

/** Whether the instance, not the volume, is what holds I/O back. */
export type InstanceLimit =
  | { readonly kind: 'clear' }
  | { readonly kind: 'reached'; readonly instanceId: string; readonly sign: string };

export type StackActivity =
  | { readonly kind: 'no-stack' }
  | { readonly kind: 'settled'; readonly stack: string }
  | { readonly kind: 'updating'; readonly stack: string; readonly status: string };

/** One quota of the Region, by the name Service Quotas gives it. */
export interface Quota {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}

/** Regional use and limit of what one volume type consumes; IOPS only for io1 and io2. */
export interface QuotaUse {
  readonly storageGibibytes: Quota;
  readonly iops: Quota | undefined;
}

/** What ModifyVolume is held to in this Region. */
export interface RegionalQuotas {
  /** What all volumes of a target type have together. */
  readonly provisioned: Readonly<Record<ProvisionedType, QuotaUse>>;
  /** What is being modified at the same time, per type that a modification comes from or goes to. */
  readonly modifications: Readonly<Record<Configuration['type'], QuotaUse>>;
  /** All of these, by whomever. Read after what is known of each volume, so that one may have begun in between. */
  readonly underWay: readonly UnderWay[];
}

/** As EC2 lists it. */
export interface UnderWay {
  readonly volumeId: string;
  readonly state: string;
}

/** What people feel: average latency in ms per I/O and queue length, one sample per minute. */
export interface Symptom {
  readonly latency: Series;
  readonly queue: Series;
}

/** Whether the state table can be trusted to know every case. */
type Memory = { readonly kind: 'whole' } | { readonly kind: 'no-genesis' };

/** Modifications of this volume within the last 24 hours as far as we know: our records and the latest that AWS shows. */
interface SlotUse {
  readonly ours: readonly ModifyRequest[];
  readonly others: readonly Instant[];
}

/** Everything decide() may look at, read freshly and frozen; a forged or late event adds nothing to it. */
export interface Situation {
  readonly now: Instant;
  readonly volume: Volume;
  /** Minimum of BurstBalance, in percent. */
  readonly balance: Reading<Series>;
  /** The same of the last three days, read only where a wall is to be announced: how deep it fell before. */
  readonly pastBalance: Reading<Series>;
  /** IOPS for gp2, MiB/s for st1 and sc1: what the bucket pays for. */
  readonly demand: Reading<Series>;
  readonly symptom: Reading<Symptom>;
  readonly modification: Reading<Modification | 'never'>;
  readonly health: Reading<VolumeHealth>;
  readonly instanceLimit: Reading<InstanceLimit>;
  readonly stack: Reading<StackActivity>;
  readonly quota: Reading<RegionalQuotas>;
  readonly profile: Reading<DemandProfile>;
  readonly ledger: Reading<Ledger>;
  /** Volumes under watch at the last census, the base of the relative blast radius; 0 when that census no longer counts. */
  readonly watchedVolumes: Reading<number>;
  readonly memory: Memory;
  readonly slots: SlotUse;
  /** The open case of the volume, `undefined` when it has none. */
  readonly openCase: OpenCase | undefined;
  /** Until when the volume's alarm is muted, as its last event said. */
  readonly mutedUntil: MuteEnd | undefined;
  /** Types the zone refused for this volume before (VolumeTypeNotAvailableInZone). */
  readonly typesNotInZone: readonly ProvisionedType[];
  /** Whether AWS throttled acts of the same run a moment ago; left out where it did not. */
  readonly awsThrottles?: boolean;
}
