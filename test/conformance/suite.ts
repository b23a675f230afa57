import type { ConformanceAccount } from './account.ts';
import type { ApiCases } from './case.ts';
import { listStackResourcesCases } from './cloudformation-list-stack-resources.cases.ts';
import { alarmConfigurationEventCases } from './cloudwatch-alarm-configuration-events.cases.ts';
import { alarmEvaluationCases } from './cloudwatch-alarm-evaluation.cases.ts';
import { deleteAlarmsCases, describeAlarmsCases } from './cloudwatch-describe-alarms.cases.ts';
import { getMetricDataCases } from './cloudwatch-get-metric-data.cases.ts';
import { muteRuleCases } from './cloudwatch-mute-rules.cases.ts';
import { putMetricAlarmCases } from './cloudwatch-put-metric-alarm.cases.ts';
import { setAlarmStateCases } from './cloudwatch-set-alarm-state.cases.ts';
import { batchGetItemCases } from './dynamodb-batch-get-item.cases.ts';
import { deleteTableCases } from './dynamodb-delete-table.cases.ts';
import { queryCases } from './dynamodb-query.cases.ts';
import { scanCases } from './dynamodb-scan.cases.ts';
import { streamCases } from './dynamodb-streams.cases.ts';
import { timeToLiveCases } from './dynamodb-time-to-live.cases.ts';
import { transactWriteItemsCases } from './dynamodb-transact-write-items.cases.ts';
import { writeItemCases } from './dynamodb-write-item.cases.ts';
import { burstCreditCases } from './ebs-burst-credits.cases.ts';
import { ebsEventCases } from './ebs-events.cases.ts';
import { metricCases } from './ebs-metrics.cases.ts';
import { quotaCases } from './ebs-quotas.cases.ts';
import { describeVolumeStatusCases } from './ec2-describe-volume-status.cases.ts';
import { describeVolumesCases } from './ec2-describe-volumes.cases.ts';
import { describeVolumesModificationsCases } from './ec2-describe-volumes-modifications.cases.ts';
import { modificationCourseCases } from './ec2-modification-course.cases.ts';
import { modifyVolumeCases } from './ec2-modify-volume.cases.ts';
import { tagCases } from './ec2-tags.cases.ts';
import { instanceLifeCases, volumeLifeCases } from './ec2-volume-life.cases.ts';
import { eventDeliveryCases } from './eventbridge-delivery.cases.ts';
import { describeRuleCases } from './eventbridge-describe-rule.cases.ts';
import { eventPatternCases } from './eventbridge-patterns.cases.ts';
import { putRuleCases } from './eventbridge-put-rule.cases.ts';
import { scheduleCases } from './eventbridge-schedules.cases.ts';
import { simulatePrincipalPolicyCases } from './iam-simulate-principal-policy.cases.ts';
import { asynchronousInvocationCases } from './lambda-asynchronous-invocation.cases.ts';
import { queueSourceCases } from './lambda-queue-source.cases.ts';
import { lambdaReadCases } from './lambda-reads.cases.ts';
import { runCases } from './lambda-run.cases.ts';
import { streamSourceCases } from './lambda-stream-source.cases.ts';
import { requestRateCases } from './request-rates.cases.ts';
import { listServiceQuotasCases } from './service-quotas-list-service-quotas.cases.ts';
import { slackMessageCases } from './slack-chat.cases.ts';
import { slackLimitCases } from './slack-message-limits.cases.ts';
import { listSubscriptionsByTopicCases } from './sns-list-subscriptions-by-topic.cases.ts';
import { publishCases } from './sns-publish.cases.ts';
import { subscribeCases } from './sns-subscribe.cases.ts';
import { createQueueCases } from './sqs-create-queue.cases.ts';
import { receiveMessageCases } from './sqs-receive-message.cases.ts';
import { sendMessageCases } from './sqs-send-message.cases.ts';
import { getParameterCases } from './ssm-get-parameter.cases.ts';
import { assumeRoleCases, callerIdentityCases } from './sts.cases.ts';

