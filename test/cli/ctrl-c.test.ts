import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { loadRecordings } from '../../cli/history/load-recording.ts';

const program = join(import.meta.dirname, '../../bin/ebs-burst.ts');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ctrl-c-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Ending {
  readonly code: number | null;
  /** What ended it, where it did not end by itself. */
  readonly signal: string | null;
  readonly out: string;
  readonly error: string;
}

/** As a person types it, in a process that alone hears the signal. */
function start(...args: readonly string[]) {
  const { promise: ending, resolve } = Promise.withResolvers<Ending>();
  const child: ChildProcess = execFile(process.execPath, [program, ...args], (_failure, out, error) =>
    resolve({ code: child.exitCode, signal: child.signalCode, out, error }),
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ending };
}

/** Who is no terminal is shown no progress; what is kept is the first sign of it. */
const keptFiles = () =>
  readdir(join(folder, 'us-east-1', 'volumes')).then(
    ({ length }) => length,
    () => 0,
  );

const begunAt = async () => (await stat(join(folder, 'us-east-1', 'index.json'))).mtimeMs;

// It comes while volumes are read or, on a fast machine, while what was read is lived through.
const stopped =
  /^missing: stopped by Ctrl-C(: \d of 9 volumes in us-east-1 read to the end, the same command goes on from there| while us-east-1 was lived through again: .*; the same command tells it without reading again)$/m;

test('assess --save tells at Ctrl-C what it has and what is missing, ends by itself, and goes on the next time', async () => {
  const args = ['assess', '--demo', '--save', folder];
  const first = start(...args);
  await expect.poll(keptFiles, { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
  first.child.kill('SIGINT');
  const interrupted = await first.ending;
  expect(interrupted).toMatchObject({ code: 1, signal: null });
  expect(interrupted.error).toMatch(stopped);
  expect(interrupted.out).toContain('123456789012 in us-east-1');
  const begun = await begunAt();

  const second = await start(...args).ending;
  expect(second).toMatchObject({ code: 0, signal: null });
  expect(second.error).not.toContain('missing:');
  expect(await begunAt()).toBe(begun);
  expect((await loadRecordings(folder)).missing).toEqual([]);
}, 90_000);
