import { describe, expect, test } from 'vitest';
import { synthesizedStack } from '../../scripts/synthesized-stack.ts';
import { allows, asList, identityStatements, ofType, type RoleStatement } from './template.ts';

const notify = synthesizedStack();
const act = synthesizedStack({
  mode: 'act',
  act: { tagKey: 'team', values: ['storage', 'database'] },
  slack: {
    channel: 'C0STORAGE',
    tokenParameter: '/slack/token',
    keyArn: 'arn:aws:kms:us-east-1:123456789012:key/0123',
  },
});

const holdersOf = (statements: readonly RoleStatement[], action: string): readonly string[] => [
  ...new Set(statements.filter(({ statement }) => allows(statement, action)).map(({ role }) => role)),
];
const statementsOf = (stack: typeof notify, part: string) =>
  identityStatements(stack).filter(({ role }) => role.includes(part));
const bySid = (stack: typeof notify, part: string, sid: string) =>
  statementsOf(stack, part).find(({ statement }) => statement.Sid === sid)?.statement;

const actionsLike = (statements: readonly RoleStatement[], like: RegExp): readonly string[] => [
  ...new Set(
    statements.flatMap(({ statement }) => asList(statement.Action)).filter((action) => like.test(action)),
  ),
];

const mutatingEc2 = ['ec2:ModifyVolume', 'ec2:CreateTags', 'ec2:DeleteTags'];
const neverHeld = [
  'ec2:DeleteVolume',
  'ec2:DetachVolume',
  'ec2:CreateVolume',
  'ec2:StopInstances',
  'ec2:ModifyVolumeAttribute',
  'dynamodb:Scan',
  'dynamodb:DeleteTable',
  'ssm:PutParameter',
  'cloudwatch:SetAlarmState',
  'cloudwatch:DisableAlarmActions',
  'iam:PassRole',
  'lambda:UpdateFunctionCode',
  'sqs:PurgeQueue',
  'logs:CreateLogGroup',
];

describe('a deployment that only notifies', () => {
  test.each(['ec2:ModifyVolume', 'ec2:CreateTags'])('holds no %s anywhere, by no wildcard', (action) => {
    expect(holdersOf(identityStatements(notify), action)).toEqual([]);
  });
});

describe('a deployment that acts', () => {
  test.each(mutatingEc2)('gives %s to respond and to nobody else', (action) => {
    expect(holdersOf(identityStatements(act), action)).toEqual([
      expect.stringMatching(/^ResponderRespondRole/),
    ]);
  });

  test('modifies volumes only, and only those with the consent tag', () => {
    expect(bySid(act, 'RespondRole', 'ModifyConsentedVolumes')).toEqual({
      Sid: 'ModifyConsentedVolumes',
      Effect: 'Allow',
      Action: 'ec2:ModifyVolume',
      Resource: arnOf('ec2', 'volume/*'),
      Condition: { StringEquals: { 'aws:ResourceTag/team': ['storage', 'database'] } },
    });
  });

  test('writes tags only under our own keys, and never with an empty list of keys', () => {
    expect(bySid(act, 'RespondRole', 'WriteStateTags')).toMatchObject({
      Action: 'ec2:CreateTags',
      Resource: arnOf('ec2', 'volume/*'),
      Condition: {
        'ForAllValues:StringLike': { 'aws:TagKeys': ['ebs-burst:state*'] },
        Null: { 'aws:TagKeys': 'false' },
      },
    });
  });
});

