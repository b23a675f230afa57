import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import {
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { ListSubscriptionsByTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { createAccount } from '../../twin/account.ts';
import type { Template } from '../../twin/template/load-template.ts';

const template: Template = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {},
        Policies: [
          {
            PolicyName: 'own',
            PolicyDocument: {
              Statement: [
                {
                  Sid: 'Send',
                  Effect: 'Allow',
                  Action: 'sqs:SendMessage',
                  Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
                },
              ],
            },
          },
        ],
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Environment: { Variables: { A: 'b' } } },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Poll: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: { Ref: 'Function' }, EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    },
    Rule: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(5 minutes)' } },
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'a@example.com' }] },
    },
  },
};

function deployed() {
  const account = createAccount({ accountId: '123456789012', region: 'us-east-1', startAt: 0, seed: 1 });
  const stack = account.loadTemplate(template, 'Own');
  const connected = <Client>(client: Client & Parameters<typeof account.connect>[0]) =>
    account.connect(client, 'a person');
  return { account, stack, connected };
}
const region = { region: 'us-east-1' };

test('CloudFormation lists what the template made', async () => {
  const { connected } = deployed();
  const { StackResourceSummaries = [] } = await connected(new CloudFormationClient(region)).send(
    new ListStackResourcesCommand({ StackName: 'Own' }),
  );
  expect(StackResourceSummaries.map(({ LogicalResourceId }) => LogicalResourceId).toSorted()).toEqual(
    Object.keys(template.Resources).toSorted(),
  );
  expect(StackResourceSummaries.find(({ LogicalResourceId }) => LogicalResourceId === 'Queue')).toMatchObject(
    {
      PhysicalResourceId: 'https://sqs.us-east-1.amazonaws.com/123456789012/Queue',
      ResourceType: 'AWS::SQS::Queue',
    },
  );
});

test('Lambda shows function, reserved concurrency and mapping, as somebody changed them', async () => {
  const { account, connected } = deployed();
  const lambda = connected(new LambdaClient(region));
  expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'Function' }))).toMatchObject({
    Role: 'arn:aws:iam::123456789012:role/Role',
    Environment: { Variables: { A: 'b' } },
    State: 'Active',
    LastUpdateStatus: 'Successful',
  });
  const concurrency = () => lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'Function' }));
  expect((await concurrency()).ReservedConcurrentExecutions).toBeUndefined();
  account.functions.reconfigure('Function', { reservedConcurrency: 0 });
  expect((await concurrency()).ReservedConcurrentExecutions).toBe(0);
  const mapping = () => lambda.send(new GetEventSourceMappingCommand({ UUID: 'Poll' }));
  expect(await mapping()).toMatchObject({ State: 'Enabled' });
  account.mappings.get('Poll').source.isEnabled = false;
  expect(await mapping()).toMatchObject({ State: 'Disabled' });
  account.mappings.delete('Poll');
  await expect(mapping()).rejects.toThrow('The resource you requested does not exist.');
});

test('a disabled rule says so and fires no more, an enabled one goes on', async () => {
  const { account, connected } = deployed();
  const events = connected(new EventBridgeClient(region));
  const state = async () => (await events.send(new DescribeRuleCommand({ Name: 'Rule' }))).State;
  expect(await state()).toBe('ENABLED');
  account.bus.setEnabled('Rule', false);
  expect(await state()).toBe('DISABLED');
  account.bus.setEnabled('Rule', true);
  expect(await state()).toBe('ENABLED');
  await expect(events.send(new DescribeRuleCommand({ Name: 'Other' }))).rejects.toThrow('does not exist');
});

test('SNS tells who has not confirmed, and sends nothing there', async () => {
  const { account, stack, connected } = deployed();
  const sns = connected(new SNSClient(region));
  const TopicArn = stack.physicalName('Topic');
  const listed = async () =>
    (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions?.[0]?.SubscriptionArn;
  expect(await listed()).toMatch(/^arn:aws:sns:/);
  const { subscriptions, publications } = account.topics.get(TopicArn);
  for (const subscription of subscriptions) subscription.isConfirmed = false;
  expect(await listed()).toBe('PendingConfirmation');
  await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
  expect(publications.map(({ mailedTo }) => mailedTo)).toEqual([[]]);
});

test("IAM simulates a role by the template's policies, and by those put on it since", async () => {
  const { account, connected } = deployed();
  const iam = connected(new IAMClient(region));
  const arn = 'arn:aws:iam::123456789012:role/Role';
  const decide = async () => {
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: arn,
        ActionNames: ['sqs:SendMessage', 'sqs:PurgeQueue'],
        ResourceArns: ['arn:aws:sqs:us-east-1:123456789012:Queue'],
      }),
    );
    return EvaluationResults.map(({ EvalDecision }) => EvalDecision);
  };
  expect(await decide()).toEqual(['allowed', 'implicitDeny']);
  account.roles.rewrite(arn, () => [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }]);
  expect(await decide()).toEqual(['allowed', 'allowed']);
  await expect(
    iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn: `${arn}2`, ActionNames: ['sqs:SendMessage'] }),
    ),
  ).rejects.toThrow('cannot be found');
});

test('a role with a managed policy is not simulated, as nobody says what that allows', () => {
  const { account } = deployed();
  account.roles.put('Managed', [], ['arn:aws:iam::aws:policy/ReadOnlyAccess']);
  expect(() => account.roles.statements(account.roles.arn('Managed'))).toThrow('managed policies');
});
