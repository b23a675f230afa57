import type { Turn } from '../../core/application/replay/replay.ts';
import type { Recording } from '../../core/domain/history/recording.ts';
import { FileError } from '../history/atomic-file.ts';
import { type LoadedHistory, loadRecordings } from '../history/load-recording.ts';
import { gapsWords } from '../history/missing-words.ts';
import type { Paint } from '../render/paint.ts';
import type { Progress } from '../render/progress.ts';
import { UsageError } from '../usage-error.ts';
import { replayingText } from './progress-text.ts';
import { replayJson } from './replay-json.ts';
import { assumptionsOf, parseReplayOptions, type ReplayOptions, replayUsage } from './replay-options.ts';
import { namedPolicies, type ReplayedRecording, type ReplayRecording, replayedUnder } from './replay-runs.ts';
import { replaySummary } from './replay-summary.ts';
import { Interrupted, takingTurns } from './taking-turns.ts';

/** What the command takes from the world; a test gives its own. */
export interface ReplayWorld {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly progress: Progress;
  readonly paint: Paint;
  /** How wide the terminal is; `undefined` where there is none. */
  readonly columns: number | undefined;
  /** The record of a simulated account. */
  readonly demoRecording: (days: number) => Promise<Recording>;
  readonly replay: ReplayRecording;
  /** Lets what waits have its turn: Ctrl-C, the progress line. */
  readonly breathe: () => Promise<void>;
  /** From now on a first Ctrl-C aborts this instead of ending the process. */
  readonly heedCtrlC: () => AbortSignal;
  readonly version: string;
}

/** @returns the exit code: 0 everything was replayed, 1 something of it is not recorded, 2 wrong options or file */
export async function replayCommand(args: readonly string[], world: ReplayWorld): Promise<number> {
  try {
    const options = parseReplayOptions(args);
    if (options.help) {
      world.out(replayUsage);
      return 0;
    }
    return await run(options, world);
  } catch (error) {
    if (error instanceof Interrupted) {
      world.error('missing: stopped by Ctrl-C before all was lived through again, so nothing is scored\n');
      return 1;
    }
    if (!(error instanceof UsageError || error instanceof FileError)) throw error;
    world.error(`${error.message}\n`);
    return 2;
  } finally {
    world.progress.end();
  }
}

async function run(options: ReplayOptions, world: ReplayWorld): Promise<number> {
  const policies = await namedPolicies(options.policy);
  const { progress, breathe } = world;
  const assumptions = assumptionsOf(options);
  const acting = options.policy === undefined ? 'assumed' : 'as-configured';
  const request = { policies, withRivals: options.rivals, assumptions };
  const replayed: ReplayedRecording[] = [];
  const history = await historyOf(options, world);
  const signal = world.heedCtrlC();
  for (const recording of history.recordings) {
    const turnOf = (name: string): Turn =>
      takingTurns({ breathe, signal }, (percent) =>
        progress.show(replayingText(recording.region, name, percent)),
      );
    replayed.push(await replayedUnder(recording, request, world.replay, turnOf));
  }
  progress.end();
  world.out(
    options.json
      ? replayJson(replayed, { assumptions, acting }, world.version)
      : replaySummary(replayed, { assumptions, acting }, world),
  );
  const missing = [...history.missing, ...history.recordings.flatMap(missingIn)];
  for (const line of missing) world.error(`missing: ${line}\n`);
  return missing.length === 0 ? 0 : 1;
}

async function historyOf({ history, days }: ReplayOptions, world: ReplayWorld): Promise<LoadedHistory> {
  if (history !== undefined) return loadRecordings(history);
  world.progress.show(`living through ${days} days of a simulated account`);
  return { recordings: [await world.demoRecording(days)], missing: [] };
}

/** Without its balance a volume is silent in every replay, which is no verdict. */
const missingIn = (recording: Recording): readonly string[] => [
  ...withoutBalance(recording),
  ...gapsWords(recording),
];

const withoutBalance = ({ region, volumes }: Recording): readonly string[] =>
  volumes.flatMap(({ volume, balance }) => {
    const where = `${volume.id} in ${region}`;
    if (balance.kind === 'unread')
      return [`${where}: its balance was not read (${balance.why}); ebs-burst assess --save reads it again`];
    if (balance.value.length > 0) return [];
    return [`${where}: there is no sample of its balance, so nothing is known of it`];
  });
