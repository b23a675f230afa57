import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStringParameter } from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import { alarmNameOf } from '../core/domain/credits/alarm-plan.ts';
import type { ActSelector } from '../core/domain/policy.ts';
import { stateTagPrefix } from '../core/domain/tag-keys.ts';
import { type CaseTable, dueIndex } from './case-table.ts';
import type { Permission } from './permission.ts';

/**
 * Every statement our functions hold, each with the reason it is needed. What a condition key or resource type an
 * action knows is from the AWS Service Authorization Reference.
 */

const listsHaveNoResource =
  'the action knows no resource type; the Region is the narrowest condition it takes';

/** EC2 does not name the Region in an ARN of `*`, so the condition does. */
const inThisRegion = (scope: IConstruct) => ({
  StringEquals: { 'aws:RequestedRegion': Stack.of(scope).region },
});

const volumes = (scope: IConstruct): string =>
  Stack.of(scope).formatArn({ service: 'ec2', resource: 'volume', resourceName: '*' });

export const readVolumes = (scope: IConstruct): Permission => ({
  sid: 'ReadVolumes',
  reason: 'every decision is taken from the volume as EC2 describes it at that moment',
  actions: ['ec2:DescribeVolumes'],
  resources: ['*'],
  conditions: inThisRegion(scope),
  wildcard: listsHaveNoResource,
});

export const readVolumeState = (scope: IConstruct): Permission => ({
  sid: 'ReadVolumeState',
  reason:
    'never two modifications in flight, none on an impaired volume, and no more at once than the Region allows',
  actions: ['ec2:DescribeVolumesModifications', 'ec2:DescribeVolumeStatus'],
  resources: ['*'],
  conditions: inThisRegion(scope),
  wildcard: listsHaveNoResource,
});

/** Held by `respond` alone, and by nobody unless mode is `act`. The tag is set by people: our own tags cannot grant it. */
export const modifyConsentedVolumes = (scope: IConstruct, { tagKey, values }: ActSelector): Permission => ({
  sid: 'ModifyConsentedVolumes',
  reason: 'moving a volume that carries the consent tag, and putting it back',
  actions: ['ec2:ModifyVolume'],
  resources: [volumes(scope)],
  conditions: { StringEquals: { [`aws:ResourceTag/${tagKey}`]: [...values] } },
  wildcard: 'volumes come and go; the consent tag in the condition selects them',
});

/** ForAllValues is true of an empty list of keys, hence the Null check beside it (IAM user guide, "multivalued context keys"). */
const ourStateTags = (scope: IConstruct) => ({
  resources: [volumes(scope)],
  conditions: {
    'ForAllValues:StringLike': { 'aws:TagKeys': [`${stateTagPrefix}*`] },
    Null: { 'aws:TagKeys': 'false' },
  },
  wildcard: 'volumes come and go; only our own tag keys can be touched',
});

export const writeStateTags = (scope: IConstruct): Permission => ({
  sid: 'WriteStateTags',
  reason:
    'the volume itself says who moved it and from what, for people and for the check against a lost table',
  actions: ['ec2:CreateTags'],
  ...ourStateTags(scope),
});

/** In every mode: a case that mode `act` opened is followed to its end after a redeployment to another mode. */
export const clearStateTags = (scope: IConstruct): Permission => ({
  sid: 'ClearStateTags',
  reason: 'a case that ends takes its tags off the volume, also when the mode has changed since',
  actions: ['ec2:DeleteTags'],
  ...ourStateTags(scope),
});

export const readMetrics = (scope: IConstruct): Permission => ({
  sid: 'ReadMetrics',
  reason: 'balance, demand, latency and queue are the evidence; an event alone never is',
  actions: ['cloudwatch:GetMetricData'],
  resources: ['*'],
  conditions: inThisRegion(scope),
  wildcard: listsHaveNoResource,
});

export const listAlarms = (scope: IConstruct): Permission => ({
  sid: 'ListAlarms',
  reason:
    'the difference of wanted and existing alarms is the cursor; alarms of ours in ALARM are looked at again',
  actions: ['cloudwatch:DescribeAlarms'],
  resources: ['*'],
  conditions: inThisRegion(scope),
  wildcard: 'listing by name prefix needs every alarm as its resource',
});

const ourAlarms = (scope: IConstruct): string =>
  Stack.of(scope).formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    resourceName: alarmNameOf('vol-*'),
  });

export const putOurAlarms = (scope: IConstruct): Permission => ({
  sid: 'PutOurAlarms',
  reason: 'one BurstBalance alarm on every volume that can run out',
  actions: ['cloudwatch:PutMetricAlarm'],
  resources: [ourAlarms(scope)],
  wildcard: 'one alarm per volume, under our own name prefix only',
});

export const deleteOurAlarms = (scope: IConstruct): Permission => ({
  sid: 'DeleteOurAlarms',
  reason: 'alarms of volumes that are gone or can no longer run out, and all of ours with the stack',
  actions: ['cloudwatch:DeleteAlarms'],
  resources: [ourAlarms(scope)],
  wildcard: 'one alarm per volume, under our own name prefix only',
});

