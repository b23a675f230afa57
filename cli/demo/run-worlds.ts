import type { TwinTime } from '../../twin/simulation.ts';
import { clock } from '../render/chart.ts';
import type { Progress } from '../render/progress.ts';
import { createWorld, LOAD_FROM, type World, type WorldSetup } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STEP = 5 * MINUTE;
/** What happens at the wall is seen, and a verdict on what was done can be given (10 min after the wall that was not). */
const AFTER_WALL = 45 * MINUTE;
/** Going back takes a day of demand that fits the bucket, and the modification its time. */
const LONGEST_RETURN = 60 * HOUR;

export interface Worlds {
  readonly without: World;
  readonly with: World;
  /** Both end here. */
  readonly until: TwinTime;
  /** When the load stopped; undefined where it ran to the end. */
  readonly loadStoppedAt: TwinTime | undefined;
}

export interface RunOptions extends WorldSetup {
  /** A bridge is followed until it has gone back and a balance is reported again. */
  readonly follow: 'until-judged' | 'until-back';
  /** How long the wall is waited for, in milliseconds. */
  readonly waitFor: number;
  readonly progress: Progress;
}

/** The same account, volume and load twice, first without the responder to learn when the wall comes. */
export async function runWorlds(options: RunOptions): Promise<Worlds> {
  const { follow, waitFor, progress } = options;
  const without = await createWorld({ ...options, responder: undefined });
  await advance(
    without,
    LOAD_FROM + waitFor,
    'without us',
    progress,
    ({ recorder }) => recorder.wallAt !== undefined,
  );
  const judged = (without.recorder.wallAt ?? without.account.simulation.now) + AFTER_WALL;
  const withUs = await createWorld(options);
  const loadStoppedAt = follow === 'until-back' ? judged : undefined;
  if (loadStoppedAt !== undefined) {
    for (const { running } of [without, withUs]) running.stopAt(loadStoppedAt);
  }
  await advance(withUs, judged, 'with us', progress);
  if (follow === 'until-back' && wasModified(withUs))
    await advance(withUs, judged + LONGEST_RETURN, 'with us', progress, isBack);
  const until = withUs.account.simulation.now;
  await advance(without, until, 'without us', progress);
  progress.end();
  return { without, with: withUs, until, loadStoppedAt };
}

async function advance(
  world: World,
  until: TwinTime,
  name: string,
  progress: Progress,
  isDone: (world: World) => boolean = () => false,
): Promise<void> {
  const { simulation } = world.account;
  while (simulation.now < until && !isDone(world)) {
    await simulation.runUntil(Math.min(until, simulation.now + STEP));
    progress.show(`${name} ${clock(simulation.now)}  ${state(world)}`);
  }
}

function state({ recorder, account, volumeId }: World): string {
  const { configuration, physics } = account.ebs.volumes.volume(volumeId);
  const balance = physics.bursts ? `, credits ${physics.balancePercent.toFixed(0)} %` : '';
  return `${configuration.volumeType}${balance}, ${Math.round(recorder.iops.at(-1)?.value ?? 0)} IOPS`;
}

const wasModified = ({ account, volumeId }: World): boolean =>
  account.ebs.volumes.volume(volumeId).lastModification !== undefined;

/** Two hours after the last modification has ended on gp2: by then the balance has been published again. */
function isBack({ account, volumeId }: World): boolean {
  const last = account.ebs.volumes.volume(volumeId).lastModification;
  if (last?.target.volumeType !== 'gp2' || last.state !== 'completed') return false;
  return account.simulation.now >= last.endsAt + 2 * HOUR;
}
