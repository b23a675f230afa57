import type { AwsEvent, EventContent } from '../aws-event.ts';
import type { Alarm, AlarmDefinition, AlarmStateView } from './alarm.ts';
import { cloudWatchTime } from './alarm-reason.ts';
import type { MuteDetail } from './mute-rules.ts';

type Kind = Pick<AwsEvent, 'source' | 'detail-type'>;

export const CONFIGURATION_CHANGE: Kind = {
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm Configuration Change',
};

/** What an alarm has become. Source: CloudWatch user guide, cloudwatch-and-eventbridge, "Single Metric Alarm". */
export const stateChange = (
  alarm: Alarm,
  previous: AlarmStateView,
  arn: string,
  muteDetail: MuteDetail | undefined,
): EventContent => ({
  detailType: 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  resources: [arn],
  detail: {
    alarmName: alarm.definition.name,
    configuration: { description: alarm.definition.description ?? '', metrics: metricsOf(alarm) },
    previousState: stateShape(previous),
    state: stateShape(alarm.state),
    ...(muteDetail && { muteDetail }),
  },
});

const stateShape = ({ value, reason, reasonData, at }: AlarmStateView) => ({
  value,
  reason,
  ...(reasonData === undefined ? {} : { reasonData }),
  timestamp: cloudWatchTime(at),
});

export type ConfigurationOperation = 'create' | 'update' | 'delete';

/**
 * What was done to an alarm. Source: CloudWatch user guide, cloudwatch-and-eventbridge, "Alarm Configuration Change
 * Events"; it has no sample of DatapointsToAlarm, nor of a mute rule.
 * @param previous of an update, the alarm as it was.
 */
export const configurationChange = (
  operation: ConfigurationOperation,
  alarm: Alarm,
  arn: string,
  previous?: Alarm,
): EventContent => ({
  detailType: CONFIGURATION_CHANGE['detail-type'],
  source: CONFIGURATION_CHANGE.source,
  resources: [arn],
  detail: {
    alarmName: alarm.definition.name,
    operation,
    state: { value: alarm.state.value, timestamp: cloudWatchTime(alarm.state.at) },
    configuration: wholeConfiguration(alarm),
    ...(previous && { previousConfiguration: wholeConfiguration(previous) }),
  },
});

function wholeConfiguration(alarm: Alarm) {
  const { rule, name, description, actionsEnabled, actions } = alarm.definition;
  return {
    evaluationPeriods: rule.evaluationPeriods,
    threshold: rule.threshold,
    comparisonOperator: rule.comparison,
    treatMissingData: rule.treatMissingData,
    metrics: metricsOf(alarm),
    alarmName: name,
    ...(description === undefined ? {} : { description }),
    actionsEnabled,
    timestamp: cloudWatchTime(alarm.configuredAt),
    okActions: actions.ok,
    alarmActions: actions.alarm,
    insufficientDataActions: actions.insufficientData,
  };
}

const metricsOf = ({ definition, metricId }: Alarm) => [
  { id: metricId, metricStat: metricStatOf(definition), returnData: true },
];

const metricStatOf = ({ metric, periodSeconds, statistic }: AlarmDefinition) => ({
  metric,
  period: periodSeconds,
  stat: statistic,
});
