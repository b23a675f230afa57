import { gzipSync } from 'node:zlib';
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateTagsCommand,
  DescribeVolumesCommand,
  EC2Client,
  type EC2ServiceException,
  ModifyVolumeCommand,
  RebootInstancesCommand,
} from '@aws-sdk/client-ec2';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { describe, expect, test } from 'vitest';
import { NoAnswer } from '../../../twin/wire/front.ts';
import { START, served } from './served.ts';

const signedFor = (service: string, region = 'us-east-1') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=anna/20261122/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

const alarm = new PutMetricAlarmCommand({
  AlarmName: 'wall',
  Namespace: 'AWS/EBS',
  MetricName: 'BurstBalance',
  Dimensions: [{ Name: 'VolumeId', Value: 'vol-00000000000000001' }],
  Statistic: 'Average',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 20,
  ComparisonOperator: 'LessThanThreshold',
});

describe('who calls', () => {
  test('a call belongs to the name in the place of the access key id', async () => {
    const { account, config } = await served();
    await new EC2Client(config).send(new DescribeVolumesCommand({}));
    expect(account.endpoint.calls.map(({ principal, operation }) => [principal, operation])).toEqual([
      ['anna', 'DescribeVolumes'],
    ]);
  });

  test('an unsigned request reaches no operation', async () => {
    const { account, url } = await served();
    const reply = await fetch(url, { method: 'POST', body: 'Action=DescribeVolumes' });
    expect([reply.status, await reply.json()]).toEqual([
      403,
      {
        __type: 'MissingAuthenticationToken',
        message:
          'Request is missing Authentication Token: sign it (AWS Signature Version 4) with any access key',
      },
    ]);
    expect(account.endpoint.calls).toEqual([]);
  });

  test('a request that is signed for another Region is refused and told which one is right', async () => {
    const { config } = await served();
    const abroad = new EC2Client({ ...config, region: 'eu-west-1' });
    await expect(abroad.send(new DescribeVolumesCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message:
        "Credential should be scoped to a valid region, not 'eu-west-1'; this account lives in us-east-1",
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('what is not imitated is never made up', () => {
  test('a service', async () => {
    const { url } = await served();
    const reply = await fetch(url, { method: 'POST', headers: signedFor('s3'), body: '' });
    expect(reply.status).toBe(501);
    expect(await reply.text()).toContain(
      'requests signed for \\"s3\\" are not imitated; imitated: cloudformation,',
    );
  });

  test('an operation that AWS has', async () => {
    const { config } = await served();
    const reboot = new RebootInstancesCommand({ InstanceIds: ['i-0'] });
    await expect(new EC2Client(config).send(reboot)).rejects.toMatchObject({
      name: 'NotImitated',
      message: expect.stringContaining('EC2:RebootInstances is not imitated; imitated: DescribeVolumes,'),
      $metadata: { httpStatusCode: 501 },
    });
  });

  test('a parameter that AWS knows', async () => {
    const { account, config } = await served();
    const { id } = account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 20 });
    const multiAttach = new ModifyVolumeCommand({ VolumeId: id, MultiAttachEnabled: true });
    await expect(new EC2Client(config).send(multiAttach)).rejects.toMatchObject({ name: 'NotImitated' });
    expect(account.ebs.volumes.volume(id).modifications).toEqual([]);
  });
});

describe('a form in the query string', () => {
  test('is read as one in the body is', async () => {
    const { account, url } = await served();
    const { id } = account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 20 });
    const query =
      'Action=DescribeVolumes&Filter.1.Name=volume-type&Filter.1.Value.1=gp%32&Version=2016-11-15';
    const reply = await fetch(`${url}/?${query}`, { headers: signedFor('ec2') });
    expect([reply.status, await reply.text()]).toEqual([
      200,
      expect.stringContaining(`<volumeId>${id}</volumeId>`),
    ]);
  });

  test('is a form for a service too that prefers another protocol', async () => {
    const { url } = await served();
    const reply = await fetch(`${url}/?Action=DescribeAlarms`, { headers: signedFor('monitoring') });
    expect([reply.status, await reply.text()]).toEqual([
      200,
      expect.stringContaining(
        '<DescribeAlarmsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">',
      ),
    ]);
  });

  test('that names no action is refused', async () => {
    const { url } = await served();
    const reply = await fetch(`${url}/?Version=2016-11-15`, { headers: signedFor('ec2') });
    expect([reply.status, await reply.text()]).toEqual([
      400,
      expect.stringMatching(/^<\?xml .*\n<Response><Errors><Error><Code>MissingAction<\/Code>/),
    ]);
  });
});

describe('what AWS does not know either', () => {
  test.each([
    ['ec2', 'Action=EatVolume', /<Code>InvalidAction<\/Code><Message>The action EatVolume is not valid/],
    [
      'ec2',
      'Action=DescribeVolumes&Colour=red',
      /<Code>UnknownParameter<.*The parameter Colour is not recognized/,
    ],
    [
      'ec2',
      'Action=DescribeVolumes&MaxResults=ten',
      /<Code>InvalidParameterValue<.*&apos;ten&apos; for MaxResults/,
    ],
    [
      'ec2',
      'Action=ModifyVolume&DryRun=perhaps',
      /<Code>InvalidParameterValue<.*&apos;perhaps&apos; for DryRun/,
    ],
    ['sns', 'Action=Shout', /<ErrorResponse .*<Type>Sender<.*<Code>InvalidAction</],
  ])('%s %s is a 400 with AWS’s code', async (service, body, expected) => {
    const { url } = await served();
    const headers = { ...signedFor(service), 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await fetch(url, { method: 'POST', headers, body });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toMatch(expected);
  });

  test('an operation named in a header', async () => {
    const { url } = await served();
    const headers = { ...signedFor('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.EatTable' };
    const reply = await fetch(url, { method: 'POST', headers, body: '{}' });
    expect([reply.status, await reply.json()]).toEqual([
      400,
      { __type: 'UnknownOperationException', message: 'DynamoDB has no operation EatTable' },
    ]);
  });

  test('a body that is no JSON', async () => {
    const { url } = await served();
    const headers = { ...signedFor('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.GetItem' };
    const reply = await fetch(url, { method: 'POST', headers, body: '{' });
    expect([reply.status, (await reply.json()) as object]).toMatchObject([
      400,
      { __type: 'SerializationException' },
    ]);
  });

  test('a path of a REST service', async () => {
    const { url } = await served();
    const reply = await fetch(`${url}/2015-03-31/nothing`, { headers: signedFor('lambda') });
    expect(reply.status).toBe(404);
  });

  test('a path that is not percent-encoded', async () => {
    const { url } = await served();
    const path = '2015-03-31/functions/%zz/configuration';
    const reply = await fetch(`${url}/${path}`, { headers: signedFor('lambda') });
    expect([reply.status, await reply.json()]).toMatchObject([400, { __type: 'SerializationException' }]);
  });
});

describe('CloudWatch answers in the protocol it is asked in', () => {
  const query = new AwsQueryProtocol({
    defaultNamespace: 'com.amazonaws.cloudwatch',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    version: '2010-08-01',
  });
  const cbor = new SmithyRpcV2CborProtocol({ defaultNamespace: 'com.amazonaws.cloudwatch' });

  test.each([
    ['JSON', undefined],
    ['Query', query],
    ['CBOR', cbor],
  ])('%s', async (_name, protocol) => {
    const { config } = await served();
    const client = new CloudWatchClient({ ...config, ...(protocol !== undefined && { protocol }) });
    await client.send(alarm);
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'wa' }));
    expect(MetricAlarms).toMatchObject([
      { AlarmName: 'wall', Threshold: 20, StateUpdatedTimestamp: new Date(START) },
    ]);
  });

  test.each([
    ['JSON', undefined],
    ['Query', query],
    ['CBOR', cbor],
  ])('%s, when it refuses', async (_name, protocol) => {
    const { config } = await served();
    const client = new CloudWatchClient({ ...config, ...(protocol !== undefined && { protocol }) });
    const tooMany = new DescribeAlarmsCommand({ MaxRecords: 101 });
    await expect(client.send(tooMany)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  });
});

describe('bodies', () => {
  const form = 'Action=DescribeVolumes';
  const headers = {
    ...signedFor('ec2'),
    'content-type': 'application/x-www-form-urlencoded',
    'content-encoding': 'gzip',
  };

  test('a compressed one is read', async () => {
    const { url } = await served();
    const reply = await fetch(url, { method: 'POST', headers, body: gzipSync(form) });
    expect(await reply.text()).toContain(
      '<DescribeVolumesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15">',
    );
  });

  test('one that only says so is refused', async () => {
    const { url } = await served();
    const reply = await fetch(url, { method: 'POST', headers, body: form });
    expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining('body is not gzip')]);
  });

  test('text that XML has a meaning for comes back as it went in', async () => {
    const { account, config } = await served();
    const { id } = account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 20 });
    const ec2 = new EC2Client(config);
    const Tags = [{ Key: 'a&b', Value: '<tag attribute="1">\u00e4\u20ac\ud83d\ude00</tag>' }];
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id] }));
    expect(Volumes?.[0]?.Tags).toEqual(Tags);
  });
});

