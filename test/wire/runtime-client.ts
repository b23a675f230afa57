import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** AWS's own client of the Runtime API for Node.js: what runs in every managed Node.js function. */
const CLIENT = 'aws-lambda-ric@4.0.2';

/**
 * Installed below the machine's temporary folder, where the next run finds it: it compiles its native part, which takes half
 * a minute, a C++ compiler and cmake, and nobody who only runs `npm ci` should need those.
 * @returns the script to start
 * @throws Error with what npm complained about
 */
export function runtimeClient(): string {
  const folder = join(tmpdir(), `ebs-burst-${CLIENT.replace('@', '-')}`);
  const script = join(folder, 'node_modules', 'aws-lambda-ric', 'index.mjs');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return script;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const args = ['install', '--no-audit', '--no-fund', '--save-exact', CLIENT];
  const { status, stderr, error } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  writeFileSync(complete, CLIENT);
  return script;
}
