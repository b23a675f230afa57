import type { Place } from '../aws-event.ts';
import { ServiceError } from '../service-error.ts';
import type { TwinTime } from '../simulation.ts';
import { cloudWatchTime } from './alarm-reason.ts';

/** One window of an alarm mute rule; a rule that recurs is several of them under one name. */
export interface MuteRule {
  readonly name: string;
  readonly alarmNames: readonly string[];
  readonly from: TwinTime;
  /** The first moment after the window. */
  readonly until: TwinTime;
}

export interface MuteDetail {
  readonly mutedByArn: string;
  readonly muteWindowStart: string;
  readonly muteWindowEnd: string;
}

/** Source: CloudWatch user guide, alarm-mute-rules: "up to 100 alarms", PT1M to P15D. */
const MOST_ALARMS = 100;
const SHORTEST_MS = 60_000;
const LONGEST_MS = 15 * 86_400_000;

/** The alarm mute rules of one account and Region. They hold back actions only; the events say that they did. */
export class MuteRules {
  readonly #place: Place;
  readonly #rules: MuteRule[] = [];

  constructor(place: Place) {
    this.#place = place;
  }

  /** @throws ValidationError for what PutAlarmMuteRule refuses. */
  add(rule: MuteRule): void {
    const duration = rule.until - rule.from;
    if (rule.alarmNames.length > MOST_ALARMS)
      throw invalid(`A mute rule can target at most ${MOST_ALARMS} alarms.`);
    if (duration < SHORTEST_MS || duration > LONGEST_MS) throw invalid('Duration must be from PT1M to P15D.');
    this.#rules.push(rule);
  }

  /** What an event of that alarm says; undefined outside every window. AWS does not say which of several it names. */
  detailFor(alarmName: string, now: TwinTime): MuteDetail | undefined {
    const rule = this.#rules.find(
      ({ alarmNames, from, until }) => alarmNames.includes(alarmName) && from <= now && now < until,
    );
    if (rule === undefined) return undefined;
    const { region, account } = this.#place;
    return {
      mutedByArn: `arn:aws:cloudwatch:${region}:${account}:alarm-mute-rule:${rule.name}`,
      muteWindowStart: cloudWatchTime(rule.from),
      muteWindowEnd: cloudWatchTime(rule.until),
    };
  }
}

const invalid = (message: string): ServiceError => new ServiceError('ValidationError', message);
