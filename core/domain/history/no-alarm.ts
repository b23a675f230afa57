import { planAlarms } from '../credits/alarm-plan.ts';
import { creditBucketOf } from '../credits/credit-bucket.ts';
import type { Policy } from '../policy.ts';
import type { Instant } from '../units.ts';
import type { Volume, VolumeId } from '../volume.ts';

/** Why a volume that can run out would get no alarm. */
export type NoAlarm = 'over-max-alarms' | 'opted-out' | 'not-in-use';

/**
 * The volumes that can run out of one account and Region and would get no alarm under this policy. It is planned once, as
 * the account is at `at`: what a volume leaves that is moved for good is given to no other.
 */
export function noAlarms(
  volumes: readonly Volume[],
  policy: Policy,
  at: Instant,
): ReadonlyMap<VolumeId, NoAlarm> {
  const { desired, unwatched } = planAlarms(volumes, policy, 'assessed', at);
  const watched = new Set(desired.map(({ volumeId }) => volumeId));
  const whys = new Map(unwatched.map(({ volumeId, why }) => [volumeId, why]));
  const whyOf = (id: VolumeId): NoAlarm => {
    const why = whys.get(id);
    return why === 'over-max-alarms' || why === 'opted-out' ? why : 'not-in-use';
  };
  const unwatchedOnes = volumes.filter((one) => creditBucketOf(one) !== undefined && !watched.has(one.id));
  return new Map(unwatchedOnes.map(({ id }) => [id, whyOf(id)]));
}
