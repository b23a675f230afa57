import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that could not be read or written; the message says which, why, and what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

const remedies: Readonly<Record<string, readonly [got: string, remedy: string]>> = {
  EACCES: ['no permission', 'allow it, or choose another place'],
  EDQUOT: ['the quota of this disk is used up', 'free some space, or choose another place'],
  EEXIST: ['a file where a folder should be', 'choose another place'],
  EISDIR: ['a folder', 'name a file'],
  ENOENT: ['no such file or folder', 'check the path'],
  ENOSPC: ['the disk is full', 'free some space, or choose another place'],
  ENOTDIR: ['a file where a folder should be', 'choose another place'],
  EPERM: ['no permission', 'allow it, or choose another place'],
  EROFS: ['a disk that cannot be written', 'choose another place'],
};

/** @param what was tried, e.g. `writing it` */
export function fileError(path: string, error: unknown, what: string): FileError {
  const code = codeOf(error);
  const [got, remedy] = remedies[code] ?? [code, 'choose another place'];
  return new FileError(`${path}: ${what} failed, got: ${got}; ${remedy}`);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** Beside the file, under a name that no other run of ours writes to. */
export const unfinishedFile = (path: string): string => `${path}.${process.pid}.unfinished`;

/**
 * The whole text or nothing: readers see the old file until the new one is complete, and of two runs at once the later wins.
 * @throws FileError
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = unfinishedFile(path);
  try {
    await makeFolder(dirname(path));
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw fileError(path, error, 'writing it');
  }
}

/**
 * With the folders above it. Each is tried at most twice: Node's own way of making them goes round for ever where a file
 * system has no room for new ones and says so with ENOENT, as /proc does.
 */
async function makeFolder(folder: string): Promise<void> {
  const error = await refusalOf(folder);
  if (error === undefined) return;
  const above = dirname(folder);
  const isAboveMissing = codeOf(error) === 'ENOENT' && above !== folder && !(await isFolder(above));
  if (!isAboveMissing) throw error;
  await makeFolder(above);
  const again = await refusalOf(folder);
  if (again !== undefined) throw again;
}

/** Why it cannot be made; `undefined` where it is there by now. */
async function refusalOf(folder: string): Promise<unknown> {
  try {
    await mkdir(folder);
    return undefined;
  } catch (error) {
    return (await isFolder(folder)) ? undefined : error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
