import { alarmNameOf } from '../credits/alarm-plan.ts';
import type { Policy } from '../policy.ts';
import { stateTagKey } from '../tag-keys.ts';
import type { VolumeId } from '../volume.ts';
import { type FunctionName, functionNames } from './parts.ts';

/** A key of the request as a condition reads it; several values where the key is multivalued. */
interface ContextKey {
  readonly key: string;
  readonly values: readonly string[];
  readonly kind: 'string' | 'stringList';
}

/** Whether a function's role may do this; all actions on one resource with one context. */
export interface PermissionQuestion {
  readonly of: FunctionName;
  readonly actions: readonly string[];
  readonly resource: string;
  readonly context: readonly ContextKey[];
  readonly expected: 'allowed' | 'denied';
  /** Says of what volume or alarm, where the resource alone does not. */
  readonly about?: string;
}

/** What IAM's simulation said of one action. */
export interface Ruling {
  readonly action: string;
  readonly decision: 'allowed' | 'denied';
  /** Who denied it, where the role's own policies did not. */
  readonly by: 'organization' | 'boundary' | undefined;
  /** Condition keys that the question did not bring. */
  readonly missing: readonly string[];
}

/** What the questions are about; `undefined` leaves out those on a resource that is not known. */
export interface QuestionPlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly table: string | undefined;
  readonly stream: string | undefined;
  readonly workQueue: string | undefined;
  readonly failures: Readonly<Partial<Record<FunctionName, string>>>;
  readonly topic: string | undefined;
  readonly switchParameter: string | undefined;
  readonly slackParameter: string | undefined;
}

/** Need not exist: a simulation asks nothing of the resource itself. */
const someVolume: VolumeId = 'vol-00000000000000000';

/**
 * Everything a function calls and what it must never be able to. Left out: kms, because a key's own policy decides with it
 * and a simulation for a role does not read it (IAM API reference, SimulatePrincipalPolicy), and writing logs.
 */
export function permissionQuestions(place: QuestionPlace, policy: Policy): readonly PermissionQuestion[] {
  const arn = (service: string, rest: string) =>
    `arn:${place.partition}:${service}:${place.region}:${place.account}:${rest}`;
  const needed = functionNames.flatMap((of) => neededBy(of, place, policy, arn));
  return [...needed, ...forbidden(policy, arn)];
}

type Arn = (service: string, rest: string) => string;
type Needs = readonly (readonly [
  actions: readonly string[],
  resource: string | undefined,
  context?: readonly ContextKey[],
  about?: string,
])[];

function neededBy(
  of: FunctionName,
  place: QuestionPlace,
  policy: Policy,
  arn: Arn,
): readonly PermissionQuestion[] {
  const inRegion: ContextKey = { key: 'aws:RequestedRegion', values: [place.region], kind: 'string' };
  const needs: Needs = [...needsOf(place, policy, arn)[of], [['sqs:SendMessage'], place.failures[of]]];
  return needs.flatMap(([actions, resource, context = [], about]) =>
    resource === undefined
      ? []
      : [
          {
            of,
            actions,
            resource,
            context: [inRegion, ...context],
            expected: 'allowed' as const,
            ...(about !== undefined && { about }),
          },
        ],
  );
}

const tagged = (key: string, value: string): ContextKey => ({
  key: `aws:ResourceTag/${key}`,
  values: [value],
  kind: 'string',
});
const tagKeys = (...values: readonly string[]): ContextKey => ({
  key: 'aws:TagKeys',
  values,
  kind: 'stringList',
});

const parameter = (arn: Arn, name: string | undefined): string | undefined =>
  name === undefined ? undefined : arn('ssm', `parameter/${name.replace(/^\//, '')}`);

/** What several functions need of the same things. */
function sharedNeeds({ table: name, workQueue }: QuestionPlace, arn: Arn) {
  const table = name === undefined ? undefined : arn('dynamodb', `table/${name}`);
  return {
    useTable: (...verbs: readonly string[]): Needs[number] => [
      verbs.map((verb) => `dynamodb:${verb}`),
      table,
    ],
    queryDue: [['dynamodb:Query'], table && `${table}/index/due`] satisfies Needs[number],
    enqueue: [['sqs:SendMessage'], workQueue] satisfies Needs[number],
    everywhere: (...actions: readonly string[]): Needs[number] => [actions, '*'],
    ourAlarm: arn('cloudwatch', `alarm:${alarmNameOf(someVolume)}`),
  };
}

