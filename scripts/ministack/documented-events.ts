import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import single from '../../test/fixtures/events/alarm-single-metric.json' with { type: 'json' };
import { ACCOUNT, REGION } from './cdk.ts';

/** AWS CloudWatch user guide, "Alarm events and EventBridge", about this volume. */
export function alarmEvent(alarmName: string, volumeId: string): PutEventsRequestEntry {
  const [metric] = single.detail.configuration.metrics;
  const detail = {
    ...single.detail,
    alarmName,
    configuration: {
      ...single.detail.configuration,
      metrics: [
        {
          ...metric,
          metricStat: {
            ...metric?.metricStat,
            metric: { ...metric?.metricStat.metric, dimensions: { VolumeId: volumeId } },
          },
        },
      ],
    },
    state: { ...single.detail.state, timestamp: alarmTime(new Date()) },
  };
  return {
    Source: single.source,
    DetailType: single['detail-type'],
    Resources: [`arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${alarmName}`],
    Detail: JSON.stringify(detail),
  };
}

/** As in `2026-11-22T17:04:40.989+0000`. */
const alarmTime = (at: Date): string => at.toISOString().replace('Z', '+0000');

/** AWS EC2 user guide, "State change events for your instances". */
export const runningEvent = (instanceId: string): PutEventsRequestEntry => ({
  Source: 'aws.ec2',
  DetailType: 'EC2 Instance State-change Notification',
  Resources: [`arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${instanceId}`],
  Detail: JSON.stringify({ 'instance-id': instanceId, state: 'running' }),
});
