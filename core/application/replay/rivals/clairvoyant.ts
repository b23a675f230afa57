import { creditBucketOf } from '../../../domain/credits/credit-bucket.ts';
import { type DemandProfile, profileOf } from '../../../domain/credits/demand-profile.ts';
import { chooseTarget } from '../../../domain/deciding/target.ts';
import type { Replayed } from '../../../domain/history/replayed.ts';
import { wallsIn } from '../../../domain/history/walls.ts';
import { type Reading, read, unread } from '../../../domain/reading.ts';
import { before, type Instant, latest } from '../../../domain/units.ts';
import { volumePolicyOf } from '../../../domain/volume-policy.ts';
import type { ReplayedVolume } from '../replayed-volume.ts';
import { askedOfAws } from './asked-of-aws.ts';
import type { Rival, Scene } from './rival.ts';

/**
 * Knows the record to its end, acts once, before the first wall, as late as averts it. Nobody can act less, or later, and
 * stall less; somebody who puts bridges back can pay less.
 */
export const clairvoyant: Rival = {
  name: 'clairvoyant',
  does: 'moves exactly what would hit a wall, at the last moment that averts it, sized by the whole record; never back',
  source: 'none, the bound for acts and stalls',
  live,
};

function live(volume: ReplayedVolume, scene: Scene): readonly Replayed[] {
  const bucket = creditBucketOf(volume.described);
  if (bucket === undefined) return [];
  const [wall] = wallsIn(volume.balance, volume.demandIn(bucket.unit), bucket);
  if (wall === undefined) return [];
  const choice = chooseTarget({
    volume: volume.described,
    policy: volumePolicyOf(scene.policy, volume.described.tags),
    profile: hindsight(volume, scene.until),
    typesNotInZone: [],
  });
  if (choice.kind === 'none') return [];
  const at = latest(scene.from, before(wall.from, scene.assumptions.relievedAfter));
  const { configuration: to, purpose, slowerThanBurst } = choice;
  const acted = askedOfAws(volume, { to, purpose, slowerThanBurst, wall: wall.from }, at, scene.prices);
  return acted === undefined ? [] : [acted];
}

function hindsight({ recorded, described }: ReplayedVolume, now: Instant): Reading<DemandProfile> {
  const { iops, throughput, balance } = recorded;
  const bucket = creditBucketOf(described);
  if (iops.kind === 'unread') return iops;
  if (throughput.kind === 'unread') return throughput;
  if (bucket === undefined || balance.kind === 'unread') return unread('nothing to hit a wall with');
  const series = { iops: iops.value, throughput: throughput.value, balance: balance.value };
  const profile = profileOf({ ...series, bucket, now });
  return profile === undefined ? unread('no demand was recorded') : read(profile, now);
}
