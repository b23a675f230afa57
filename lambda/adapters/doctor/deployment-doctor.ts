import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { DoctorPorts, TableSight } from '../../../core/application/doctor/doctor-ports.ts';
import { provisionedIn } from '../../../core/application/provisioned-in.ts';
import { type Fact, mapFact } from '../../../core/domain/doctoring/fact.ts';
import type { SlackSight } from '../../../core/domain/doctoring/slack-sight.ts';
import { read } from '../../../core/domain/reading.ts';
import type { Instant } from '../../../core/domain/units.ts';
import type { Volume } from '../../../core/domain/volume.ts';
import { cloudwatchAlarmShelf } from '../cloudwatch-alarm-shelf.ts';
import { dynamoAlmanac } from '../dynamo-almanac.ts';
import { dynamoCaseBook } from '../dynamo-case-book.ts';
import { dynamoOutbox } from '../dynamo-outbox.ts';
import { ec2VolumeCatalog } from '../ec2-volume-catalog.ts';
import { limitsOf, regionalQuotasOf } from '../regional-quotas.ts';
import { factOf } from './fact-of.ts';
import { simulated } from './role-simulation.ts';
import { botSight } from './slack-lookup.ts';
import {
  configurationOf,
  mappingOf,
  partsOf,
  reservedFor,
  ruleStateOf,
  subscriptionsTo,
  waitingIn,
} from './stack-parts.ts';

/** Whoever makes them sees to it that none sends a write. */
export interface DoctorClients {
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly dynamo: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly eventBridge: EventBridgeClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly serviceQuotas: ServiceQuotasClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
}

export interface DoctorSettings {
  readonly now: () => Instant;
  /** Reaches Slack. */
  readonly fetch: typeof fetch;
  /** Told of every item of the table that cannot be read. */
  readonly report: (error: Error) => void;
}

export function deploymentDoctor(clients: DoctorClients, settings: DoctorSettings): DoctorPorts {
  const { cloudFormation, cloudWatch, ec2, eventBridge, iam, lambda, serviceQuotas, sns, sqs, ssm } = clients;
  const { now } = settings;
  const held = (name: string) => factOf('ssm:GetParameter', () => storedIn(ssm, name));
  return {
    clock: { now },
    parts: (stack) => factOf('cloudformation:ListStackResources', () => partsOf(cloudFormation, stack)),
    functionConfiguration: (name) =>
      factOf('lambda:GetFunctionConfiguration', () => configurationOf(lambda, name)),
    reservedConcurrency: (name) => factOf('lambda:GetFunctionConcurrency', () => reservedFor(lambda, name)),
    ruleState: (name) => factOf('events:DescribeRule', () => ruleStateOf(eventBridge, name)),
    mapping: (uuid) => factOf('lambda:GetEventSourceMapping', () => mappingOf(lambda, uuid)),
    waitingIn: (url) => factOf('sqs:GetQueueAttributes', () => waitingIn(sqs, url)),
    table: (name) => tableSight({ client: clients.dynamo, name }, settings),
    volumes: () => factOf('ec2:DescribeVolumes', () => everyVolume(ec2, now)),
    alarms: ({ id }) =>
      factOf('cloudwatch:DescribeAlarms', () => cloudwatchAlarmShelf(cloudWatch, id).list()),
    subscriptions: (topic) => factOf('sns:ListSubscriptionsByTopic', () => subscriptionsTo(sns, topic)),
    parameter: held,
    slack: (environment) => slackSight(environment, held, settings.fetch),
    simulate: (role, question) => factOf('iam:SimulatePrincipalPolicy', () => simulated(iam, role, question)),
    quotas: (volumes) => quotaFact(serviceQuotas, volumes),
  };
}

function tableSight(
  table: { readonly client: DynamoDBClient; readonly name: string },
  { now, report }: DoctorSettings,
): TableSight {
  const cases = dynamoCaseBook(table, { channels: [], now, report });
  const outbox = dynamoOutbox(table, { channels: [], report });
  const almanac = dynamoAlmanac(table);
  return {
    hasGenesis: () => factOf('dynamodb:GetItem', () => cases.hasGenesis()),
    census: () =>
      factOf('dynamodb:GetItem', async () => {
        const census = await almanac.latestCensus();
        if (census.kind === 'unread') return census;
        return read({ at: census.value.at, backfill: census.value.backfill }, census.at);
      }),
    due: (at) => factOf('dynamodb:Query', () => cases.due(at)),
    stuckNotices: (at) => factOf('dynamodb:Query', () => outbox.stuck(at)),
  };
}

async function everyVolume(ec2: EC2Client, now: () => Instant): Promise<readonly Volume[]> {
  const volumes = new Map<string, Volume>();
  for await (const page of ec2VolumeCatalog(ec2, now).all())
    for (const volume of page) volumes.set(volume.id, volume);
  return [...volumes.values()];
}

/** Also of a plain parameter, which needs no decryption. */
async function storedIn(ssm: SSMClient, Name: string): Promise<string> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
  return Parameter?.Value ?? '';
}

async function slackSight(
  environment: Readonly<Record<string, string>>,
  held: (name: string) => Promise<Fact<string>>,
  fetchIt: typeof fetch,
): Promise<SlackSight> {
  const {
    SLACK_TOKEN_PARAMETER: token,
    SLACK_CHANNEL: channel,
    SLACK_WEBHOOK_PARAMETER: webhook,
  } = environment;
  if (token !== undefined && channel !== undefined) {
    const secret = mapFact(await held(token), (text) => text.trim());
    const isThere = secret.kind !== 'seen' || secret.value !== '';
    const bot = !isThere
      ? ({ kind: 'absent' } as const)
      : secret.kind === 'seen'
        ? ({ kind: 'seen', value: await botSight(fetchIt, secret.value, channel) } as const)
        : secret;
    return { kind: 'bot', parameter: token, channel, bot };
  }
  if (webhook === undefined) return { kind: 'none' };
  const holds = mapFact(await held(webhook), (text) =>
    URL.canParse(text) && new URL(text).protocol === 'https:' ? 'https-address' : 'something-else',
  );
  return { kind: 'webhook', parameter: webhook, holds };
}

/** Of the volumes as they are now; what is being modified at this moment is no standing state. */
async function quotaFact(
  client: ServiceQuotasClient,
  volumes: readonly Volume[],
): ReturnType<DoctorPorts['quotas']> {
  const limits = await limitsOf(client);
  if (limits.kind === 'listed')
    return { kind: 'seen', value: regionalQuotasOf(limits.byCode, provisionedIn(volumes), []) };
  const because = /^AccessDenied/.test(limits.why) ? 'denied' : 'failed';
  return { kind: 'unseen', action: 'servicequotas:ListServiceQuotas', because, said: limits.why };
}