/** What one function does with the items of the table. */
export type TableUse = 'get' | 'get-many' | 'query' | 'put' | 'update' | 'free';

/** Transactions are authorised by their parts (DynamoDB developer guide, "using IAM with transactions"). */
const tableActions: Readonly<Record<TableUse, readonly string[]>> = {
  get: ['dynamodb:GetItem'],
  'get-many': ['dynamodb:BatchGetItem'],
  query: ['dynamodb:Query'],
  put: ['dynamodb:PutItem'],
  update: ['dynamodb:UpdateItem'],
  /** A closed case moves to another key, which frees the one place a volume has for an open case. */
  free: ['dynamodb:DeleteItem'],
};

/** Nobody may scan. */
export const useTable = (table: CaseTable, reason: string, ...uses: readonly TableUse[]): Permission => ({
  sid: 'UseTable',
  reason,
  actions: uses.flatMap((use) => tableActions[use]),
  resources: [table.tableArn],
});

export const queryDue = (table: CaseTable, reason: string): Permission => ({
  sid: 'QueryDue',
  reason,
  actions: ['dynamodb:Query'],
  resources: [`${table.tableArn}/index/${dueIndex}`],
});

export const readStream = (streamArn: string): Permission => ({
  sid: 'ReadStream',
  reason: 'a new notice wakes its delivery',
  actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
  resources: [streamArn],
});

export const listStreams = (scope: IConstruct): Permission => ({
  sid: 'ListStreams',
  reason: 'Lambda asks for it when it attaches a function to a stream',
  actions: ['dynamodb:ListStreams'],
  resources: ['*'],
  conditions: inThisRegion(scope),
  wildcard: listsHaveNoResource,
});

export const receiveWork = (queue: IQueue): Permission => ({
  sid: 'ReceiveWork',
  reason: 'Lambda polls the work queue in the name of the function',
  actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  resources: [queue.queueArn],
});

export const enqueueWork = (queue: IQueue, reason: string): Permission => ({
  sid: 'EnqueueWork',
  reason,
  actions: ['sqs:SendMessage'],
  resources: [queue.queueArn],
});

export const reportFailures = (queue: IQueue): Permission => ({
  sid: 'ReportFailures',
  reason: 'Lambda puts what failed for good into the dead-letter queue in the name of the function',
  actions: ['sqs:SendMessage'],
  resources: [queue.queueArn],
});

export const readSwitch = (parameter: IStringParameter): Permission => ({
  sid: 'ReadSwitch',
  reason: 'the kill switch is read before every modification',
  actions: ['ssm:GetParameter'],
  resources: [parameter.parameterArn],
});

export const readSlackSecret = (scope: IConstruct, parameterName: string): Permission => ({
  sid: 'ReadSlackSecret',
  reason: 'the Slack token or webhook URL lives in a SecureString that people created',
  actions: ['ssm:GetParameter'],
  resources: [slackSecret(scope, parameterName)],
});

const slackSecret = (scope: IConstruct, parameterName: string): string =>
  Stack.of(scope).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: parameterName.replace(/^\//, ''),
  });

/** Only for a customer key; alias/aws/ssm lets whoever may read the parameter decrypt it. */
export const decryptSlackSecret = (scope: IConstruct, parameterName: string, keyArn: string): Permission => ({
  sid: 'DecryptSlackSecret',
  reason: 'the SecureString is encrypted with a customer key',
  actions: ['kms:Decrypt'],
  resources: [keyArn],
  conditions: {
    StringEquals: {
      'kms:ViaService': `ssm.${Stack.of(scope).region}.amazonaws.com`,
      'kms:EncryptionContext:PARAMETER_ARN': slackSecret(scope, parameterName),
    },
  },
});

export const publishNotices = (topic: ITopic): Permission => ({
  sid: 'PublishNotices',
  reason: 'notices reach machines and mail over the topic',
  actions: ['sns:Publish'],
  resources: [topic.topicArn],
});

export const encryptNotices = (key: IKey): Permission => ({
  sid: 'EncryptNotices',
  reason: 'the topic is encrypted, and SNS uses the key in the name of the publisher',
  actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
  resources: [key.keyArn],
});

export const readOwningStacks = (scope: IConstruct): Permission => ({
  sid: 'ReadOwningStacks',
  reason: 'a volume whose CloudFormation stack is being updated is left alone',
  actions: ['cloudformation:DescribeStacks'],
  resources: [Stack.of(scope).formatArn({ service: 'cloudformation', resource: 'stack', resourceName: '*' })],
  wildcard: 'any stack of this account and Region may own a watched volume',
});

export const readQuotas = (scope: IConstruct): Permission => ({
  sid: 'ReadQuotas',
  reason: 'regional storage and IOPS quotas are checked before a plan is made',
  actions: ['servicequotas:ListServiceQuotas'],
  resources: ['*'],
  conditions: inThisRegion(scope),
  wildcard: listsHaveNoResource,
});

export const writeLogs = (logGroup: ILogGroup): Permission => ({
  sid: 'WriteLogs',
  reason: 'its own log group and no other; creating groups is left to the stack',
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  resources: [logGroup.logGroupArn],
});
