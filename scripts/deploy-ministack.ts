import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientsAt } from '../test/conformance/clients.ts';
import { type RunningEmulator, startEmulator } from './conformance/emulators.ts';
import { reasonOf, understood } from './conformance/understood.ts';
import { cdkAt } from './ministack/cdk.ts';
import { deployOptions, usage } from './ministack/deploy-options.ts';
import { emittingMinistack } from './ministack/emitting-ministack.ts';
import { NOT_PROVED, Proofs, summaryOf } from './ministack/proofs.ts';
import { trial } from './ministack/trial.ts';

/** Deploys the stack on MiniStack. Exits 1 when something fails, 2 when it is called wrongly. */
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  const options = understood(args, deployOptions, usage);
  if (typeof options === 'number') return options;
  const folder = mkdtempSync(join(tmpdir(), 'ebs-burst-ministack-'));
  const log = join(folder, 'ministack.log');
  const ministack = emittingMinistack(folder);
  const name = `${ministack.name} ${ministack.version}`;
  let running: RunningEmulator;
  try {
    running = await startEmulator(ministack, log);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    say(`${name} cannot be run here, nothing was proved: ${reasonOf(error)}`);
    return options.ministack === 'required' ? 1 : 0;
  }
  say(`${name} at ${running.endpoint}, Node.js ${process.version}`);
  return tried(running, folder, log);
}

async function tried(running: RunningEmulator, folder: string, log: string): Promise<0 | 1> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  const proofs = new Proofs((line) => {
    if (!interrupted.signal.aborted) say(line);
  });
  const cdk = cdkAt(running.endpoint, folder, interrupted.signal);
  const ended = new Promise<never>((_resolve, reject) =>
    interrupted.signal.addEventListener('abort', () => reject(new Error('interrupted'))),
  );
  try {
    await Promise.race([trial({ cdk, clients: clientsAt(running.endpoint), proofs }), ended]);
  } catch (error) {
    say(
      `\n${summaryOf(proofs.all)}\nEnded early: ${reasonOf(error).split('\n')[0]}\nMiniStack’s log: ${log}`,
    );
    return 1;
  } finally {
    await running.stop();
  }
  rmSync(folder, { recursive: true, force: true });
  say(`\n${summaryOf(proofs.all)}\n\n${NOT_PROVED}`);
  return 0;
}

// What is still asked of an emulator that has been stopped must not keep this process alive.
process.exit(await main(process.argv.slice(2)));
