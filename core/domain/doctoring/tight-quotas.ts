import { blastRadiusLimit } from '../cases/ledger.ts';
import { deservesAlarm } from '../credits/alarm-plan.ts';
import { endsOf, loadOn, type ModificationEnd } from '../deciding/quota-load.ts';
import type { QuotaUse, RegionalQuotas } from '../deciding/situation.ts';
import { chooseTarget, typeWanted } from '../deciding/target.ts';
import type { Policy } from '../policy.ts';
import { unread } from '../reading.ts';
import type { Instant } from '../units.ts';
import { type Configuration, isBurstable, type Volume } from '../volume.ts';
import { volumePolicyOf } from '../volume-policy.ts';
import { type CountedQuota, quotasOf } from './quota-text.ts';

/** A quota on modifications that would refuse moves which the caps allow, also if nothing else were being modified. */
export interface TightQuota {
  readonly quota: CountedQuota;
  /** How many moves at once take `needed` of it, at the most. */
  readonly moves: number;
  readonly needed: number;
  /** What one of them takes alone, at the most. */
  readonly largest: number;
}

interface Movable {
  readonly volumes: readonly Volume[];
  readonly policy: Policy;
  readonly now: Instant;
}

interface Move {
  /** Both, as the guard counts them. */
  readonly ends: readonly ModificationEnd[];
  /** Of io1 and io2 alone, as no quota counts those of gp3. */
  readonly demandSizesIops: boolean;
}

const types: readonly Configuration['type'][] = ['gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1'];

/**
 * The blast radius is of an hour, and AWS takes hours to complete a modification: all that it lets begin in one hour are
 * under way at once. Which volumes these are nobody knows before, so they are the largest.
 */
export function tightQuotas(
  { modifications }: RegionalQuotas,
  { volumes, policy, now }: Movable,
): readonly TightQuota[] {
  const watched = watchedOf(volumes, now);
  const atOnce = blastRadiusLimit(policy.caps, Math.min(watched.length, policy.maxAlarms));
  const moves = watched.flatMap((volume) => moveOf(volume, policy));
  return types.flatMap((type) => tightOf(modifications[type], type, moves, atOnce));
}

/** Whether some move may take more IOPS than are counted here, as its demand sizes them. */
export const anyIopsByDemand = ({ volumes, policy, now }: Movable): boolean =>
  watchedOf(volumes, now).some((volume) =>
    moveOf(volume, policy).some(({ demandSizesIops }) => demandSizesIops),
  );

const watchedOf = (volumes: readonly Volume[], now: Instant): readonly Volume[] =>
  volumes.filter((volume) => deservesAlarm(volume, now));

function tightOf(
  use: QuotaUse,
  type: Configuration['type'],
  moves: readonly Move[],
  atOnce: number,
): readonly TightQuota[] {
  const loads = moves.map(({ ends }) => loadOn(type, ends));
  return quotasOf(use).flatMap((quota) => {
    const own = loads.map(({ storageGibibytes, iops }) => (quota.unit === 'GiB' ? storageGibibytes : iops));
    return exceeded(quota, own, atOnce);
  });
}

function exceeded(quota: CountedQuota, loads: readonly number[], atOnce: number): readonly TightQuota[] {
  const largest = loads
    .filter((load) => load > 0)
    .toSorted((a, b) => b - a)
    .slice(0, atOnce);
  const needed = largest.reduce((sum, load) => sum + load, 0);
  return needed > quota.limit ? [{ quota, moves: largest.length, needed, largest: largest[0] ?? 0 }] : [];
}

/** None of a volume that may not be moved, by its tags, or for want of a type that fits. */
function moveOf(volume: Volume, policy: Policy): readonly Move[] {
  const { configuration, size, tags } = volume;
  const { type } = configuration;
  const narrowed = volumePolicyOf(policy, tags);
  const consents = policy.act.values.includes(tags[policy.act.tagKey] ?? '');
  if (!isBurstable(type) || narrowed.mode !== 'act' || !consents) return [];
  const given = { volume, policy: narrowed, typesNotInZone: [] };
  const wanted = typeWanted(given);
  const choice = chooseTarget({ ...given, profile: unread('whoever examines a deployment reads none') });
  if (wanted === undefined || (choice.kind === 'none' && choice.refusal.code !== 'unread-fact')) return [];
  const from = { type, sizeGibibytes: size, iops: 0 };
  // Where its target hangs on its demand, type and size are certain all the same, and all that is counted.
  const to =
    choice.kind === 'target'
      ? endsOf({ from: { type }, to: choice.configuration }, size).after
      : { ...from, type: wanted };
  return [{ ends: [from, to], demandSizesIops: wanted !== 'gp3' && narrowed.fixedIops === undefined }];
}
