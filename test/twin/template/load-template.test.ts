import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { createAccount } from '../../../twin/account.ts';
import type { Template } from '../../../twin/template/load-template.ts';
import { smallStack } from './small-stack.ts';

const MINUTE = 60_000;
/** Plain JSON that nothing changes; synthesis takes a second. */
const SMALL = smallStack();

const newAccount = () =>
  createAccount({
    accountId: '123456789012',
    region: 'eu-central-1',
    startAt: Date.parse('2026-11-22T10:00:00Z'),
    seed: 1,
  });

describe('a loaded template', () => {
  test('gives functions their environment with everything resolved', async () => {
    const account = newAccount();
    const stack = account.loadTemplate(SMALL, 'Small');
    const respond = stack.physicalName('Respond');
    const seen: Record<string, string>[] = [];
    account.functions.implement(respond, (environment) => () => void seen.push({ ...environment }));
    await account.functions.invoke(respond, {});
    expect(seen).toEqual([
      {
        TABLE_NAME: stack.physicalName('Cases'),
        TOPIC_ARN: stack.physicalName('Notices'),
        STACK:
          'arn:aws:cloudformation:eu-central-1:123456789012:stack/Small/00000000-0000-4000-8000-000000000000',
        AWS_REGION: 'eu-central-1',
        AWS_LAMBDA_FUNCTION_NAME: respond,
      },
    ]);
  });

  test('carries an event through rule, queue, function, table, stream and failure destination', async () => {
    const account = newAccount();
    const stack = account.loadTemplate(SMALL, 'Small');
    const [respond, deliver] = [stack.physicalName('Respond'), stack.physicalName('Deliver')];
    account.functions.implement(respond, ({ TABLE_NAME = '' }) => {
      const client = account.connect(new DynamoDBClient({ region: 'eu-central-1' }), respond);
      return async (event: SQSEvent) => {
        for (const { messageId } of event.Records) {
          await client.send(new PutItemCommand({ TableName: TABLE_NAME, Item: { pk: { S: messageId } } }));
        }
        return { batchItemFailures: [] };
      };
    });
    account.functions.implement(deliver, () => () => {
      throw new Error('broken');
    });
    account.ebs.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
    await account.simulation.runFor(2 * MINUTE);
    expect(account.functions.log.map(({ functionName, trigger }) => [functionName, trigger])).toEqual([
      [respond, 'queue'],
      ...Array.from({ length: 4 }, () => [deliver, 'stream']),
    ]);
    expect(account.endpoint.calls.map(({ operation, principal }) => [operation, principal])).toEqual([
      ['PutItem', respond],
    ]);
    await account.simulation.runFor(20 * MINUTE);
    expect(account.queues.get(stack.physicalName('Failures')).peek()).toHaveLength(1);
  });

  test('sends custom resources their events, and deletes in reverse order once they have answered', async () => {
    const account = newAccount();
    const stack = account.loadTemplate(SMALL, 'Small');
    const deliver = stack.physicalName('Deliver');
    const types: string[] = [];
    account.functions.implement(deliver, () => async (event: Record<string, string>) => {
      types.push(String(event['RequestType']));
      const { StackId, RequestId, LogicalResourceId, ResponseURL = '' } = event;
      const answer = {
        Status: 'SUCCESS',
        PhysicalResourceId: 'genesis',
        StackId,
        RequestId,
        LogicalResourceId,
      };
      await account.fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
    });
    const [cleanUp] = stack.customResources;
    if (cleanUp === undefined) throw new Error('the template has no custom resource');
    expect(cleanUp.properties).toMatchObject({ keep: true });
    const requestId = stack.conversation.request(cleanUp, 'Create');
    await account.simulation.runFor(1000);
    expect(stack.conversation.answer(requestId)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'genesis',
    });
    expect(account.functions.log[0]?.event).toMatchObject({
      ResourceProperties: { keep: 'true' },
    });

    const table = stack.physicalName('Cases');
    expect(await stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    expect(types).toEqual(['Create', 'Delete']);
    expect(account.ebs.stacks.describe('Small').status).toBe('DELETE_COMPLETE');
    expect(account.functions.find(deliver)).toBeUndefined();
    expect(account.tables.get(table).snapshot()).toEqual([]);
  });

  test('is not deleted while a custom resource does not answer', async () => {
    const account = newAccount();
    const stack = account.loadTemplate(SMALL, 'Small');
    const deliver = stack.physicalName('Deliver');
    account.functions.implement(deliver, () => () => undefined);
    expect(await stack.delete()).toEqual({
      status: 'DELETE_FAILED',
      reason: 'CleanUp: no answer within 3600 s',
    });
    expect(account.functions.find(deliver)).toBeDefined();
  });

  test('cannot be deployed twice where a name is fixed', () => {
    const account = newAccount();
    const switchOnly = (): Template => ({
      Resources: {
        Switch: {
          Type: 'AWS::SSM::Parameter',
          Properties: { Name: '/ebs-burst/switch', Type: 'String', Value: 'run' },
        },
      },
    });
    account.loadTemplate(switchOnly(), 'One');
    expect(() => account.loadTemplate(switchOnly(), 'Two')).toThrow(
      'The parameter already exists: /ebs-burst/switch',
    );
  });
});

