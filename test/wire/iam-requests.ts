import type { Account } from '../../twin/account.ts';
import type { CallRecord } from '../../twin/endpoint.ts';

/** What IAM is asked when a call arrives: one question for each resource and each part that is authorised by itself. */
export interface IamRequest {
  readonly action: string;
  /** `*` for actions that know no resource. */
  readonly resource: string;
  readonly context: Readonly<Record<string, string | string[]>>;
}

type Input = Readonly<Record<string, unknown>>;
type Ask = (input: Input, account: Account) => readonly IamRequest[];

/** Source: Service Authorization Reference, the pages of these services. */
const QUESTIONS: Readonly<Record<string, Ask>> = {
  'EC2:DescribeVolumes': everywhere('ec2:DescribeVolumes'),
  'EC2:DescribeVolumeStatus': everywhere('ec2:DescribeVolumeStatus'),
  'EC2:DescribeVolumesModifications': everywhere('ec2:DescribeVolumesModifications'),
  'EC2:ModifyVolume': ({ VolumeId }, account) => [onVolume('ec2:ModifyVolume', String(VolumeId), account)],
  'EC2:CreateTags': (input, account) => onTags('ec2:CreateTags', input, account),
  'EC2:DeleteTags': (input, account) => onTags('ec2:DeleteTags', input, account),
  'CloudWatch:GetMetricData': everywhere('cloudwatch:GetMetricData'),
  'CloudWatch:DescribeAlarms': everywhere('cloudwatch:DescribeAlarms'),
  'CloudWatch:PutMetricAlarm': ({ AlarmName }, account) => [onAlarm('PutMetricAlarm', AlarmName, account)],
  'CloudWatch:DeleteAlarms': ({ AlarmNames }, account) =>
    (AlarmNames as readonly string[]).map((name) => onAlarm('DeleteAlarms', name, account)),
  'CloudFormation:DescribeStacks': ({ StackName }, account) => [
    plain(
      'cloudformation:DescribeStacks',
      String(StackName).startsWith('arn:')
        ? String(StackName)
        : arn(account, 'cloudformation', `stack/${StackName}/any`),
    ),
  ],
  'Service Quotas:ListServiceQuotas': everywhere('servicequotas:ListServiceQuotas'),
  'DynamoDB:BatchGetItem': ({ RequestItems }, account) =>
    Object.keys(RequestItems as object).map((table) => onTable('BatchGetItem', table, account)),
  // Transactions are authorised by their parts (DynamoDB developer guide, "Using IAM with DynamoDB transactions").
  'DynamoDB:TransactWriteItems': ({ TransactItems }, account) =>
    (TransactItems as readonly Readonly<Record<string, { readonly TableName: string }>>[]).flatMap((item) =>
      Object.entries(item).map(([part, { TableName }]) => onTable(PARTS[part] ?? part, TableName, account)),
    ),
  'SQS:SendMessage': ({ QueueUrl }, account) => [onQueue(QueueUrl, account)],
  'SQS:SendMessageBatch': ({ QueueUrl }, account) => [onQueue(QueueUrl, account)],
  'SNS:Publish': ({ TopicArn }) => [plain('sns:Publish', String(TopicArn))],
  'SSM:GetParameter': ({ Name }, account) => [
    plain('ssm:GetParameter', arn(account, 'ssm', `parameter/${String(Name).replace(/^\//, '')}`)),
  ],
};

const PARTS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** @throws Error for a call that nobody said how it is authorised */
export function iamRequestsOf(
  account: Account,
  { service, operation, input }: CallRecord,
): readonly IamRequest[] {
  const fields = input as Input;
  const ask = QUESTIONS[`${service}:${operation}`];
  if (ask !== undefined) return ask(fields, account);
  if (service === 'DynamoDB') {
    return [
      onTable(operation, String(fields['TableName']), account, fields['IndexName'] as string | undefined),
    ];
  }
  throw new Error(`${service}:${operation}: which action and resource does IAM see?`);
}

const plain = (action: string, resource: string): IamRequest => ({ action, resource, context: {} });

function everywhere(action: string): Ask {
  return (_input, { place }) => [{ action, resource: '*', context: { 'aws:RequestedRegion': place.region } }];
}

export const arn = ({ place: { account, region } }: Account, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

export const onAlarm = (operation: string, name: unknown, account: Account): IamRequest =>
  plain(`cloudwatch:${operation}`, arn(account, 'cloudwatch', `alarm:${name}`));

export const onTable = (operation: string, table: string, account: Account, index?: string): IamRequest =>
  plain(
    `dynamodb:${operation}`,
    arn(account, 'dynamodb', `table/${table}${index === undefined ? '' : `/index/${index}`}`),
  );

const onQueue = (url: unknown, account: Account): IamRequest =>
  plain('sqs:SendMessage', arn(account, 'sqs', String(url).split('/').at(-1) ?? ''));

/** The volume's tags as they are now. */
export function onVolume(action: string, id: string, account: Account): IamRequest {
  const volume = account.ebs.volumes.volumes.find((one) => one.id === id);
  const tags = [...(volume?.tags ?? [])].map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  return { action, resource: arn(account, 'ec2', `volume/${id}`), context: Object.fromEntries(tags) };
}

function onTags(action: string, { Resources, Tags }: Input, account: Account): readonly IamRequest[] {
  const tags = Tags as readonly { readonly Key: string; readonly Value?: string }[];
  const asked = Object.fromEntries(tags.map(({ Key, Value = '' }) => [`aws:RequestTag/${Key}`, Value]));
  const context = { ...asked, 'aws:TagKeys': tags.map(({ Key }) => Key) };
  return (Resources as readonly string[]).map((id) => {
    const request = onVolume(action, id, account);
    return { ...request, context: { ...request.context, ...context } };
  });
}
