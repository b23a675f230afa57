import { Duration } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { SweepEnvironment } from '../lambda/environments/sweep.ts';
import type { CaseTable } from './case-table.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Deployment } from './deployment.ts';
import { invokeEvery } from './invoke-on.ts';
import * as permissions from './permissions.ts';
import { RuntimeFunction } from './runtime-function.ts';

export interface SweepProps {
  readonly deployment: Deployment;
  readonly table: CaseTable;
  readonly queue: Queue;
}

/** Once a minute, what is due is looked at again, so that nothing depends on an event arriving. It can only ask. */
export class Sweep extends Construct {
  readonly sweep: RuntimeFunction<SweepEnvironment>;
  readonly deadLetters: readonly DeadLetterQueue[];

  constructor(scope: Construct, id: string, { deployment, table, queue }: SweepProps) {
    super(scope, id);
    const failures = new DeadLetterQueue(this, 'Failures', 'sweeps that failed');
    this.deadLetters = [failures];
    this.sweep = new RuntimeFunction(this, 'Sweep', {
      handler: 'sweep',
      description: 'Queues every open case and every alarm of ours that is due',
      environment: { TABLE_NAME: table.tableName, QUEUE_URL: queue.queueUrl, DEPLOYMENT_ID: deployment.id },
      permissions: [
        permissions.useTable(table, 'which volumes in ALARM have an open case', 'get-many'),
        permissions.queryDue(table, 'open cases that are due'),
        permissions.listAlarms(this),
        permissions.enqueueWork(queue, 'it asks respond to look; it decides nothing'),
      ],
      timeout: Duration.seconds(50),
      memoryMebibytes: 256,
      logRetention: deployment.config.logRetention,
      failures,
      // The next sweep comes within a minute and asks the same question.
      asynchronous: { retries: 0, maxAge: Duration.minutes(2) },
    });
    invokeEvery(this, 'EveryMinute', Duration.minutes(1), 'Sweep over what is due', {
      function: this.sweep.function,
      failures,
      tryFor: Duration.minutes(1),
    });
  }
}
