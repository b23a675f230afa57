import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { remoteAccount, twinAccount } from '../test/conformance/account.ts';
import { clientsAt } from '../test/conformance/clients.ts';
import { type ApiVerdicts, runCases } from '../test/conformance/run-cases.ts';
import { suite } from '../test/conformance/suite.ts';
import { conformanceOptions, usage } from './conformance/conformance-options.ts';
import { EMULATORS, type Emulator, startEmulator } from './conformance/emulators.ts';
import { type Column, countsTable, fidelityPage } from './conformance/fidelity-page.ts';

/**
 * Asks the twin all facts, and emulators the public ones, and writes who is faithful to what into docs/fidelity.md.
 * Exits 1 when the twin is not faithful to one of them, or when a required emulator could not be asked.
 */
const PAGE = join(import.meta.dirname, '..', 'docs', 'fidelity.md');

// Large request bodies would be compressed, which moto's server cannot read.
process.env['AWS_DISABLE_REQUEST_COMPRESSION'] ??= 'true';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(args: readonly string[]): Promise<number> {
  const options = conformanceOptions(args);
  if (options === 'help') {
    say(usage);
    return 0;
  }
  say('asking the twin');
  const twin = { name: 'twin', results: await runCases(suite, () => twinAccount(), 'all') };
  const emulated: Column[] = [];
  const missing: string[] = [];
  for (const emulator of EMULATORS) {
    const column = await columnOf(emulator);
    if (column === undefined) missing.push(emulator.name);
    else emulated.push(column);
  }
  const columns = [twin, ...emulated];
  if (missing.length === 0) writeFileSync(PAGE, fidelityPage(suite, columns));
  const { endpoint } = options;
  if (endpoint !== undefined) columns.push({ name: endpoint, results: await ask(endpoint) });
  say(`\n${countsTable(suite, columns)}\n`);
  say(
    missing.length === 0
      ? 'docs/fidelity.md is written.'
      : `docs/fidelity.md is left as it is, because of ${missing.join(', ')}.`,
  );
  const unfaithful = deviations(twin);
  for (const line of unfaithful) say(`twin: ${line}`);
  const lacking = options.required.filter((name) => missing.includes(name));
  if (lacking.length > 0) say(`required and not asked: ${lacking.join(', ')}`);
  return unfaithful.length + lacking.length === 0 ? 0 : 1;
}

/** Undefined, with the reason told, where it cannot be run. */
async function columnOf(emulator: Emulator): Promise<Column | undefined> {
  const name = `${emulator.name} ${emulator.version}`;
  say(`asking ${name}`);
  try {
    const { endpoint, stop } = await startEmulator(emulator);
    try {
      return { name, results: await ask(endpoint) };
    } finally {
      await stop();
    }
  } catch (error) {
    say(`${name} is left out: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function ask(endpoint: string): Promise<readonly ApiVerdicts[]> {
  const clients = clientsAt(endpoint);
  const run = randomUUID().slice(0, 8);
  const open = (number: number) =>
    remoteAccount({ ...clients, availabilityZone: 'us-east-1a', mark: `conformance-${run}-${number}` });
  return runCases(suite, open, 'public');
}

/** Without the gaps that are known. */
const deviations = ({ results }: Column): string[] =>
  suite.flatMap(({ api, cases }, place) =>
    cases.flatMap(({ fact, gap }, row) => {
      const verdict = results[place]?.verdicts[row];
      const isNew = gap === undefined && typeof verdict === 'object';
      return isNew ? [`${api}: ${fact} ${verdict.deviation}`] : [];
    }),
  );

process.exitCode = await main(process.argv.slice(2));
