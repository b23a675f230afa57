import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { DeliverNoticeEnvironment } from '../lambda/environments/deliver-notice.ts';
import type { CaseTable } from './case-table.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Deployment } from './deployment.ts';
import { invokeEvery } from './invoke-on.ts';
import { NoticeTopic } from './notice-topic.ts';
import type { Permission } from './permission.ts';
import * as permissions from './permissions.ts';
import { RuntimeFunction } from './runtime-function.ts';
import type { SlackDelivery } from './stack-config.ts';

export interface NoticesProps {
  readonly deployment: Deployment;
  readonly table: CaseTable;
}

/** The table's stream only wakes delivery; a schedule retries rows still pending, so no outage loses a notice. */
export class Notices extends Construct {
  readonly topic: NoticeTopic;
  readonly deliverNotice: RuntimeFunction<DeliverNoticeEnvironment>;
  readonly deadLetters: readonly DeadLetterQueue[];

  constructor(scope: Construct, id: string, { deployment, table }: NoticesProps) {
    super(scope, id);
    this.topic = new NoticeTopic(this, 'Topic', deployment.config.mailTo);
    const failures = new DeadLetterQueue(this, 'Failures', 'wake-ups of the delivery of notices that failed');
    this.deadLetters = [failures];
    this.deliverNotice = new RuntimeFunction(this, 'DeliverNotice', {
      handler: 'deliver-notice',
      description: 'Delivers pending notices to SNS and Slack',
      environment: {
        TABLE_NAME: table.tableName,
        CHANNELS: deployment.channels,
        TOPIC_ARN: this.topic.topic.topicArn,
        RUNBOOK_URL: deployment.config.runbookUrl,
        ...slackVariables(deployment.config.slack),
      },
      permissions: this.permissionsFor(table, deployment.config.slack),
      timeout: Duration.minutes(2),
      memoryMebibytes: 256,
      logRetention: deployment.config.logRetention,
      failures,
      asynchronous: { retries: 0, maxAge: Duration.minutes(2) },
    });
    this.wakeBy(table, failures);
  }

  private permissionsFor(table: CaseTable, slack: SlackDelivery | undefined): readonly Permission[] {
    return [
      permissions.readStream(streamOf(table)),
      permissions.listStreams(this),
      permissions.useTable(table, 'conversations, and what was sent', 'get', 'query', 'put', 'update'),
      permissions.queryDue(table, 'notices still pending'),
      permissions.publishNotices(this.topic.topic),
      permissions.encryptNotices(this.topic.key),
      ...(slack === undefined ? [] : [permissions.readSlackSecret(this, slack.parameterName)]),
      ...(slack?.keyArn === undefined
        ? []
        : [permissions.decryptSlackSecret(this, slack.parameterName, slack.keyArn)]),
    ];
  }

  private wakeBy(table: CaseTable, failures: DeadLetterQueue): void {
    new EventSourceMapping(this, 'NewNotices', {
      target: this.deliverNotice.function,
      eventSourceArn: streamOf(table),
      startingPosition: StartingPosition.TRIM_HORIZON,
      // A storm becomes one message: its notices arrive within seconds of each other, and a batch takes those of as many
      // volumes as are watched by default, on two channels. Lambda ends a batch early at 6 MB.
      batchSize: 2_000,
      maxBatchingWindow: Duration.seconds(20),
      filters: [newNotice],
      bisectBatchOnError: true,
      retryAttempts: 3,
      maxRecordAge: Duration.hours(1),
      onFailure: new SqsDlq(failures),
    });
    invokeEvery(this, 'Retry', Duration.minutes(1), 'Tries notices again that no channel has taken yet', {
      function: this.deliverNotice.function,
      failures,
      tryFor: Duration.minutes(1),
    });
  }
}

const newNotice = FilterCriteria.filter({
  eventName: FilterRule.isEqual('INSERT'),
  dynamodb: { NewImage: { kind: { S: FilterRule.isEqual('notice') } } },
});

function streamOf(table: CaseTable): string {
  if (table.tableStreamArn === undefined)
    throw new Error('expected the case table to have a stream, got none');
  return table.tableStreamArn;
}

function slackVariables(slack: SlackDelivery | undefined): Partial<DeliverNoticeEnvironment> {
  if (slack === undefined) return {};
  return slack.kind === 'bot'
    ? { SLACK_CHANNEL: slack.channel, SLACK_TOKEN_PARAMETER: slack.parameterName }
    : { SLACK_WEBHOOK_PARAMETER: slack.parameterName };
}
