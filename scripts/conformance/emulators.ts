import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { environmentWithoutAws } from './environment-without-aws.ts';
import { pythonWith } from './python-environment.ts';

/** An emulator of AWS that pip installs and that answers on loopback. */
export interface Emulator {
  readonly name: 'moto' | 'MiniStack';
  readonly version: string;
  /** What pip is asked for, version included. */
  readonly requirement: string;
  /** Arguments of Python, and what else it reads from its environment. */
  readonly start: (port: number) => {
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  };
}

export const EMULATORS: readonly Emulator[] = [
  {
    name: 'moto',
    version: '5.2.5',
    requirement: 'moto[server]==5.2.5',
    start: (port) => ({ args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)] }),
  },
  {
    name: 'MiniStack',
    version: '1.5.33',
    requirement: 'ministack==1.5.33',
    start: (port) => ({
      args: ['-m', 'ministack'],
      // Without the last one it also listens on every address of the machine.
      env: { BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), IOT_MTLS_ENABLED: '0' },
    }),
  },
];

export interface RunningEmulator {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const START_MS = 60_000;

/**
 * Installs it in a virtual environment below the machine's temporary folder, where the next run finds it, and starts it
 * on a free port.
 * @param log file to write what it says to; nowhere when left out
 * @throws Error that says why it cannot run: no Python, no pip, no network.
 */
export async function startEmulator(emulator: Emulator, log?: string): Promise<RunningEmulator> {
  const python = join(pythonWith(emulator.requirement), 'python');
  const port = await freePort();
  const { args, env } = emulator.start(port);
  const output = log === undefined ? 'ignore' : openSync(log, 'a');
  const child = spawn(python, args, {
    stdio: ['ignore', output, output],
    env: { ...environmentWithoutAws(), ...env },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  try {
    await answering(endpoint, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no free port on loopback');
  return address.port;
}

async function answering(endpoint: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + START_MS; Date.now() < until; ) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode} before it answered`);
    const answer = await fetch(endpoint).catch(() => undefined);
    if (answer !== undefined) return;
    await pause(250);
  }
  throw new Error(`it did not answer at ${endpoint} within ${START_MS / 1_000} s`);
}