function needsOf(place: QuestionPlace, policy: Policy, arn: Arn): Readonly<Record<FunctionName, Needs>> {
  const { useTable, queryDue, enqueue, everywhere, ourAlarm } = sharedNeeds(place, arn);
  return {
    respond: respondNeeds(place, policy, arn),
    'keep-alarms': [
      everywhere('ec2:DescribeVolumes', 'cloudwatch:DescribeAlarms'),
      [['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'], ourAlarm],
      useTable('GetItem', 'PutItem'),
      queryDue,
      enqueue,
    ],
    sweep: [useTable('BatchGetItem'), queryDue, everywhere('cloudwatch:DescribeAlarms'), enqueue],
    'profile-demand': [
      everywhere('ec2:DescribeVolumes', 'cloudwatch:GetMetricData'),
      useTable('BatchGetItem', 'PutItem', 'UpdateItem'),
    ],
    'deliver-notice': [
      [['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], place.stream],
      everywhere('dynamodb:ListStreams'),
      useTable('GetItem', 'Query', 'PutItem', 'UpdateItem'),
      queryDue,
      [['sns:Publish'], place.topic],
      [['ssm:GetParameter'], parameter(arn, place.slackParameter)],
    ],
    'clean-up': [
      useTable('GetItem', 'Query', 'PutItem'),
      queryDue,
      everywhere('cloudwatch:DescribeAlarms'),
      [['cloudwatch:DeleteAlarms'], ourAlarm],
    ],
  };
}

function respondNeeds(place: QuestionPlace, policy: Policy, arn: Arn): Needs {
  const { useTable, everywhere } = sharedNeeds(place, arn);
  return [
    [['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], place.workQueue],
    everywhere('ec2:DescribeVolumes', 'ec2:DescribeVolumesModifications', 'ec2:DescribeVolumeStatus'),
    everywhere('cloudwatch:GetMetricData', 'servicequotas:ListServiceQuotas'),
    [['cloudformation:DescribeStacks'], arn('cloudformation', 'stack/any')],
    useTable('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
    [['ssm:GetParameter'], parameter(arn, place.switchParameter)],
    [['ec2:DeleteTags'], arn('ec2', `volume/${someVolume}`), [tagKeys(stateTagKey)], 'our own tag'],
    ...actingNeeds(policy, arn),
  ];
}

function actingNeeds({ mode, act }: Policy, arn: Arn): Needs {
  if (mode !== 'act') return [];
  const volume = arn('ec2', `volume/${someVolume}`);
  return [
    ...act.values.map(
      (value) =>
        [
          ['ec2:ModifyVolume'],
          volume,
          [tagged(act.tagKey, value)],
          `a volume tagged ${act.tagKey}=${value}`,
        ] as const,
    ),
    [['ec2:CreateTags'], volume, [tagKeys(stateTagKey)], 'our own tag'],
  ];
}

/** What would be a hole: acting without consent, giving oneself consent, alarms of others, any other hand on a volume. */
function forbidden({ mode, act }: Policy, arn: Arn): readonly PermissionQuestion[] {
  const volume = arn('ec2', `volume/${someVolume}`);
  const consent = tagged(act.tagKey, act.values[0] ?? '');
  const denied = (
    of: FunctionName,
    actions: readonly string[],
    resource: string,
    context: readonly ContextKey[],
    about: string,
  ): PermissionQuestion => ({ of, actions, resource, context, expected: 'denied', about });
  const mayAct = (of: FunctionName): boolean => mode === 'act' && of === 'respond';
  return [
    ...functionNames.map((of) =>
      mayAct(of)
        ? denied(of, ['ec2:ModifyVolume'], volume, [], `a volume without ${act.tagKey}`)
        : denied(of, ['ec2:ModifyVolume'], volume, [consent], `a volume tagged ${act.tagKey}`),
    ),
    denied('respond', ['ec2:CreateTags'], volume, [tagKeys(act.tagKey)], `the consent tag ${act.tagKey}`),
    denied('respond', ['ec2:DeleteVolume', 'ec2:DetachVolume'], volume, [consent], 'any volume'),
    denied(
      'keep-alarms',
      ['cloudwatch:DeleteAlarms'],
      arn('cloudwatch', 'alarm:other'),
      [],
      'alarms of others',
    ),
  ];
}
