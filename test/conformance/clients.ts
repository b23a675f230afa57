import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { Account } from '../../twin/account.ts';

/** Every client that a conformance case asks with. */
export interface Clients {
  readonly ec2: EC2Client;
  readonly cloudwatch: CloudWatchClient;
  readonly cloudFormation: CloudFormationClient;
  readonly dynamodb: DynamoDBClient;
  readonly eventBridge: EventBridgeClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

/** Without a process or a wire between them and the account. */
export function clientsIn(account: Account): Clients {
  const clients = built({ region: account.place.region });
  for (const client of Object.values(clients)) account.connect(client, 'respond');
  return clients;
}

/** For whatever listens at that address; retries would only repeat what it cannot answer. */
export const clientsAt = (endpoint: string, accessKeyId = 'test'): Clients =>
  built({
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId, secretAccessKey: 'test' },
    maxAttempts: 1,
  });

interface Config {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts?: number;
}

const built = (config: Config): Clients => ({
  ec2: new EC2Client(config),
  cloudwatch: new CloudWatchClient(config),
  cloudFormation: new CloudFormationClient(config),
  dynamodb: new DynamoDBClient(config),
  eventBridge: new EventBridgeClient(config),
  iam: new IAMClient(config),
  lambda: new LambdaClient(config),
  sns: new SNSClient(config),
  sqs: new SQSClient(config),
  ssm: new SSMClient(config),
  sts: new STSClient(config),
});
