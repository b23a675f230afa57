import { describe, expect, test } from 'vitest';
import { synthesizedStack } from '../../scripts/synthesized-stack.ts';
import { asList, idIn, ofType, theOne } from './template.ts';

const stack = synthesizedStack({ mailTo: ['storage@example.com', 'storage@example.com'] });

interface PolicyStatement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: unknown;
  readonly Condition?: unknown;
}

/** Statements of the resource policies that name this queue or topic. */
const resourcePolicyOf = (type: string, property: string, id: string): readonly PolicyStatement[] =>
  ofType(stack, type)
    .filter(({ Properties }) => asList(Properties[property] as unknown[]).some((each) => idIn(each) === id))
    .flatMap(({ Properties }) =>
      asList((Properties['PolicyDocument'] as { Statement: PolicyStatement[] }).Statement),
    );

const overPlainHttp = { Bool: { 'aws:SecureTransport': 'false' } };

describe('what is stored and sent', () => {
  const queues = ofType(stack, 'AWS::SQS::Queue');

  test.each(queues.map(({ id }) => id))('queue %s is encrypted and refuses plain HTTP', (id) => {
    const { Properties } = theOne(stack, 'AWS::SQS::Queue', id);
    expect(Properties['SqsManagedSseEnabled']).toBe(true);
    expect(resourcePolicyOf('AWS::SQS::QueuePolicy', 'Queues', id)).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: overPlainHttp }),
    );
  });

  test('the topic is encrypted by a rotated key and refuses plain HTTP', () => {
    const [topic] = ofType(stack, 'AWS::SNS::Topic');
    expect(idIn(topic?.Properties['KmsMasterKeyId'])).toBe(theOne(stack, 'AWS::KMS::Key', 'Topic').id);
    expect(theOne(stack, 'AWS::KMS::Key', 'Topic').Properties['EnableKeyRotation']).toBe(true);
    expect(resourcePolicyOf('AWS::SNS::TopicPolicy', 'Topics', topic?.id ?? '')).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: overPlainHttp }),
    );
  });

  test('CloudWatch may publish our alarms, key and topic alike, from this account only', () => {
    const fromHere = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
    const [topic] = ofType(stack, 'AWS::SNS::Topic');
    const key = theOne(stack, 'AWS::KMS::Key', 'Topic').Properties['KeyPolicy'] as {
      Statement: PolicyStatement[];
    };
    for (const statements of [
      key.Statement,
      resourcePolicyOf('AWS::SNS::TopicPolicy', 'Topics', topic?.id ?? ''),
    ]) {
      expect(statements).toContainEqual(
        expect.objectContaining({ Effect: 'Allow', Principal: cloudWatch, Condition: fromHere }),
      );
    }
  });

  test('each mail address is subscribed once', () => {
    expect(ofType(stack, 'AWS::SNS::Subscription').map(({ Properties }) => Properties['Endpoint'])).toEqual([
      'storage@example.com',
    ]);
  });

  test('the table is encrypted, can be restored to any second, expires what ended and outlives the stack', () => {
    const [table, ...others] = ofType(stack, 'AWS::DynamoDB::Table');
    expect(others).toEqual([]);
    expect(table?.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(table?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'queue', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
  });

  test.each([
    [{}, 90],
    [{ logRetentionDays: 14 }, 14],
  ])('logs with %o are kept for %i days, one group per function', (props, days) => {
    const groups = ofType(synthesizedStack(props), 'AWS::Logs::LogGroup');
    expect(groups.map(({ Properties }) => Properties['RetentionInDays'])).toEqual(Array(6).fill(days));
  });
});

describe('our functions', () => {
  const functions = ofType(stack, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith('Responder'));

  test.each(functions.map(({ id }) => id))(
    '%s runs Node.js 24 on arm64 and logs JSON to its own group',
    (id) => {
      const { Properties } = theOne(stack, 'AWS::Lambda::Function', id);
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(Properties['LoggingConfig']).toMatchObject({
        LogFormat: 'JSON',
        LogGroup: { Ref: expect.any(String) },
      });
    },
  );

  test('are six', () => {
    expect(functions).toHaveLength(6);
  });
});

describe('names', () => {
  const fixed = [
    'RoleName',
    'ManagedPolicyName',
    'FunctionName',
    'QueueName',
    'TopicName',
    'TableName',
    'AlarmName',
    'LogGroupName',
    'DashboardName',
    'AliasName',
    'Name',
  ];

  test('are left to CloudFormation, except for the kill switch', () => {
    const named = Object.entries(stack.template.Resources).flatMap(([id, { Type, Properties = {} }]) =>
      fixed
        .filter((key) => typeof Properties[key] === 'string')
        .map((key) => `${Type} ${id} ${Properties[key]}`),
    );
    expect(named).toEqual([expect.stringMatching(/^AWS::SSM::Parameter \w+ \/ebs-burst\/switch$/)]);
  });

  test('give the kill switch the value that lets us act', () => {
    expect(theOne(stack, 'AWS::SSM::Parameter', 'Switch').Properties).toMatchObject({
      Type: 'String',
      Value: 'run',
    });
  });
});
