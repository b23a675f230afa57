import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { hanging } from '../render/wrap.ts';
import { UsageError } from '../usage-error.ts';
import { nearest } from './nearest.ts';

/** For each option the name of its value, empty for a switch, and what it does. */
export type OptionHelp<Name extends string = string> = Readonly<
  Record<Name, readonly [value: string, text: string]>
>;

/** A switch. */
export const flag = v.optional(v.boolean('no value; write it alone'), false);

/** Any text but none; `what` ends with what to do, e.g. `a file name; name one`. */
export const named = (what: string) => v.optional(v.pipe(v.string(what), v.nonEmpty(what)));

const noneEmpty = (all: readonly string[]): boolean => all.every((one) => one !== '');

/** Several, parted by commas, each once. */
export const listed = (what: string, areRight: (all: readonly string[]) => boolean = noneEmpty) =>
  v.optional(
    v.pipe(
      v.string(what),
      v.transform((text) => [...new Set(text.split(',').map((one) => one.trim()))]),
      v.check((all) => areRight(all), what),
    ),
  );

/** As of every partition: us-east-1, us-gov-west-1, us-iso-east-1, cn-north-1, eusc-de-east-1 (partitions.json of the SDK). */
const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;
export const isRegionName = (text: string): boolean => regionName.test(text);

export const regionOption = v.optional(
  v.pipe(v.string('a Region like us-east-1'), v.check(isRegionName, 'a Region like us-east-1; correct it')),
);

const roleArnOption = v.optional(
  v.pipe(
    v.string('the ARN of a role'),
    v.regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, 'arn:aws:iam::ACCOUNT:role/NAME; correct it'),
  ),
);

/** Whose credentials AWS is asked with. */
export const identityEntries = {
  profile: named('the name of a profile; name one'),
  'role-arn': roleArnOption,
};
export const identityHelp = {
  profile: ['NAME', 'profile of the AWS configuration (AWS_PROFILE, or the default one)'],
  'role-arn': ['ARN', 'role to take on, in this account or another'],
} as const satisfies OptionHelp;

/** A line for every option that means something to AWS alone and was given beside `--demo`. */
export const besideDemo = <Name extends string>(
  options: { readonly demo: boolean } & { readonly [Each in Name]?: unknown },
  ofAws: readonly Name[],
): readonly string[] =>
  ofAws
    .filter((name) => options.demo && options[name] !== undefined)
    .map((name) => `--${name}: got it beside --demo, which asks no AWS; remove one of them`);

/** From 1 to `most` days; `usual` counts where the option is left out, `why` says where `most` is from. */
export function daysOption({
  most,
  usual,
  why,
}: {
  readonly most: number;
  readonly usual: number;
  readonly why?: string;
}) {
  const reason = why === undefined ? '' : `, ${why}`;
  const expected = `a whole number from 1 to ${most}${reason}; leave it out for ${usual}`;
  const isInRange = (text: string) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most;
  return v.optional(v.pipe(v.string(expected), v.check(isInRange, expected), v.transform(Number)));
}

/** As a usage text lists them: all texts begin in the same column. */
export function optionLines(help: OptionHelp, columns: number): readonly string[] {
  const options = Object.entries(help).map(([name, [value, text]]) => [`--${name} ${value}`, text] as const);
  const width = Math.max(15, ...options.map(([option]) => option.length));
  return options.flatMap(([option, text]) => hanging(`  ${option.padEnd(width)}  `, text, columns));
}

/**
 * The last of a repeated option counts, as with most commands.
 * @throws UsageError with a line for every wrong option
 */
export function parseOptions<Output>(
  args: readonly string[],
  help: OptionHelp,
  schema: v.GenericSchema<unknown, Output>,
): Output {
  const { values, positionals, tokens } = parseArgs({
    args: args.map((arg) => (arg === '-h' ? '--help' : arg)),
    options: Object.fromEntries(
      Object.entries(help).map(([name, [value]]) => [
        name,
        { type: value === '' ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  // In --save --json the second is no folder; who means one writes --save=--json.
  const lacking = tokens.flatMap((token) =>
    token.kind === 'option' && token.inlineValue === false && token.value.startsWith('--')
      ? [[token.name, true] as const]
      : [],
  );
  const given = { ...values, ...Object.fromEntries(lacking) };
  const { success, output, issues } = v.safeParse(schema, given, { abortPipeEarly: true });
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
