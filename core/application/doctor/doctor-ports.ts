import type { ActualAlarm } from '../../domain/credits/alarm-plan.ts';
import type { RegionalQuotas } from '../../domain/deciding/situation.ts';
import type { Fact } from '../../domain/doctoring/fact.ts';
import type {
  CensusSight,
  FunctionConfiguration,
  Mapping,
  StackPlace,
  Subscription,
} from '../../domain/doctoring/facts.ts';
import type { Part } from '../../domain/doctoring/parts.ts';
import type { PermissionQuestion, Ruling } from '../../domain/doctoring/permission-questions.ts';
import type { SlackSight } from '../../domain/doctoring/slack-sight.ts';
import type { Reading } from '../../domain/reading.ts';
import type { Instant } from '../../domain/units.ts';
import type { Volume, VolumeId } from '../../domain/volume.ts';
import type { Clock } from '../ports.ts';

/** What the case table knows of how the responder lives. */
export interface TableSight {
  hasGenesis(): Promise<Fact<boolean>>;
  census(): Promise<Fact<Reading<CensusSight>>>;
  /** Volumes whose open case was due at or before this. */
  due(at: Instant): Promise<Fact<readonly VolumeId[]>>;
  stuckNotices(at: Instant): Promise<Fact<number>>;
}

/** An account as its doctor sees it. Nothing fails: what cannot be seen is a fact of its own, and nothing is changed. */
export interface DoctorPorts {
  readonly clock: Clock;
  parts(stack: string): Promise<Fact<readonly Part[]>>;
  functionConfiguration(name: string): Promise<Fact<FunctionConfiguration>>;
  reservedConcurrency(name: string): Promise<Fact<number | 'unreserved'>>;
  /** In EventBridge's words. */
  ruleState(name: string): Promise<Fact<string>>;
  mapping(uuid: string): Promise<Fact<Mapping>>;
  /** Messages in a queue, hidden ones included. */
  waitingIn(queueUrl: string): Promise<Fact<number>>;
  table(name: string): TableSight;
  volumes(): Promise<Fact<readonly Volume[]>>;
  alarms(stack: StackPlace): Promise<Fact<readonly ActualAlarm[]>>;
  subscriptions(topicArn: string): Promise<Fact<readonly Subscription[]>>;
  parameter(name: string): Promise<Fact<string>>;
  /** What the variables of `deliver-notice` name; posts nothing. */
  slack(environment: Readonly<Record<string, string>>): Promise<SlackSight>;
  simulate(roleArn: string, question: PermissionQuestion): Promise<Fact<readonly Ruling[]>>;
  quotas(volumes: readonly Volume[]): Promise<Fact<RegionalQuotas>>;
}
