import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { ModifyVolumeCommand } from '@aws-sdk/client-ec2';
import { alarmNameOf } from '../../core/domain/credits/alarm-plan.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import { ownStack, standingStack } from './leftovers.ts';
import {
  attach,
  isRunning,
  type Making,
  makeQueue,
  makeRule,
  makeVolume,
  runInstance,
  subscribe,
} from './make.ts';
import { runTagKey, stackName } from './names.ts';
import { Observer } from './observer.ts';
import type { Sightings } from './sightings.ts';
import { goOn, type World, waitUntil } from './world.ts';

/** One run, from the deployment to the last thing that is waited for. */
export interface Trial {
  readonly world: World;
  readonly making: Making;
  readonly mode: 'notify' | 'act';
  readonly sightings: Sightings;
  /** Nothing is waited for beyond it: what the estimate counts on, less the time to clean up. */
  readonly until: Instant;
}

/** In mode `act` the tag of the run is the consent, so that no volume but the run's can ever be moved. */
export const propsOf = (mode: 'notify' | 'act', run: string): EbsBurstResponderProps =>
  mode === 'notify' ? { mode } : { mode, act: { tagKey: runTagKey, values: [run] } };

/** @throws NotSeen, Interrupted, and whatever AWS or the CDK refuses with; cleaning up is the caller's. */
export async function experiment(trial: Trial): Promise<void> {
  const { volumeId, observer } = await setUp(trial);
  await drain(trial, observer);
  await raiseAlarm(trial, volumeId, observer);
  await step(trial, 'wait for the notice (up to 30 min)', () =>
    seen(trial, observer, 'a notice about the volume', 30, () => trial.sightings.of('notice').length > 0),
  );
  if (trial.mode === 'notify') return await staysUntouched(trial, observer);
  await followUpgrade(trial, observer);
  await putBack(trial, volumeId, observer);
}

async function step<T>({ world, sightings }: Trial, title: string, work: () => Promise<T>): Promise<T> {
  goOn(world);
  const number = sightings.of('step').length + 1;
  sightings.add({ seenAt: world.now(), kind: 'step', title });
  world.say(`${number}. ${title}`);
  return await work();
}

const seen = (
  { world, until }: Trial,
  observer: Observer,
  what: string,
  minutes: number,
  isSo: () => boolean,
) => {
  const left = Math.max(0, Math.floor((until - world.now()) / 60_000));
  const why = left < minutes ? `${what}, the time of the run being nearly over` : what;
  return waitUntil(world, why, Math.min(minutes, left), async () => {
    await observer.look();
    return isSo();
  });
};

/** An alarm alone says nothing: the volume has to be attached, and on its way to the wall. */
async function setUp(trial: Trial) {
  const { world, making, mode } = trial;
  const { topicArn, tableName } = await step(trial, 'deploy the stack', async () => {
    // Somebody may have deployed while the question stood; the tag of the run would make their stack ours to destroy.
    if ((await standingStack(world)) !== undefined)
      throw new Error(`a stack ${stackName} was made meanwhile, and not by this run; it is left as it is`);
    await world.cdk.deploy(propsOf(mode, making.run), { [runTagKey]: making.run });
    return await outputsOf(making);
  });
  const queueUrl = await step(trial, 'make a queue', () => makeQueue(making, topicArn));
  await step(trial, 'subscribe it to the notices', () => subscribe(making, topicArn));
  const instance = await step(trial, 'run an instance', () => runInstance(making, mode));
  const volumeId = await step(trial, 'make a 1 GiB gp2 volume', () => makeVolume(making, instance.zone));
  await step(trial, 'listen to its events', () => makeRule(making, volumeId, instance.id));
  const observer = new Observer(world, { volumeId, queueUrl, tableName }, trial.sightings);
  await step(trial, 'wait for its alarm (a census comes every 15 min)', () =>
    seen(trial, observer, `alarm ${alarmNameOf(volumeId)}`, 20, () => observer.threshold !== undefined),
  );
  await step(trial, 'attach it, which starts the load', async () => {
    await waitUntil(world, `instance ${instance.id} running`, 10, () => isRunning(making, instance.id));
    await attach(making, volumeId, instance.id);
  });
  return { volumeId, observer };
}

