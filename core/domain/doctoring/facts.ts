import type { ActualAlarm } from '../credits/alarm-plan.ts';
import type { RegionalQuotas } from '../deciding/situation.ts';
import type { Policy } from '../policy.ts';
import type { Reading } from '../reading.ts';
import type { Instant } from '../units.ts';
import type { Volume, VolumeId } from '../volume.ts';
import type { Fact } from './fact.ts';
import type { FunctionName, Part } from './parts.ts';
import type { PermissionQuestion, Ruling } from './permission-questions.ts';
import type { SlackSight } from './slack-sight.ts';

/** In AWS's words. */
export interface FunctionConfiguration {
  readonly state: string;
  readonly lastUpdate: string;
  /** Why either is not as it should be; AWS's words. */
  readonly reason: string | undefined;
  readonly role: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

export interface FunctionSight {
  readonly name: FunctionName;
  readonly physicalName: string;
  readonly configuration: Fact<FunctionConfiguration>;
  readonly reserved: Fact<number | 'unreserved'>;
}

/** One resource of the stack and what was seen of it. */
export interface PartSight<Value> {
  readonly part: Part;
  readonly sight: Fact<Value>;
}

export interface Mapping {
  readonly state: string;
  readonly source: string;
}

export interface Subscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly isConfirmed: boolean;
}

export interface Ruled {
  readonly question: PermissionQuestion;
  readonly ruling: Fact<readonly Ruling[]>;
}

/** What of a census tells that the keeper lives. */
export interface CensusSight {
  readonly at: Instant;
  readonly backfill: 'complete' | 'running';
}

/** Where a deployment is, in AWS's words. */
export interface StackPlace {
  readonly name: string;
  /** ARN; the deployment id of every alarm of ours. */
  readonly id: string;
  readonly status: string;
  readonly account: string;
  readonly region: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Everything the checks look at, seen once and frozen. */
export interface DeploymentFacts {
  readonly now: Instant;
  readonly stack: StackPlace;
  /** As the stack's output says; unread where it says nothing that we can read. */
  readonly policy: Reading<Policy>;
  readonly functions: Fact<readonly FunctionSight[]>;
  readonly rules: Fact<readonly PartSight<string>[]>;
  readonly mappings: Fact<readonly PartSight<Mapping>[]>;
  /** Messages that wait in each. */
  readonly deadLetters: Fact<readonly PartSight<number>[]>;
  readonly hasGenesis: Fact<boolean>;
  readonly census: Fact<Reading<CensusSight>>;
  /** Volumes whose open case nobody looked at when it was due. */
  readonly overdue: Fact<readonly VolumeId[]>;
  /** Conversations whose notices no channel has taken. */
  readonly stuckNotices: Fact<number>;
  readonly volumes: Fact<readonly Volume[]>;
  readonly alarms: Fact<readonly ActualAlarm[]>;
  readonly subscriptions: Fact<readonly Subscription[]>;
  readonly slack: Fact<SlackSight>;
  readonly killSwitch: Fact<string>;
  readonly rulings: Fact<readonly Ruled[]>;
  readonly quotas: Fact<RegionalQuotas>;
}
