import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  type DescribeAlarmsCommandInput,
  type MetricAlarm,
  PutMetricAlarmCommand,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmShelf } from '../../core/application/ports.ts';
import {
  type ActualAlarm,
  alarmNameOf,
  burstBalanceAlarm,
  type DesiredAlarm,
  diffAlarms,
} from '../../core/domain/credits/alarm-plan.ts';
import { inSeconds, seconds } from '../../core/domain/units.ts';
import { isVolumeId } from '../../core/domain/volume.ts';
import { batches } from '../../core/domain/volume-limits.ts';
import { chunksOf } from './batches.ts';

/** What all our alarm names start with; listing by it needs no tags. */
const namePrefix = alarmNameOf('vol-');

/** CloudWatch's alarms. Keeping to the shared quota of 3 writes a second is the caller's: it alone knows how many come. */
export function cloudwatchAlarmShelf(cloudWatch: CloudWatchClient, deploymentId: string): AlarmShelf {
  return {
    list: () => listed(cloudWatch, {}),
    inAlarm: async () => {
      const alarms = await listed(cloudWatch, { StateValue: 'ALARM' });
      return volumesOfOurs(alarms, deploymentId);
    },
    put: async (alarm) => {
      await cloudWatch.send(new PutMetricAlarmCommand(definitionOf(alarm)));
    },
    delete: async (names) => {
      for (const chunk of chunksOf(names, batches.deleteAlarms)) {
        await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [...chunk] }));
      }
    },
  };
}

async function listed(
  client: CloudWatchClient,
  filter: Pick<DescribeAlarmsCommandInput, 'StateValue'>,
): Promise<readonly ActualAlarm[]> {
  const alarms: ActualAlarm[] = [];
  for await (const page of paginateDescribeAlarms(
    { client, pageSize: batches.describeAlarmsPage },
    { AlarmNamePrefix: namePrefix, ...filter },
  )) {
    alarms.push(...(page.MetricAlarms ?? []).map(actualAlarmOf));
  }
  return alarms;
}

/** An empty plan has no use for any alarm of ours, so what it would delete is exactly what is ours. */
function volumesOfOurs(alarms: readonly ActualAlarm[], deploymentId: string) {
  const ours = new Set(diffAlarms([], alarms, deploymentId).delete);
  return alarms.flatMap(({ name, volumeId = '' }) =>
    ours.has(name) && isVolumeId(volumeId) && name === alarmNameOf(volumeId) ? [volumeId] : [],
  );
}

function actualAlarmOf(alarm: MetricAlarm): ActualAlarm {
  const [dimension, ...others] = alarm.Dimensions ?? [];
  const single = others.length === 0 ? dimension : undefined;
  return {
    name: alarm.AlarmName ?? '',
    description: alarm.AlarmDescription,
    threshold: alarm.Threshold,
    volumeId: single?.Name === burstBalanceAlarm.dimension ? single.Value : undefined,
    definition: {
      namespace: alarm.Namespace,
      metric: alarm.MetricName,
      dimension: single?.Name,
      statistic: alarm.Statistic,
      period: alarm.Period === undefined ? undefined : seconds(alarm.Period),
      evaluationPeriods: alarm.EvaluationPeriods,
      datapointsToAlarm: alarm.DatapointsToAlarm,
      comparison: alarm.ComparisonOperator,
      treatMissingData: alarm.TreatMissingData,
    },
  };
}

const definitionOf = ({ name, volumeId, description, threshold }: DesiredAlarm) => ({
  AlarmName: name,
  AlarmDescription: description,
  Namespace: burstBalanceAlarm.namespace,
  MetricName: burstBalanceAlarm.metric,
  Dimensions: [{ Name: burstBalanceAlarm.dimension, Value: volumeId }],
  Statistic: burstBalanceAlarm.statistic,
  Period: inSeconds(burstBalanceAlarm.period),
  EvaluationPeriods: burstBalanceAlarm.evaluationPeriods,
  DatapointsToAlarm: burstBalanceAlarm.datapointsToAlarm,
  ComparisonOperator: burstBalanceAlarm.comparison,
  TreatMissingData: burstBalanceAlarm.treatMissingData,
  Threshold: threshold,
});
