import type { ModificationRequest } from '../../twin/ebs/modification-rules.ts';
import type { SimulatedVolume } from '../../twin/ebs/simulated-volume.ts';
import { ServiceError } from '../../twin/service-error.ts';
import { minute } from '../scenarios/responder-account.ts';
import type { Doing } from './doing.ts';
import type { Step } from './step.ts';
import { demandOf, type World } from './world.ts';

type VolumeStep = Extract<Step, { volume: number }>;

/** The same with the volume that a step names by its place. */
type DoingTo<Kind extends VolumeStep['kind']> = {
  readonly [K in Kind]: (
    world: World,
    volume: SimulatedVolume,
    step: Extract<VolumeStep, { kind: K }>,
  ) => void;
};

const kinds: DoingTo<VolumeStep['kind']> = {
  demand: ({ responder, setting }, { id }, { volume, share }) =>
    responder.account.ebs.volumes.setWorkload(id, demandOf(setting.volumes[volume]?.type ?? 'gp2', share)),
  tag: (world, volume, { key, value }) => tag(world, volume, key, value),
  health: ({ responder }, { id }, { health }) => responder.account.ebs.volumes.setHealth(id, health),
  'person modifies': (world, volume, { to }) => modify(world, volume, configurations(volume)[to]),
  grow: (world, volume, { by }) => modify(world, volume, { sizeGiB: volume.configuration.sizeGiB + by }),
  robot: (world, volume) => startRobot(world, volume),
  'fail modification': ({ responder }, { id }) =>
    responder.account.ebs.volumes.modifier.failNext(id, 'Internal error, as this history wants it.'),
  metrics: ({ responder: { account } }, { id }, { what }) => {
    if (what === 'resume') account.ebs.metrics.resume(id);
    else account.ebs.metrics.withhold(id, what === 'all' ? 'all' : [what]);
  },
  'forge alarm': ({ responder: { account } }, { id }, { state }) => {
    const { alarms } = account.ebs;
    const name = `ebs-burst/${id}`;
    if (alarms.get(name) !== undefined) alarms.setState(name, state, 'somebody called SetAlarmState');
  },
  mute: ({ responder: { account } }, { id }, { minutes }) => {
    const from = account.simulation.now;
    const alarmNames = [`ebs-burst/${id}`];
    account.ebs.alarms.mute({ name: 'change-freeze', alarmNames, from, until: from + minutes * minute });
  },
  detach: ({ responder: { account } }, { id, attachments }) => {
    if (attachments.length > 0) account.ebs.volumes.detach(id);
  },
  attach: ({ responder: { account } }, { id, attachments }) => {
    const { volumes } = account.ebs;
    if (attachments.length === 0) volumes.attach(id, volumes.createInstance().id);
  },
  delete: ({ responder: { account } }, { id, attachments }) => {
    if (attachments.length > 0) account.ebs.volumes.detach(id);
    account.ebs.volumes.deleteVolume(id);
  },
  stop: (world, volume) => turn(world, volume, 'running', 'stopped'),
  start: (world, volume) => turn(world, volume, 'stopped', 'running'),
};

const onVolume =
  <Step extends VolumeStep>(act: (world: World, volume: SimulatedVolume, step: Step) => void) =>
  (world: World, step: Step): void => {
    const id = world.volumeIds[step.volume];
    const volume = world.responder.account.ebs.volumes.volumes.find((one) => one.id === id);
    if (volume !== undefined) act(world, volume, step);
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
): void {
  const instance = attachments[0]?.instance;
  if (instance?.state === from) account.ebs.volumes.setInstanceState(instance.id, to);
}

function tag(
  { responder: { account }, consents }: World,
  { id }: SimulatedVolume,
  name: string,
  value: string | null,
): void {
  const { volumes } = account.ebs;
  const key = `ebs-burst:${name}`;
  if (value === null) volumes.removeTag(id, key);
  else volumes.setTag(id, key, value);
  if (name === 'mode') consents.push({ at: account.simulation.now, volumeId: id, value: value ?? undefined });
}

const configurations = ({ configuration }: SimulatedVolume) =>
  ({
    gp2: { volumeType: 'gp2' },
    gp3: { volumeType: 'gp3', iops: 4_000, throughput: 200 },
    io1: { volumeType: 'io1', iops: 100 },
    same: { volumeType: configuration.volumeType },
  }) as const satisfies Readonly<Record<string, Partial<ModificationRequest>>>;

/** A person whom AWS refuses a change has not made it. */
function modify({ responder }: World, { id }: SimulatedVolume, request: Partial<ModificationRequest>): void {
  try {
    responder.account.ebs.volumes.modifyByPerson(id, request);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}

const robotEvery = 10 * minute;

/** A Terraform robot: what it has in its files for a volume is what it sets it to. */
function startRobot(world: World, { id, configuration }: SimulatedVolume): void {
  const { volumeType, iops, throughput } = configuration;
  world.responder.account.simulation.every(robotEvery, () => {
    const volume = world.responder.account.ebs.volumes.volumes.find((one) => one.id === id);
    if (volume === undefined || volume.configuration.volumeType === volumeType) return;
    modify(world, volume, { volumeType, iops, throughput });
  });
}
