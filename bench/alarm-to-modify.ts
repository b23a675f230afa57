import { deploy } from '../cli/demo/deploy.ts';
import { synthesize } from '../cli/demo/synthesize.ts';
import { type Account, createAccount } from '../twin/account.ts';
import { steppedDemand } from '../twin/ebs/open-loop-workload.ts';

const minute = 60_000;
const startsAt = Date.UTC(2026, 2, 2, 9);
/** What each call takes here; a round is what waits for the one before. */
const round = 1_000;

export interface AlarmToModify {
  /** Calls of the run that moves the volume, up to and with ModifyVolume. */
  readonly calls: number;
  /** How many of them had to wait for each other. */
  readonly rounds: number;
}

export interface TimedAlarmToModify extends AlarmToModify {
  /** Simulated time from the alarm's change of state to the ModifyVolume that it caused. */
  readonly seconds: number;
}

/** A volume of 33 GiB at full burst, where acting is allowed; each call of `respond` takes a second. */
export async function alarmToModify(): Promise<TimedAlarmToModify> {
  const account = createAccount({
    accountId: '123456789012',
    region: 'us-east-1',
    startAt: startsAt,
    seed: 7,
  });
  drain(account);
  const { stack } = await deploy(account, synthesize({ mode: 'act' }));
  const respond = stack.physicalName('Responder/Respond/Function');
  account.functions.settings(respond).callLatency = round;
  await account.simulation.runUntil(startsAt + 120 * minute);
  const { calls } = account.endpoint;
  const asked = calls.findIndex(({ operation }) => operation === 'ModifyVolume');
  const askedAt = calls[asked]?.at;
  if (askedAt === undefined) throw new Error('no volume was modified, expected the one that drains to be');
  const run = account.functions.log.find(
    ({ functionName, at, endedAt }) => functionName === respond && at <= askedAt && endedAt >= askedAt,
  );
  const alarm = account.bus.log.findLast(
    ({ at, event }) => event.source === 'aws.cloudwatch' && at <= askedAt,
  );
  if (run === undefined || alarm === undefined)
    throw new Error('the ModifyVolume belongs to no run of respond and no alarm, expected one of each');
  const own = calls.slice(0, asked + 1).filter(({ principal, at }) => principal === respond && at >= run.at);
  return {
    calls: own.length,
    rounds: (askedAt - run.at) / round,
    seconds: (askedAt - alarm.at) / 1_000,
  };
}

function drain(account: Account): void {
  const { volumes } = account.ebs;
  const tags = { Name: 'db', 'ebs-burst:mode': 'act' };
  const { id } = volumes.createVolume({ volumeType: 'gp2', sizeGiB: 33, tags });
  volumes.attach(id, volumes.createInstance().id);
  volumes.setWorkload(
    id,
    steppedDemand([
      { from: startsAt, iops: 50, ioBytes: 16_384 },
      { from: startsAt + 30 * minute, iops: 3_000, ioBytes: 16_384 },
    ]),
  );
}