describe('what the loader does not know is refused by name', () => {
  const load =
    (resource: object, more: object = {}) =>
    () =>
      newAccount().loadTemplate({ Resources: { Thing: resource as never }, ...more }, 'Small');

  test.each([
    [{ Type: 'AWS::S3::Bucket' }, 'resource type AWS::S3::Bucket (Thing) is not imitated'],
    [
      { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
      'AWS::SQS::Queue Thing property FifoQueue is not imitated',
    ],
    [
      { Type: 'AWS::SQS::Queue', Condition: 'IsProduction' },
      'condition IsProduction of Thing is not imitated',
    ],
    [
      { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::FindInMap': ['a', 'b', 'c'] } } },
      'CloudFormation function Fn::FindInMap is not imitated',
    ],
    [
      { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Nothing' } } },
      'the template has no resource Nothing',
    ],
    [
      { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Thing' } } },
      'circular dependency through Thing',
    ],
    [
      { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'soon' } },
      'AWS::SQS::Queue Thing property VisibilityTimeout must be a number, got "soon"',
    ],
    [
      {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: { source: ['x'] },
          Targets: [{ Id: 'a', Arn: 'arn', InputTransformer: {} }],
        },
      },
      'property InputTransformer is not imitated',
    ],
  ])('%j', (resource, message) => expect(load(resource)).toThrow(message));

  test('but policies and the like are left out', () => {
    expect(load({ Type: 'AWS::IAM::Policy', Properties: { Anything: true } })().physicalName('Thing')).toBe(
      'Thing',
    );
  });
});

test('a global table is a table', () => {
  const account = newAccount();
  const Properties = {
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    Replicas: [{ Region: 'eu-central-1' }],
  };
  account.loadTemplate({ Resources: { Cases: { Type: 'AWS::DynamoDB::GlobalTable', Properties } } }, 'Small');
  expect(account.tables.get('Cases').definition.keys).toEqual({ partition: { name: 'pk', type: 'S' } });
});

describe('intrinsic functions', () => {
  test.each([
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] }, 'a-eu-central-1'],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax.
      { 'Fn::Sub': '${AWS::AccountId}-${Other.Arn}-${!Literal}' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax.
      '123456789012-arn:aws:sqs:eu-central-1:123456789012:Other-${Literal}',
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax.
    [{ 'Fn::Sub': ['${A}-b', { A: { Ref: 'Stage' } }] }, 'test-b'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [{ 'Fn::GetAtt': 'Other.QueueName' }, 'Other'],
    [{ 'Fn::GetAtt': ['Other', 'QueueName'] }, 'Other'],
    [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ])('%j', (Value, expected) => {
    const stack = newAccount().loadTemplate(
      {
        Parameters: { Stage: { Default: 'test' } },
        Resources: { Other: { Type: 'AWS::SQS::Queue' } },
        Outputs: { Result: { Value } },
      },
      'Small',
    );
    expect(stack.outputs['Result']).toBe(expected);
  });
});

test('a client of the account reads what another wrote', async () => {
  const account = newAccount();
  const stack = account.loadTemplate(SMALL, 'Small');
  const TableName = stack.physicalName('Cases');
  const [one, two] = ['one', 'two'].map((name) => account.connect(new DynamoDBClient({ region: 'x' }), name));
  await one?.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' } } }));
  const answer = await two?.send(new GetItemCommand({ TableName, Key: { pk: { S: 'a' } } }));
  expect(answer?.Item).toEqual({ pk: { S: 'a' } });
});
