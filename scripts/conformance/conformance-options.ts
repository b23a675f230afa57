import { parseArgs } from 'node:util';
import { EMULATORS } from './emulators.ts';

export interface ConformanceOptions {
  /** `write` keeps what comes out in docs/fidelity.md; `check` holds it against what that page keeps, and writes nothing. */
  readonly does: 'write' | 'check';
  /** Names of the emulators to ask. */
  readonly asked: readonly string[];
  /** Names of the emulators without whose column the run fails. */
  readonly required: readonly string[];
  /** Something else that speaks AWS's protocols; asked in a column of its own. */
  readonly endpoint: string | undefined;
}

const names = EMULATORS.map(({ name }) => name);

export const usage = `npm run conformance -- [--check] [--only NAME] [--require NAME] [--endpoint URL]

Asks the twin, the twin over HTTP, ${names.join(' and ')} one suite of facts about AWS.

  --check          write nothing; fail when a verdict is not the one that docs/fidelity.md keeps
  --only NAME      ask no other emulator (${names.join(', ')}), and do not write the page; may be given more than once
  --require NAME   fail when this emulator cannot be run; may be given more than once
  --endpoint URL   ask this address too, in a column that is printed and neither written nor checked`;

/** @throws Error for what it cannot read; the message says what was got, what is expected and what to do */
export function conformanceOptions(args: readonly string[]): ConformanceOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      require: { type: 'string', multiple: true, default: [] },
      endpoint: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const only = values.only.map((name) => emulatorNamed('--only', name));
  const asked = only.length === 0 ? names : names.filter((name) => only.includes(name));
  const required = values.require.map((name) => emulatorNamed('--require', name));
  for (const name of required) {
    if (asked.some((one) => one === name)) continue;
    throw new Error(
      `--require: got ${name}, which --only ${asked.join(', ')} leaves out, expected one that is asked; add --only ${name}`,
    );
  }
  return { does: values.check ? 'check' : 'write', asked, required, endpoint: values.endpoint };
}

function emulatorNamed(flag: string, got: string): string {
  const name = names.find((one) => one.toLowerCase() === got.toLowerCase());
  if (name !== undefined) return name;
  throw new Error(`${flag}: got "${got}", expected one of ${names.join(', ')}; e.g. ${flag} ${names[0]}`);
}
