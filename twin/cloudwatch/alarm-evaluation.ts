export const COMPARISONS = {
  GreaterThanOrEqualToThreshold: {
    breaches: (value: number, threshold: number) => value >= threshold,
    words: 'greater than or equal to',
  },
  GreaterThanThreshold: {
    breaches: (value: number, threshold: number) => value > threshold,
    words: 'greater than',
  },
  LessThanThreshold: {
    breaches: (value: number, threshold: number) => value < threshold,
    words: 'less than',
  },
  LessThanOrEqualToThreshold: {
    breaches: (value: number, threshold: number) => value <= threshold,
    words: 'less than or equal to',
  },
} as const;
export type Comparison = keyof typeof COMPARISONS;

export const MISSING_DATA = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type MissingData = (typeof MISSING_DATA)[number];

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface AlarmRule {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly treatMissingData: MissingData;
}

/** What an evaluation leads to; `retain` keeps whatever state the alarm has. */
export type Verdict = AlarmState | 'retain';

/**
 * How many periods are looked at for one that uses `evaluationPeriods`. AWS looks further back than asked for without
 * saying how far; its own example looks at 5 for 3 (CloudWatch user guide, alarms-and-missing-data).
 */
export const evaluationRange = ({ evaluationPeriods }: AlarmRule): number => evaluationPeriods + 2;

/**
 * The state that the datapoints call for, as the two tables of "Configuring how CloudWatch alarms treat missing data" have it.
 * @param range one entry per period of the evaluation range, newest last; undefined where a period has no data.
 */
export function evaluate(range: readonly (number | undefined)[], rule: AlarmRule): Verdict {
  const existing = range.filter((value) => value !== undefined);
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = rule;
  const used = existing.slice(-evaluationPeriods);
  const breaching = used.filter((value) => isBreaching(value, rule)).length;
  if (breaching >= datapointsToAlarm) return 'ALARM';
  const missing = evaluationPeriods - used.length;
  if (missing === 0 || treatMissingData === 'notBreaching') return 'OK';
  if (treatMissingData === 'breaching') return breaching + missing >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (existing.length === 0) return treatMissingData === 'ignore' ? 'retain' : 'INSUFFICIENT_DATA';
  if (!isOldBreach(range, rule)) return 'OK';
  return treatMissingData === 'ignore' ? 'retain' : 'ALARM';
}

/** All data there is breaches, and the oldest of it is at least `datapointsToAlarm` periods old ("premature alarm state"). */
function isOldBreach(range: readonly (number | undefined)[], rule: AlarmRule): boolean {
  const oldest = range.findIndex((value) => value !== undefined);
  const age = range.length - oldest;
  return (
    age >= rule.datapointsToAlarm && range.every((value) => value === undefined || isBreaching(value, rule))
  );
}

export const isBreaching = (value: number, { comparison, threshold }: AlarmRule): boolean =>
  COMPARISONS[comparison].breaches(value, threshold);
