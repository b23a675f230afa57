import * as v from 'valibot';
import { type Assumptions, usualAssumptions } from '../../core/application/replay/replay-settings.ts';
import { type Duration, days, inMinutes, minutes } from '../../core/domain/units.ts';
import { UsageError } from '../usage-error.ts';
import { daysOption, flag, listed, named, type OptionHelp, parseOptions } from './command-options.ts';
import { usageText } from './usage-text.ts';
import { consentOption } from './with-consent.ts';

const minutesOption = (most: number, usual: Duration) => {
  const expected = `whole minutes from 0 to ${most}; leave it out for ${inMinutes(usual)}`;
  const isInRange = (text: string) => /^\d+$/.test(text) && Number(text) <= most;
  return v.optional(
    v.pipe(v.string(expected), v.check(isInRange, expected), v.transform(Number), v.transform(minutes)),
  );
};

const { publicationDelay, relievedAfter, completedAfter } = usualAssumptions;
const aDay = inMinutes(days(1));

const schema = v.strictObject({
  history: named('a folder or a CSV; name one'),
  demo: flag,
  days: daysOption({ most: 15, usual: 7 }),
  policy: listed('file names, e.g. a.json,b.json; name them'),
  rivals: flag,
  'publication-delay': minutesOption(60, publicationDelay),
  'relieved-after': minutesOption(aDay, relievedAfter),
  'completed-after': minutesOption(aDay, completedAfter),
  consent: consentOption,
  json: flag,
  help: flag,
});

type Given = v.InferOutput<typeof schema>;
export type ReplayOptions = Given & { readonly days: number };

const help: OptionHelp<keyof Given> = {
  history: ['PATH', 'what ebs-burst assess --save wrote, one Region of it, or a CSV of one volume'],
  demo: ['', 'the record of a simulated account instead'],
  days: ['N', 'how many days of the demo, at most 15 (7)'],
  policy: [
    'FILE,…',
    'the construct\'s props as JSON, e.g. {"mode":"notify"} (its defaults, as if acting were allowed); one shows what would have happened, several are compared',
  ],
  rivals: ['', 'compares with what others do, with doing nothing, and with knowing all'],
  'publication-delay': [
    'MIN',
    `minutes from a sample's end until CloudWatch shows it (${inMinutes(publicationDelay)})`,
  ],
  'relieved-after': [
    'MIN',
    `minutes until a change that AWS accepted takes effect (${inMinutes(relievedAfter)})`,
  ],
  'completed-after': ['MIN', `minutes until AWS calls it completed (${inMinutes(completedAfter)})`],
  consent: ['HOW', 'as-tagged: only volumes with the consent tag are moved (assumed: all)'],
  json: ['', 'scores and timelines as JSON on stdout, and nothing else'],
  help: ['', 'this text'],
};

export const replayUsage = usageText({
  usage: ['ebs-burst replay --history PATH [options]', 'ebs-burst replay --demo [options]'],
  about: [
    'Lives through recorded history once more with the responder as it is deployed, under the policies that are named, and scores what they come to.',
    'Offline: asks no AWS, changes nothing.',
  ],
  options: help,
  notes: {
    'a CSV':
      'begins with a line like "# gp2 100 GiB", then has the columns time (with its zone, or seconds or milliseconds since 1970), balance (per cent) and, as you have them, iops, mibs (averages per second), region.',
  },
  exitCodes: {
    0: 'everything was replayed',
    1: 'not all that was asked for is recorded, stderr says what and how to complete it',
    2: 'an option or a file is wrong',
  },
});

/** @throws UsageError with a line for every wrong option */
export function parseReplayOptions(args: readonly string[]): ReplayOptions {
  const output = parseOptions(args, help, schema);
  const contradictions = output.help ? [] : contradictionsIn(output);
  if (contradictions.length > 0) throw new UsageError(contradictions.join('\n'));
  return { ...output, days: output.days ?? 7 };
}

/** What no record knows, as asked for. */
export const assumptionsOf = (options: ReplayOptions): Assumptions => ({
  publicationDelay: options['publication-delay'] ?? publicationDelay,
  relievedAfter: options['relieved-after'] ?? relievedAfter,
  completedAfter: options['completed-after'] ?? completedAfter,
  consent: options.consent ?? usualAssumptions.consent,
});

function contradictionsIn({ history, demo, days, ...given }: Given): readonly string[] {
  if (history === undefined && !demo) {
    return [
      '--history: got none, expected a folder that ebs-burst assess --save wrote, or a CSV; name it, or use --demo',
    ];
  }
  const relieved = given['relieved-after'] ?? relievedAfter;
  const completed = given['completed-after'] ?? completedAfter;
  return [
    ...(completed < relieved
      ? [
          `--completed-after: got ${inMinutes(completed)}, expected at least --relieved-after, which is ${inMinutes(relieved)}; AWS completes a change after its effect`,
        ]
      : []),
    ...(history !== undefined && demo
      ? ['--demo: got it beside --history, expected one of them; remove one']
      : []),
    ...(days !== undefined && !demo
      ? ['--days: got it without --demo, expected a record that brings its own days; remove it']
      : []),
  ];
}