describe('errors', () => {
  test('carry the details of their shape', async () => {
    const { account, config } = await served();
    account.tables.create({ name: 't', keys: { partition: { name: 'pk', type: 'S' } }, indexes: [] });
    const absent = { TableName: 't', Key: { pk: { S: 'a' } }, ConditionExpression: 'attribute_exists(pk)' };
    const write = new TransactWriteItemsCommand({ TransactItems: [{ ConditionCheck: absent }] });
    await expect(new DynamoDBClient(config).send(write)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
    });
  });

  test('of a service that once spoke Query have their old code in a header', async () => {
    const { url } = await served();
    const headers = { ...signedFor('sqs'), 'x-amz-target': 'AmazonSQS.ReceiveMessage' };
    const body = JSON.stringify({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/none' });
    const reply = await fetch(url, { method: 'POST', headers, body });
    expect(reply.headers.get('x-amzn-query-error')).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
  });

  test('of that service have the SDK’s name all the same', async () => {
    const { config } = await served();
    const receive = new ReceiveMessageCommand({
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/none',
    });
    await expect(new SQSClient(config).send(receive)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  test('have an id of their own each, that of the call they refuse', async () => {
    const { account, config } = await served();
    const ec2 = new EC2Client(config);
    const modify = new ModifyVolumeCommand({ VolumeId: 'vol-0ffffffffffffffff', VolumeType: 'gp3' });
    const ids: unknown[] = [];
    for (let call = 0; call < 2; call += 1) {
      await ec2.send(modify).catch(({ $metadata }: EC2ServiceException) => ids.push($metadata.requestId));
    }
    expect(new Set(ids).size).toBe(2);
    expect(ids).toEqual(account.endpoint.calls.map(({ requestId }) => requestId));
  });

  test('that reached no operation have an id of their own too', async () => {
    const { url } = await served();
    const id = async (headers: Readonly<Record<string, string>>) =>
      (await fetch(url, { method: 'POST', headers, body: 'Action=Eat' })).headers.get('x-amzn-requestid');
    const ids = [
      await id(signedFor('ec2')),
      await id(signedFor('ec2')),
      await id({}),
      await id(signedFor('s3')),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(ids).not.toContain(null);
  });

  test('of the twin itself do not look like one of AWS or of the network', async () => {
    const { account, url } = await served();
    account.endpoint.fail({ operation: 'DescribeVolumes' }, new TypeError('a defect'));
    const headers = { ...signedFor('ec2'), 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await fetch(url, { method: 'POST', headers, body: 'Action=DescribeVolumes' });
    expect([reply.status, await reply.text()]).toEqual([500, expect.stringContaining('TypeError: a defect')]);
  });

  test('that no service would tell of break the connection', async () => {
    const { account, config } = await served();
    account.endpoint.fail({ operation: 'DescribeVolumes' }, new NoAnswer('scripted'));
    const ec2 = new EC2Client(config);
    await expect(ec2.send(new DescribeVolumesCommand({}))).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(ec2.send(new DescribeVolumesCommand({}))).resolves.toMatchObject({ Volumes: [] });
  });
});
