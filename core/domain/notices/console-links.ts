import { after, before, type Instant, minutes } from '../units.ts';
import type { VolumeId } from '../volume.ts';

/**
 * Host of the AWS console per partition. Sources: AWS General Reference, "AWS Management Console" for the standard
 * partition, the China Regions and GovCloud.
 */
function consoleOf(region: string): string {
  if (region.startsWith('cn-')) return `https://${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return `https://${region}.console.amazonaws-us-gov.com`;
  return `https://${region}.console.aws.amazon.com`;
}

/** The console writes its graphs into the fragment as nested lists, and `*` followed by two hex digits for a character. */
const encoded = (text: string): string =>
  text.replace(
    /[^A-Za-z0-9_.-]/g,
    (character) => `*${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
const string = (text: string): string => `~'${encoded(text)}`;

/** Left axis: per cent, milliseconds and a queue, all of the order of 100. Right axis: operations a minute. */
const graphed = [
  { metric: 'BurstBalance', statistic: 'Minimum', axis: 'left' },
  { metric: 'VolumeQueueLength', statistic: 'Average', axis: 'left' },
  { metric: 'VolumeAvgReadLatency', statistic: 'Maximum', axis: 'left' },
  { metric: 'VolumeAvgWriteLatency', statistic: 'Maximum', axis: 'left' },
  { metric: 'VolumeReadOps', statistic: 'Sum', axis: 'right' },
  { metric: 'VolumeWriteOps', statistic: 'Sum', axis: 'right' },
] as const;

const styleOf = ({ statistic, axis }: (typeof graphed)[number]): string =>
  `~(stat~'${statistic}~yAxis~'${axis})`;

const windowBefore = minutes(180);
const windowAfter = minutes(60);

/**
 * CloudWatch's metrics page for one volume, three hours before `around` to one hour after it. The form is the
 * console's own (`#metricsV2:graph=~(…)`), observed in links people publish; AWS documents it nowhere. It ends in a
 * query so that mail programs, which drop a closing bracket from a link, still open it.
 */
export function graphLink(region: string, volumeId: VolumeId, around: Instant): string {
  const [first, ...others] = graphed;
  // In the lines after the first a dot repeats what stands above it, as in a dashboard's JSON.
  const lines = [
    `~(${string('AWS/EBS')}${string(first.metric)}~'VolumeId${string(volumeId)}${styleOf(first)})`,
    ...others.map((line) => `~(~'.${string(line.metric)}~'.~'.${styleOf(line)})`),
  ];
  const time = (at: Instant) => string(new Date(at).toISOString());
  const graph =
    `~(metrics~(${lines.join('')})~view~'timeSeries~stacked~false~region${string(region)}~period~60` +
    `~start${time(before(around, windowBefore))}~end${time(after(around, windowAfter))})`;
  const query = string(`{AWS/EBS,VolumeId} ${volumeId}`);
  return `${consoleOf(region)}/cloudwatch/home?region=${region}#metricsV2:graph=${graph};query=${query}`;
}

/** The volume's page in the EC2 console. */
export const volumeLink = (region: string, volumeId: VolumeId): string =>
  `${consoleOf(region)}/ec2/home?region=${region}#VolumeDetails:volumeId=${volumeId}`;
