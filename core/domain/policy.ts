import type { Dollars, Duration, Iops } from './units.ts';

/** `off` starts nothing and follows open cases to their end, `notify` only tells, `act` may also modify where the volume carries the consent tag. */
export type Mode = 'off' | 'notify' | 'act';

/** `auto` takes gp3 for gp2 and a profile-sized type for the rest; the others are explicit wishes. */
export type TargetWish = 'auto' | 'gp3' | 'io2' | 'io1';

/** People and IaC set this tag to allow acting; it is the guard and the IAM condition in one. */
export interface ActSelector {
  readonly tagKey: string;
  readonly values: readonly string[];
}

export interface Caps {
  /** Highest sum of positive monthly price differences of what we changed and have not put back. */
  readonly maxMonthlyIncrease: Dollars;
  /** Volumes we may modify per account-Region and rolling hour: the lower of the two, at least 1. */
  readonly blastRadius: { readonly volumes: number; readonly percentOfWatched: number };
}

/** Complete: defaults were merged at the edge, nothing in here is optional. */
export interface Policy {
  readonly mode: Mode;
  readonly target: TargetWish;
  /** Fixed IOPS for io1/io2 instead of the profile's; `undefined` takes the profile. */
  readonly fixedIops: Iops | undefined;
  /** How long before the wall people want to know. */
  readonly leadTime: Duration;
  /** Publication + period + evaluation + queue, at worst. */
  readonly detectionLag: Duration;
  readonly maxAlarms: number;
  readonly act: ActSelector;
  readonly caps: Caps;
}

/** What the volume's own tags made of the stack's policy; the strictest of both. */
export interface VolumePolicy extends Policy {
  readonly latencyCritical: boolean;
  /** Tag keys with values we do not know, e.g. `ebs-burst:mode=yes`; they mean notify and are listed in the heartbeat. */
  readonly invalidTags: readonly { readonly key: string; readonly got: string; readonly expected: string }[];
}
