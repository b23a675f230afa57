import { permissionsText } from './required-permissions.ts';

/** Every action that doctor asks for; all are reads. */
export const doctorReasons: Readonly<Record<string, string>> = {
  'cloudformation:DescribeStacks': 'the stack, its state and outputs',
  'cloudformation:ListStackResources': 'which functions, rules and queues are its own',
  'lambda:GetFunctionConfiguration': 'state, role and variables of its functions',
  'lambda:GetFunctionConcurrency': 'whether one is held at 0',
  'lambda:GetEventSourceMapping': 'whether queue and stream are polled',
  'events:DescribeRule': 'whether rules and schedules are enabled',
  'sqs:GetQueueAttributes': 'how many messages wait in its dead-letter queues',
  'dynamodb:GetItem': 'genesis item and last census',
  'dynamodb:BatchGetItem': 'open cases',
  'dynamodb:Query': 'cases that are due, notices that wait',
  'ec2:DescribeVolumes': 'volumes and their tags',
  'cloudwatch:DescribeAlarms': 'alarms, to compare with the volumes',
  'servicequotas:ListServiceQuotas': 'room for gp3, io1 and io2, and for moves',
  'sns:ListSubscriptionsByTopic': 'who hears notices, and who has not confirmed',
  'ssm:GetParameter': 'the kill switch, and the Slack token to ask Slack with',
  'iam:SimulatePrincipalPolicy': 'what the roles of the functions may and may not do',
};

export const doctorPermissions = (): string =>
  permissionsText({
    command: 'doctor',
    sid: 'EbsBurstDoctor',
    reasons: doctorReasons,
    notes: [
      'Without one of them the checks that need it are unknown, and say so. A Slack token under a key of your',
      'own also takes kms:Decrypt on that key; to look at its channel the token needs the scope channels:read',
      '(groups:read for a private one). With --role-arn the caller also needs sts:AssumeRole on that role.',
    ],
  });
