import { App, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { Template as SynthesizedTemplate } from 'aws-cdk-lib/assertions';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import {
  Code,
  EventSourceMapping,
  Function as LambdaConstruct,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Template } from '../../../twin/template/load-template.ts';

/** A small stack with every hop that the loader knows: rule, queue, function, table, stream, schedule, custom resource. */
export function smallStack(): Template {
  // The CLI switches path metadata on by default, an App alone does not.
  const stack = new Stack(new App({ context: { 'aws:cdk:enable-path-metadata': true } }), 'Small');
  const failures = new Queue(stack, 'Failures');
  const work = new Queue(stack, 'Work', {
    visibilityTimeout: Duration.minutes(3),
    deadLetterQueue: { queue: failures, maxReceiveCount: 5 },
  });
  const table = caseTable(stack);
  const topic = new Topic(stack, 'Notices');
  topic.addSubscription(new EmailSubscription('team@example.com'));
  new StringParameter(stack, 'Switch', { parameterName: '/ebs-burst/switch', stringValue: 'run' });
  const environment = { TABLE_NAME: table.tableName, TOPIC_ARN: topic.topicArn, STACK: stack.stackId };
  lambda(stack, 'Respond', failures, environment).addEventSource(
    new SqsEventSource(work, {
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(5),
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    }),
  );
  const deliver = lambda(stack, 'Deliver', failures, { QUEUE_URL: work.queueUrl });
  new EventSourceMapping(stack, 'Changes', {
    target: deliver,
    eventSourceArn: String(table.tableStreamArn),
    startingPosition: StartingPosition.LATEST,
    bisectBatchOnError: true,
    retryAttempts: 3,
  });
  wake(stack, work, deliver);
  const cleanUp = new CustomResource(stack, 'CleanUp', {
    serviceToken: deliver.functionArn,
    properties: { keep: true },
  });
  cleanUp.node.addDependency(table);
  return JSON.parse(JSON.stringify(SynthesizedTemplate.fromStack(stack).toJSON())) as Template;
}

function wake(stack: Stack, work: Queue, deliver: LambdaConstruct): void {
  new Rule(stack, 'Volumes', { eventPattern: { source: ['aws.ec2'] }, targets: [new SqsQueue(work)] });
  new Rule(stack, 'Census', {
    schedule: Schedule.rate(Duration.minutes(15)),
    targets: [new LambdaFunction(deliver)],
  });
}

function caseTable(stack: Stack): Table {
  const table = new Table(stack, 'Cases', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
  });
  table.addGlobalSecondaryIndex({
    indexName: 'due',
    partitionKey: { name: 'queue', type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  });
  return table;
}

const lambda = (stack: Stack, id: string, failures: Queue, environment: Record<string, string>) =>
  new LambdaConstruct(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = 1'),
    timeout: Duration.seconds(30),
    environment,
    onFailure: new SqsDestination(failures),
    retryAttempts: 0,
  });
