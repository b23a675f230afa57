import { priceOf } from '../../../domain/cost.ts';
import type { Plan } from '../../../domain/deciding/decision.ts';
import type { Replayed } from '../../../domain/history/replayed.ts';
import type { PriceList } from '../../../domain/prices.ts';
import { before, type Instant } from '../../../domain/units.ts';
import { type Configuration, isSame } from '../../../domain/volume.ts';
import { modificationSlots } from '../../../domain/volume-limits.ts';
import type { ReplayedVolume } from '../replayed-volume.ts';

export interface Asked {
  readonly to: Configuration;
  readonly purpose: Plan['purpose'];
  readonly slowerThanBurst?: Plan['slowerThanBurst'];
  /** Why: the wall it is about, where one is known. */
  readonly wall?: Instant;
}

/**
 * ModifyVolume by somebody who does not ask first whether EC2 will take it. `undefined` where it is refused: the last one is
 * not completed, four were made in 24 hours, or the volume is of a type that is not to be moved.
 */
export function askedOfAws(
  volume: ReplayedVolume,
  { to, purpose, slowerThanBurst, wall }: Asked,
  at: Instant,
  prices: PriceList,
): (Replayed & { readonly kind: 'acted' }) | undefined {
  const { id: volumeId, size, configuration: from } = volume.described;
  if (from.type === 'standard' || from.type === 'unjudgeable' || isSame(from, to)) return undefined;
  if (!hasSlot(volume, at)) return undefined;
  volume.modify(to, at);
  const plan: Plan = { purpose, from, to, price: priceOf(size, from, to, prices), slowerThanBurst };
  return { kind: 'acted', at, volumeId, plan, wall };
}

function hasSlot(volume: ReplayedVolume, at: Instant): boolean {
  const latest = volume.latestModification(at);
  if (latest !== 'never' && latest.state !== 'completed') return false;
  const since = before(at, modificationSlots.window);
  const used = volume.changes.filter(({ acceptedAt }) => acceptedAt > since).length;
  return used < modificationSlots.perWindow;
}
