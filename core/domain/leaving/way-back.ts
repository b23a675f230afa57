import type { Modification } from '../deciding/situation.ts';
import type { Reading } from '../reading.ts';
import { after, between, type Instant } from '../units.ts';
import { type Configuration, isSame, type Volume } from '../volume.ts';
import { modificationSlots } from '../volume-limits.ts';
import type { Upgrade } from './upgrade.ts';

/** Whether a volume that we moved can be put back this moment by whoever removes us, and if not, what stands in the way. */
export type WayBack =
  | { readonly kind: 'open' }
  /** EC2 lists no such volume. */
  | { readonly kind: 'gone' }
  /** It is again what it was. */
  | { readonly kind: 'is-back' }
  /** It is neither what it was nor what we made it: whoever did that decides. */
  | { readonly kind: 'changed-by-others'; readonly is: Volume['configuration'] }
  /** On its way, by us or by a person. */
  | { readonly kind: 'returning' }
  /** AWS takes no second modification before the first has completed. */
  | { readonly kind: 'in-modification'; readonly state: string; readonly progress: number }
  /** All four of 24 hours are used; the first is free again at `at`. */
  | { readonly kind: 'slots-used'; readonly at: Instant }
  | { readonly kind: 'unknown'; readonly why: string };

/** What the volume is now, as far as it was read. */
export interface Present {
  readonly now: Instant;
  /** `undefined` where EC2 lists no such volume. */
  readonly volume: Volume | undefined;
  readonly modification: Reading<Modification | 'never'>;
  /** When the volume was modified within 24 hours, by us or by others, as far as we know; older ones of others AWS does not show. */
  readonly modifiedAt: readonly Instant[];
}

export function wayBackOf({ plan, state }: Upgrade, present: Present): WayBack {
  const { volume, modification } = present;
  if (volume === undefined) return { kind: 'gone' };
  if (state === 'returning') return { kind: 'returning' };
  const is = volume.configuration;
  const isKnown = is.type !== 'unjudgeable' && is.type !== 'standard';
  if (isKnown && isSame(is, plan.from)) return { kind: 'is-back' };
  if (!isKnown || !isSame(is, plan.to)) return { kind: 'changed-by-others', is };
  if (modification.kind === 'unread') return { kind: 'unknown', why: modification.why };
  return underWay(modification.value, plan.from) ?? slotsUsed(present) ?? { kind: 'open' };
}

function underWay(modification: Modification | 'never', home: Configuration): WayBack | undefined {
  if (modification === 'never') return undefined;
  const { state, progress, to } = modification;
  if (state === 'completed' || state === 'failed') return undefined;
  if (to !== undefined && isSame(to, home)) return { kind: 'returning' };
  return { kind: 'in-modification', state: typeof state === 'string' ? state : state.unknown, progress };
}

function slotsUsed({ modifiedAt, now }: Present): WayBack | undefined {
  const counting = modifiedAt.filter((at) => between(at, now) < modificationSlots.window).toSorted();
  const oldest = counting.at(-modificationSlots.perWindow);
  return oldest === undefined
    ? undefined
    : { kind: 'slots-used', at: after(oldest, modificationSlots.window) };
}
