import type { Configuration } from '../volume.ts';
import type { Subject } from './subject.ts';

/** The AWS CLI call for this change, in lines short enough for a mail and safe to paste. */
export const modifyCommand = (
  { region, volumeId }: Pick<Subject, 'region' | 'volumeId'>,
  to: Configuration,
): readonly string[] => [
  `aws ec2 modify-volume --region ${region} \\`,
  `  --volume-id ${volumeId} \\`,
  `  --volume-type ${[to.type, ...parameters(to)].join(' ')}`,
];

const parameters = (to: Configuration): readonly string[] => [
  ...('iops' in to ? [`--iops ${to.iops}`] : []),
  ...('throughput' in to ? [`--throughput ${to.throughput}`] : []),
];
