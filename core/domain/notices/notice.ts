import type { Forecast } from '../credits/forecast.ts';
import type { Ending, Plan, Usual, Verdict } from '../deciding/decision.ts';
import type { InstanceLimit, VolumeHealth } from '../deciding/situation.ts';
import type { MuteEnd } from '../look-at.ts';
import type { Reading } from '../reading.ts';
import type { AwsRefusal, Reason, ReasonOf, Refusal } from '../reasons.ts';
import type { Dollars, Duration, Instant } from '../units.ts';
import type { Configuration, VolumeId } from '../volume.ts';
import type { Subject } from './subject.ts';
import type { Excerpt, InvalidTag, Unwatched } from './unwatched.ts';

/** Credits at the time of writing. Rates in IOPS (gp2) or MiB/s (st1, sc1). */
export interface Credits {
  readonly forecast: Forecast;
  readonly demand: Reading<number>;
  readonly baseline: number;
  readonly burst: number;
  readonly unit: 'IOPS' | 'MiB/s';
}

/** What people feel at the time of writing: average latency in ms per I/O and average queue length. */
export interface Felt {
  readonly latency: number;
  readonly queue: number;
}

/** What else could explain the symptom, as checked: the evidence against our own verdict. */
export interface OtherCauses {
  readonly instanceLimit: Reading<InstanceLimit>;
  readonly health: Reading<VolumeHealth>;
}

/** What our caps have left after this step. */
export interface CapUse {
  readonly committed: Dollars;
  readonly maxMonthlyIncrease: Dollars;
  readonly changedThisHour: number;
  readonly changesAllowed: number;
}

/** What AWS was asked for and does not do, as far as anybody knows. */
export interface Asked {
  readonly plan: Plan;
  /** `unanswered`: the reply was lost, and EC2 does not show what became of it; `given-up`: AWS accepted it and failed. */
  readonly state: 'refused' | 'unanswered' | 'given-up';
  /** AWS's, of the ModifyVolume call; no reply, no id. */
  readonly requestId: string | undefined;
}

/** We told and did not act; `wouldDo` is what we would ask AWS for if we might, `undefined` where no target fits. */
interface ToldOnly {
  readonly reason: Reason;
  readonly refusals: readonly (Refusal | AwsRefusal)[];
  readonly wouldDo: Plan | undefined;
  /** Left out where AWS was not asked. */
  readonly asked?: Asked;
}

/** What a case step tells. One type per thing said; a title can be written from each alone. */
export type Said =
  | (ToldOnly & { readonly kind: 'warned' })
  | (ToldOnly & { readonly kind: 'needed' })
  /** The call for help was promised by now, and it does not head for its wall any more. */
  | {
      readonly kind: 'eased';
      readonly reason: ReasonOf<'not-heading-for-wall' | 'recovering' | 'falls-turn-around'>;
    }
  | {
      readonly kind: 'acted';
      readonly reason: Reason;
      readonly plan: Plan;
      readonly acceptedAt: Instant;
      readonly requestId: string | undefined;
    }
  | { readonly kind: 'judged'; readonly plan: Plan; readonly verdict: Verdict }
  | { readonly kind: 'completed'; readonly plan: Plan; readonly took: Duration }
  | {
      readonly kind: 'returning';
      readonly plan: Plan;
      readonly acceptedAt: Instant;
      readonly requestId: string | undefined;
    }
  | {
      readonly kind: 'ended';
      readonly ending: Ending;
      readonly reason: Reason;
      readonly plan: Plan | undefined;
      /** When AWS accepted the plan; left out where it never did. */
      readonly movedAt?: Instant;
      /** Left out where no verdict knows it. */
      readonly usual?: Usual;
      /** Left out where it did not end with AWS's answer. */
      readonly asked?: Asked;
    };

/** What a step was taken on, and where it left its case: all that can be written about it. */
export interface StepFacts {
  /** `<case id>#<version>`: the same step gives the same id, so a retry cannot tell twice. */
  readonly id: string;
  readonly caseId: string;
  readonly at: Instant;
  /** When the case was opened. */
  readonly since: Instant;
  readonly subject: Subject;
  readonly credits: Credits;
  readonly felt: Reading<Felt>;
  readonly otherCauses: OtherCauses;
  /** Modifications used of the four in 24 hours, ours included. */
  readonly slotsUsed: Reading<number>;
  readonly caps: Reading<CapUse>;
  /** The tag by which somebody allowed us to act on this volume; `undefined` where it carries none. */
  readonly consent: { readonly tagKey: string; readonly value: string } | undefined;
  readonly mutedUntil: MuteEnd | undefined;
  readonly mode: 'notify' | 'act';
  /** When the next word on this case comes, at the latest. */
  readonly nextNewsAt: Instant | undefined;
}

/** One step of one case, told once per channel. */
export interface CaseNotice extends StepFacts {
  readonly kind: 'case';
  readonly incident: string;
  readonly said: Said;
}

/** Sent after the backfill of alarms and whenever coverage changes. */
export interface CoverageNotice {
  readonly kind: 'coverage';
  readonly id: string;
  readonly at: Instant;
  readonly account: string;
  readonly region: string;
  readonly watched: number;
  readonly unwatched: Unwatched;
  /** Volumes that arithmetic says can never run out; they need no alarm. */
  readonly cannotRunOut: number;
  readonly monthlyCost: Dollars;
}

/** Once a day, one line: alive, and what the day was. */
export interface HeartbeatNotice {
  readonly kind: 'heartbeat';
  readonly id: string;
  readonly at: Instant;
  readonly account: string;
  readonly region: string;
  readonly mode: 'off' | 'notify' | 'act';
  readonly watched: number;
  readonly unwatched: number;
  readonly openCases: number;
  readonly stillUpgraded: number;
  readonly committed: Dollars;
  readonly maxMonthlyIncrease: Dollars;
  readonly metricReads: number;
  readonly invalidTags: Excerpt<InvalidTag>;
  /** How long before this one the last census was. */
  readonly census: Reading<Duration>;
}

/** The stack is being deleted while volumes are still upgraded. */
export interface FarewellNotice {
  readonly kind: 'farewell';
  readonly id: string;
  readonly at: Instant;
  readonly account: string;
  readonly region: string;
  readonly deletedAlarms: number;
  readonly stillUpgraded: readonly {
    readonly volumeId: VolumeId;
    readonly was: Configuration;
    readonly is: Configuration;
  }[];
}

export interface TestNotice {
  readonly kind: 'test';
  readonly id: string;
  readonly at: Instant;
  readonly account: string;
  readonly region: string;
}

export type Notice = CaseNotice | CoverageNotice | HeartbeatNotice | FarewellNotice | TestNotice;
