import { type Deployed, deploy, handlersInProcess } from '../../cli/demo/deploy.ts';
import { createAccount } from '../../twin/account.ts';
import type { Item } from '../../twin/dynamodb/attribute-value.ts';
import { constantDemand } from '../../twin/ebs/open-loop-workload.ts';
import type { InstanceOptions } from '../../twin/ebs/simulated-instance.ts';
import type { VolumeOptions } from '../../twin/ebs/simulated-volume.ts';
import { randomStream } from '../../twin/random.ts';
import type { ConsentTurn, SwitchTurn } from '../scenarios/invariants.ts';
import { minute, type ResponderAccount, startsAt, templateOf } from '../scenarios/responder-account.ts';
import { caseTable } from './case-table.ts';
import { type Hindrance, responderSettings, type Setting, type VolumeSetting } from './setting.ts';
import type { Step } from './step.ts';

/** Of the volumes that are in one. */
export const stackName = 'orders';

/** Whether a step changed anything; asked at the end of the history where that shows later only. */
export type Effect = boolean | (() => boolean);

/** A step other than time that passes, and what became of it. */
export interface Performed {
  readonly at: number;
  readonly step: Exclude<Step, { kind: 'live' }>;
  effect: Effect;
}

/** One account that a history happens to, and what somebody who watches all of it would have written down. */
export interface World {
  readonly responder: ResponderAccount;
  readonly setting: Setting;
  readonly volumeIds: readonly string[];
  readonly turns: SwitchTurn[];
  readonly consents: ConsentTurn[];
  /** Milliseconds by which each Lambda's clock is wrong, by the function's name. */
  readonly skews: Map<string, number>;
  /** The case table as it was before each of the steps, the one under way included. */
  readonly backups: { readonly items: readonly Item[]; readonly at: number }[];
  /** What was set last, by the source of events. */
  readonly troubles: Map<string, Extract<Step, { kind: 'event trouble' }>['trouble']>;
  /** What was set last, by volume. */
  readonly withheld: Map<string, Extract<Step, { kind: 'metrics' }>['what']>;
  /** What each volume is asked for, as a share of its burst. */
  readonly shares: Map<string, number>;
  /** Calls that were refused, or whose reply was lost, because a step wanted it so. */
  faultsTaken: number;
  alarmEventsLost: boolean;
  /** From now on no run of a schedule is lost. */
  schedulesKept: boolean;
  /** When the first step began. */
  readonly startedAt: number;
  readonly performed: Performed[];
}

/** Every history begins here: volumes under load, the responder freshly deployed. */
export async function begin(setting: Setting): Promise<World> {
  const account = createAccount({
    accountId: '123456789012',
    region: 'us-east-1',
    startAt: startsAt,
    seed: setting.seed,
    volumes: {
      balanceAfterReturn: setting.balanceAfterReturn,
      describeLag: setting.describeLag * 1_000,
      optimizingTime: () => setting.optimizing * minute,
    },
    metrics: { balanceWithoutBurst: setting.balanceWithoutBurst },
  });
  const slackChannelId = account.slackWorkspace.addChannel('storage');
  account.parameters.put('/ebs-burst/slack-token', account.slackBotToken, 'SecureString');
  account.ebs.stacks.setStackStatus(stackName, 'CREATE_COMPLETE');
  const volumeIds = setting.volumes.map((one) => create(account, one));
  await account.simulation.runFor(setting.headStart * minute);
  const skews = new Map<string, number>();
  const deployed = await deploy(
    account,
    templateOf(responderSettings[setting.props]),
    handlersInProcess(account, (name) => () => account.simulation.now + (skews.get(name) ?? 0)),
  );
  if (setting.profiled) await profile(account, deployed);
  slowDown(account, deployed, setting);
  const world: World = {
    responder: { account, deployed, slackChannelId },
    setting,
    volumeIds,
    turns: [],
    consents: setting.volumes.map(({ consents }, index) => ({
      at: startsAt,
      volumeId: volumeIds[index] ?? '',
      value: consents ? 'act' : undefined,
    })),
    skews,
    backups: [],
    troubles: new Map(),
    withheld: new Map(),
    shares: new Map(setting.volumes.map(({ demand }, index) => [volumeIds[index] ?? '', demand])),
    faultsTaken: 0,
    alarmEventsLost: false,
    schedulesKept: false,
    startedAt: account.simulation.now,
    performed: [],
  };
  caseTable(world.responder).settings.indexLag = setting.indexLag;
  endLoad(world);
  endFeed(world);
  giveUp(world);
  loseEvents(world);
  return world;
}