describe.each([
  ['is off', synthesizedStack({ mode: 'off' })],
  ['notifies', notify],
  ['acts', act],
])('a deployment that %s', (_, stack) => {
  const all = identityStatements(stack);

  test('lets respond take our state tags off, so that a case of mode act can end, and no other tags', () => {
    expect(holdersOf(all, 'ec2:DeleteTags')).toEqual([expect.stringMatching(/^ResponderRespondRole/)]);
    expect(bySid(stack, 'RespondRole', 'ClearStateTags')).toMatchObject({
      Action: 'ec2:DeleteTags',
      Resource: arnOf('ec2', 'volume/*'),
      Condition: {
        'ForAllValues:StringLike': { 'aws:TagKeys': ['ebs-burst:state*'] },
        Null: { 'aws:TagKeys': 'false' },
      },
    });
  });

  test.each(neverHeld)('never holds %s', (action) => {
    expect(holdersOf(all, action)).toEqual([]);
  });

  test('reads the status of stacks and holds no other right over them', () => {
    expect(actionsLike(all, /^cloudformation:/)).toEqual(['cloudformation:DescribeStacks']);
  });

  test('holds no right over snapshots or backups, so that none under way can change what is decided', () => {
    expect(actionsLike(all, /snapshot|^(backup|dlm):/i)).toEqual([]);
    expect(actionsLike(all, /^ec2:DescribeVolumes$/)).toEqual(['ec2:DescribeVolumes']);
  });

  test('names every action in full', () => {
    expect(
      all.flatMap(({ statement }) => asList(statement.Action)).filter((action) => action.includes('*')),
    ).toEqual([]);
    expect(all.filter(({ statement }) => statement.NotAction !== undefined)).toEqual([]);
  });

  test('writes and deletes alarms under our prefix only', () => {
    const writers = all.filter(({ statement }) =>
      ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'].some((action) => allows(statement, action)),
    );
    expect(new Set(writers.map(({ role }) => role.replace(/Role.*/, '')))).toEqual(
      new Set(['ResponderAlarmKeeperKeepAlarms', 'ResponderCleanUp']),
    );
    for (const { statement } of writers) {
      expect(statement.Resource).toEqual(arnOf('cloudwatch', 'alarm:ebs-burst/vol-*'));
    }
  });

  test('lets the sweep change nothing but the work queue', () => {
    const reading =
      /^(dynamodb:(Query|(Batch)?GetItem)|cloudwatch:DescribeAlarms|logs:(CreateLogStream|PutLogEvents))$/;
    const actions = statementsOf(stack, 'SweepRole').flatMap(({ statement }) => asList(statement.Action));
    expect(new Set(actions.filter((action) => !reading.test(action)))).toEqual(new Set(['sqs:SendMessage']));
  });

  test('reads the kill switch in respond and nowhere else', () => {
    const readers = all.filter(({ statement }) =>
      JSON.stringify(statement.Resource).includes('SwitchParameter'),
    );
    expect(readers.map(({ role, statement }) => [role.replace(/Role.*/, ''), statement.Action])).toEqual([
      ['ResponderRespond', 'ssm:GetParameter'],
    ]);
  });

  test('bounds every statement on all resources by the Region', () => {
    const open = all.filter(({ statement }) => asList(statement.Resource).includes('*'));
    expect(open.length).toBeGreaterThan(0);
    for (const { statement } of open) {
      expect(statement.Condition).toEqual({
        StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } },
      });
    }
  });

  test('gives no function a managed policy', () => {
    const managed = ofType(stack, 'AWS::IAM::Role').filter(
      ({ Properties }) => 'ManagedPolicyArns' in Properties,
    );
    expect(managed.map(({ id }) => id)).toEqual([expect.stringContaining('TriggerCustomResourceProvider')]);
  });
});

describe('Slack', () => {
  const slackStatements = (stack: typeof notify) =>
    statementsOf(stack, 'DeliverNoticeRole').filter(({ statement }) => statement.Sid?.includes('Slack'));

  test('costs no permission where it is not configured', () => {
    expect(slackStatements(notify)).toEqual([]);
  });

  test('lets delivery read the one parameter and decrypt it by its key, over SSM only', () => {
    expect(slackStatements(act).map(({ statement }) => statement)).toMatchObject([
      { Action: 'ssm:GetParameter', Resource: arnOf('ssm', 'parameter/slack/token') },
      {
        Action: 'kms:Decrypt',
        Resource: 'arn:aws:kms:us-east-1:123456789012:key/0123',
        Condition: {
          StringEquals: {
            'kms:ViaService': { 'Fn::Join': ['', ['ssm.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
            'kms:EncryptionContext:PARAMETER_ARN': arnOf('ssm', 'parameter/slack/token'),
          },
        },
      },
    ]);
  });

  test('does not let delivery decrypt by any key where the default key is used', () => {
    const withDefaultKey = synthesizedStack({ slack: { webhookParameter: 'hook' } });
    expect(slackStatements(withDefaultKey).map(({ statement }) => statement.Action)).toEqual([
      'ssm:GetParameter',
    ]);
  });
});

/** An ARN of this account and Region as the template joins it. */
function arnOf(service: string, resource: string): unknown {
  return {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        `:${service}:`,
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
        `:${resource}`,
      ],
    ],
  };
}
