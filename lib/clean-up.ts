import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { CleanUpEnvironment } from '../lambda/environments/clean-up.ts';
import type { CaseTable } from './case-table.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Deployment } from './deployment.ts';
import * as permissions from './permissions.ts';
import { RuntimeFunction } from './runtime-function.ts';

export interface CleanUpProps {
  readonly deployment: Deployment;
  readonly table: CaseTable;
}

/**
 * The first thing a deployment does (write the genesis item, without which nothing acts) and the last thing a deletion
 * does (delete our alarms, tell which volumes are still upgraded).
 *
 * CloudFormation deletes in reverse order of dependency, so everything that could write an alarm or start a case depends
 * on this construct, and this one depends on the table and on the delivery of notices:
 *
 *   create: table, notices → clean-up (genesis) → alarm keeper, responder, sweep, profiler
 *   delete: rules, schedules, functions and their roles → clean-up (alarms, farewell) → notices; the table stays
 */
export class CleanUp extends Construct {
  readonly cleanUp: RuntimeFunction<CleanUpEnvironment>;
  readonly deadLetters: readonly DeadLetterQueue[];

  constructor(scope: Construct, id: string, { deployment, table }: CleanUpProps) {
    super(scope, id);
    const failures = new DeadLetterQueue(this, 'Failures', 'first or last words of the stack that failed');
    this.deadLetters = [failures];
    this.cleanUp = new RuntimeFunction(this, 'CleanUp', {
      handler: 'clean-up',
      description: 'Writes the genesis item at deployment; deletes our alarms when the stack is deleted',
      environment: {
        TABLE_NAME: table.tableName,
        DEPLOYMENT_ID: deployment.id,
        ACCOUNT_ID: deployment.account,
        CHANNELS: deployment.channels,
      },
      permissions: [
        permissions.useTable(
          table,
          'the genesis item, and whether the farewell was sent',
          'get',
          'query',
          'put',
        ),
        permissions.queryDue(table, 'the farewell lists what is still upgraded'),
        permissions.listAlarms(this),
        permissions.deleteOurAlarms(this),
      ],
      timeout,
      memoryMebibytes: 256,
      logRetention: deployment.config.logRetention,
      failures,
      // A retry is for an answer that CloudFormation did not take.
      asynchronous: { retries: 1, maxAge: Duration.minutes(10) },
    });
    new CustomResource(this, 'Default', {
      resourceType: 'Custom::EbsBurstCleanUp',
      serviceToken: this.cleanUp.function.functionArn,
      // Without it CloudFormation waits an hour for an answer that was lost.
      serviceTimeout: Duration.seconds(3 * timeout.toSeconds()),
    });
  }
}

const timeout = Duration.minutes(5);
