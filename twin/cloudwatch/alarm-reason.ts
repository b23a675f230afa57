import type { TwinTime } from '../simulation.ts';
import {
  type AlarmRule,
  type AlarmState,
  COMPARISONS,
  isBreaching,
  type MissingData,
} from './alarm-evaluation.ts';
import type { Statistic } from './metric-store.ts';

export interface Datapoint {
  readonly at: TwinTime;
  readonly value: number;
}

const ZERO_OFFSET = '+0000';

/** CloudWatch's own form, with an offset that has no colon: `2026-11-22T17:04:40.989+0000`. */
export const cloudWatchTime = (at: TwinTime): string => new Date(at).toISOString().replace('Z', ZERO_OFFSET);

/** `22/11/26 16:59:00`, as in state reasons. */
function reasonTime(at: TwinTime): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}

/** Whole numbers get `.0`, as CloudWatch writes them. */
const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

const plural = (count: number): string => (count === 1 ? 'datapoint' : 'datapoints');

const TREATED: Readonly<Record<MissingData, string>> = {
  missing: 'Missing',
  ignore: 'Ignored',
  breaching: 'Breaching',
  notBreaching: 'NonBreaching',
};

/** Wording of the event samples in the CloudWatch user guide, cloudwatch-and-eventbridge. */
export function stateReason(state: AlarmState, used: readonly Datapoint[], rule: AlarmRule): string {
  if (state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${counted(rule.evaluationPeriods)} unknown.`;
  return `Threshold Crossed: ${used.length === 0 ? withoutData(rule) : crossing(state, used, rule)}`;
}

const counted = (count: number): string => `${count} ${plural(count)} ${count === 1 ? 'was' : 'were'}`;

function withoutData({ evaluationPeriods, treatMissingData }: AlarmRule): string {
  const periods = evaluationPeriods === 1 ? '1 period' : `${evaluationPeriods} periods`;
  const missing = `${evaluationPeriods} missing ${plural(evaluationPeriods)} ${evaluationPeriods === 1 ? 'was' : 'were'}`;
  return `no datapoints were received for ${periods} and ${missing} treated as [${TREATED[treatMissingData]}].`;
}

function crossing(state: AlarmState, used: readonly Datapoint[], rule: AlarmRule): string {
  const { evaluationPeriods, datapointsToAlarm, threshold, comparison } = rule;
  const isAlarm = state === 'ALARM';
  const matching = used.filter(({ value }) => isBreaching(value, rule) === isAlarm);
  const list = matching.map(({ at, value }) => `${decimal(value)} (${reasonTime(at)})`).join(', ');
  const verb = `${matching.length === 1 ? 'was' : 'were'}${isAlarm ? '' : ' not'}`;
  const needed = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const minimum = `(minimum ${needed} ${plural(needed)} for ${isAlarm ? 'OK -> ALARM' : 'ALARM -> OK'} transition)`;
  const last = `${matching.length} out of the last ${used.length} datapoints [${list}]`;
  return `${last} ${verb} ${COMPARISONS[comparison].words} the threshold (${decimal(threshold)}) ${minimum}.`;
}

export interface ReasonDataSource {
  readonly now: TwinTime;
  readonly statistic: Statistic;
  readonly periodSeconds: number;
  readonly threshold: number;
  readonly used: readonly Datapoint[];
}

/** JSON inside a string, as the event carries it. */
export function stateReasonData({
  now,
  statistic,
  periodSeconds,
  threshold,
  used,
}: ReasonDataSource): string {
  const first = used[0];
  return JSON.stringify({
    version: '1.0',
    queryDate: cloudWatchTime(now),
    ...(first === undefined ? {} : { startDate: cloudWatchTime(first.at) }),
    statistic,
    period: periodSeconds,
    recentDatapoints: used.map(({ value }) => value),
    threshold,
  });
}
