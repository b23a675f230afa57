import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { Instant } from '../../core/domain/units.ts';
import { accessFailureOf } from '../../lambda/adapters/access-failure.ts';
import { callerOf } from '../../lambda/adapters/caller.ts';
import { cloudwatchAlarmShelf } from '../../lambda/adapters/cloudwatch-alarm-shelf.ts';
import { cloudwatchMetricHistory } from '../../lambda/adapters/cloudwatch-metric-history.ts';
import { dynamoAlmanac } from '../../lambda/adapters/dynamo-almanac.ts';
import { caseFiles, caseFilesOf } from '../../lambda/adapters/dynamo-audit-trail.ts';
import { dynamoCaseBook } from '../../lambda/adapters/dynamo-case-book.ts';
import { dynamoOutbox } from '../../lambda/adapters/dynamo-outbox.ts';
import { ec2VolumeCatalog } from '../../lambda/adapters/ec2-volume-catalog.ts';
import { parameterReading } from '../../lambda/adapters/parameter-reading.ts';
import { describedStack } from '../../lambda/adapters/stack-outputs.ts';
import { awsSurroundings } from '../../lambda/adapters/surroundings.ts';
import type { DeploymentAccess, DeploymentPorts } from '../commands/deployment-access.ts';
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
  readonly sts: STSClient;
}

export const deploymentClients = (config: ClientConfig): DeploymentClients => ({
  cloudFormation: readOnly(new CloudFormationClient(config)),
  cloudWatch: readOnly(new CloudWatchClient(config)),
  dynamo: readOnly(new DynamoDBClient(config)),
  ec2: readOnly(new EC2Client(config)),
  serviceQuotas: readOnly(new ServiceQuotasClient(config)),
  ssm: readOnly(new SSMClient(config)),
  sts: readOnly(new STSClient(config)),
});

/** A deployment as its own functions see it, through the same adapters. */
export const deploymentAccess = (
  clients: DeploymentClients,
  region: string,
  now: () => Instant,
): DeploymentAccess => ({
  region,
  account: async () => (await callerOf(clients.sts)).accountId,
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
    // All of them are listed; whose each is, the plan to uninstall tells.
    alarms: cloudwatchAlarmShelf(cloudWatch, ''),
    surroundings: awsSurroundings({ cloudFormation, ec2, serviceQuotas }, almanac, now),
    // Nothing is committed, so that nothing goes to a channel.
    cases: dynamoCaseBook(table, { channels: [], now, report }),
    almanac,
    outbox: dynamoOutbox(table, { channels: [], report }),
    caseFiles: () => caseFiles(table, report),
    caseFilesOf: (volumeId) => caseFilesOf(table, volumeId, report),
    readSwitch: (parameter) => parameterReading(ssm, parameter, now),
  };
}
