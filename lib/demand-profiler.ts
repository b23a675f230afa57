import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ProfileDemandEnvironment } from '../lambda/environments/profile-demand.ts';
import type { CaseTable } from './case-table.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Deployment } from './deployment.ts';
import { invokeEvery } from './invoke-on.ts';
import * as permissions from './permissions.ts';
import { RuntimeFunction } from './runtime-function.ts';

export interface DemandProfilerProps {
  readonly deployment: Deployment;
  readonly table: CaseTable;
}

/** Once a day, what each volume really asks for is written down, so that a storm of alarms needs no history reads. */
export class DemandProfiler extends Construct {
  readonly profileDemand: RuntimeFunction<ProfileDemandEnvironment>;
  readonly deadLetters: readonly DeadLetterQueue[];

  constructor(scope: Construct, id: string, { deployment, table }: DemandProfilerProps) {
    super(scope, id);
    const failures = new DeadLetterQueue(this, 'Failures', 'demand profiles that failed');
    this.deadLetters = [failures];
    this.profileDemand = new RuntimeFunction(this, 'ProfileDemand', {
      handler: 'profile-demand',
      description: 'Reads up to 14 days of demand per volume and stores its profile',
      environment: { TABLE_NAME: table.tableName, POLICY: deployment.policy },
      permissions: [
        permissions.readVolumes(this),
        permissions.readMetrics(this),
        permissions.useTable(
          table,
          'one profile per volume, the oldest first, and the count of billed reads',
          'get-many',
          'put',
          'update',
        ),
      ],
      timeout: Duration.minutes(15),
      memoryMebibytes: 512,
      logRetention: deployment.config.logRetention,
      failures,
      asynchronous: { retries: 2, maxAge: Duration.hours(6) },
    });
    invokeEvery(this, 'Daily', Duration.days(1), 'Demand profiles of all bursting volumes', {
      function: this.profileDemand.function,
      failures,
      tryFor: Duration.hours(6),
    });
  }
}
