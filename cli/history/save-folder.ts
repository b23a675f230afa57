import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { FileError, fileError, writeWhole } from './atomic-file.ts';
import { indexFile, indexSchema, readJson, type Source, source } from './history-files.ts';

/**
 * What stands above the Regions of a saved history: whose account it is, how many days, and every Region that was asked
 * for, so that one that was never begun is missed. A newer layout gets a higher number.
 */
const manifestSchema = v.strictObject({
  format: v.literal('ebs-burst histories'),
  version: v.literal(1),
  source,
  account: v.string(),
  days: v.number(),
  regions: v.array(v.string()),
});

export interface Manifest {
  readonly source: Source;
  readonly account: string;
  readonly days: number;
  readonly regions: readonly string[];
}

export const manifestName = 'histories.json';
const remedy = 'choose another folder for --save, or remove that file to begin anew';

/** @throws FileError for one that cannot be read or holds something else; `remedy` says what to do about it */
export const readManifest = (folder: string, remedy: string): Promise<Manifest | undefined> =>
  readJson(join(folder, manifestName), manifestSchema, remedy);

/**
 * Makes a folder ours, or finds that it is: of this account and as many days. Regions that it does not name yet are added.
 * @throws FileError for another account, other days, files that are not ours, and a folder that cannot be written
 */
export async function claimFolder(folder: string, wanted: Manifest): Promise<void> {
  const known = await readManifest(folder, remedy);
  if (known === undefined) await demandOurs(folder);
  else demandSame(folder, known, wanted);
  const regions = [...new Set([...(known?.regions ?? []), ...wanted.regions])].toSorted();
  if (regions.length === known?.regions.length) return;
  const manifest = { format: 'ebs-burst histories', version: 1, ...wanted, regions };
  await writeWhole(join(folder, manifestName), `${JSON.stringify(manifest)}\n`);
}

function demandSame(folder: string, known: Manifest, { account, days }: Manifest): void {
  if (known.account !== account) {
    throw new FileError(
      `${folder}: holds the history of ${known.account}, expected ${account}; choose another folder for --save`,
    );
  }
  if (known.days !== days) throw otherDays(folder, known.days, days);
}

/** Of another request than this one, whose answer would be old and of the wrong length. */
export const otherDays = (folder: string, held: number, wanted: number): FileError =>
  new FileError(
    `${folder}: holds ${held === 1 ? '1 day' : `${held} days`}, got --days ${wanted}; ask for --days ${held}, or choose another folder for --save`,
  );

/** Without a manifest: only what an earlier version left, which wrote Regions alone. */
async function demandOurs(folder: string): Promise<void> {
  const one = await readJson(indexFile(folder), indexSchema, remedy);
  if (one !== undefined) {
    throw new FileError(
      `${folder}: holds the history of one Region (${one.region}), expected a folder above Regions; name ${join(folder, '..')}`,
    );
  }
  const foreign: string[] = [];
  for (const entry of await entriesOf(folder)) {
    const isRegion =
      entry.isDirectory() &&
      (await readJson(indexFile(join(folder, entry.name)), indexSchema, remedy)) !== undefined;
    if (!isRegion) foreign.push(entry.name);
  }
  if (foreign.length === 0) return;
  const [some, more] = [foreign.toSorted().slice(0, 3).join(', '), foreign.length - 3];
  throw new FileError(
    `${folder}: got a folder with files that are not ours (${some}${more > 0 ? ` and ${more} more` : ''}), expected a new or empty one, or one that ebs-burst assess --save wrote; choose another folder for --save`,
  );
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter(
      ({ name }) => !(name.startsWith(`${manifestName}.`) && name.endsWith('.unfinished')),
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw fileError(folder, error, 'reading it');
  }
}
