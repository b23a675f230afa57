import { monthlyPrice } from '../../core/domain/cost.ts';
import { achievableLead } from '../../core/domain/credits/alarm-plan.ts';
import { creditBucketOf } from '../../core/domain/credits/credit-bucket.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { gibibytes, iops, mebibytesPerSecond, minutes } from '../../core/domain/units.ts';
import { type Configuration, describeConfiguration } from '../../core/domain/volume.ts';
import type { Modification } from '../../twin/ebs/simulated-volume.ts';
import {
  gp2BaselineIops,
  type Configuration as SimulatedConfiguration,
} from '../../twin/ebs/volume-types.ts';
import type { TwinTime } from '../../twin/simulation.ts';
import { accountLog } from './account-log.ts';
import type { Worlds } from './run-worlds.ts';
import { firstPublishedBalance } from './visible-balance.ts';
import { LOAD_FROM, type World } from './world.ts';

/** What one world was like for those who used the volume; times in milliseconds since the epoch. */
export interface WorldFigures {
  readonly wallAt: TwinTime | undefined;
  readonly minutesAtWall: number;
  /** Of the third panel: seconds a container start took, or milliseconds an I/O took; before and at the wall. */
  readonly typical: number;
  readonly worst: number;
  /** The longest once the wall has come: a load with pauses recovers between them, and a usual value would hide it. Undefined without a wall. */
  readonly atWall: number | undefined;
  readonly starts: number | undefined;
  readonly startsBeforeWall: number | undefined;
}

export interface Change {
  readonly at: TwinTime;
  readonly from: string;
  readonly to: string;
  /** IOPS bought, where they are bought. */
  readonly iops: number | undefined;
  readonly monthlyBefore: number;
  readonly monthlyAfter: number;
  readonly state: Modification['state'];
  readonly completedAt: TwinTime | undefined;
  /** Before the wall that would have been. */
  readonly minutesAhead: number | undefined;
}

export interface Figures {
  readonly without: WorldFigures;
  readonly with: WorldFigures;
  /** How long the wall was waited for, in hours. */
  readonly hoursShown: number;
  /** Without us, over the whole time. */
  readonly meanIops: number;
  readonly baselineIops: number;
  readonly alarmAt: TwinTime | undefined;
  readonly noticeAt: TwinTime | undefined;
  readonly noticeMinutesAhead: number | undefined;
  /** What is promised for a volume of this size: 15 minutes, or what arithmetic allows. */
  readonly promisedMinutesAhead: number;
  readonly changes: readonly Change[];
  readonly endsOn: string;
  /** The first BurstBalance that CloudWatch published after the volume had gone back to a bursting type. */
  readonly balanceAfterReturn: number | undefined;
}

/** Everything the summary says, read from the two accounts. */
export function figuresOf({ without, with: withUs, until }: Worlds): Figures {
  const { alarmAt, noticeAt, modifications } = accountLog(withUs);
  const { wallAt } = without.recorder;
  const ahead = (at: TwinTime | undefined) =>
    at === undefined || wallAt === undefined ? undefined : (wallAt - at) / 60_000;
  const { configuration } = withUs.account.ebs.volumes.volume(withUs.volumeId);
  return {
    without: worldFigures(without),
    with: worldFigures(withUs),
    hoursShown: (until - LOAD_FROM) / 3_600_000,
    meanIops: mean(without.recorder.iops.map(({ value }) => value)),
    baselineIops: gp2BaselineIops(configuration.sizeGiB),
    alarmAt,
    noticeAt,
    noticeMinutesAhead: ahead(noticeAt),
    promisedMinutesAhead: promisedLead(configuration.sizeGiB),
    changes: modifications.map((modification) => ({
      ...changeOf(modification),
      minutesAhead: ahead(modification.startedAt),
    })),
    endsOn: describeConfiguration(named(configuration)),
    balanceAfterReturn: firstBalanceAfterReturn(withUs, modifications),
  };
}

function worldFigures({ recorder, running }: World): WorldFigures {
  const { wallAt, secondsAtWall } = recorder;
  const felt = running.felt(recorder);
  const before = felt.filter(({ at }) => wallAt === undefined || at <= wallAt).map(({ value }) => value);
  // The one under way when the wall comes is neither.
  const after = felt.filter(({ at }) => wallAt !== undefined && at > wallAt).map(({ value }) => value);
  const values = felt.map(({ value }) => value);
  return {
    wallAt,
    minutesAtWall: secondsAtWall / 60,
    typical: median(before),
    worst: highest(values),
    atWall: after.length === 0 ? undefined : highest(after),
    starts: running.starts?.length,
    startsBeforeWall: running.starts && before.length,
  };
}

const highest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The responder's own arithmetic for a gp2 of this size, at its default lead time and detection lag. */
function promisedLead(sizeGiB: number): number {
  const bucket = creditBucketOf({ configuration: { type: 'gp2' }, size: gibibytes(sizeGiB) });
  if (bucket === undefined) return 0;
  return achievableLead(bucket, { leadTime: minutes(15), detectionLag: minutes(10) }) / 60_000;
}

function changeOf({
  original,
  target,
  startedAt,
  endsAt,
  state,
}: Modification): Omit<Change, 'minutesAhead'> {
  return {
    at: startedAt,
    from: describeConfiguration(named(original)),
    to: describeConfiguration(named(target)),
    iops: target.iops,
    monthlyBefore: priceOf(original),
    monthlyAfter: priceOf(target),
    state,
    completedAt: state === 'completed' ? endsAt : undefined,
  };
}

const priceOf = (configuration: SimulatedConfiguration): number =>
  monthlyPrice(gibibytes(configuration.sizeGiB), named(configuration), usEast1Prices);

/** The simulated account's words in the words of the price list; only types that the demo can reach. */
function named({ volumeType, iops: paidIops = 0, throughput = 0 }: SimulatedConfiguration): Configuration {
  switch (volumeType) {
    case 'gp3':
      return { type: 'gp3', iops: iops(paidIops), throughput: mebibytesPerSecond(throughput) };
    case 'io1':
    case 'io2':
      return { type: volumeType, iops: iops(paidIops) };
    case 'gp2':
    case 'st1':
    case 'sc1':
      return { type: volumeType };
    default:
      throw new Error(`expected a type the responder moves volumes to, got ${volumeType}`);
  }
}

function firstBalanceAfterReturn(world: World, modifications: readonly Modification[]): number | undefined {
  const back = modifications.find(({ target }, index) => index > 0 && target.volumeType === 'gp2');
  if (back === undefined) return undefined;
  return firstPublishedBalance(world, back.optimizingAt);
}
