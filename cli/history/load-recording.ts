import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packedVolume } from '../../core/domain/history/packed-volume.ts';
import type { RecordedVolume, Recording } from '../../core/domain/history/recording.ts';
import type { Volume, VolumeId } from '../../core/domain/volume.ts';
import { FileError, fileError } from './atomic-file.ts';
import { type Index, indexFile, indexSchema, readJson, readKept } from './history-files.ts';
import { regionsWords, volumesWords } from './missing-words.ts';
import { recordingFromCsv } from './recording-csv.ts';
import { readManifest } from './save-folder.ts';
import { seriesIn } from './series-text.ts';

/** Recordings, and what was asked for and not read: a line each, with the command that reads it. */
export interface LoadedHistory {
  readonly recordings: readonly Recording[];
  readonly missing: readonly string[];
}

const remedy = 'restore it, or record the history anew with ebs-burst assess --save';
/** It only tells which Regions are missing. */
const manifestRemedy = 'restore it, or remove it to replay the Regions that are there';

/**
 * What `assess --save` wrote: a folder for each Region, or one of them; or a CSV of one volume.
 * @throws FileError that says what was got and what to do
 */
export async function loadRecordings(path: string): Promise<LoadedHistory> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(path, error, 'reading it');
  });
  if (!found.isDirectory()) {
    const recording = recordingFromCsv(path, await textOf(path));
    return { recordings: [recording], missing: [] };
  }
  return (await historyIn(path)) ?? historiesIn(path);
}

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError(path, error, 'reading it');
  });

/** @throws FileError also where there are several Regions */
export async function loadRecording(path: string): Promise<Recording & Pick<LoadedHistory, 'missing'>> {
  const { recordings, missing } = await loadRecordings(path);
  const [recording, ...others] = recordings;
  if (recording !== undefined && others.length === 0) return { ...recording, missing };
  const regions = recordings.map(({ region }) => region).join(', ');
  throw new FileError(
    `${path}: got the histories of ${regions}, expected one; name the folder of one Region`,
  );
}

/** A folder above Regions. */
async function historiesIn(path: string): Promise<LoadedHistory> {
  const entries = await readdir(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const histories: LoadedHistory[] = [];
  for (const folder of folders.toSorted()) {
    const history = await historyIn(join(path, folder));
    if (history !== undefined) histories.push(history);
  }
  const recordings = histories.flatMap((history) => history.recordings);
  demandEachOnce(path, recordings);
  const manifest = await readManifest(path, manifestRemedy);
  const begun = recordings.map(({ region }) => region);
  const neverBegun = manifest === undefined ? [] : regionsWords(path, manifest, begun);
  if (recordings.length > 0)
    return { recordings, missing: [...histories.flatMap(({ missing }) => missing), ...neverBegun] };
  throw new FileError(
    neverBegun.length > 0
      ? `${path}: holds nothing yet, ${neverBegun.join('; ')}`
      : `${path}: got a folder without index.json, expected one that ebs-burst assess --save wrote; name that, or a CSV`,
  );
}

/** Somebody copied a folder here: no volume is counted twice, and no two accounts are added up. */
function demandEachOnce(path: string, recordings: readonly Recording[]): void {
  for (const [index, { account, region }] of recordings.entries()) {
    const before = recordings.slice(0, index);
    const other = before.find((one) => one.account !== account);
    if (other !== undefined)
      throw new FileError(
        `${path}: got the histories of ${other.account} (${other.region}) and ${account} (${region}), expected those of one account; move one elsewhere`,
      );
    if (before.some((one) => one.region === region))
      throw new FileError(
        `${path}: got two folders of ${region}, expected each Region once; move one elsewhere`,
      );
  }
}

/** Of one Region. */
async function historyIn(folder: string): Promise<LoadedHistory | undefined> {
  const index = await readJson(indexFile(folder), indexSchema, remedy);
  if (index === undefined) return undefined;
  const { account, region, from, until } = index;
  const found: Found[] = [];
  for (const volume of index.volumes) found.push(await foundOf(folder, volume));
  const volumes = found.flatMap((one) => ('recorded' in one ? one.recorded : []));
  const known = new Set(volumes.map(({ volume }) => volume.id));
  const unrecorded = index.volumes.filter(({ id }) => !known.has(id));
  return {
    recordings: [{ account, region, from, until, volumes, unrecorded }],
    missing: missingIn(folder, index, found),
  };
}

/** What the folder has of a volume. A silent one published nothing: there is nothing to read of it. */
type Found =
  | { readonly kind: 'whole' | 'hours'; readonly recorded: RecordedVolume }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unread'; readonly id: VolumeId };

async function foundOf(folder: string, { id }: Volume): Promise<Found> {
  const kept = await readKept(folder, id, remedy);
  if (kept === undefined) return { kind: 'unread', id };
  if (kept.stage === 'silent') return { kind: 'silent' };
  const balance = seriesIn(kept.balance);
  if (kept.stage === 'surveyed' && balance.kind === 'unread') return { kind: 'unread', id };
  const { volume, iops, throughput, unseen } = kept;
  const series = { balance, iops: seriesIn(iops), throughput: seriesIn(throughput) };
  const recorded = packedVolume({ volume, ...series, unseen });
  return { kind: kept.stage === 'surveyed' ? 'hours' : 'whole', recorded };
}

function missingIn(folder: string, index: Index, found: readonly Found[]): readonly string[] {
  const unread = found.flatMap((one) => (one.kind === 'unread' ? one.id : []));
  const hours = found.flatMap((one) => (one.kind === 'hours' ? one.recorded.volume.id : []));
  return volumesWords(join(folder, '..'), index, { unread, hours });
}
