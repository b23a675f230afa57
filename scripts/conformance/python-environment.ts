import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALL_MS = 600_000;

/**
 * A virtual environment below the machine's temporary folder with pinned packages in it, where the next run finds it.
 * @param requirements what pip is asked for, e.g. `moto[server]==5.2.5`
 * @returns its `bin` folder
 * @throws Error that says why there is none: no Python, no pip, no network
 */
export function pythonWith(...requirements: readonly string[]): string {
  const folder = join(tmpdir(), `ebs-burst-python-${requirements.join('-').replaceAll(/[^\w.]+/g, '-')}`);
  const bin = join(folder, 'bin');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return bin;
  rmSync(folder, { recursive: true, force: true });
  run('python3', ['-m', 'venv', folder]);
  const quiet = ['--quiet', '--disable-pip-version-check'];
  run(join(bin, 'python'), ['-m', 'pip', 'install', ...quiet, ...requirements]);
  writeFileSync(complete, requirements.join('\n'));
  return bin;
}

/** @throws Error with the last line of what the command complained about. */
function run(command: string, args: readonly string[]): void {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: INSTALL_MS });
  if (error !== undefined) throw new Error(`${command} cannot be run: ${error.message}`);
  if (status === 0) return;
  const complaint = stderr.trim().split('\n').at(-1) ?? '';
  throw new Error(`${[command, ...args].join(' ')} ended with ${status}: ${complaint}`);
}
