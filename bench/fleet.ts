import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { deploy } from '../cli/demo/deploy.ts';
import { synthesize } from '../cli/demo/synthesize.ts';
import { planAlarms } from '../core/domain/credits/alarm-plan.ts';
import { instant } from '../core/domain/units.ts';
import type { Volume } from '../core/domain/volume.ts';
import { cloudwatchAlarmShelf } from '../lambda/adapters/cloudwatch-alarm-shelf.ts';
import { ec2VolumeCatalog } from '../lambda/adapters/ec2-volume-catalog.ts';
import { keepAlarmsEnvironment } from '../lambda/environments/keep-alarms.ts';
import { parseEnvironment } from '../lambda/environments/parse-environment.ts';
import { type Account, createAccount } from '../twin/account.ts';
import { constantDemand, type DemandFrom, steppedDemand } from '../twin/ebs/open-loop-workload.ts';
import type { Workload } from '../twin/ebs/workload.ts';

const hour = 3_600_000;
const volumesPerInstance = 20;
const ioBytes = 16_384;

export const startsAt = Date.UTC(2026, 2, 2, 9);

/** What the volumes of the fleet do; each of them `share` of a thousand volumes. */
export const fleetMix: readonly {
  readonly share: number;
  readonly does: string;
  readonly workload: (index: number, hours: number) => Workload | undefined;
}[] = [
  { share: 300, does: 'nothing', workload: () => undefined },
  {
    share: 390,
    does: 'a steady 40 to 290 IOPS, below the baseline of 300',
    workload: (index) => constantDemand({ iops: 40 + (index % 26) * 10, ioBytes }),
  },
  {
    share: 300,
    does: 'another rate every hour, 50 to 450 IOPS: dips into its credits and recovers',
    workload: (index, hours) => everyHour(hours, (step) => 50 + ((step * 7 + index) % 9) * 50),
  },
  {
    share: 9,
    does: 'a daily batch of two hours at 900 IOPS: its alarm fires, and it recovers',
    workload: (index, hours) => everyHour(hours, (step) => ((step + index) % 24 < 2 ? 900 : 60)),
  },
  {
    share: 1,
    does: 'one hour a day at 2,000 IOPS: at the wall after 53 minutes',
    workload: (index, hours) => everyHour(hours, (step) => ((step + index) % 24 === 5 ? 2_000 : 80)),
  },
];

function everyHour(hours: number, iopsOf: (step: number) => number): Workload {
  const steps: DemandFrom[] = Array.from({ length: hours }, (_, step) => ({
    from: startsAt + step * hour,
    iops: iopsOf(step),
    ioBytes,
  }));
  return steppedDemand(steps);
}

/** The volumes of a fleet that live in one account; what each does depends on its number in the fleet alone. */
export interface FleetPart {
  readonly account: number;
  readonly firstVolume: number;
  readonly volumes: number;
}

/** Always the same accounts, however many cores there are: full ones, and one for the rest. */
export const partsOf = (volumes: number, mostInAccount: number): readonly FleetPart[] =>
  Array.from({ length: Math.ceil(volumes / mostInAccount) }, (_none, account) => {
    const firstVolume = account * mostInAccount;
    return { account, firstVolume, volumes: Math.min(mostInAccount, volumes - firstVolume) };
  });

/**
 * An account with gp2 volumes of 100 GiB and the responder, telling only, with every alarm there from the start: at two
 * writes a second the production code would need 14 hours for 100,000. They are what it would write, put through the
 * same adapter and API; the first census finds nothing to do.
 */
export async function fleetAccount(part: FleetPart, hours: number): Promise<Account> {
  const account = createAccount({
    accountId: String(123456789012 + part.account),
    region: 'us-east-1',
    startAt: startsAt - hour / 4,
    seed: 1 + part.account,
    throttling: 'none',
  });
  const { stack } = await deploy(account, synthesize({ mode: 'notify', maxAlarms: 100_000 }));
  account.bus.lose(() => true);
  addVolumes(account, part, hours);
  account.bus.lose(() => false);
  await putAlarms(account, stack.physicalName('AlarmKeeper/KeepAlarms/Function'));
  await account.simulation.runUntil(startsAt);
  return account;
}

function addVolumes(account: Account, { firstVolume, volumes: count }: FleetPart, hours: number): void {
  const { volumes } = account.ebs;
  let instance = volumes.createInstance();
  for (let index = 0; index < count; index += 1) {
    if (index % volumesPerInstance === 0) instance = volumes.createInstance();
    const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 });
    volumes.attach(id, instance.id);
    volumes.setWorkload(id, workloadOf(firstVolume + index, hours));
  }
}

function workloadOf(index: number, hours: number): Workload | undefined {
  let left = (index * 7) % 1_000;
  for (const { share, workload } of fleetMix) {
    if (left < share) return workload(Math.floor(index / 10), hours);
    left -= share;
  }
  return undefined;
}

async function putAlarms(account: Account, keepAlarms: string): Promise<void> {
  const { environment = {} } = account.functions.definition(keepAlarms);
  const { POLICY, DEPLOYMENT_ID } = parseEnvironment('keep-alarms', keepAlarmsEnvironment, environment);
  const now = () => instant(account.simulation.now);
  const all: Volume[] = [];
  const catalog = ec2VolumeCatalog(account.connect(new EC2Client(), keepAlarms), now);
  for await (const page of catalog.all()) all.push(...page);
  const shelf = cloudwatchAlarmShelf(account.connect(new CloudWatchClient(), keepAlarms), DEPLOYMENT_ID);
  for (const alarm of planAlarms(all, POLICY, DEPLOYMENT_ID, now()).desired) await shelf.put(alarm);
}
