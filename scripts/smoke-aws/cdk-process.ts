import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Site, stackName } from './names.ts';
import { placeVariables } from './place-guard.ts';
import type { Cdk } from './world.ts';

const root = join(import.meta.dirname, '..', '..');

/** The `cdk` that package.json pins, never the one that npx would fetch (docs/decisions/0002). */
const executable = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');

export interface CdkSettings extends Site {
  /** End a deployment and a deletion; CloudFormation goes on with what was begun. */
  readonly stop: AbortSignal;
  readonly giveUp: AbortSignal;
}

/** bin/app.ts, behind a look at where cdk is about to work. */
const app = ['--app', 'node scripts/smoke-aws/app.ts'];

/** Directly, without a change set: its stack would carry no tag to know it by before it is carried out. */
export const deployArguments = (
  props: object,
  tags: Readonly<Record<string, string>>,
  output: string,
): readonly string[] => [
  'deploy',
  stackName,
  ...app,
  '--method',
  'direct',
  '--require-approval',
  'never',
  '--context',
  `ebs-burst=${JSON.stringify(props)}`,
  ...Object.entries(tags).flatMap(([key, value]) => ['--tags', `${key}=${value}`]),
  '--output',
  output,
];

export const destroyArguments = (output: string): readonly string[] => [
  'destroy',
  stackName,
  ...app,
  '--force',
  '--output',
  output,
];

export function cdkProcess(settings: CdkSettings): Cdk {
  const output = () => mkdtempSync(join(tmpdir(), 'ebs-burst-smoke-'));
  return {
    deploy: (props, tags) => run(deployArguments(props, tags, output()), settings, settings.stop),
    destroy: () => run(destroyArguments(output()), settings, settings.giveUp),
  };
}

/** As the SDK would take them: it knows no AWS_DEFAULT_PROFILE, and two clients of one run must be of one account. */
export function cdkEnvironment(
  site: Site,
  inherited: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  const { AWS_DEFAULT_PROFILE: _, ...rest } = inherited;
  // The app is run by the `node` on the path, which has to be the one that runs this.
  const PATH = [dirname(process.execPath), inherited['PATH']].join(delimiter);
  return { ...rest, ...placeVariables(site), PATH, AWS_REGION: site.region, AWS_DEFAULT_REGION: site.region };
}

/**
 * In a process group of its own, so that a Ctrl-C that we answer by cleaning up does not end the cleaning too. What it
 * prints goes through our own output: where that has gone away (a closed terminal, `| tee`), cdk must not die of it.
 */
function run(args: readonly string[], settings: CdkSettings, stop: AbortSignal): Promise<void> {
  const { profile } = settings;
  const all = [executable, ...args, ...(profile === undefined ? [] : ['--profile', profile])];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, all, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: cdkEnvironment(settings, process.env),
    });
    child.stdout.on('data', (text) => process.stdout.write(text));
    child.stderr.on('data', (text) => process.stderr.write(text));
    const end = () => interrupt(child.pid);
    stop.addEventListener('abort', end);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      stop.removeEventListener('abort', end);
      if (code === 0) resolve();
      else reject(new Error(`cdk ${args[0]} ended with ${signal ?? `exit code ${code}`}; see above`));
    });
  });
}

/** The whole group. One that has just ended by itself is no error: `close` says how. */
function interrupt(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