/** As the daily schedule does it. */
async function profile(account: Account, { lambdaNames }: Deployed): Promise<void> {
  const [functionName] = [...lambdaNames].find(([, name]) => name === 'profile-demand') ?? [''];
  account.invocations.accept(functionName, {});
  await account.simulation.runFor(0);
}

function endLoad({ responder: { account }, setting, volumeIds, shares }: World): void {
  const { simulation, ebs } = account;
  if (setting.loadEnds === null) return;
  simulation.after(setting.loadEnds * minute, () => {
    for (const { id } of ebs.volumes.volumes) {
      const type = setting.volumes[volumeIds.indexOf(id)]?.type ?? 'gp2';
      ebs.volumes.setWorkload(id, demandOf(type, IDLE));
      shares.set(id, IDLE);
    }
  });
}

function endFeed({ responder: { account }, setting, volumeIds: [first = ''], withheld }: World): void {
  if (setting.feedEnds === null) return;
  account.simulation.after(setting.feedEnds * minute, () => {
    account.ebs.metrics.withhold(first, 'all');
    withheld.set(first, 'all');
  });
}

function giveUp({ responder: { account }, setting, volumeIds: [first = ''] }: World): void {
  if (setting.givenUp === 0) return;
  const { modifier } = account.ebs.volumes;
  modifier.failNext(first, 'Internal error, as this setting wants it.', 'optimizing', setting.givenUp);
}

function loseEvents(world: World): void {
  const { seed, schedulesLost } = world.setting;
  const random = randomStream(seed, 'lost schedules');
  world.responder.account.bus.lose(
    ({ source }) =>
      (source === 'aws.events' && !world.schedulesKept && random() < schedulesLost / 100) ||
      (source === 'aws.cloudwatch' && world.alarmEventsLost),
  );
}

/** As a share of what the type bursts to: in a day it leaves even sc1 of 125 GiB (baseline 1.5 MiB/s) half its bucket. */
const IDLE = 0.005;

type Account = ResponderAccount['account'];

function create(account: Account, setting: VolumeSetting): string {
  const { volumes } = account.ebs;
  const tags = {
    ...(setting.consents ? { 'ebs-burst:mode': 'act' } : {}),
    ...(setting.target === null ? {} : { 'ebs-burst:target': setting.target }),
    ...(setting.latencyCritical ? { 'ebs-burst:tier': 'latency-critical' } : {}),
    ...(setting.inStack ? { 'aws:cloudformation:stack-name': stackName } : {}),
    ...(setting.hindrance === 'kubernetes' ? { CSIVolumeName: 'pvc-0abc' } : {}),
  };
  const sizeGiB = setting.type === 'gp2' ? setting.sizeGiB : Math.max(125, setting.sizeGiB);
  const made = { volumeType: setting.type, sizeGiB, tags };
  const { id } = volumes.createVolume({ ...made, ...volumeOptions(setting.hindrance) });
  volumes.attach(id, volumes.createInstance(instanceOptions(setting.hindrance)).id);
  volumes.setWorkload(id, demandOf(setting.type, setting.demand));
  return id;
}

function volumeOptions(hindrance: Hindrance | null): Partial<VolumeOptions> {
  if (hindrance === 'managed') return { operator: 'eks.amazonaws.com' };
  if (hindrance === 'initialising') return { snapshotId: 'snap-0abc', initialisingTime: 60 * minute };
  return {};
}

/** Less than the volumes want of it, and more than the baseline of most. */
const small = { baseline: 1_000, maximum: 1_000 };

const instanceOptions = (hindrance: Hindrance | null): InstanceOptions =>
  hindrance === 'small instance' ? { ebsIops: small } : {};

/** As a share of what the type bursts to, at least for the sizes used here. */
export function demandOf(type: VolumeSetting['type'], share: number): ReturnType<typeof constantDemand> {
  return type === 'gp2'
    ? constantDemand({ iops: 3_000 * share, ioBytes: 16_384 })
    : constantDemand({ iops: 120 * share, ioBytes: 1_048_576 });
}

function slowDown(account: Account, { lambdaNames }: Deployed, { callLatency }: Setting): void {
  for (const name of lambdaNames.keys()) account.functions.settings(name).callLatency = callLatency;
}
