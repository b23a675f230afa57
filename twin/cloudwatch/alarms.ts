import { type CouldMatch, type Emit, type EventContent, envelopes, type Place } from '../aws-event.ts';
import type { Simulation, TwinTime } from '../simulation.ts';
import type { Alarm, AlarmDefinition, AlarmStateView } from './alarm.ts';
import { type AlarmState, evaluate, evaluationRange } from './alarm-evaluation.ts';
import {
  CONFIGURATION_CHANGE,
  type ConfigurationOperation,
  configurationChange,
  stateChange,
} from './alarm-events.ts';
import { type Datapoint, stateReason, stateReasonData } from './alarm-reason.ts';
import { AlarmWatch } from './alarm-watch.ts';
import type { MetricStore } from './metric-store.ts';
import { type MuteRule, MuteRules } from './mute-rules.ts';
import { SortedNames } from './sorted-names.ts';

const MINUTE = 60_000;

export interface AlarmsOptions {
  readonly simulation: Simulation;
  readonly place: Place;
  readonly emit: Emit;
  /** Changes of a configuration that no rule could match are not even built: there are as many as alarms. */
  readonly couldMatch: CouldMatch;
  readonly store: MetricStore;
  /** When within each minute alarms are evaluated, in ms. Default 10,000. */
  readonly evaluationOffset?: number;
}

/**
 * The metric alarms of one account and Region, evaluated every minute on what can be seen by then; those of which
 * nothing new can come, because their metric stays on one side of the threshold, are passed over.
 */
export class Alarms {
  readonly place: Place;
  readonly #simulation: Simulation;
  readonly #store: MetricStore;
  readonly #send: (content: EventContent) => void;
  readonly #couldMatch: CouldMatch;
  readonly #alarms = new Map<string, Alarm>();
  readonly #mutes: MuteRules;
  readonly #watches = new Map<string, AlarmWatch>();
  /** Names of the alarms that have to be evaluated. */
  readonly #awake = new Set<string>();
  /** Names of those that have to be once the minute of the key has begun. */
  readonly #toWake = new Map<TwinTime, string[]>();
  readonly #names = new SortedNames();
  /** Names of those in ALARM: few of many, and asked for every minute. */
  readonly #inAlarm = new SortedNames();
  #created = 0;

  constructor({ simulation, place, emit, couldMatch, store, evaluationOffset = 10_000 }: AlarmsOptions) {
    this.place = place;
    this.#mutes = new MuteRules(place);
    this.#couldMatch = couldMatch;
    this.#simulation = simulation;
    this.#store = store;
    const envelope = envelopes(simulation, place, 'c10dc1a2');
    this.#send = (content) => emit(envelope(content));
    const first = Math.ceil((simulation.now + 1) / MINUTE) * MINUTE + evaluationOffset;
    simulation.every(MINUTE, () => this.#evaluateAwake(), first);
  }

  /** By name. */
  get all(): readonly Alarm[] {
    return this.#names.all.map((name) => this.#alarms.get(name) as Alarm);
  }

  /** In the order of their names, those in `state` (any when undefined) whose name starts with `prefix` and comes after `last`. */
  *startingWith(prefix: string, last: string, state: AlarmState | undefined): Generator<Alarm> {
    const names = state === 'ALARM' ? this.#inAlarm : this.#names;
    for (const name of names.startingWith(prefix, last)) {
      const alarm = this.#alarms.get(name) as Alarm;
      if (state === undefined || state === alarm.state.value) yield alarm;
    }
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
    this.#disturb(definition.name);
    const alarm =
      known === undefined
        ? this.#newAlarm(definition, tags, configuredAt)
        : { ...known, definition, configuredAt };
    this.#alarms.set(definition.name, alarm);
    this.#tellConfiguration(known === undefined ? 'create' : 'update', alarm, known);
  }

  #newAlarm(
    definition: AlarmDefinition,
    tags: Readonly<Record<string, string>>,
    configuredAt: TwinTime,
  ): Alarm {
    this.#created += 1;
    this.#names.add(definition.name);
    return {
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
    };
  }

