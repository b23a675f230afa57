import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { UsageError } from '../usage-error.ts';
import { nearest } from './nearest.ts';

/** For each option the name of its value, empty for a switch, and its lines of help. */
export type OptionHelp = Readonly<Record<string, readonly [value: string, ...lines: readonly string[]]>>;

/** As a usage text lists them. */
export const optionLines = (help: OptionHelp): readonly string[] =>
  Object.entries(help).flatMap(([name, [value, ...lines]]) =>
    lines.map((line, index) => `  ${(index === 0 ? `--${name} ${value}` : '').padEnd(17)}${line}`),
  );

/**
 * The last of a repeated option counts, as with most commands.
 * @throws UsageError with a line for every wrong option
 */
export function parseOptions<Output>(
  args: readonly string[],
  help: OptionHelp,
  schema: v.GenericSchema<unknown, Output>,
): Output {
  const { values, positionals } = parseArgs({
    args: args.map((arg) => (arg === '-h' ? '--help' : arg)),
    options: Object.fromEntries(
      Object.entries(help).map(([name, [value]]) => [
        name,
        { type: value === '' ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
  });
  const { success, output, issues } = v.safeParse(schema, { ...values }, { abortPipeEarly: true });
  if (!success) throw new UsageError(issues.map((issue) => faultLine(issue, Object.keys(help))).join('\n'));
  if (positionals[0] === undefined) return output;
  throw new UsageError(
    `got "${positionals[0]}" without an option before it, expected options only; see --help`,
  );
}

function faultLine(issue: v.BaseIssue<unknown>, known: readonly string[]): string {
  const name = v.getDotPath(issue) ?? '';
  if (issue.expected === 'never') {
    const like = nearest(name, known);
    const meant =
      like === undefined ? `one of ${known.map((one) => `--${one}`).join(', ')}` : `perhaps --${like}`;
    return `--${name}: got an unknown option, expected ${meant}; see --help`;
  }
  const { input } = issue;
  const got =
    typeof input === 'string' ? `"${input}"` : Array.isArray(input) ? `"${input.join(',')}"` : 'no value';
  return `--${name}: got ${got}, expected ${issue.message}`;
}
