import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { environmentWithoutAws } from '../conformance/environment-without-aws.ts';

const root = join(import.meta.dirname, '..', '..');

/** The `cdk` that package.json pins, never the one that npx would fetch (docs/decisions/0002). */
const executable = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');

/** MiniStack's own account; CDK's roles of another one would not be found there. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
export const STACK = 'EbsBurst';

/** The four steps of a life of a stack. Each rejects with what the CLI last said. */
export interface Cdk {
  /** Folder of the cloud assembly that the others use. */
  readonly assembly: string;
  readonly synth: (props: object) => Promise<void>;
  readonly bootstrap: () => Promise<void>;
  readonly deploy: () => Promise<void>;
  readonly destroy: () => Promise<void>;
}

/**
 * The CDK CLI that knows of no account but that at the endpoint.
 * @param folder for what it leaves behind, so that no account of another run is remembered
 */
export function cdkAt(endpoint: string, folder: string, stop: AbortSignal): Cdk {
  const assembly = join(folder, 'cloud-assembly');
  const env = cdkEnvironment(endpoint, folder);
  const run = (...args: readonly string[]) => ended([executable, ...args], env, stop);
  const of = ['--app', assembly];
  return {
    assembly,
    synth: (props) =>
      run('synth', '--quiet', '--output', assembly, '--context', `ebs-burst=${JSON.stringify(props)}`),
    bootstrap: () => run('bootstrap', `aws://${ACCOUNT}/${REGION}`, ...of),
    deploy: () => run('deploy', STACK, ...of, '--require-approval', 'never', '--progress', 'events'),
    destroy: () => run('destroy', STACK, ...of, '--force'),
  };
}

const cdkEnvironment = (endpoint: string, folder: string): Record<string, string | undefined> => ({
  ...environmentWithoutAws(),
  PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_HOME: join(folder, 'cdk-home'),
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  NO_COLOR: '1',
});

const LAST_LINES = 25;

function ended(
  args: readonly string[],
  env: Record<string, string | undefined>,
  stop: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const child = spawn(process.execPath, args, {
      cwd: root,
      env,
      signal: stop,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) return resolve();
      const last = said.join('').trimEnd().split('\n').slice(-LAST_LINES).join('\n');
      reject(new Error(`cdk ${args[1]} ended with ${signal ?? `exit code ${code}`}:\n${last}`));
    });
  });
}
