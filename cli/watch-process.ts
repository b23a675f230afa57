import { setTimeout } from 'node:timers/promises';
import { watch } from './commands/watch.ts';
import { deploymentWorld } from './deployment-process.ts';

/** `ebs-burst watch` in this process: its terminal, its clock, its Ctrl-C. */
export async function watchProcess(args: readonly string[]): Promise<number> {
  const { stdout } = process;
  const stopping = new AbortController();
  let waking = new AbortController();
  const wake = () => waking.abort();
  // Once: a second Ctrl-C ends the process as it always does.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      stopping.abort();
      wake();
    });
  stdout.on('resize', wake);
  try {
    return await watch(args, {
      ...deploymentWorld,
      terminal: stdout.isTTY ? stdout : undefined,
      stop: stopping.signal,
      pause: async (milliseconds) => {
        if (stopping.signal.aborted) return;
        waking = new AbortController();
        await setTimeout(milliseconds, undefined, { signal: waking.signal }).catch(() => undefined);
      },
      atExit: (leave) => process.once('exit', leave),
      openLivingDemo: async () => (await import('./demo/living-account.ts')).livingDemo(),
    });
  } finally {
    stdout.off('resize', wake);
    // A call that hangs holds nobody who wants to leave; where none does, the process is over before this.
    globalThis.setTimeout(() => process.exit(), 500).unref();
  }
}
