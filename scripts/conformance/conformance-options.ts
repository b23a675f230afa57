import { parseArgs } from 'node:util';
import { EMULATORS } from './emulators.ts';

export interface ConformanceOptions {
  /** Names of the emulators without whose column the run fails. */
  readonly required: readonly string[];
  /** Something else that speaks AWS's protocols; asked in a column of its own. */
  readonly endpoint: string | undefined;
}

export const usage = `npm run conformance -- [--require NAME] [--endpoint URL]

  --require NAME   fail when this emulator (${EMULATORS.map(({ name }) => name).join(', ')}) cannot be run; may be given more than once
  --endpoint URL   ask this address too, in a column that is printed and not written to docs/fidelity.md`;

/** @throws Error for what it cannot read; the message says what was got, what is expected and what to do */
export function conformanceOptions(args: readonly string[]): ConformanceOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      require: { type: 'string', multiple: true, default: [] },
      endpoint: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return { required: values.require.map(emulatorNamed), endpoint: values.endpoint };
}

function emulatorNamed(got: string): string {
  const names = EMULATORS.map(({ name }) => name);
  const name = names.find((one) => one.toLowerCase() === got.toLowerCase());
  if (name !== undefined) return name;
  throw new Error(`--require: got "${got}", expected one of ${names.join(', ')}; e.g. --require ${names[0]}`);
}
