import { basename } from 'node:path';
import type { Turn } from '../../core/application/replay/replay.ts';
import type { Assumptions, ReplaySettings } from '../../core/application/replay/replay-settings.ts';
import { replayRival } from '../../core/application/replay/rivals/replay-rival.ts';
import type { Rival } from '../../core/application/replay/rivals/rival.ts';
import { rivals } from '../../core/application/replay/rivals/rivals.ts';
import type { Recording } from '../../core/domain/history/recording.ts';
import type { VolumeReplay } from '../../core/domain/history/replayed.ts';
import { type Score, scoreOf, scoreSum } from '../../core/domain/history/score.ts';
import type { Policy } from '../../core/domain/policy.ts';
import { type PriceList, priceListOf } from '../../core/domain/prices.ts';
import { actingPolicy, readPolicyFile } from '../policy-file.ts';

export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

/** One policy or rival over one record. */
export interface Run {
  readonly name: string;
  /** Of a rival: what it does, and where that can be read. */
  readonly rival: { readonly does: string; readonly source: string } | undefined;
  readonly policy: Policy | undefined;
  readonly replays: readonly VolumeReplay[];
  readonly score: Score;
}

export interface ReplayedRecording {
  readonly recording: Recording;
  readonly prices: PriceList;
  readonly runs: readonly [Run, ...Run[]];
}

export type ReplayRecording = (
  recording: Recording,
  settings: ReplaySettings,
  turn: Turn,
) => Promise<readonly VolumeReplay[]>;

export interface RunRequest {
  readonly policies: readonly [NamedPolicy, ...NamedPolicy[]];
  readonly withRivals: boolean;
  readonly assumptions: Assumptions;
}

/**
 * Where no file is named the construct's defaults, but acting: mode notify would only be compared by what it says.
 * @throws UsageError, FileError as readPolicyFile
 */
export async function namedPolicies(
  files: readonly string[] = [],
): Promise<readonly [NamedPolicy, ...NamedPolicy[]]> {
  const names = files.map((file) => basename(file));
  const [first, ...others] = await Promise.all(
    files.map(async (file, index) => {
      const name = names[index] ?? file;
      const isAlone = names.filter((other) => other === name).length === 1;
      return { name: isAlone ? name : file, policy: await readPolicyFile(file) };
    }),
  );
  return first === undefined ? [{ name: 'the defaults', policy: actingPolicy }] : [first, ...others];
}

/** Every policy over one record, then the rivals, all by one measure. */
export async function replayedUnder(
  recording: Recording,
  { policies, withRivals, assumptions }: RunRequest,
  replay: ReplayRecording,
  turnOf: (name: string) => Turn,
): Promise<ReplayedRecording> {
  const prices = priceListOf(recording.region, []);
  const [first, ...others] = policies;
  const runOf = async ({ name, policy }: NamedPolicy): Promise<Run> => {
    const replays = await replay(recording, { policy, prices, assumptions }, turnOf(name));
    return { name, rival: undefined, policy, replays, score: scored(recording, replays) };
  };
  const runs: [Run, ...Run[]] = [await runOf(first)];
  for (const one of others) runs.push(await runOf(one));
  for (const rival of withRivals ? rivals : []) {
    // Of the policy, a rival takes only what the bound chooses its targets by.
    const settings = { policy: first.policy, prices, assumptions };
    const replays = await rivalReplays(recording, rival, settings, turnOf(rival.name));
    const { name, does, source } = rival;
    const score = scored(recording, replays);
    runs.push({ name, rival: { does, source }, policy: undefined, replays, score });
  }
  return { recording, prices, runs };
}

/** Rivals know no caps of an account, so that each volume can be lived through alone. */
async function rivalReplays(
  recording: Recording,
  rival: Rival,
  settings: ReplaySettings,
  turn: Turn,
): Promise<readonly VolumeReplay[]> {
  const replays: VolumeReplay[] = [];
  for (const [index, volume] of recording.volumes.entries()) {
    await turn(index / recording.volumes.length);
    replays.push(...replayRival({ ...recording, volumes: [volume] }, rival, settings));
  }
  return replays;
}

/** Only what can be judged has an answer. */
function scored({ volumes, from }: Recording, replays: readonly VolumeReplay[]): Score {
  const byVolume = new Map(replays.map((replay) => [replay.volumeId, replay]));
  return scoreSum(
    volumes.flatMap((recorded) => {
      const replay = byVolume.get(recorded.volume.id);
      return replay === undefined ? [] : [scoreOf(recorded, replay, from)];
    }),
  );
}
