import type { TwinTime } from '../simulation.ts';
import type { AlarmRule, AlarmState } from './alarm-evaluation.ts';
import type { Metric, Statistic } from './metric-store.ts';

/** What PutMetricAlarm sets; all of it is replaced by the next call of that name. */
export interface AlarmDefinition {
  readonly name: string;
  readonly description: string | undefined;
  readonly metric: Metric;
  readonly statistic: Statistic;
  readonly periodSeconds: number;
  readonly rule: AlarmRule;
  readonly actionsEnabled: boolean;
  readonly actions: Readonly<Record<'ok' | 'alarm' | 'insufficientData', readonly string[]>>;
}

export interface AlarmStateView {
  readonly value: AlarmState;
  readonly reason: string;
  readonly reasonData: string | undefined;
  readonly at: TwinTime;
}

export interface Alarm {
  readonly definition: AlarmDefinition;
  /** As first given: tags of a later PutMetricAlarm are ignored (API reference). */
  readonly tags: Readonly<Record<string, string>>;
  readonly configuredAt: TwinTime;
  readonly metricId: string;
  readonly state: AlarmStateView;
}
