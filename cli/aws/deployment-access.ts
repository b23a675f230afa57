import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Reading, read, unread } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import { accessFailureOf } from '../../lambda/adapters/access-failure.ts';
import { codeOf, messageOf } from '../../lambda/adapters/aws-errors.ts';
import { cloudwatchMetricHistory } from '../../lambda/adapters/cloudwatch-metric-history.ts';
import { dynamoAlmanac } from '../../lambda/adapters/dynamo-almanac.ts';
import { auditItems } from '../../lambda/adapters/dynamo-audit-trail.ts';
import { dynamoCaseBook } from '../../lambda/adapters/dynamo-case-book.ts';
import { dynamoOutbox } from '../../lambda/adapters/dynamo-outbox.ts';
import { ec2VolumeCatalog } from '../../lambda/adapters/ec2-volume-catalog.ts';
import { awsSurroundings } from '../../lambda/adapters/surroundings.ts';
import type { DeploymentAccess, DeploymentPorts, DescribedStack } from '../commands/deployment-access.ts';
import type { ClientConfig } from './client-config.ts';
import { readOnly } from './read-only.ts';

/** Every client of a deployment's services, each of which only reads. */
export interface DeploymentClients {
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly dynamo: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly serviceQuotas: ServiceQuotasClient;
  readonly ssm: SSMClient;
}

export const deploymentClients = (config: ClientConfig): DeploymentClients => ({
  cloudFormation: readOnly(new CloudFormationClient(config)),
  cloudWatch: readOnly(new CloudWatchClient(config)),
  dynamo: readOnly(new DynamoDBClient(config)),
  ec2: readOnly(new EC2Client(config)),
  serviceQuotas: readOnly(new ServiceQuotasClient(config)),
  ssm: readOnly(new SSMClient(config)),
});

/** A deployment as its own functions see it, through the same adapters. */
export const deploymentAccess = (
  clients: DeploymentClients,
  region: string,
  now: () => Instant,
): DeploymentAccess => ({
  region,
  stack: (name) => describedStack(clients.cloudFormation, name),
  ports: (table, report) => portsOf(clients, table, report, now),
  explain: accessFailureOf,
});

function portsOf(
  clients: DeploymentClients,
  tableName: string,
  report: (error: Error) => void,
  now: () => Instant,
): DeploymentPorts {
  const { cloudFormation, cloudWatch, dynamo, ec2, serviceQuotas, ssm } = clients;
  const table = { client: dynamo, name: tableName };
  const almanac = dynamoAlmanac(table);
  return {
    clock: { now },
    volumes: ec2VolumeCatalog(ec2, now),
    metrics: cloudwatchMetricHistory(cloudWatch, now),
    surroundings: awsSurroundings({ cloudFormation, ec2, serviceQuotas }, almanac, now),
    // Nothing is committed, so that nothing goes to a channel.
    cases: dynamoCaseBook(table, { channels: [], now, report }),
    almanac,
    outbox: dynamoOutbox(table, { channels: [], report }),
    auditItems: (since) => auditItems(table, since, report),
    readSwitch: (parameter) => switchOf(ssm, parameter, now),
  };
}

async function describedStack(
  client: CloudFormationClient,
  name: string,
): Promise<DescribedStack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (stack === undefined) return undefined;
    const outputs = (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
    return {
      account: stack.StackId?.split(':')[4] ?? 'unknown account',
      outputs: Object.fromEntries(outputs),
    };
  } catch (error) {
    // CloudFormation has no code of its own for a stack that there is not (API reference, DescribeStacks).
    if (codeOf(error) === 'ValidationError' && /does not exist/.test(messageOf(error))) return undefined;
    throw error;
  }
}

async function switchOf(ssm: SSMClient, Name: string, now: () => Instant): Promise<Reading<string>> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
    return Parameter?.Value === undefined ? unread('it has no value') : read(Parameter.Value, now());
  } catch (error) {
    return unread(messageOf(error));
  }
}
