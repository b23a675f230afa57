import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** Stands in every page of ours (report/html-report.ts). */
const ours = 'ebs-burst assess';

/**
 * Asked before anything is read: nobody waits ten minutes for a page that cannot be written, or loses a file to it.
 * @throws UsageError
 */
export async function expectPlaceForPage(file: string): Promise<void> {
  const path = resolve(file);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) throw wrong(file, 'a folder, expected a file; name one in it');
  // A page takes its place by a rename, which would put a file where the device was.
  if (found?.isFile() === false) throw wrong(file, 'a device or a pipe, expected a file; name one');
  try {
    await access(dirname(path), constants.W_OK);
  } catch {
    throw new UsageError(
      `--html: got "${file}", expected a file in a folder that can be written; create ${dirname(path)} or choose another`,
    );
  }
  if (found !== undefined && found.size > 0 && !(await isOurs(path)))
    throw wrong(
      file,
      'a file that is no page of ours, expected a new one or an earlier page; name another, or remove it',
    );
}

/** What cannot be read is not known to be ours. */
const isOurs = (path: string): Promise<boolean> =>
  readFile(path, 'utf8').then(
    (text) => text.includes(ours),
    () => false,
  );

const wrong = (file: string, what: string): UsageError => new UsageError(`--html: got "${file}", ${what}`);
