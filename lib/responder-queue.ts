import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmNameOf } from '../core/domain/credits/alarm-plan.ts';
import type { RespondEnvironment } from '../lambda/environments/respond.ts';
import type { CaseTable } from './case-table.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Deployment } from './deployment.ts';
import type { KillSwitch } from './kill-switch.ts';
import * as permissions from './permissions.ts';
import { RuntimeFunction } from './runtime-function.ts';

export interface ResponderQueueProps {
  readonly deployment: Deployment;
  readonly table: CaseTable;
  readonly killSwitch: KillSwitch;
}

/** Alarms and volume events → the one work queue → `respond`, the only function that may modify a volume. */
export class ResponderQueue extends Construct {
  readonly queue: Queue;
  readonly respond: RuntimeFunction<RespondEnvironment>;
  readonly deadLetters: readonly DeadLetterQueue[];

  constructor(scope: Construct, id: string, props: ResponderQueueProps) {
    super(scope, id);
    const undelivered = new DeadLetterQueue(this, 'Undelivered', 'events that never reached the work queue');
    const unanswered = new DeadLetterQueue(this, 'Unanswered', 'wake-ups that respond failed on five times');
    this.deadLetters = [undelivered, unanswered];
    this.queue = new Queue(this, 'Work', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // AWS Lambda developer guide, "using Lambda with Amazon SQS": six times the timeout, plus the batching window.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds() + batchingWindow.toSeconds()),
      deadLetterQueue: { queue: unanswered, maxReceiveCount: 5 },
    });
    const toWork = new SqsQueue(this.queue, { deadLetterQueue: undelivered });
    for (const [ruleId, description, eventPattern] of wakeUps) {
      new Rule(this, ruleId, { description, eventPattern, targets: [toWork] });
    }
    this.respond = this.responder(props, unanswered);
    new EventSourceMapping(this, 'Poll', {
      target: this.respond.function,
      eventSourceArn: this.queue.queueArn,
      batchSize: 100,
      maxBatchingWindow: batchingWindow,
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    });
  }

  private responder(
    props: ResponderQueueProps,
    failures: DeadLetterQueue,
  ): RuntimeFunction<RespondEnvironment> {
    const { deployment, table, killSwitch } = props;
    const { mode, act } = deployment.config.policy;
    return new RuntimeFunction(this, 'Respond', {
      handler: 'respond',
      description: 'Looks at volumes that were woken, decides, acts where allowed, and writes what to tell',
      environment: {
        TABLE_NAME: table.tableName,
        SWITCH_PARAMETER: killSwitch.parameter.parameterName,
        POLICY: deployment.policy,
        ACCOUNT_ID: deployment.account,
        CHANNELS: deployment.channels,
      },
      permissions: [
        permissions.receiveWork(this.queue),
        permissions.readVolumes(this),
        permissions.readVolumeState(this),
        permissions.readMetrics(this),
        permissions.readOwningStacks(this),
        permissions.readQuotas(this),
        permissions.useTable(table, tableReason, 'get', 'get-many', 'query', 'put', 'update', 'free'),
        permissions.readSwitch(killSwitch.parameter),
        permissions.clearStateTags(this),
        ...(mode === 'act'
          ? [permissions.modifyConsentedVolumes(this, act), permissions.writeStateTags(this)]
          : []),
      ],
      timeout,
      memoryMebibytes: 1_024,
      logRetention: deployment.config.logRetention,
      failures,
      // Only the queue invokes it; this bounds what a person starts by hand.
      asynchronous: { retries: 0, maxAge: Duration.minutes(1) },
    });
  }
}

const timeout = Duration.seconds(60);
const batchingWindow = Duration.seconds(5);

const tableReason = 'case, ledger and notices change in one transaction; billed metric reads are counted';

/** The alarm rule names our prefix and the metric: an alarm of somebody else on the same metric is not ours to answer. */
const alarmChanges: EventPattern = {
  source: ['aws.cloudwatch'],
  detailType: ['CloudWatch Alarm State Change'],
  detail: {
    alarmName: Match.prefix(alarmNameOf('vol-')),
    configuration: {
      metrics: { metricStat: { metric: { namespace: ['AWS/EBS'], name: ['BurstBalance'] } } },
    },
  },
};

/** `modifyVolume` is documented with `optimizing` only; `completed` and `failed` are seen in the wild. */
const volumeChanges: EventPattern = {
  source: ['aws.ec2'],
  detailType: ['EBS Volume Notification'],
  detail: {
    $or: [
      { event: ['modifyVolume'], result: ['optimizing', 'completed', 'failed'] },
      { event: ['createVolume'], result: ['available'] },
      { event: ['deleteVolume'], result: ['deleted'] },
    ],
  },
};

const wakeUps: readonly (readonly [id: string, description: string, pattern: EventPattern])[] = [
  ['AlarmChanges', 'A BurstBalance alarm of ours changed its state', alarmChanges],
  ['VolumeChanges', 'A volume was created, modified or deleted', volumeChanges],
];
