import type { Template } from '../../twin/template/load-template.ts';
import { accountOfTwin, twinAccount } from './account.ts';

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
                { Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:Queue' },
                { Effect: 'Deny', Action: 'sqs:PurgeQueue', Resource: '*' },
                {
                  Effect: 'Allow',
                  Action: 'ec2:ModifyVolume',
                  Resource: '*',
                  Condition: { StringEquals: { 'aws:ResourceTag/consent': 'yes' } },
                },
              ],
            },
          },
        ],
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Timeout: 30,
        Environment: { Variables: { A: 'b' } },
      },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Poll: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: { Ref: 'Function' }, EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    },
    Rule: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(5 minutes)' } },
  },
};

/** A twin with a stack `Own`: a role, a function that polls a queue, and a rule. */
export function accountWithStack() {
  const twin = accountOfTwin();
  twin.loadTemplate(template, 'Own');
  return { twin, resources: Object.keys(template.Resources), ...twinAccount(twin) };
}
