import type { Precedent } from './credits/precedent.ts';
import type { Dollars, Instant } from './units.ts';
import type { Configuration } from './volume.ts';

/** Facts a guard may find unread; the name says what could not be learned. */
export type FactName =
  | 'balance'
  | 'modifications'
  | 'volume status'
  | 'instance limit'
  | 'CloudFormation stack'
  | 'quota'
  | 'demand profile'
  | 'ledger'
  | 'census';

/** Why we do not touch a volume, found by our own guards before any call. */
export type Refusal =
  | { readonly code: 'notify-mode' }
  | {
      readonly code: 'no-consent';
      readonly tagKey: string;
      readonly values: readonly string[];
      readonly got: string | undefined;
    }
  | { readonly code: 'opted-out' }
  | { readonly code: 'invalid-tag'; readonly key: string; readonly got: string; readonly expected: string }
  /** `until` is left `undefined` where AWS did not say it in a form that we can read. */
  | { readonly code: 'muted'; readonly until: Instant | undefined }
  | { readonly code: 'no-genesis' }
  | { readonly code: 'unknown-case-tag'; readonly tag: string }
  | { readonly code: 'detached' }
  | { readonly code: 'not-burstable'; readonly type: string }
  | { readonly code: 'baseline-covers-burst' }
  | { readonly code: 'magnetic' }
  | { readonly code: 'unjudgeable'; readonly got: string }
  | { readonly code: 'multi-attach' }
  | { readonly code: 'managed'; readonly operator: string }
  | { readonly code: 'kubernetes-owned'; readonly tag: string }
  | { readonly code: 'modification-in-flight'; readonly state: string }
  | { readonly code: 'slots-used'; readonly used: number; readonly nextSlotAt: Instant | undefined }
  | { readonly code: 'our-slots-used'; readonly used: number }
  | { readonly code: 'foreign-change'; readonly at: Instant }
  | { readonly code: 'stack-updating'; readonly stack: string; readonly status: string }
  | { readonly code: 'instance-bottleneck'; readonly instanceId: string; readonly sign: string }
  | { readonly code: 'volume-impaired'; readonly status: string }
  | { readonly code: 'volume-stalled' }
  | { readonly code: 'volume-initialising' }
  | {
      readonly code: 'quota-exhausted';
      readonly quota: string;
      readonly used: number;
      readonly needed: number;
      readonly limit: number;
    }
  | {
      readonly code: 'over-budget';
      readonly committed: Dollars;
      readonly increase: Dollars;
      readonly cap: Dollars;
    }
  /** `why` it is that few, where that is not what was configured. */
  | {
      readonly code: 'over-blast-radius';
      readonly used: number;
      readonly limit: number;
      readonly why?: string;
    }
  | { readonly code: 'stale-evidence'; readonly ageMinutes: number }
  | { readonly code: 'unread-fact'; readonly fact: FactName; readonly why: string }
  | { readonly code: 'no-fitting-target'; readonly wish: string; readonly why: string }
  | { readonly code: 'already-there'; readonly configuration: Configuration }
  | { readonly code: 'switched-off'; readonly got: string }
  | { readonly code: 'state-untagged'; readonly why: string };

/** Found when the intent was recorded already, before AWS was asked. */
export type LastVeto = Extract<Refusal, { code: 'switched-off' | 'state-untagged' }>;

/** What AWS answered to ModifyVolume when it did not accept; one per row of the error table in docs/reference/reasons.md. */
export type AwsRefusal =
  | { readonly code: 'aws-modification-in-flight' }
  | { readonly code: 'aws-slots-used'; readonly nextSlotAt: Instant | undefined }
  | { readonly code: 'aws-storage-modification-quota' }
  | { readonly code: 'aws-iops-quota' }
  | { readonly code: 'aws-volume-iops-limit' }
  | { readonly code: 'aws-parameters-rejected' }
  | { readonly code: 'aws-wrong-volume-state' }
  | { readonly code: 'aws-volume-gone' }
  | { readonly code: 'aws-throttled' }
  | { readonly code: 'aws-no-capacity' }
  | { readonly code: 'aws-type-not-in-zone' }
  | { readonly code: 'aws-not-permitted' }
  | { readonly code: 'aws-unclassified'; readonly awsCode: string };

/** Why a decision other than a refusal was taken, "do nothing" included. */
export type Ground =
  | { readonly code: 'volume-gone' }
  | { readonly code: 'cannot-run-out' }
  | { readonly code: 'above-threshold'; readonly balance: number; readonly threshold: number }
  | { readonly code: 'no-data-and-not-low' }
  | { readonly code: 'not-heading-for-wall' }
  | ({ readonly code: 'falls-turn-around' } & Precedent)
  | { readonly code: 'recovering' }
  | { readonly code: 'recovered' }
  | { readonly code: 'readable-again' }
  | { readonly code: 'silent-for-long' }
  | { readonly code: 'heading-for-wall' }
  | { readonly code: 'at-wall' }
  | { readonly code: 'blind' }
  | { readonly code: 'born-right' }
  | { readonly code: 'intent-unresolved' }
  | { readonly code: 'modification-running' }
  | { readonly code: 'modification-failed' }
  | { readonly code: 'symptom-not-settled' }
  | { readonly code: 'symptom-gone' }
  | { readonly code: 'symptom-stays' }
  | { readonly code: 'symptom-unknown' }
  | { readonly code: 'bridge-still-needed' }
  | { readonly code: 'return-unproved' }
  | { readonly code: 'first-balance-awaited' }
  | { readonly code: 'demand-fits-bucket-again' }
  | { readonly code: 'changed-by-others' };

export type Reason = Refusal | AwsRefusal | Ground;
export type ReasonCode = Reason['code'];

/** Every code once; a code without its texts, or texts without a code, does not compile (reason-texts.ts). */
export type ReasonOf<Code extends ReasonCode> = Extract<Reason, { code: Code }>;