  delete(name: string): void {
    const alarm = this.#alarms.get(name);
    this.#alarms.delete(name);
    this.#disturb(name);
    this.#awake.delete(name);
    this.#names.delete(name);
    this.#inAlarm.delete(name);
    if (alarm !== undefined) this.#tellConfiguration('delete', alarm);
  }

  #tellConfiguration(operation: ConfigurationOperation, alarm: Alarm, previous?: Alarm): void {
    if (!this.#couldMatch(CONFIGURATION_CHANGE)) return;
    this.#send(configurationChange(operation, alarm, this.arnOf(alarm.definition.name), previous));
  }

  /** Events of these alarms carry `muteDetail` in the window; CloudWatch sends them all the same (alarm-mute-rules). */
  mute(rule: MuteRule): void {
    this.#mutes.add(rule);
  }

  /** As SetAlarmState does: the event is genuine, the state lasts until the next evaluation. */
  setState(name: string, value: AlarmState, reason: string): void {
    const alarm = this.#alarms.get(name);
    if (alarm === undefined)
      throw new Error(`no alarm ${name}; there are: ${[...this.#alarms.keys()].join(', ')}`);
    this.#awake.add(name);
    this.#enter(alarm, { value, reason, reasonData: undefined, at: this.#simulation.now });
  }

  /** What was watched for that name is over; the next evaluation begins anew. */
  #disturb(name: string): void {
    this.#watches.get(name)?.end();
    this.#watches.delete(name);
    this.#awake.add(name);
  }

  #wakeAt(time: TwinTime, name: string): void {
    const minute = Math.ceil(time / MINUTE) * MINUTE;
    if (minute <= this.#simulation.now) {
      this.#awake.add(name);
      return;
    }
    const others = this.#toWake.get(minute);
    if (others === undefined) this.#toWake.set(minute, [name]);
    else others.push(name);
  }

  /** In the order of their creation. */
  #evaluateAwake(): void {
    const { now } = this.#simulation;
    const minute = Math.floor(now / MINUTE) * MINUTE;
    for (const name of this.#toWake.get(minute) ?? []) if (this.#alarms.has(name)) this.#awake.add(name);
    this.#toWake.delete(minute);
    const due = [...this.#awake].map((name) => this.#alarms.get(name) as Alarm);
    for (const alarm of due.sort((a, b) => (a.metricId < b.metricId ? -1 : 1))) {
      this.#evaluate(alarm);
      const { name } = alarm.definition;
      const changedAt = this.#alarms.get(name)?.state.at ?? now;
      if (this.#watches.get(name)?.isSettled(changedAt, now)) this.#awake.delete(name);
    }
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
    const series = this.#watchOf(definition)?.series;
    const minute = Math.floor(now / MINUTE) * MINUTE;
    const period = periodSeconds * 1_000;
    const range: { at: TwinTime; value: number | undefined }[] = [];
    for (let age = evaluationRange(rule); age > 0; age -= 1) {
      const from = minute - age * period;
      range.push({ at: from, value: series?.statistic(statistic, { from, until: from + period }, now) });
    }
    return range;
  }

  /** There is none until the metric first appears. */
  #watchOf(definition: AlarmDefinition): AlarmWatch | undefined {
    const known = this.#watches.get(definition.name);
    if (known !== undefined) return known;
    const series = this.#store.find(definition.metric);
    if (series === undefined) return undefined;
    const wakeAt = (time: TwinTime): void => this.#wakeAt(time, definition.name);
    const watch = new AlarmWatch(definition, series, this.#simulation.now, wakeAt);
    this.#watches.set(definition.name, watch);
    return watch;
  }

  /** Only a change of state is told. */
  #enter(before: Alarm, state: AlarmStateView): void {
    const { definition, state: previous } = before;
    if (state.value === previous.value) return;
    const alarm = { ...before, state };
    this.#alarms.set(definition.name, alarm);
    if (state.value === 'ALARM') this.#inAlarm.add(definition.name);
    else this.#inAlarm.delete(definition.name);
    const muteDetail = this.#mutes.detailFor(definition.name, this.#simulation.now);
    this.#send(stateChange(alarm, previous, this.arnOf(definition.name), muteDetail));
  }
}
