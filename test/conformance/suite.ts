import type { ApiCases } from './case.ts';
import { alarmEvaluationCases } from './cloudwatch-alarm-evaluation.cases.ts';
import { deleteAlarmsCases, describeAlarmsCases } from './cloudwatch-describe-alarms.cases.ts';
import { getMetricDataCases } from './cloudwatch-get-metric-data.cases.ts';
import { putMetricAlarmCases } from './cloudwatch-put-metric-alarm.cases.ts';
import type { ConformanceEbsAccount } from './ebs-account.ts';
import { burstCreditCases } from './ebs-burst-credits.cases.ts';
import { ebsEventCases } from './ebs-events.cases.ts';
import { metricCases } from './ebs-metrics.cases.ts';
import { quotaCases } from './ebs-quotas.cases.ts';
import { describeVolumesCases } from './ec2-describe-volumes.cases.ts';
import { describeVolumesModificationsCases } from './ec2-describe-volumes-modifications.cases.ts';
import { modificationCourseCases } from './ec2-modification-course.cases.ts';
import { modifyVolumeCases } from './ec2-modify-volume.cases.ts';
import { tagCases } from './ec2-tags.cases.ts';
import { requestRateCases } from './request-rates.cases.ts';

/** Every case about volumes, metrics and alarms, by API. */
export const ebsSuite: readonly ApiCases<ConformanceEbsAccount>[] = [
  { api: 'EC2 ModifyVolume', cases: modifyVolumeCases },
  { api: 'EC2 ModifyVolume, over time', cases: modificationCourseCases },
  { api: 'EC2 DescribeVolumes', cases: describeVolumesCases },
  { api: 'EC2 DescribeVolumesModifications', cases: describeVolumesModificationsCases },
  { api: 'EC2 CreateTags and DeleteTags', cases: tagCases },
  { api: 'EBS quotas', cases: quotaCases },
  { api: 'CloudWatch PutMetricAlarm', cases: putMetricAlarmCases },
  { api: 'CloudWatch DescribeAlarms', cases: describeAlarmsCases },
  { api: 'CloudWatch DeleteAlarms', cases: deleteAlarmsCases },
  { api: 'CloudWatch GetMetricData', cases: getMetricDataCases },
  { api: 'CloudWatch alarm evaluation and its events', cases: alarmEvaluationCases },
  { api: 'EBS performance and burst credits', cases: burstCreditCases },
  { api: 'EBS and EC2 metrics', cases: metricCases },
  { api: 'EBS and EC2 events', cases: ebsEventCases },
  { api: 'Request rates of EC2 and CloudWatch', cases: requestRateCases },
];
