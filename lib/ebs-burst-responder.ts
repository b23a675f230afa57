import { Construct } from 'constructs';
import { AlarmKeeper } from './alarm-keeper.ts';
import { Backfill } from './backfill.ts';
import { CaseTable } from './case-table.ts';
import { CleanUp } from './clean-up.ts';
import { Dashboard } from './dashboard.ts';
import { DemandProfiler } from './demand-profiler.ts';
import { deploymentOf } from './deployment.ts';
import { KillSwitch } from './kill-switch.ts';
import { Notices } from './notices.ts';
import type { EbsBurstResponderProps } from './responder-props.ts';
import { ResponderQueue } from './responder-queue.ts';
import { SelfWatch } from './self-watch.ts';
import { readStackConfig } from './stack-config.ts';
import { Sweep } from './sweep.ts';
import { warnAbout } from './synth-warnings.ts';

/**
 * Keeps a BurstBalance alarm on every EBS volume of the account and Region that can run out of credits, tells the team in
 * time and, in mode `act`, moves consenting volumes to provisioned IOPS and back. One per account and Region.
 */
export class EbsBurstResponder extends Construct {
  readonly table: CaseTable;
  readonly notices: Notices;
  readonly responder: ResponderQueue;
  readonly killSwitch: KillSwitch;
  /** What the functions decide by, as it travels in their environments. */
  readonly policy: string;

  /** @throws Error naming every unknown key, impossible value and contradiction in `props`. */
  constructor(scope: Construct, id: string, props: EbsBurstResponderProps = {}) {
    super(scope, id);
    const config = readStackConfig(props);
    warnAbout(this, config);
    const deployment = deploymentOf(this, config);
    this.policy = deployment.policy;
    this.table = new CaseTable(this, 'Cases');
    this.killSwitch = new KillSwitch(this, 'Switch');
    this.notices = new Notices(this, 'Notices', { deployment, table: this.table });
    const cleanUp = new CleanUp(this, 'CleanUp', { deployment, table: this.table });
    this.responder = new ResponderQueue(this, 'Responder', {
      deployment,
      table: this.table,
      killSwitch: this.killSwitch,
    });
    const queue = this.responder.queue;
    const alarmKeeper = new AlarmKeeper(this, 'AlarmKeeper', { deployment, table: this.table, queue });
    const sweep = new Sweep(this, 'Sweep', { deployment, table: this.table, queue });
    const profiler = new DemandProfiler(this, 'DemandProfiler', { deployment, table: this.table });

    cleanUp.node.addDependency(this.table, this.notices);
    const workers = [this.responder, alarmKeeper, sweep, profiler];
    for (const worker of workers) worker.node.addDependency(cleanUp);
    new Backfill(this, 'Backfill', alarmKeeper, workers);

    const { alarms } = new SelfWatch(this, 'SelfWatch', {
      functions: [
        this.responder.respond,
        alarmKeeper.keepAlarms,
        sweep.sweep,
        profiler.profileDemand,
        this.notices.deliverNotice,
        cleanUp.cleanUp,
      ],
      deadLetters: [this.notices, cleanUp, ...workers].flatMap(({ deadLetters }) => deadLetters),
      topic: this.notices.topic.topic,
      runbook: config.runbookUrl ?? 'docs/runbook.md in its repository',
      alarmActions: config.alarmActions,
    });
    new Dashboard(this, 'Dashboard', { alarms, work: queue });
  }
}
