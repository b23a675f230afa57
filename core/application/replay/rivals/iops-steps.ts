import { creditBucketOf } from '../../../domain/credits/credit-bucket.ts';
import { sizedTo } from '../../../domain/deciding/provisioned-sizing.ts';
import type { Replayed } from '../../../domain/history/replayed.ts';
import { after, sum } from '../../../domain/units.ts';
import type { Configuration } from '../../../domain/volume.ts';
import { gp3Throughput } from '../../../domain/volume-limits.ts';
import { judging } from '../replayed-alarm.ts';
import type { ReplayedVolume } from '../replayed-volume.ts';
import { askedOfAws } from './asked-of-aws.ts';
import type { Rival, Scene } from './rival.ts';

const step = 500;
const share = 0.7;

/**
 * A minute above 70 % of the volume's IOPS (of gp2 EC2 names the baseline) asks for 500 more and raises the threshold to 70 %
 * of the new ones. Its Lambda reads `Throughput`, which EC2 does not name for gp2, and fails there; here it is taken to move
 * gp2 to gp3, the type its template makes, which begins at 3,000 IOPS. That it also grows the disk is left out.
 */
export const iopsSteps: Rival = {
  name: '+500 IOPS at 70 %',
  does: 'a minute above 70 % of the IOPS adds 500, no way back; gp2 is taken to become gp3',
  source: 'https://github.com/bryancwh/aws-lambda-ebs-scaling (lambda_function.py, ebs-scaling-cfn.json)',
  live,
};

function live(volume: ReplayedVolume, { assumptions, prices, until }: Scene): readonly Replayed[] {
  const { iops } = volume.recorded;
  if (iops.kind === 'unread' || volume.described.configuration.type !== 'gp2') return [];
  const { id: volumeId } = volume.described;
  const told: Replayed[] = [];
  let inAlarm = false;
  for (const { at: start, period, value } of iops.value) {
    const at = after(start, sum(period, assumptions.publicationDelay, judging));
    const wasInAlarm = inAlarm;
    inAlarm = value > share * iopsOf(volume);
    if (!inAlarm || wasInAlarm || at > until) continue;
    const asked = { to: raised(volume), purpose: 'fix' } as const;
    const acted = askedOfAws(volume, asked, at, prices);
    told.push({ kind: 'alarmed', at, volumeId });
    told.push({ kind: 'announced', at, volumeId, said: 'warned', wall: undefined, refusals: [] });
    if (acted === undefined) continue;
    told.push(acted);
    // The threshold is a new one.
    inAlarm = false;
  }
  return told;
}

/** As EC2 describes it. */
function iopsOf({ described }: ReplayedVolume): number {
  const { configuration } = described;
  return 'iops' in configuration ? configuration.iops : (creditBucketOf(described)?.baseline ?? 0);
}

const raised = (volume: ReplayedVolume): Configuration =>
  sizedTo('gp3', volume.described.size, { iops: iopsOf(volume) + step, throughput: gp3Throughput.least });
