import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Slice, SliceResult } from '../../test/histories/run-slice.ts';

const worker = new URL('worker.ts', import.meta.url);
/** The young generation of a history's garbage: with the default most of the time goes into collecting it. */
const execArgv = ['--max-semi-space-size=64'];

/** Small enough that the last process is not waited for long. */
const SLICE = 50;

export const slicesOf = (seed: number, histories: number): readonly Slice[] =>
  Array.from({ length: Math.ceil(histories / SLICE) }, (_none, index) => ({
    firstSeed: seed + index * SLICE,
    count: Math.min(SLICE, histories - index * SLICE),
  }));

/** Lives through the slices on `workers` processes at once and hands on each result as it comes. @throws Error when a process dies */
export async function spread(
  slices: readonly Slice[],
  workers: number,
  onResult: (result: SliceResult) => void,
): Promise<void> {
  const left = slices[Symbol.iterator]();
  const processes = Array.from({ length: Math.min(workers, slices.length) }, () =>
    fork(worker, { execArgv }),
  );
  try {
    await Promise.all(processes.map((process) => workThrough(process, left, onResult)));
  } finally {
    for (const process of processes) process.kill();
  }
}

/** One iterator feeds all processes: each takes the next slice when it is free. */
async function workThrough(
  process: ChildProcess,
  left: Iterator<Slice>,
  onResult: (result: SliceResult) => void,
): Promise<void> {
  for (let next = left.next(); next.done !== true; next = left.next()) {
    process.send(next.value);
    onResult(await answerOf(process));
  }
}

async function answerOf(process: ChildProcess): Promise<SliceResult> {
  const stopped = new AbortController();
  const { signal } = stopped;
  try {
    return await Promise.race([
      once(process, 'message', { signal }).then(([result]) => result as SliceResult),
      once(process, 'exit', { signal }).then(([code]) => {
        throw new Error(
          `a process of the run ended with code ${code}; look at its output above, then run the same seeds again`,
        );
      }),
    ]);
  } finally {
    stopped.abort();
  }
}
