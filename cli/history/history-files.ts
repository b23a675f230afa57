import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { days, gibibytes, instant, iops, mebibytesPerSecond } from '../../core/domain/units.ts';
import { isVolumeId, type Volume, type VolumeId } from '../../core/domain/volume.ts';
import { FileError, fileError } from './atomic-file.ts';
import { seriesSchema } from './series-text.ts';

/**
 * A saved history: `index.json` with the account, the Region, the days and the volumes, and one file per volume as it was
 * read. A newer layout gets a higher number.
 */
export const version = 1;

export const indexFile = (folder: string): string => join(folder, 'index.json');
export const volumeFile = (folder: string, id: VolumeId): string => join(folder, 'volumes', `${id}.json`);

const time = v.pipe(v.number(), v.finite(), v.transform(instant));
const isoTime = v.pipe(
  v.string(),
  v.isoTimestamp('an ISO time'),
  v.transform((text) => instant(Date.parse(text))),
);
const text = v.string();

/** Whose volumes these are; before there was a word for it, only those of AWS were kept. */
export const source = v.optional(v.picklist(['aws', 'demo']), 'aws');
export type Source = v.InferOutput<typeof source>;
const provisionedIops = v.pipe(v.number(), v.minValue(0), v.transform(iops));

const configuration = v.variant('type', [
  v.strictObject({ type: v.picklist(['gp2', 'st1', 'sc1']) }),
  v.strictObject({
    type: v.literal('gp3'),
    iops: provisionedIops,
    throughput: v.pipe(v.number(), v.minValue(0), v.transform(mebibytesPerSecond)),
  }),
  v.strictObject({ type: v.picklist(['io1', 'io2']), iops: provisionedIops }),
  v.strictObject({ type: v.literal('standard') }),
  v.strictObject({ type: v.literal('unjudgeable'), got: text }),
]);

/** As JSON leaves a Volume: what is undefined is not there. */
const volumeSchema = v.pipe(
  v.strictObject({
    id: v.custom<VolumeId>((id) => typeof id === 'string' && isVolumeId(id), 'a volume id'),
    size: v.pipe(v.number(), v.minValue(0), v.transform(gibibytes)),
    configuration,
    zone: text,
    createdAt: time,
    attachment: v.variant('kind', [
      v.strictObject({ kind: v.literal('detached') }),
      v.strictObject({ kind: v.literal('attached'), instanceIds: v.array(text), since: time }),
    ]),
    device: v.optional(text),
    multiAttach: v.boolean(),
    operator: v.optional(text),
    tags: v.record(text, text),
  }),
  v.transform((volume): Volume => ({ ...volume, device: volume.device, operator: volume.operator })),
);

export const indexSchema = v.strictObject({
  format: v.literal('ebs-burst history'),
  version: v.literal(version),
  source,
  account: text,
  region: text,
  from: isoTime,
  until: isoTime,
  volumes: v.array(volumeSchema),
  unjudgeable: v.array(volumeSchema),
  cannotRunOut: v.number(),
  /** DescribeVolumes calls that the list took. */
  calls: v.number(),
});

const keptSchema = v.strictObject({
  version: v.literal(version),
  stage: v.picklist(['surveyed', 'whole', 'silent']),
  volume: volumeSchema,
  balance: seriesSchema,
  iops: seriesSchema,
  throughput: seriesSchema,
  unseen: v.optional(text),
});

export type Index = v.InferOutput<typeof indexSchema>;
type Kept = v.InferOutput<typeof keptSchema>;

/** As `--days` asked for them: the window begins with the first whole hour of them. */
export const daysIn = ({ from, until }: Pick<Index, 'from' | 'until'>): number =>
  Math.ceil((until - from) / days(1));

/**
 * @returns `undefined` where nothing is kept of the volume
 * @throws FileError for a file that is broken, or of another volume
 */
export async function readKept(folder: string, id: VolumeId, remedy: string): Promise<Kept | undefined> {
  const path = volumeFile(folder, id);
  const kept = await readJson(path, keptSchema, remedy);
  if (kept === undefined || kept.volume.id === id) return kept;
  throw new FileError(`${path}: holds ${kept.volume.id}, expected ${id}; ${remedy}`);
}

/**
 * @returns `undefined` where there is no such file
 * @throws FileError for one that cannot be read or holds something else; `remedy` says what to do about it
 */
export async function readJson<Output>(
  path: string,
  schema: v.GenericSchema<unknown, Output>,
  remedy: string,
): Promise<Output | undefined> {
  const content = await textOf(path);
  if (content === undefined) return undefined;
  const { success, output, issues } = v.safeParse(
    v.pipe(v.string(), v.parseJson(undefined, 'cut off or damaged'), schema),
    content,
  );
  if (success) return output;
  const [{ message }] = issues;
  const place = v.getDotPath(issues[0]) ?? 'its JSON';
  throw new FileError(`${path}: not a file of a saved history (${place}: ${message}); ${remedy}`);
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw fileError(path, error, 'reading it');
  }
}