/** Every case, by API. */
export const suite: readonly ApiCases<ConformanceAccount>[] = [
  { api: 'EC2 ModifyVolume', cases: modifyVolumeCases },
  { api: 'EC2 ModifyVolume, over time', cases: modificationCourseCases },
  { api: 'EC2 DescribeVolumes', cases: describeVolumesCases },
  { api: 'EC2 DescribeVolumesModifications', cases: describeVolumesModificationsCases },
  { api: 'EC2 DescribeVolumeStatus', cases: describeVolumeStatusCases },
  { api: 'EC2 CreateTags and DeleteTags', cases: tagCases },
  { api: 'EC2 CreateVolume and DeleteVolume', cases: volumeLifeCases },
  { api: 'EC2 RunInstances, AttachVolume and TerminateInstances', cases: instanceLifeCases },
  { api: 'EBS quotas', cases: quotaCases },
  { api: 'CloudWatch PutMetricAlarm', cases: putMetricAlarmCases },
  { api: 'CloudWatch DescribeAlarms', cases: describeAlarmsCases },
  { api: 'CloudWatch DeleteAlarms', cases: deleteAlarmsCases },
  { api: 'CloudWatch SetAlarmState', cases: setAlarmStateCases },
  { api: 'CloudWatch GetMetricData', cases: getMetricDataCases },
  { api: 'CloudWatch alarm evaluation and its events', cases: alarmEvaluationCases },
  { api: 'CloudWatch alarm configuration events', cases: alarmConfigurationEventCases },
  { api: 'CloudWatch alarm mute rules', cases: muteRuleCases },
  { api: 'EBS performance and burst credits', cases: burstCreditCases },
  { api: 'EBS and EC2 metrics', cases: metricCases },
  { api: 'EBS and EC2 events', cases: ebsEventCases },
  { api: 'Request rates of EC2 and CloudWatch', cases: requestRateCases },
  { api: 'DynamoDB PutItem, UpdateItem and DeleteItem', cases: writeItemCases },
  { api: 'DynamoDB TransactWriteItems', cases: transactWriteItemsCases },
  { api: 'DynamoDB Query', cases: queryCases },
  { api: 'DynamoDB Scan', cases: scanCases },
  { api: 'DynamoDB BatchGetItem', cases: batchGetItemCases },
  { api: 'DynamoDB ListTables, ListTagsOfResource and DeleteTable', cases: deleteTableCases },
  { api: 'DynamoDB expiry', cases: timeToLiveCases },
  { api: 'DynamoDB streams', cases: streamCases },
  { api: 'SQS SendMessage and SendMessageBatch', cases: sendMessageCases },
  { api: 'SQS ReceiveMessage and DeleteMessage', cases: receiveMessageCases },
  { api: 'SQS CreateQueue, GetQueueUrl and DeleteQueue', cases: createQueueCases },
  { api: 'SNS Publish', cases: publishCases },
  { api: 'SNS ListSubscriptionsByTopic', cases: listSubscriptionsByTopicCases },
  { api: 'SNS Subscribe and Unsubscribe', cases: subscribeCases },
  { api: 'SSM GetParameter', cases: getParameterCases },
  { api: 'Service Quotas ListServiceQuotas', cases: listServiceQuotasCases },
  { api: 'CloudFormation ListStackResources', cases: listStackResourcesCases },
  { api: 'IAM SimulatePrincipalPolicy', cases: simulatePrincipalPolicyCases },
  { api: 'STS GetCallerIdentity', cases: callerIdentityCases },
  { api: 'STS AssumeRole', cases: assumeRoleCases },
  { api: 'Lambda event source: DynamoDB stream', cases: streamSourceCases },
  { api: 'Lambda event source: SQS', cases: queueSourceCases },
  { api: 'EventBridge event patterns', cases: eventPatternCases },
  { api: 'EventBridge delivery to targets', cases: eventDeliveryCases },
  { api: 'EventBridge schedules', cases: scheduleCases },
  { api: 'EventBridge DescribeRule', cases: describeRuleCases },
  { api: 'EventBridge PutRule, PutTargets and DeleteRule', cases: putRuleCases },
  { api: 'Lambda runs', cases: runCases },
  { api: 'Lambda asynchronous invocation', cases: asynchronousInvocationCases },
  {
    api: 'Lambda GetFunctionConfiguration, GetFunctionConcurrency and GetEventSourceMapping',
    cases: lambdaReadCases,
  },
  { api: 'Slack chat.postMessage and chat.update', cases: slackMessageCases },
  { api: 'Slack message limits', cases: slackLimitCases },
];
