import type { Replayed } from '../../../domain/history/replayed.ts';
import {
  after,
  days,
  hours,
  type Instant,
  instant,
  iops,
  mebibytesPerSecond,
} from '../../../domain/units.ts';
import type { Configuration } from '../../../domain/volume.ts';
import { gp3Throughput, provisioned } from '../../../domain/volume-limits.ts';
import type { ReplayedVolume } from '../replayed-volume.ts';
import { askedOfAws } from './asked-of-aws.ts';
import type { Rival, Scene } from './rival.ts';

/** Two in the morning in New York in summer, as the schedules of such scripts go. */
const hourOfRun = hours(6);

/** What ModifyVolume makes of `VolumeType: gp3` alone. */
const bareGp3: Configuration = {
  type: 'gp3',
  iops: iops(provisioned.gp3.leastIops),
  throughput: mebibytesPerSecond(gp3Throughput.least),
};

/** It asks for every gp2 volume it finds; one that this makes slower is not spared. */
export const dailyBatch: Rival = {
  name: 'daily gp2 to gp3',
  does: 'every day at 06:00 UTC each gp2 volume becomes gp3 with 3,000 IOPS and 125 MiB/s, needed or not',
  source:
    'https://blog.centrica.dev/aws/ebs/automation/lambda/python/threading/2021/06/01/gp23.html and many alike, e.g. https://github.com/Prasad-bhoite19/aws-ebs-auto-optimization-system',
  live,
};

function live(volume: ReplayedVolume, { from, until, prices }: Scene): readonly Replayed[] {
  const at = firstRun(from);
  if (at > until || volume.described.configuration.type !== 'gp2') return [];
  return [askedOfAws(volume, { to: bareGp3, purpose: 'fix' }, at, prices)].filter((one) => one !== undefined);
}

function firstRun(from: Instant): Instant {
  const today = after(instant(from - (from % days(1))), hourOfRun);
  return today >= from ? today : after(today, days(1));
}
