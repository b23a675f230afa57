import type { ModificationRequest } from '../../twin/ebs/modification-rules.ts';
import type { SimulatedVolume } from '../../twin/ebs/simulated-volume.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { minute } from '../scenarios/responder-account.ts';
import type { Doing } from './doing.ts';
import type { Step } from './step.ts';
import { demandOf, type Effect, type World } from './world.ts';

type VolumeStep = Extract<Step, { volume: number }>;

/** The same with the volume that a step names by its place. */
type DoingTo<Kind extends VolumeStep['kind']> = {
  readonly [K in Kind]: (
    world: World,
    volume: SimulatedVolume,
    step: Extract<VolumeStep, { kind: K }>,
  ) => Effect;
};

const kinds: DoingTo<VolumeStep['kind']> = {
  demand: (world, volume, { share }) => load(world, volume, share),
  tag: (world, volume, { key, value }) => tag(world, volume, key, value),
  health: ({ responder }, { id, health: before }, { health }) => {
    responder.account.ebs.volumes.setHealth(id, health);
    return before !== health;
  },
  'person modifies': (world, volume, { to }) => modify(world, volume, configurations(volume)[to]),
  grow: (world, volume, { by }) => modify(world, volume, { sizeGiB: volume.configuration.sizeGiB + by }),
  robot: (world, volume) => startRobot(world, volume),
  'fail modification': ({ responder, performed }, volume) => {
    const message = `Internal error ${performed.length}, as this history wants it.`;
    responder.account.ebs.volumes.modifier.failNext(volume.id, message);
    return () => volume.modifications.some((one) => one.message === message);
  },
  metrics: ({ responder: { account }, withheld }, { id }, { what }) => {
    const before = withheld.get(id) ?? 'resume';
    withheld.set(id, what);
    if (what === 'resume') account.ebs.metrics.resume(id);
    else account.ebs.metrics.withhold(id, what === 'all' ? 'all' : [what]);
    return before !== what;
  },
  'forge alarm': ({ responder: { account } }, { id }, { state }) => {
    const { alarms } = account.ebs;
    const name = `ebs-burst/${id}`;
    const alarm = alarms.get(name);
    if (alarm === undefined) return false;
    const before = alarm.state.value;
    alarms.setState(name, state, 'somebody called SetAlarmState');
    return before !== state;
  },
  mute: ({ responder: { account } }, { id }, { minutes }) => {
    const from = account.simulation.now;
    const name = `ebs-burst/${id}`;
    const until = from + minutes * minute;
    account.ebs.alarms.mute({ name: 'change-freeze', alarmNames: [name], from, until });
    return account.ebs.alarms.get(name) !== undefined;
  },
  detach: ({ responder: { account } }, { id, attachments }) => {
    if (attachments.length === 0) return false;
    account.ebs.volumes.detach(id);
    return true;
  },
  attach: ({ responder: { account } }, { id, attachments }) => {
    const { volumes } = account.ebs;
    if (attachments.length > 0) return false;
    volumes.attach(id, volumes.createInstance().id);
    return true;
  },
  delete: ({ responder: { account } }, { id, attachments }) => {
    if (attachments.length > 0) account.ebs.volumes.detach(id);
    account.ebs.volumes.deleteVolume(id);
    return true;
  },
  stop: (world, volume) => turn(world, volume, 'running', 'stopped'),
  start: (world, volume) => turn(world, volume, 'stopped', 'running'),
};

const onVolume =
  <Step extends VolumeStep>(act: (world: World, volume: SimulatedVolume, step: Step) => Effect) =>
  (world: World, step: Step): Effect => {
    const id = world.volumeIds[step.volume % world.volumeIds.length];
    const volume = world.responder.account.ebs.volumes.volumes.find((one) => one.id === id);
    return volume === undefined ? false : act(world, volume, step);
  };

/** What happens to one volume, its instance, its alarm and its tags. */
export const toVolume: Doing<VolumeStep['kind']> = {
  demand: onVolume(kinds.demand),
  tag: onVolume(kinds.tag),
  health: onVolume(kinds.health),
  'person modifies': onVolume(kinds['person modifies']),
  grow: onVolume(kinds.grow),
  robot: onVolume(kinds.robot),
  'fail modification': onVolume(kinds['fail modification']),
  metrics: onVolume(kinds.metrics),
  'forge alarm': onVolume(kinds['forge alarm']),
  mute: onVolume(kinds.mute),
  detach: onVolume(kinds.detach),
  attach: onVolume(kinds.attach),
  delete: onVolume(kinds.delete),
  stop: onVolume(kinds.stop),
  start: onVolume(kinds.start),
};

function turn(
  { responder: { account } }: World,
  { attachments }: SimulatedVolume,
  from: 'running' | 'stopped',
  to: 'running' | 'stopped',
): boolean {
  const instance = attachments[0]?.instance;
  if (instance?.state !== from) return false;
  account.ebs.volumes.setInstanceState(instance.id, to);
  return true;
}

function load(
  { responder, setting, volumeIds, shares }: World,
  { id }: SimulatedVolume,
  share: number,
): boolean {
  const before = shares.get(id);
  shares.set(id, share);
  const type = setting.volumes[volumeIds.indexOf(id)]?.type ?? 'gp2';
  responder.account.ebs.volumes.setWorkload(id, demandOf(type, share));
  return before !== share;
}

function tag(
  { responder: { account }, consents }: World,
  { id, tags }: SimulatedVolume,
  name: string,
  value: string | null,
): boolean {
  const { volumes } = account.ebs;
  const key = `ebs-burst:${name}`;
  const before = tags.get(key) ?? null;
  if (value === null) volumes.removeTag(id, key);
  else volumes.setTag(id, key, value);
  if (name === 'mode') consents.push({ at: account.simulation.now, volumeId: id, value: value ?? undefined });
  return before !== value;
}

const configurations = ({ configuration }: SimulatedVolume) =>
  ({
    gp2: { volumeType: 'gp2' },
    gp3: { volumeType: 'gp3', iops: 4_000, throughput: 200 },
    io1: { volumeType: 'io1', iops: 100 },
    same: { volumeType: configuration.volumeType },
  }) as const satisfies Readonly<Record<string, Partial<ModificationRequest>>>;

/** A person whom AWS refuses a change has not made it. */
function modify(
  { responder }: World,
  { id }: SimulatedVolume,
  request: Partial<ModificationRequest>,
): boolean {
  try {
    responder.account.ebs.volumes.modifyByPerson(id, request);
    return true;
  } catch (error) {
    if (error instanceof ServiceError) return false;
    throw error;
  }
}

const robotEvery = 10 * minute;

/** A Terraform robot: what it has in its files for a volume is what it sets it to. */
function startRobot(world: World, { id, configuration }: SimulatedVolume): Effect {
  const { volumeType, iops, throughput } = configuration;
  let changes = 0;
  world.responder.account.simulation.every(robotEvery, () => {
    const volume = world.responder.account.ebs.volumes.volumes.find((one) => one.id === id);
    if (volume === undefined || volume.configuration.volumeType === volumeType) return;
    if (modify(world, volume, { volumeType, iops, throughput })) changes += 1;
  });
  return () => changes > 0;
}
