import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { type Duration, instant } from '../../core/domain/units.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import { modifierClientConfig } from '../../lambda/adapters/ec2-volume-modifier.ts';
import { type AccountOptions, createAccount } from '../../twin/account.ts';

export const START = instant(Date.parse('2026-11-22T10:00:00Z'));
const region = 'us-east-1';

/** A simulated account, real SDK clients connected to it, and its table and clock. */
export function accountUnderTest(options: Partial<AccountOptions> = {}) {
  const account = createAccount({
    accountId: '123456789012',
    region,
    startAt: START,
    seed: 7,
    throttling: 'none',
    ...options,
  });
  account.tables.create({
    name: 'table',
    keys: { partition: { name: 'pk', type: 'S' }, sort: { name: 'sk', type: 'S' } },
    indexes: [
      {
        name: 'due',
        keys: { partition: { name: 'queue', type: 'S' }, sort: { name: 'dueAt', type: 'N' } },
        projection: 'ALL',
      },
    ],
    stream: 'NEW_AND_OLD_IMAGES',
    timeToLiveAttribute: 'expiresAt',
  });
  const config = { region };
  const as = <Client extends Parameters<typeof account.connect>[0]>(client: Client): Client =>
    account.connect(client, 'respond');
  return {
    account,
    now: () => instant(account.simulation.now),
    wait: (duration: Duration) => account.simulation.runFor(duration),
    calls: (operation: string) => account.endpoint.calls.filter((call) => call.operation === operation),
    ec2: as(new EC2Client(config)),
    modifying: as(new EC2Client({ ...config, ...modifierClientConfig })),
    cloudWatch: as(new CloudWatchClient(config)),
    cloudFormation: as(new CloudFormationClient(config)),
    serviceQuotas: as(new ServiceQuotasClient(config)),
    sqs: as(new SQSClient(config)),
    ssm: as(new SSMClient(config)),
    table: { client: as(new DynamoDBClient(config)), name: 'table' },
  };
}

export function volumeId(text: string): VolumeId {
  if (isVolumeId(text)) return text;
  throw new Error(`expected a volume id, got ${text}`);
}
