import * as v from 'valibot';
import { UsageError } from '../usage-error.ts';
import {
  besideDemo,
  daysOption,
  flag,
  identityEntries,
  identityHelp,
  isRegionName,
  listed,
  named,
  type OptionHelp,
  parseOptions,
} from './command-options.ts';
import { usageText } from './usage-text.ts';

const schema = v.strictObject({
  days: daysOption({ most: 15, usual: 14, why: 'the days for which CloudWatch keeps minutes' }),
  ...identityEntries,
  region: listed(
    'Regions like us-east-1,eu-west-1, or all; correct it',
    (names) => names.every(isRegionName) || (names.length === 1 && names[0] === 'all'),
  ),
  policy: named('a file name; name one'),
  save: named('a folder; name one'),
  html: named('a file name; name one'),
  json: flag,
  csv: flag,
  'print-iam': flag,
  demo: flag,
  help: flag,
});

type Given = v.InferOutput<typeof schema>;
export type AssessOptions = Given & { readonly days: number };

const help: OptionHelp<keyof Given> = {
  days: ['N', 'how much history, at most 15 days (14; of the demo 7)'],
  profile: identityHelp.profile,
  region: ['R,…', 'Regions, or all that are on (the one of the profile)'],
  'role-arn': identityHelp['role-arn'],
  policy: [
    'FILE',
    'what would have been done under this policy: the construct\'s props as JSON, e.g. {"mode":"notify"} (its defaults, as if acting were allowed)',
  ],
  save: [
    'DIR',
    'keeps what is read: a second run goes on where the first stopped, and everything can be replayed offline',
  ],
  html: ['FILE', 'writes a page with charts, which needs no network'],
  json: ['', 'the assessment as JSON on stdout, and nothing else'],
  csv: ['', 'a line per volume on stdout, and nothing else'],
  'print-iam': ['', 'the permissions this needs and why, and nothing else'],
  demo: ['', 'on a simulated account, without AWS'],
  help: ['', 'this text'],
};

export const assessUsage = usageText({
  usage: ['ebs-burst assess [options]'],
  about: [
    'Reads what CloudWatch knows of every EBS volume that can run out of burst credits, and shows what happened to it and what the responder would have done.',
    'Changes nothing.',
  ],
  options: help,
  exitCodes: {
    0: 'everything was read',
    1: 'something is missing, the report says what and why',
    2: 'an option or a file is wrong',
  },
});

/** @throws UsageError with a line for every wrong option */
export function parseAssessOptions(args: readonly string[]): AssessOptions {
  const output = parseOptions(args, help, schema);
  const contradictions = output.help ? [] : contradictionsIn(output);
  if (contradictions.length > 0) throw new UsageError(contradictions.join('\n'));
  return { ...output, days: output.days ?? (output.demo ? 7 : 14) };
}

function contradictionsIn(options: Given): readonly string[] {
  const both = '--csv: got it beside --json, expected one of them on stdout; run it twice with --save DIR';
  const faults = options.json && options.csv ? [both] : [];
  return [...faults, ...besideDemo(options, ['profile', 'region', 'role-arn'])];
}
