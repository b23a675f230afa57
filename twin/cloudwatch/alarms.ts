import { type Emit, envelopes, type Place } from '../aws-event.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import { type AlarmRule, type AlarmState, evaluate, evaluationRange } from './alarm-evaluation.ts';
import { cloudWatchTime, type Datapoint, stateReason, stateReasonData } from './alarm-reason.ts';
import type { Metric, MetricStore, Series, Statistic } from './metric-store.ts';

const MINUTE = 60_000;

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

export interface MuteRule {
  readonly name: string;
  readonly alarmNames: readonly string[];
  readonly from: TwinTime;
  readonly until: TwinTime;
}

export interface AlarmsOptions {
  readonly simulation: Simulation;
  readonly place: Place;
  readonly emit: Emit;
  readonly store: MetricStore;
  /** When within each minute alarms are evaluated, in ms. Default 10,000. */
  readonly evaluationOffset?: number;
}

/** The metric alarms of one account and Region, evaluated every minute on what can be seen by then. */
export class Alarms {
  readonly place: Place;
  readonly #simulation: Simulation;
  readonly #store: MetricStore;
  readonly #send: (content: Parameters<ReturnType<typeof envelopes>>[0]) => void;
  readonly #alarms = new Map<string, Alarm>();
  readonly #mutes: MuteRule[] = [];
  readonly #series = new WeakMap<AlarmDefinition, Series>();
  #created = 0;

  constructor({ simulation, place, emit, store, evaluationOffset = 10_000 }: AlarmsOptions) {
    this.place = place;
    this.#simulation = simulation;
    this.#store = store;
    const envelope = envelopes(simulation, place, 'c10dc1a2');
    this.#send = (content) => emit(envelope(content));
    const first = Math.ceil((simulation.now + 1) / MINUTE) * MINUTE + evaluationOffset;
    simulation.every(MINUTE, () => this.evaluateAll(), first);
  }

  /** By name. */
  get all(): readonly Alarm[] {
    return [...this.#alarms.values()].sort((a, b) => (a.definition.name < b.definition.name ? -1 : 1));
  }

  get(name: string): Alarm | undefined {
    return this.#alarms.get(name);
  }

  arnOf(name: string): string {
    return `arn:aws:cloudwatch:${this.place.region}:${this.place.account}:alarm:${name}`;
  }

  /** A new alarm starts in INSUFFICIENT_DATA, a known one keeps its state and tags. */
  put(definition: AlarmDefinition, tags: Readonly<Record<string, string>>): void {
    const configuredAt = this.#simulation.now;
    const known = this.#alarms.get(definition.name);
    if (known !== undefined) {
      this.#alarms.set(definition.name, { ...known, definition, configuredAt });
      return;
    }
    this.#created += 1;
    this.#alarms.set(definition.name, {
      definition,
      tags,
      configuredAt,
      metricId: `30b6c6b2-a864-43a2-4877-${String(this.#created).padStart(12, '0')}`,
      state: {
        value: 'INSUFFICIENT_DATA',
        reason: 'Unchecked: Initial alarm creation',
        reasonData: undefined,
        at: configuredAt,
      },
    });
  }

  delete(name: string): void {
    this.#alarms.delete(name);
  }

  /** Events of these alarms carry `muteDetail` in the window; CloudWatch sends them all the same (alarm-mute-rules). */
  mute(rule: MuteRule): void {
    this.#mutes.push(rule);
  }

  /** As SetAlarmState does: the event is genuine, the state lasts until the next evaluation. */
  setState(name: string, value: AlarmState, reason: string): void {
    const alarm = this.#alarms.get(name);
    if (alarm === undefined)
      throw new Error(`no alarm ${name}; there are: ${[...this.#alarms.keys()].join(', ')}`);
    this.#enter(alarm, { value, reason, reasonData: undefined, at: this.#simulation.now });
  }

  evaluateAll(): void {
    for (const alarm of this.#alarms.values()) this.#evaluate(alarm);
  }

  #evaluate(alarm: Alarm): void {
    const { rule, statistic, periodSeconds } = alarm.definition;
    const range = this.#range(alarm.definition);
    const verdict = evaluate(
      range.map(({ value }) => value),
      rule,
    );
    if (verdict === 'retain' || verdict === alarm.state.value) return;
    const { now } = this.#simulation;
    const used = range
      .filter((point): point is Datapoint => point.value !== undefined)
      .slice(-rule.evaluationPeriods);
    this.#enter(alarm, {
      value: verdict,
      reason: stateReason(verdict, used, rule),
      reasonData: stateReasonData({ now, statistic, periodSeconds, threshold: rule.threshold, used }),
      at: now,
    });
  }

  /** Sliding windows that end with the current minute, oldest first. */
  #range(definition: AlarmDefinition): { at: TwinTime; value: number | undefined }[] {
    const { statistic, periodSeconds, rule } = definition;
    const { now } = this.#simulation;
    const series = this.#seriesOf(definition);
    const minute = Math.floor(now / MINUTE) * MINUTE;
    const period = periodSeconds * 1_000;
    const range: { at: TwinTime; value: number | undefined }[] = [];
    for (let age = evaluationRange(rule); age > 0; age -= 1) {
      const from = minute - age * period;
      range.push({ at: from, value: series?.statistic(statistic, { from, until: from + period }, now) });
    }
    return range;
  }

  /** Looked up until the metric first appears, then remembered: it is asked for every minute. */
  #seriesOf(definition: AlarmDefinition): Series | undefined {
    const known = this.#series.get(definition) ?? this.#store.find(definition.metric);
    if (known !== undefined) this.#series.set(definition, known);
    return known;
  }

  /** Only a change of state is told. */
  #enter(alarm: Alarm, state: AlarmStateView): void {
    const { definition, state: previous } = alarm;
    if (state.value === previous.value) return;
    this.#alarms.set(definition.name, { ...alarm, state });
    const muteDetail = this.#muteDetail(definition.name);
    this.#send({
      detailType: 'CloudWatch Alarm State Change',
      source: 'aws.cloudwatch',
      resources: [this.arnOf(definition.name)],
      detail: {
        alarmName: definition.name,
        configuration: configurationOf(alarm),
        previousState: stateShape(previous),
        state: stateShape(state),
        ...(muteDetail === undefined ? {} : { muteDetail }),
      },
    });
  }

  #muteDetail(name: string): Readonly<Record<string, string>> | undefined {
    const { now } = this.#simulation;
    const rule = this.#mutes.find(
      (one) => one.alarmNames.includes(name) && one.from <= now && now < one.until,
    );
    if (rule === undefined) return undefined;
    return {
      mutedByArn: `arn:aws:cloudwatch:${this.place.region}:${this.place.account}:alarm-mute-rule:${rule.name}`,
      muteWindowStart: cloudWatchTime(rule.from),
      muteWindowEnd: cloudWatchTime(rule.until),
    };
  }
}

const stateShape = ({ value, reason, reasonData, at }: AlarmStateView) => ({
  value,
  reason,
  ...(reasonData === undefined ? {} : { reasonData }),
  timestamp: cloudWatchTime(at),
});

const configurationOf = ({ definition, metricId }: Alarm) => ({
  description: definition.description ?? '',
  metrics: [
    {
      id: metricId,
      metricStat: {
        metric: definition.metric,
        period: definition.periodSeconds,
        stat: definition.statistic,
      },
      returnData: true,
    },
  ],
});
