import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { StackPlace } from '../../core/domain/doctoring/facts.ts';
import type { Instant } from '../../core/domain/units.ts';
import { accessFailureOf } from '../../lambda/adapters/access-failure.ts';
import { type DoctorClients, deploymentDoctor } from '../../lambda/adapters/doctor/deployment-doctor.ts';
import { describedStack } from '../../lambda/adapters/stack-outputs.ts';
import type { DoctorAccess } from '../commands/doctor-access.ts';
import type { ClientConfig } from './client-config.ts';
import { readOnly } from './read-only.ts';

/** Every client of a doctor's services, each of which only reads. */
export const doctorClients = (config: ClientConfig): DoctorClients => ({
  cloudFormation: readOnly(new CloudFormationClient(config)),
  cloudWatch: readOnly(new CloudWatchClient(config)),
  dynamo: readOnly(new DynamoDBClient(config)),
  ec2: readOnly(new EC2Client(config)),
  eventBridge: readOnly(new EventBridgeClient(config)),
  iam: readOnly(new IAMClient(config)),
  lambda: readOnly(new LambdaClient(config)),
  serviceQuotas: readOnly(new ServiceQuotasClient(config)),
  sns: readOnly(new SNSClient(config)),
  sqs: readOnly(new SQSClient(config)),
  ssm: readOnly(new SSMClient(config)),
});

interface World {
  readonly region: string;
  readonly now: () => Instant;
  /** Reaches Slack. */
  readonly fetch: typeof fetch;
}

export const doctorAccess = (
  clients: DoctorClients,
  { region, now, fetch: fetchIt }: World,
): DoctorAccess => ({
  region,
  stack: (name) => placeOf(clients.cloudFormation, name, region),
  ports: (report) => deploymentDoctor(clients, { now, fetch: fetchIt, report }),
  explain: accessFailureOf,
});

async function placeOf(
  client: CloudFormationClient,
  name: string,
  region: string,
): Promise<StackPlace | undefined> {
  const stack = await describedStack(client, name);
  return stack === undefined ? undefined : { ...stack, name, region };
}
