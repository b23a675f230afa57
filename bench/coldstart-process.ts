import { pathToFileURL } from 'node:url';

/**
 * Loads one bundle as Lambda does and calls it once, in a process of its own (bench/coldstart/starts.ts forks it), and
 * says what each took. CPU time, because a busy machine makes a process wait but hardly makes it work more.
 */
export interface Start {
  /** Milliseconds of CPU, all threads. */
  readonly load: number;
  readonly firstCall: number;
  readonly answer: unknown;
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; cpu: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpu: (user + system) / 1_000 };
}

interface Bundled {
  readonly handler: (event: unknown) => Promise<unknown>;
}

const [file, event] = process.argv.slice(2);
if (file === undefined || event === undefined || process.send === undefined)
  throw new Error(
    'expected to be forked with a bundle and an event as JSON, as bench/coldstart/starts.ts does',
  );
const loaded = await timed(async () => (await import(pathToFileURL(file).href)) as Bundled);
const called = await timed(() => loaded.result.handler(JSON.parse(event)));
const start: Start = { load: loaded.cpu, firstCall: called.cpu, answer: called.result ?? null };
process.send(start, () => process.exit());
