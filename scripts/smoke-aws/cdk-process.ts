import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stackName } from './names.ts';
import type { Cdk } from './world.ts';

const root = join(import.meta.dirname, '..', '..');

/** The `cdk` that package.json pins, never the one that npx would fetch (docs/decisions/0002). */
const executable = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');

export interface CdkSettings {
  readonly region: string;
  readonly profile: string | undefined;
  /** End a deployment and a deletion; CloudFormation goes on with what was begun. */
  readonly stop: AbortSignal;
  readonly giveUp: AbortSignal;
}

/** Directly, without a change set: its stack would carry no tag to know it by before it is carried out. */
export const deployArguments = (
  props: object,
  tags: Readonly<Record<string, string>>,
  output: string,
): readonly string[] => [
  'deploy',
  stackName,
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

/** In a process group of its own, so that a Ctrl-C that we answer by cleaning up does not end the cleaning too. */
function run(args: readonly string[], { region, profile }: CdkSettings, stop: AbortSignal): Promise<void> {
  const all = [executable, ...args, ...(profile === undefined ? [] : ['--profile', profile])];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, all, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, AWS_REGION: region, AWS_DEFAULT_REGION: region },
    });
    const end = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    };
    stop.addEventListener('abort', end);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      stop.removeEventListener('abort', end);
      if (code === 0) resolve();
      else reject(new Error(`cdk ${args[0]} ended with ${signal ?? `exit code ${code}`}; see above`));
    });
  });
}