async function outputsOf({ clients, run }: Making) {
  const { topicArn, tableName } = (await ownStack({ clients }, run)) ?? {};
  if (topicArn === undefined || tableName === undefined)
    throw new Error(
      'the stack of this run has no outputs NoticeTopicArn and CaseTableName after its deployment',
    );
  return { topicArn, tableName };
}

const balanceOf = ({ sightings }: Trial): number | undefined => sightings.newest('balance')?.percent;

async function drain(trial: Trial, observer: Observer): Promise<void> {
  await step(trial, 'wait for its balance to fall below the threshold (about 15 min)', () =>
    seen(trial, observer, 'a balance below the threshold', 30, () => {
      const balance = balanceOf(trial);
      return balance !== undefined && observer.threshold !== undefined && balance < observer.threshold;
    }),
  );
}

/** There has to be an edge: an alarm that CloudWatch itself raised meanwhile is taken back first. */
async function raiseAlarm(trial: Trial, volumeId: VolumeId, observer: Observer): Promise<void> {
  const set = async (StateValue: 'ALARM' | 'OK') => {
    const AlarmName = alarmNameOf(volumeId);
    const StateReason = `set by ${runTagKey} ${trial.making.run}`;
    trial.sightings.add({ seenAt: trial.world.now(), kind: 'alarm-set', state: StateValue });
    await trial.making.clients.cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName, StateValue, StateReason }),
    );
    await observer.look();
  };
  await step(trial, 'raise the alarm with SetAlarmState', async () => {
    if (trial.sightings.newest('alarm')?.state === 'ALARM') await set('OK');
    await set('ALARM');
  });
}

async function staysUntouched(trial: Trial, observer: Observer): Promise<void> {
  await step(trial, 'see that nothing touches the volume for 5 minutes', async () => {
    const until = trial.world.now() + 5 * 60_000;
    await seen(trial, observer, 'five minutes', 10, () => trial.world.now() >= until);
    const touched = trial.sightings.newest('modification');
    if (touched !== undefined)
      throw new Error(`mode notify, but the volume was modified from ${touched.from} to ${touched.to}`);
  });
}

const isCompleted = ({ sightings }: Trial, to: string): boolean => {
  const newest = sightings.newest('modification');
  return newest?.state === 'completed' && newest.to === to;
};

async function followUpgrade(trial: Trial, observer: Observer): Promise<void> {
  await step(trial, 'follow the modification to gp3 (up to 45 min)', () =>
    seen(trial, observer, 'the modification to gp3 completed', 45, () => isCompleted(trial, 'gp3')),
  );
  await step(trial, 'wait for the end of the case (up to 50 min)', () =>
    seen(trial, observer, 'the case closed', 50, () => trial.sightings.newest('case')?.state === 'closed'),
  );
}

/**
 * The responder keeps a gp2 volume on gp3, which is the better disk; so it is we who go back, to see what nobody has
 * written down: the balance afterwards.
 */
async function putBack(trial: Trial, VolumeId: VolumeId, observer: Observer): Promise<void> {
  const { world, making, sightings } = trial;
  await step(trial, 'put it back to gp2 ourselves', async () => {
    sightings.add({ seenAt: world.now(), kind: 'put-back', balanceBefore: balanceOf(trial) });
    await making.clients.ec2.send(new ModifyVolumeCommand({ VolumeId, VolumeType: 'gp2' }));
    await seen(trial, observer, 'the modification to gp2 completed', 45, () => isCompleted(trial, 'gp2'));
  });
  const since = world.now();
  await step(trial, 'wait for its first balance after that (up to 20 min)', () =>
    seen(trial, observer, 'a balance of the volume on gp2', 20, () =>
      sightings.of('balance').some(({ seenAt, from }) => seenAt >= since && from >= since - 60_000),
    ),
  );
}
