import type { PolicyStatement } from '../../twin/iam/policy-evaluation.ts';
import type { DeployedBundles } from './deployed-bundles.ts';
import type { IamRequest } from './iam-requests.ts';

/** Which statement belongs to a service that works in the function's name, and what that service is documented to need. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  // Lambda developer guide, "Sending function logs to CloudWatch Logs"; the group is the stack's.
  WriteLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  // SQS developer guide, "Configuring an Amazon SQS queue to trigger an AWS Lambda function".
  ReceiveWork: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  // Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB".
  ReadStream: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
  ListStreams: ['dynamodb:ListStreams'],
  // Lambda developer guide, "Capturing records of Lambda asynchronous invocations".
  ReportFailures: ['sqs:SendMessage'],
  // SNS developer guide, "Key management": of who publishes to an encrypted topic.
  EncryptNotices: ['kms:GenerateDataKey', 'kms:Decrypt'],
};

/** What Lambda and SNS do in the functions' names, on the resources that the statements name. */
export function usedByServices({ statements, account }: DeployedBundles): readonly {
  readonly lambda: string;
  readonly request: IamRequest;
}[] {
  return [...statements].flatMap(([lambda, held]) =>
    held.flatMap((statement) =>
      (NEEDS[statement.Sid ?? ''] ?? []).flatMap((action) =>
        resourcesOf(statement).map((resource) => ({
          lambda,
          request: { action, resource, context: { 'aws:RequestedRegion': account.place.region } },
        })),
      ),
    ),
  );
}

/** Streams come and go below the one log group that a policy names. */
const resourcesOf = ({ Resource }: PolicyStatement): readonly string[] =>
  [Resource].flat().map((resource) => resource.replace(/^(arn:aws:logs:.*):\*$/, '$1:log-stream:any'));
