import { after, before, type Instant, minutes } from '../units.ts';
import type { Subject } from './subject.ts';

/** The hour before a message, and the hours in which somebody may still read it. */
const windowBefore = minutes(60);
const windowAfter = minutes(180);

const minuteOf = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16)}Z`;

/** The AWS CLI call that shows the burst credits, newest last, in lines short enough for a mail and safe to paste. */
export const lookCommand = (
  { region, volumeId }: Pick<Subject, 'region' | 'volumeId'>,
  at: Instant,
): readonly string[] => [
  `aws cloudwatch get-metric-statistics --region ${region} \\`,
  '  --namespace AWS/EBS --metric-name BurstBalance \\',
  `  --dimensions Name=VolumeId,Value=${volumeId} \\`,
  `  --start-time ${minuteOf(before(at, windowBefore))} \\`,
  `  --end-time ${minuteOf(after(at, windowAfter))} \\`,
  '  --period 300 --statistics Minimum --output text \\',
  "  --query 'Datapoints[].[Timestamp,Minimum]' | sort",
];
