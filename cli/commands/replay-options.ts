import * as v from 'valibot';
import { UsageError } from '../usage-error.ts';
import { optionLines, parseOptions } from './command-options.ts';

const flag = v.optional(v.boolean('no value; write it alone'), false);
const daysExpected = 'a whole number from 1 to 15; leave it out for 7';
const filesExpected = 'file names, e.g. a.json,b.json; name them';

const schema = v.strictObject({
  history: v.optional(
    v.pipe(v.string('a folder or a CSV; name one'), v.nonEmpty('a folder or a CSV; name one')),
  ),
  demo: flag,
  days: v.optional(
    v.pipe(
      v.string(daysExpected),
      v.check((text) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 15, daysExpected),
      v.transform(Number),
    ),
  ),
  policy: v.optional(
    v.pipe(
      v.string(filesExpected),
      v.transform((text) => [...new Set(text.split(',').map((name) => name.trim()))]),
      v.check((names) => names.every((name) => name !== ''), filesExpected),
    ),
  ),
  rivals: flag,
  json: flag,
  help: flag,
});

type Given = v.InferOutput<typeof schema>;
export type ReplayOptions = Given & { readonly days: number };

const help: Readonly<Record<keyof Given, readonly [value: string, ...lines: readonly string[]]>> = {
  history: ['PATH', 'what ebs-burst assess --save wrote, one Region of it, or a CSV of one volume'],
  demo: ['', 'the record of a simulated account instead'],
  days: ['N', 'how many days of the demo, at most 15 (7)'],
  policy: [
    'FILE,…',
    'the construct\'s props as JSON, e.g. {"mode":"act"} (its defaults);',
    'one shows what would have happened, several are compared',
  ],
  rivals: ['', 'compares with what others do, with doing nothing, and with knowing all'],
  json: ['', 'scores and timelines as JSON on stdout, and nothing else'],
  help: ['', 'this text'],
};

export const replayUsage = [
  'usage: ebs-burst replay --history PATH [options]   or: ebs-burst replay --demo [options]',
  '',
  'Lives through recorded history once more with the responder as it is deployed, under the policies',
  'that are named, and scores what they come to. Offline: asks no AWS, changes nothing.',
  '',
  ...optionLines(help),
  '',
  'exit code: 0 everything was replayed,',
  '           1 of a volume too little is recorded to replay it, the report says which and why,',
  '           2 an option or a file is wrong',
].join('\n');

/** @throws UsageError with a line for every wrong option */
export function parseReplayOptions(args: readonly string[]): ReplayOptions {
  const output = parseOptions(args, help, schema);
  const contradictions = output.help ? [] : contradictionsIn(output);
  if (contradictions.length > 0) throw new UsageError(contradictions.join('\n'));
  return { ...output, days: output.days ?? 7 };
}

function contradictionsIn({ history, demo, days }: Given): readonly string[] {
  if (history === undefined && !demo) {
    return [
      '--history: got none, expected a folder that ebs-burst assess --save wrote, or a CSV; name it, or use --demo',
    ];
  }
  return [
    ...(history !== undefined && demo
      ? ['--demo: got it beside --history, expected one of them; remove one']
      : []),
    ...(days !== undefined && !demo
      ? ['--days: got it without --demo, expected a record that brings its own days; remove it']
      : []),
  ];
}
