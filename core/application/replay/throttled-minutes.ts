import { burstThroughput } from '../../domain/credits/credit-bucket.ts';
import { type Ability, abilityOf } from '../../domain/deciding/provisioned-sizing.ts';
import type { Reading, Series } from '../../domain/reading.ts';
import { type Duration, type Instant, inMinutes } from '../../domain/units.ts';
import { isBurstable, type Volume } from '../../domain/volume.ts';
import { gp2 } from '../../domain/volume-limits.ts';
import type { ReplayedVolume } from './replayed-volume.ts';

/** A target a few per cent below a peak holds nobody up: gp2 reaches 128 MiB/s where gp3 begins at 125. */
const tolerance = 1.1;

/**
 * Minutes in which what the volume was moved to serves less than was asked for: it has no bucket and hits no wall, and
 * stalls all the same. An HDD's operations are not an SSD's, so of those only the throughput is compared. What a record
 * shows above the ceiling of the type it is of was never served by it.
 */
export function throttledMinutes(volume: ReplayedVolume, until: Instant): number {
  const { changes, recorded } = volume;
  const throttled = new Map<Instant, Duration>();
  for (const [index, { to, relievedAt }] of changes.entries()) {
    if (!('iops' in to)) continue;
    const span = { from: relievedAt, until: changes[index + 1]?.relievedAt ?? until };
    const ability = abilityOf(to);
    const ceiling = ceilingOf(recorded.volume);
    if (ability.iops < ceiling.iops) addOver(ability.iops, recorded.iops, span, throttled);
    if (ability.throughput < ceiling.throughput)
      addOver(ability.throughput, recorded.throughput, span, throttled);
  }
  return [...throttled.values()].reduce((total, period) => total + inMinutes(period), 0);
}

function ceilingOf({ configuration: { type }, size }: Volume): Ability {
  if (!isBurstable(type)) return { iops: 0, throughput: 0 };
  return { iops: type === 'gp2' ? gp2.burst : 0, throughput: burstThroughput(type, size) };
}

function addOver(
  most: number,
  demand: Reading<Series>,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  throttled: Map<Instant, Duration>,
): void {
  if (demand.kind === 'unread') return;
  for (const { at, period, value } of demand.value)
    if (at >= from && at < until && value > tolerance * most) throttled.set(at, period);
}
