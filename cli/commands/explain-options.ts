import * as v from 'valibot';
import { type Instant, instant } from '../../core/domain/units.ts';
import { isVolumeId, type VolumeId } from '../../core/domain/volume.ts';
import { UsageError } from '../usage-error.ts';
import { flag, named, type OptionHelp, parseOptions } from './command-options.ts';
import { deploymentEntries, deploymentHelp } from './deployment-options.ts';
import { usageText } from './usage-text.ts';
import { consentOption } from './with-consent.ts';

const timeExpected = 'a time like 2026-03-02T09:30Z; correct it';

const schema = v.strictObject({
  ...deploymentEntries,
  at: v.optional(
    v.pipe(
      v.string(timeExpected),
      v.check(
        (text) => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)),
        timeExpected,
      ),
      v.transform((text): Instant => instant(Date.parse(text))),
    ),
  ),
  history: named('a folder; name one'),
  consent: consentOption,
  json: flag,
});

type Given = v.InferOutput<typeof schema>;

/** What is asked about: a volume of a deployment, now or as it was recorded, or one of a recording at a time of it. */
export type ExplainOptions = Given &
  (
    | { readonly asks: 'now'; readonly volumeId: VolumeId | undefined }
    | { readonly asks: 'recorded'; readonly volumeId: VolumeId | undefined; readonly at: Instant }
    | { readonly asks: 'then'; readonly volumeId: VolumeId; readonly at: Instant; readonly history: string }
    | { readonly asks: 'help' }
  );

const { demo, help: helpLine, ...ofDeployment } = deploymentHelp;

const help: OptionHelp<keyof Given> = {
  history: ['DIR', 'what ebs-burst assess --save wrote: explains that record, asks no AWS'],
  at: ['TIME', 'what it had written down by then, e.g. 2026-03-02T09:30Z; with --history, how it was then'],
  consent: ['HOW', 'with --history; as-tagged: only volumes with the consent tag are moved (assumed: all)'],
  json: ['', 'the same for machines, with a format and its version'],
  ...ofDeployment,
  demo,
  help: helpLine,
};

export const explainUsage = usageText({
  usage: [
    'ebs-burst explain vol-… [options]',
    'ebs-burst explain vol-… --at TIME [options]',
    'ebs-burst explain vol-… --history DIR --at TIME [options]',
    'ebs-burst explain --demo [--at TIME]',
  ],
  about: [
    'Says why the responder acts on a volume or does not: reads what it would read this moment, decides as it does, and shows every guard with the numbers it saw, and what would change the decision.',
    'With --at it tells what the responder did by then, also of a volume that is gone: every step it wrote down in its table, with the reason, what it saw, by whose authority, and the request id that AWS gave.',
  ],
  options: help,
  notes: {
    'reads with':
      'cloudformation:DescribeStacks, unless --table and --policy are named; dynamodb:GetItem, BatchGetItem, Query on the table; ec2:DescribeVolumes, DescribeVolumesModifications, DescribeVolumeStatus; cloudwatch:GetMetricData; servicequotas:ListServiceQuotas; ssm:GetParameter. With --at only cloudformation:DescribeStacks and dynamodb:Query. Never writes.',
  },
  exitCodes: {
    0: 'it is explained',
    1: 'the volume is not there, nothing is recorded of it, or something could not be read',
    2: 'an option or a file is wrong',
  },
});

/** @throws UsageError with a line for every wrong option */
export function parseExplainOptions(args: readonly string[]): ExplainOptions {
  const isWord = (arg: string, index: number) =>
    arg.startsWith('vol-') || (index === 0 && !arg.startsWith('-'));
  const words = args.filter(isWord);
  const given = parseOptions(
    args.filter((arg, index) => !isWord(arg, index)),
    help,
    schema,
  );
  return given.help ? { ...given, asks: 'help' } : asked(given, volumeIn(words, given));
}

function volumeIn([word, other]: readonly string[], { demo: isDemo }: Given): VolumeId | undefined {
  if (other !== undefined)
    throw new UsageError(`got "${word}" and "${other}", expected one volume; ask twice`);
  if (word !== undefined && isVolumeId(word)) return word;
  if (word === undefined && isDemo) return undefined;
  const got = word === undefined ? 'no volume' : `"${word}"`;
  throw new UsageError(`got ${got}, expected the id of a volume like vol-0123456789abcdef0; name it`);
}

function asked(given: Given, volumeId: VolumeId | undefined): ExplainOptions {
  const { at, history } = given;
  if (history === undefined) return askedOfDeployment(given, volumeId);
  if (given.demo)
    throw new UsageError('--demo: got it beside --history, expected one of them; remove the other');
  if (at === undefined || volumeId === undefined)
    throw new UsageError(
      '--history: got it without --at, expected a time of it; name one, e.g. --at 2026-03-02T09:30Z',
    );
  return { ...given, asks: 'then', volumeId, at, history };
}

function askedOfDeployment(given: Given, volumeId: VolumeId | undefined): ExplainOptions {
  const { at, consent } = given;
  if (consent !== undefined)
    throw new UsageError(
      '--consent: got it without --history, expected a record to live through; name one, or remove it',
    );
  if (at === undefined) return { ...given, asks: 'now', volumeId };
  if (given.policy !== undefined)
    throw new UsageError(
      '--policy: got it beside --at without --history, but what is recorded was decided by the policy of then; remove it',
    );
  return { ...given, asks: 'recorded', volumeId, at };
}
