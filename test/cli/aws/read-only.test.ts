import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeVolumesCommand, EC2Client, ModifyVolumeCommand } from '@aws-sdk/client-ec2';
import { AttachRolePolicyCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { deploymentClients } from '../../../cli/aws/deployment-access.ts';
import { doctorClients } from '../../../cli/aws/doctor-access.ts';
import { readOnly } from '../../../cli/aws/read-only.ts';

/** Stands where the network would be, and remembers what came that far. */
class RecordingEndpoint {
  readonly sent: string[] = [];
  handle = async (request: { readonly hostname: string }): Promise<never> => {
    this.sent.push(request.hostname);
    throw new Error('recorded, not sent');
  };
}

const config = (endpoint: RecordingEndpoint) => ({
  region: 'us-east-1',
  credentials: async () => ({ accessKeyId: 'key', secretAccessKey: 'secret' }),
  requestHandler: endpoint,
  maxAttempts: 1,
});

test('what changes something never reaches the network', async () => {
  const endpoint = new RecordingEndpoint();
  const ec2 = readOnly(new EC2Client(config(endpoint)));
  const dynamo = readOnly(new DynamoDBClient(config(endpoint)));
  const ssm = readOnly(new SSMClient(config(endpoint)));
  const writes = [
    async () => ec2.send(new ModifyVolumeCommand({ VolumeId: 'vol-0123456789abcdef0' })),
    async () => dynamo.send(new PutItemCommand({ TableName: 'cases', Item: { pk: { S: 'GENESIS' } } })),
    async () => ssm.send(new PutParameterCommand({ Name: '/ebs-burst/switch', Value: 'stop' })),
  ];
  for (const write of writes)
    await expect(write()).rejects.toThrow(/^not sent: [A-Z]\w+Command may change something/);
  expect(endpoint.sent).toEqual([]);
});

test('what only reads does', async () => {
  const endpoint = new RecordingEndpoint();
  const ec2 = readOnly(new EC2Client(config(endpoint)));
  const dynamo = readOnly(new DynamoDBClient(config(endpoint)));
  const reads = [
    ec2.send(new DescribeVolumesCommand({})),
    dynamo.send(new GetItemCommand({ TableName: 'cases', Key: { pk: { S: 'LEDGER' } } })),
  ];
  await Promise.allSettled(reads);
  expect(endpoint.sent).toHaveLength(2);
});

test('every client of a deployment is made so', async () => {
  const endpoint = new RecordingEndpoint();
  const clients = deploymentClients({ ...config(endpoint) });
  for (const client of Object.values(clients)) {
    expect(client.middlewareStack.identify().some((name: string) => name.startsWith('onlyReads'))).toBe(true);
  }
  await expect(clients.cloudFormation.send(new DescribeStacksCommand({}))).rejects.toThrow('recorded');
});

test('so is every client of a doctor; a simulation of IAM passes, a change of a role does not', async () => {
  const endpoint = new RecordingEndpoint();
  const clients = doctorClients({ ...config(endpoint) });
  for (const client of Object.values(clients)) {
    expect(client.middlewareStack.identify().some((name: string) => name.startsWith('onlyReads'))).toBe(true);
  }
  const arn = 'arn:aws:iam::123456789012:role/respond';
  const simulate = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: arn,
    ActionNames: ['ec2:ModifyVolume'],
  });
  await expect(clients.iam.send(simulate)).rejects.toThrow('recorded');
  const attach = new AttachRolePolicyCommand({ RoleName: 'respond', PolicyArn: arn });
  await expect((async () => clients.iam.send(attach))()).rejects.toThrow('not sent: AttachRolePolicyCommand');
});
