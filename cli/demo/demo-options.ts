import { parseArgs } from 'node:util';
import * as v from 'valibot';
import type { OptionHelp } from '../commands/command-options.ts';
import { usageText } from '../commands/usage-text.ts';
import { UsageError } from '../usage-error.ts';

/** Checked as text: an error names what was typed, not what became of it. */
const whole = (least: number, most: number, expected: string) =>
  v.pipe(
    v.string(expected),
    v.check((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, expected),
    v.transform(Number),
  );

const positive = (most: number, expected: string) =>
  v.pipe(
    v.string(expected),
    v.check((text) => Number(text) > 0 && Number(text) <= most, expected),
    v.transform(Number),
  );

const fileName = v.pipe(v.string('a file name; name one'), v.nonEmpty('a file name; name one'));

const schema = v.strictObject({
  size: v.optional(whole(1, 16_384, 'a whole number of GiB from 1 to 16384; try --size 30'), '30'),
  target: v.optional(
    v.picklist(['auto', 'gp3', 'io1', 'io2'], 'auto, gp3, io1 or io2; leave it out for auto'),
    'auto',
  ),
  trace: v.optional(fileName),
  scale: v.optional(positive(1_000_000, 'a number above 0, at most 1000000; leave it out for 1'), '1'),
  'io-size': v.optional(
    whole(1, 256, 'whole KiB from 1 to 256, the most that counts as one I/O; leave it out for 16'),
    '16',
  ),
  seed: v.optional(whole(0, 4_294_967_295, 'a whole number from 0 to 4294967295; leave it out for 1'), '1'),
  svg: v.optional(fileName, 'ebs-burst-demo.svg'),
  notices: v.optional(v.picklist(['first', 'all'], 'first or all; leave it out for first'), 'first'),
  json: v.optional(v.boolean('no value; write --json alone'), false),
  help: v.optional(v.boolean('no value; write --help alone'), false),
});

export type DemoOptions = v.InferOutput<typeof schema>;

const HELP: OptionHelp<keyof DemoOptions> = {
  size: ['GIB', 'size of the gp2 volume (30)'],
  target: [
    'TYPE',
    "what the responder moves to: auto, gp3, io1 or io2 (auto); io1 and io2 take 1,000 IOPS, the article's own cure, and go back",
  ],
  trace: [
    'FILE',
    'real load instead of the loop: CSV of I/O per second, CSV of bytes per period, or the JSON of aws cloudwatch get-metric-data; without a wall in it, raise --scale or lower --size',
  ],
  scale: ['K', 'multiplies the load of the trace (1)'],
  'io-size': ['KIB', 'what bytes are divided by where a trace does not count I/Os (16)'],
  seed: ['N', "what CloudWatch's publication delay and sampling are drawn from (1)"],
  svg: ['FILE', 'where the picture goes (ebs-burst-demo.svg)'],
  notices: ['WHICH', 'first shows the first message whole, all shows every one (first)'],
  json: ['', 'the figures as JSON on stdout, and nothing else'],
  help: ['', 'this text'],
};

export const USAGE = usageText({
  usage: ['npm start -- [options]', 'ebs-burst demo [options]'],
  about: ['Runs one load on one simulated EBS volume twice: without the responder and with it.'],
  options: HELP,
  exitCodes: {
    0: 'the wall came without us and was announced in time with us',
    1: 'there was no wall, or it was not announced in time',
    2: 'an option or the file is wrong',
  },
});

/** @throws UsageError with a line for every wrong option. */
export function parseDemoOptions(args: readonly string[]): DemoOptions {
  const { given, stray } = tokens(args);
  const { success, output, issues } = v.safeParse(schema, given, { abortPipeEarly: true });
  if (!success) throw new UsageError(issues.map(faultLine).join('\n'));
  if (stray !== undefined) {
    throw new UsageError(`got "${stray}" without an option before it, expected options only; see --help`);
  }
  const contradictions = output.help ? [] : contradictionsIn(given, output);
  if (contradictions.length > 0) throw new UsageError(contradictions.join('\n'));
  return output;
}

interface Tokens {
  readonly given: Readonly<Record<string, unknown>>;
  /** The first argument that belongs to no option. */
  readonly stray: string | undefined;
}

/** The last of a repeated option counts, as with most commands. */
function tokens(args: readonly string[]): Tokens {
  const options = Object.fromEntries(
    Object.entries(HELP).map(([name, [value]]) => [
      name,
      { type: value === '' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { values, positionals } = parseArgs({
    args: args.map((arg) => (arg === '-h' ? '--help' : arg)),
    options,
    strict: false,
    allowPositionals: true,
  });
  return { given: { ...values }, stray: positionals[0] };
}

function faultLine(issue: v.InferIssue<typeof schema>): string {
  const name = v.getDotPath(issue) ?? '';
  if (issue.expected === 'never') {
    const known = Object.keys(HELP).map((option) => `--${option}`);
    return `--${name}: got an unknown option, expected one of ${known.join(', ')}; see --help`;
  }
  const got = typeof issue.input === 'string' ? `"${issue.input}"` : 'no value';
  return `--${name}: got ${got}, expected ${issue.message}`;
}

/** GiB for the 1,000 IOPS of the demo: io1 has at most 50 IOPS a GiB, io2 begins at 4 GiB (AWS EBS user guide, provisioned-iops). */
const LEAST_SIZE = { auto: 1, gp3: 1, io1: 20, io2: 4 } as const;

function contradictionsIn(given: Readonly<Record<string, unknown>>, options: DemoOptions): readonly string[] {
  const faults = (['scale', 'io-size'] as const)
    .filter((name) => name in given && options.trace === undefined)
    .map((name) => `--${name}: got it without --trace, expected a trace to apply it to; add --trace FILE`);
  const least = LEAST_SIZE[options.target];
  if (options.size < least) {
    faults.push(
      `--size: got "${options.size}" with --target ${options.target}, expected at least ${least} GiB for 1,000 IOPS; raise it`,
    );
  }
  return faults;
}
