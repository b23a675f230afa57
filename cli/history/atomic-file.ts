import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
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
  EROFS: ['a disk that cannot be written', 'choose another place'],
};

/** @param what was tried, e.g. `writing it` */
export function fileError(path: string, error: unknown, what: string): FileError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const [got, remedy] = remedies[code] ?? [code, 'choose another place'];
  return new FileError(`${path}: ${what} failed, got: ${got}; ${remedy}`);
}

/**
 * The whole text or nothing: readers see the old file until the new one is complete.
 * @throws FileError
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw fileError(path, error, 'writing it');
  }
}
