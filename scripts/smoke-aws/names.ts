import { shellWord } from '../../core/domain/shell-word.ts';

/** The key of the one tag that everything of a run carries; its value is the run. */
export const runTagKey = 'ebs-burst-smoke';

export const stackName = 'EbsBurst';

export const nameOf = (run: string): string => `${runTagKey}-${run}`;

export const tagsOf = (run: string): { readonly Key: string; readonly Value: string }[] => [
  { Key: runTagKey, Value: run },
  { Key: 'Name', Value: nameOf(run) },
];

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const isOfRun = (run: string, tags: readonly Tag[] = []): boolean =>
  tags.some(({ Key, Value }) => Key === runTagKey && Value === run);

/** Where a run takes place, and as whom. */
export interface Site {
  readonly account: string;
  readonly region: string;
  readonly profile: string | undefined;
}

export const queueArnOf = ({ account, region }: Site, run: string): string =>
  `arn:${partitionOf(region)}:sqs:${region}:${account}:${nameOf(run)}`;

export const ruleArnOf = ({ account, region }: Site, run: string): string =>
  `arn:${partitionOf(region)}:events:${region}:${account}:rule/${nameOf(run)}`;

/** AWS General Reference, "Amazon Resource Names". */
export const partitionOf = (region: string): string =>
  partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';

const partitions = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
] as const;

/** A line of the AWS CLI for somebody who cleans up by hand. */
export const awsLine = ({ region, profile }: Site, words: string): string =>
  `aws ${words} --region ${region}${profile === undefined ? '' : ` --profile ${shellWord(profile)}`}`;
