import { createInterface } from 'node:readline/promises';
import manifest from '../package.json' with { type: 'json' };
import { realWorld } from './smoke-aws/real-world.ts';
import { smoke } from './smoke-aws/smoke.ts';
import { smokeOptions, usage } from './smoke-aws/smoke-options.ts';

// A terminal that was closed, or a `| tee` that Ctrl-C has ended: nobody reads any more, and the cleaning goes on.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

const options = smokeOptions(process.argv.slice(2));
if (options === 'help') {
  console.log(usage);
} else if ('fault' in options) {
  console.error(`${options.fault}\n\n${usage}`);
  process.exitCode = 2;
} else {
  const stop = new AbortController();
  const giveUp = new AbortController();
  const interrupted = () => {
    if (stop.signal.aborted) giveUp.abort();
    else console.log('Stopping, then cleaning up; once more leaves the rest as it is and says what that is.');
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupted);
  process.exitCode = await smoke(
    options,
    realWorld(options, { stop: stop.signal, giveUp: giveUp.signal, ask }),
    manifest.version,
  );
}

async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C at the question is no agreement.
  const gone = new Promise<undefined>((resolve) => lines.once('SIGINT', () => resolve(undefined)));
  try {
    return await Promise.race([lines.question(question), gone]);
  } finally {
    lines.close();
  }
}
