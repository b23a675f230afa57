import { Duration } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { KeepAlarmsEnvironment } from '../lambda/environments/keep-alarms.ts';
import type { CaseTable } from './case-table.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Deployment } from './deployment.ts';
import { invokeEvery, invokeOn } from './invoke-on.ts';
import * as permissions from './permissions.ts';
import { RuntimeFunction } from './runtime-function.ts';

export interface AlarmKeeperProps {
  readonly deployment: Deployment;
  readonly table: CaseTable;
  readonly queue: Queue;
}

/** One alarm on every volume that can run out: a census every 15 minutes and whenever an instance starts to run. */
export class AlarmKeeper extends Construct {
  readonly keepAlarms: RuntimeFunction<KeepAlarmsEnvironment>;
  readonly deadLetters: readonly DeadLetterQueue[];

  constructor(scope: Construct, id: string, props: AlarmKeeperProps) {
    super(scope, id);
    const failures = new DeadLetterQueue(this, 'Failures', 'censuses that failed');
    this.deadLetters = [failures];
    this.keepAlarms = this.keeper(props, failures);
    const target = { function: this.keepAlarms.function, failures };
    invokeEvery(this, 'Census', Duration.minutes(15), 'Census of all volumes', {
      ...target,
      tryFor: Duration.minutes(15),
    });
    invokeOn(
      this,
      'InstanceRuns',
      instanceRuns,
      'An instance runs: attaching a volume emits no event of its own',
      {
        ...target,
        tryFor: Duration.hours(1),
      },
    );
  }

  private keeper(
    { deployment, table, queue }: AlarmKeeperProps,
    failures: DeadLetterQueue,
  ): RuntimeFunction<KeepAlarmsEnvironment> {
    return new RuntimeFunction(this, 'KeepAlarms', {
      handler: 'keep-alarms',
      description: 'Walks over every volume and brings our alarms up to date',
      environment: {
        TABLE_NAME: table.tableName,
        QUEUE_URL: queue.queueUrl,
        POLICY: deployment.policy,
        DEPLOYMENT_ID: deployment.id,
        ACCOUNT_ID: deployment.account,
        CHANNELS: deployment.channels,
      },
      permissions: [
        permissions.readVolumes(this),
        permissions.listAlarms(this),
        permissions.putOurAlarms(this),
        permissions.deleteOurAlarms(this),
        permissions.useTable(
          table,
          'the census and the lease of alarm writing are kept, coverage and heartbeat told, what ended leaves the ledger',
          'get',
          'put',
        ),
        permissions.queryDue(
          table,
          'the heartbeat counts open cases and lists what is still upgraded, the census what stays',
        ),
        permissions.enqueueWork(queue, 'latency-critical volumes on a bursting type are handed to respond'),
      ],
      // A thousand new alarms at two a second take over eight minutes; 15 is the most Lambda gives.
      timeout: Duration.minutes(15),
      memoryMebibytes: 512,
      logRetention: deployment.config.logRetention,
      failures,
      asynchronous: { retries: 2, maxAge: Duration.hours(1) },
    });
  }
}

const instanceRuns = {
  source: ['aws.ec2'],
  detailType: ['EC2 Instance State-change Notification'],
  detail: { state: ['running'] },
};
