import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedVolume, Recording } from '../../core/domain/history/recording.ts';
import type { Volume } from '../../core/domain/volume.ts';
import { FileError, fileError } from './atomic-file.ts';
import { indexFile, indexSchema, keptSchema, readJson, volumeFile } from './history-files.ts';
import { type CsvVolume, recordingFromCsv } from './recording-csv.ts';
import { seriesIn } from './series-text.ts';

const remedy = 'restore it, or record the history anew with ebs-burst assess --save';

/**
 * What `assess --save` wrote: a folder for each Region, or one of them; or a CSV of one volume.
 * @throws FileError that says what was got and what to do
 */
export async function loadRecordings(path: string, volume?: CsvVolume): Promise<readonly Recording[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(path, error, 'reading it');
  });
  if (!found.isDirectory()) return [recordingFromCsv(path, await readFile(path, 'utf8'), volume)];
  const here = await recordingIn(path);
  if (here !== undefined) return [here];
  const recordings: Recording[] = [];
  for (const entry of (await readdir(path, { withFileTypes: true })).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const recording = entry.isDirectory() ? await recordingIn(join(path, entry.name)) : undefined;
    if (recording !== undefined) recordings.push(recording);
  }
  if (recordings.length > 0) return recordings;
  throw new FileError(
    `${path}: got a folder without index.json, expected one that ebs-burst assess --save wrote; name that, or a CSV`,
  );
}

/** @throws FileError also where there are several Regions */
export async function loadRecording(path: string, volume?: CsvVolume): Promise<Recording> {
  const [recording, ...others] = await loadRecordings(path, volume);
  if (recording !== undefined && others.length === 0) return recording;
  const regions = [recording, ...others].map((one) => one?.region).join(', ');
  throw new FileError(
    `${path}: got the histories of ${regions}, expected one; name the folder of one Region`,
  );
}

async function recordingIn(folder: string): Promise<Recording | undefined> {
  const index = await readJson(indexFile(folder), indexSchema, remedy);
  if (index === undefined) return undefined;
  const { account, region, from, until } = index;
  const volumes: RecordedVolume[] = [];
  for (const volume of index.volumes) volumes.push(...(await recordedIn(folder, volume)));
  return { account, region, from, until, volumes };
}

/** None for a volume that reading did not get to, or that published nothing. */
async function recordedIn(folder: string, { id }: Volume): Promise<readonly RecordedVolume[]> {
  const kept = await readJson(volumeFile(folder, id), keptSchema, remedy);
  if (kept === undefined || kept.stage === 'silent') return [];
  const { volume, balance, iops, throughput } = kept;
  return [{ volume, balance: seriesIn(balance), iops: seriesIn(iops), throughput: seriesIn(throughput) }];
}
