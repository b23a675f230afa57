import type { TwinTime } from '../../twin/simulation.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** Further back than this a balance is no news: sampling and publication take ten minutes at most. */
const LOOK_BACK = 15;

/** The newest BurstBalance that anybody could read at `at`; undefined without one. */
export function visibleBalance({ account, volumeId }: World, at: TwinTime): number | undefined {
  const series = account.ebs.store.find({
    namespace: 'AWS/EBS',
    name: 'BurstBalance',
    dimensions: { VolumeId: volumeId },
  });
  const minute = Math.floor(at / MINUTE) * MINUTE;
  for (let back = 0; back < LOOK_BACK; back += 1) {
    const from = minute - back * MINUTE;
    const value = series?.statistic('Minimum', { from, until: from + MINUTE }, at);
    if (value !== undefined) return value;
  }
  return undefined;
}
