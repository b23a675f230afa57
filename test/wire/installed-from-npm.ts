import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * AWS's own client of the Runtime API: what runs in every managed Node.js function. It compiles its native part, which takes
 * half a minute, cmake and a C++ compiler, and nobody who only runs `npm ci` should need those.
 * @returns the script to start
 */
export const runtimeClient = (): string => join(installed('aws-lambda-ric', '4.0.2'), 'index.mjs');

/**
 * Somebody else's reading of how IAM evaluates policies. Its license (AGPL-3.0-or-later) is why it is a tool beside the project
 * and not a dependency of it.
 * @returns the module to import
 */
export const policySimulator = (): string =>
  join(installed('@cloud-copilot/iam-simulate', '0.1.173'), 'dist', 'esm', 'index.js');

/**
 * A package below the machine's temporary folder, where the next run finds it.
 * @returns its folder
 * @throws Error with what npm complained about
 */
function installed(name: string, version: string): string {
  const folder = join(tmpdir(), `ebs-burst-${name.replace(/^@.*\//, '')}-${version}`);
  const complete = join(folder, 'complete');
  const home = join(folder, 'node_modules', name);
  if (existsSync(complete)) return home;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const args = ['install', '--no-audit', '--no-fund', '--save-exact', `${name}@${version}`];
  const { status, stderr, error } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  writeFileSync(complete, version);
  return home;
}
