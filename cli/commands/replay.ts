import type { Assumptions } from '../../core/application/replay/replay-settings.ts';
import type { Recording } from '../../core/domain/history/recording.ts';
import { FileError } from '../history/atomic-file.ts';
import { loadRecordings } from '../history/load-recording.ts';
import type { Paint } from '../render/paint.ts';
import type { Progress } from '../render/progress.ts';
import { UsageError } from '../usage-error.ts';
import { replayJson } from './replay-json.ts';
import { parseReplayOptions, type ReplayOptions, replayUsage } from './replay-options.ts';
import { namedPolicies, type ReplayedRecording, type ReplayRecording, replayedUnder } from './replay-runs.ts';
import { replaySummary } from './replay-summary.ts';

/** What the command takes from the world; a test gives its own. */
export interface ReplayWorld {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly progress: Progress;
  readonly paint: Paint;
  /** The record of a simulated account. */
  readonly demoRecording: (days: number) => Promise<Recording>;
  readonly replay: ReplayRecording;
  readonly assumptions: Assumptions;
  readonly version: string;
}

/** @returns the exit code: 0 everything was replayed, 1 of a volume too little is recorded, 2 wrong options or file */
export async function replayCommand(args: readonly string[], world: ReplayWorld): Promise<number> {
  try {
    const options = parseReplayOptions(args);
    if (options.help) {
      world.out(`${replayUsage}\n`);
      return 0;
    }
    return await run(options, world);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof FileError)) throw error;
    world.error(`${error.message}\n`);
    return 2;
  } finally {
    world.progress.end();
  }
}

async function run(options: ReplayOptions, world: ReplayWorld): Promise<number> {
  const policies = await namedPolicies(options.policy);
  const { progress, assumptions } = world;
  const request = { policies, withRivals: options.rivals, assumptions };
  const replayed: ReplayedRecording[] = [];
  for (const recording of await recordingsOf(options, world)) {
    const show = (name: string): void => progress.show(`${recording.region}  replaying ${name}`);
    replayed.push(await replayedUnder(recording, request, world.replay, show));
  }
  progress.end();
  world.out(
    options.json
      ? replayJson(replayed, assumptions, world.version)
      : replaySummary(replayed, assumptions, world.paint),
  );
  const missing = replayed.flatMap(({ recording }) => missingIn(recording));
  for (const line of missing) world.error(`missing: ${line}\n`);
  return missing.length === 0 ? 0 : 1;
}

async function recordingsOf(
  { history, days }: ReplayOptions,
  world: ReplayWorld,
): Promise<readonly Recording[]> {
  if (history !== undefined) return loadRecordings(history);
  world.progress.show(`living through ${days} days of a simulated account`);
  return [await world.demoRecording(days)];
}

/** Without its balance a volume is silent in every replay, which is no verdict. */
const missingIn = ({ region, volumes }: Recording): readonly string[] =>
  volumes.flatMap(({ volume, balance }) =>
    balance.kind === 'read'
      ? []
      : [
          `${volume.id} in ${region}: its balance was not read (${balance.why}); ebs-burst assess --save reads it again`,
        ],
  );
