import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Start } from '../coldstart-process.ts';

const script = join(import.meta.dirname, '..', 'coldstart-process.ts');

export interface Launch {
  readonly name: string;
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: unknown;
}

/** Everything once a round, every other round backwards, so that what slows the machine slows all of them alike. */
export async function startsOf(
  launches: readonly Launch[],
  rounds: number,
): Promise<ReadonlyMap<string, readonly Start[]>> {
  const starts = new Map<string, Start[]>(launches.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? launches : launches.toReversed();
    for (const launch of order) starts.get(launch.name)?.push(await startOf(launch));
  }
  return starts;
}

/** @throws Error when the process ends without an answer, with what it said last */
function startOf({ name, file, environment, event }: Launch): Promise<Start> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [file, JSON.stringify(event)], {
      env: { PATH: process.env['PATH'], ...environment },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk;
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    let start: Start | undefined;
    child.on('message', (message) => {
      start = message as Start;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (start !== undefined && !gaveBack(start.answer)) resolve(start);
      else reject(new Error(`${name} did not start: exit ${code}, it said\n${said.slice(-2_000)}`));
    });
  });
}

/** A batch of which something is given back was not looked at to the end. */
const gaveBack = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  'batchItemFailures' in answer &&
  Array.isArray(answer.batchItemFailures) &&
  answer.batchItemFailures.length > 0;
