import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as serviceQuotas from '@aws-sdk/client-service-quotas';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { type ModelledClient, type ServiceModel, serviceModel } from './service-model.ts';

// Nothing is ever sent with these clients: they are asked for their protocol and never built a second time.
const region = 'us-east-1';

/** Sources: the examples of responses in the CloudWatch and SQS API references. */
const CLOUDWATCH = 'http://monitoring.amazonaws.com/doc/2010-08-01/';
const SQS = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** Every service that the twin imitates, by what its requests are signed for. */
export const serviceModels: ReadonlyMap<string, ServiceModel> = new Map(
  [
    model(cloudFormation, new cloudFormation.CloudFormationClient({ region })),
    model(cloudWatch, new cloudWatch.CloudWatchClient({ region }), CLOUDWATCH),
    model(dynamodb, new dynamodb.DynamoDBClient({ region })),
    model(ec2, new ec2.EC2Client({ region })),
    model(eventBridge, new eventBridge.EventBridgeClient({ region })),
    model(iam, new iam.IAMClient({ region })),
    model(lambda, new lambda.LambdaClient({ region })),
    model(serviceQuotas, new serviceQuotas.ServiceQuotasClient({ region })),
    model(sns, new sns.SNSClient({ region })),
    model(sqs, new sqs.SQSClient({ region }), SQS),
    model(ssm, new ssm.SSMClient({ region })),
    model(sts, new sts.STSClient({ region })),
  ].map((each) => [each.signingName, each]),
);

function model(exports: object, client: object, queryNamespace?: string): ServiceModel {
  return serviceModel(exports as Readonly<Record<string, unknown>>, client as ModelledClient, queryNamespace);
}
