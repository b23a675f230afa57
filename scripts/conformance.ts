import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from '../test/conformance/suite.ts';
import { columnAt, emulatorColumn, nameOf, twinColumn, twinOverHttpColumn } from './conformance/columns.ts';
import { type ConformanceOptions, conformanceOptions, usage } from './conformance/conformance-options.ts';
import { EMULATORS, type Emulator } from './conformance/emulators.ts';
import { type Column, countsTable, fidelityPage } from './conformance/fidelity-page.ts';
import {
  type ChangedVerdict,
  changedVerdicts,
  keptVerdicts,
  toldBy,
  turned,
} from './conformance/kept-verdicts.ts';
import { reasonOf, understood } from './conformance/understood.ts';

/**
 * Asks the twin all facts, and the twin over HTTP and emulators the public ones. Who is faithful to what is written into
 * docs/fidelity.md, or held against it. Exits 1 when the twin is not faithful to one of them or answers otherwise over HTTP,
 * when a verdict is not the one that is kept, or when a required emulator could not be asked.
 */
const PAGE = join(import.meta.dirname, '..', 'docs', 'fidelity.md');

// Large request bodies would be compressed, which moto's server cannot read.
process.env['AWS_DISABLE_REQUEST_COMPRESSION'] ??= 'true';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  const options = understood(args, conformanceOptions, usage);
  if (typeof options === 'number') return options;
  say('asking the twin, in this process and over HTTP');
  const twin = await twinColumn();
  const overHttp = await twinOverHttpColumn();
  const { emulated, missing } = await emulators(options);
  const others = options.endpoint === undefined ? [] : [await columnAt(options.endpoint)];
  say(`\n${countsTable(suite, [twin, overHttp, ...emulated, ...others])}\n`);
  const findings = [
    ...deviations(twin),
    ...told(
      turned(changedVerdicts(suite, overHttp, toldBy(suite, twin), twin.name)),
      overHttp.name,
      'in process',
    ),
    ...options.required
      .filter((name) => missing.includes(name))
      .map((name) => `required and not asked: ${name}`),
    ...(options.does === 'check' ? notAsKept([twin, ...emulated]) : written([twin, ...emulated])),
  ];
  for (const line of findings) say(line);
  return findings.length === 0 ? 0 : 1;
}

/** Those that cannot be run are left out, with the reason told. */
async function emulators({ asked }: ConformanceOptions) {
  const emulated: Column[] = [];
  const missing: string[] = [];
  for (const emulator of EMULATORS.filter(({ name }) => asked.includes(name))) {
    const column = await columnOf(emulator);
    if (column === undefined) missing.push(emulator.name);
    else emulated.push(column);
  }
  return { emulated, missing };
}

async function columnOf(emulator: Emulator): Promise<Column | undefined> {
  say(`asking ${nameOf(emulator)}`);
  try {
    return await emulatorColumn(emulator);
  } catch (error) {
    say(`${nameOf(emulator)} is left out: ${reasonOf(error)}`);
    return undefined;
  }
}

/** A page with a column missing would forget what is known of that emulator. */
function written(columns: readonly Column[]): readonly string[] {
  const absent = EMULATORS.map(nameOf).filter((name) => columns.every((column) => column.name !== name));
  if (absent.length === 0) writeFileSync(PAGE, fidelityPage(suite, columns));
  say(
    absent.length === 0
      ? 'docs/fidelity.md is written.'
      : `docs/fidelity.md is left as it is: ${absent.join(', ')} not asked.`,
  );
  return [];
}

function notAsKept(columns: readonly Column[]): readonly string[] {
  const kept = keptVerdicts(readFileSync(PAGE, 'utf8'));
  const findings = columns.flatMap((column) =>
    told(changedVerdicts(suite, column, kept), column.name, 'kept'),
  );
  const names = columns.map(({ name }) => name).join(', ');
  if (findings.length === 0) say(`Every verdict of ${names} is the one that docs/fidelity.md keeps.`);
  else say('docs/fidelity.md keeps other verdicts; when those of now are right, run npm run conformance.');
  return findings;
}

const told = (changes: readonly ChangedVerdict[], who: string, when: string): readonly string[] =>
  changes.map(({ api, fact, before, now }) => `${who}: ${api}: ${fact}\n  ${when}: ${before}\n  now: ${now}`);

/** Without the gaps that are known. */
const deviations = ({ results }: Column): readonly string[] =>
  suite.flatMap(({ api, cases }, place) =>
    cases.flatMap(({ fact, gap }, row) => {
      const verdict = results[place]?.verdicts[row];
      const isNew = gap === undefined && typeof verdict === 'object';
      return isNew ? [`twin: ${api}: ${fact} ${verdict.deviation}`] : [];
    }),
  );

process.exitCode = await main(process.argv.slice(2));
