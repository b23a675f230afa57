import type { MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { ServiceError } from '../service-error.ts';
import type { Alarm, AlarmDefinition } from './alarm.ts';
import { type AlarmRule, COMPARISONS, type Comparison, MISSING_DATA } from './alarm-evaluation.ts';
import { dimensionsOf, statisticOf } from './metric-data.ts';

/** What PutMetricAlarm is given a meaning for: static thresholds on one metric. */
export const PUT_METRIC_ALARM_PARAMETERS = [
  'AlarmName',
  'AlarmDescription',
  'ActionsEnabled',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
  'MetricName',
  'Namespace',
  'Statistic',
  'Dimensions',
  'Period',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Threshold',
  'ComparisonOperator',
  'TreatMissingData',
  'Tags',
] as const;

const DAY_SECONDS = 86_400;

const invalid = (message: string): ServiceError => new ServiceError('ValidationError', message);

/** @throws ServiceError for what the API reference of PutMetricAlarm forbids. */
export function definitionOf(input: PutMetricAlarmInput): AlarmDefinition {
  const { AlarmName: name = '', AlarmDescription: description, MetricName, Namespace, Period } = input;
  if (name.length < 1 || name.length > 255) throw invalid('AlarmName must have 1 to 255 characters.');
  if ((description?.length ?? 0) > 1_024)
    throw invalid('AlarmDescription must have at most 1024 characters.');
  if (MetricName === undefined || Namespace === undefined)
    throw invalid('MetricName and Namespace are required.');
  const periodSeconds = periodOf(Period);
  const rule = ruleOf(input);
  demandShortEnough(periodSeconds, rule.evaluationPeriods);
  return {
    name,
    description,
    metric: { namespace: Namespace, name: MetricName, dimensions: dimensionsOf(input.Dimensions) },
    statistic: statisticOf(input.Statistic),
    periodSeconds,
    rule,
    actionsEnabled: input.ActionsEnabled ?? true,
    actions: actionsOf(input),
  };
}

const actionsOf = ({ OKActions, AlarmActions, InsufficientDataActions }: PutMetricAlarmInput) => ({
  ok: atMostFive(OKActions, 'OKActions'),
  alarm: atMostFive(AlarmActions, 'AlarmActions'),
  insufficientData: atMostFive(InsufficientDataActions, 'InsufficientDataActions'),
});

/** API reference, PutMetricAlarm: at most 5 actions for each state. */
function atMostFive(actions: readonly string[] = [], name: string): readonly string[] {
  if (actions.length > 5) throw invalid(`The collection ${name} must not have a size greater than 5.`);
  return actions;
}

function periodOf(seconds: number | undefined): number {
  if (seconds === undefined || !(seconds % 60 === 0 || [10, 20, 30].includes(seconds)) || seconds <= 0) {
    throw invalid('Period must be 10, 20, 30 or a multiple of 60.');
  }
  return seconds;
}

/** "Period multiplied by EvaluationPeriods" is at most one day, seven where the period is an hour or more. */
function demandShortEnough(periodSeconds: number, evaluationPeriods: number): void {
  const most = periodSeconds < 3_600 ? DAY_SECONDS : 7 * DAY_SECONDS;
  if (periodSeconds * evaluationPeriods > most) {
    throw invalid(
      `Metrics cannot be checked across more than ${most} seconds (EvaluationPeriods * Period must be <= ${most}).`,
    );
  }
}

function ruleOf(input: PutMetricAlarmInput): AlarmRule {
  const {
    EvaluationPeriods: evaluationPeriods = 0,
    Threshold: threshold,
    TreatMissingData = 'missing',
  } = input;
  const datapointsToAlarm = input.DatapointsToAlarm ?? evaluationPeriods;
  if (evaluationPeriods < 1) throw invalid('EvaluationPeriods must be at least 1.');
  if (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
    throw invalid('DatapointsToAlarm must be at least 1 and not exceed EvaluationPeriods.');
  }
  if (threshold === undefined) throw invalid('Threshold is required.');
  const treatMissingData = MISSING_DATA.find((one) => one === TreatMissingData);
  if (treatMissingData === undefined)
    throw invalid(`TreatMissingData must be one of ${MISSING_DATA.join(', ')}.`);
  return {
    evaluationPeriods,
    datapointsToAlarm,
    threshold,
    comparison: comparisonOf(input),
    treatMissingData,
  };
}

function comparisonOf({ ComparisonOperator }: PutMetricAlarmInput): Comparison {
  const names = Object.keys(COMPARISONS) as Comparison[];
  const comparison = names.find((one) => `${one}` === ComparisonOperator);
  if (comparison === undefined) throw invalid(`ComparisonOperator must be one of ${names.join(', ')}.`);
  return comparison;
}

/** As DescribeAlarms answers; `TreatMissingData` and `DatapointsToAlarm` come back filled in. */
export function alarmShape({ definition, configuredAt, state }: Alarm, arn: string): MetricAlarm {
  const { rule, metric, actions } = definition;
  return {
    AlarmName: definition.name,
    AlarmArn: arn,
    ...(definition.description === undefined ? {} : { AlarmDescription: definition.description }),
    AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
    ActionsEnabled: definition.actionsEnabled,
    OKActions: [...actions.ok],
    AlarmActions: [...actions.alarm],
    InsufficientDataActions: [...actions.insufficientData],
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: new Date(state.at),
    StateTransitionedTimestamp: new Date(state.at),
    MetricName: metric.name,
    Namespace: metric.namespace,
    Statistic: definition.statistic,
    Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: definition.periodSeconds,
    EvaluationPeriods: rule.evaluationPeriods,
    DatapointsToAlarm: rule.datapointsToAlarm,
    Threshold: rule.threshold,
    ComparisonOperator: `${rule.comparison}` as const,
    TreatMissingData: rule.treatMissingData,
  };
}
