import type { TwinTime } from '../../twin/simulation.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** Further back than this a balance is no news: sampling and publication take ten minutes at most. */
const LOOK_BACK = 15;

type Readings = Pick<World, 'account' | 'volumeId'>;

const balanceSeries = ({ account, volumeId }: Readings) =>
  account.ebs.store.find({
    namespace: 'AWS/EBS',
    name: 'BurstBalance',
    dimensions: { VolumeId: volumeId },
  });

/** The newest BurstBalance that anybody could read at `at`; undefined without one. */
export function visibleBalance(world: Readings, at: TwinTime): number | undefined {
  const series = balanceSeries(world);
  const minute = Math.floor(at / MINUTE) * MINUTE;
  for (let back = 0; back < LOOK_BACK; back += 1) {
    const from = minute - back * MINUTE;
    const value = series?.statistic('Minimum', { from, until: from + MINUTE }, at);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The first published BurstBalance whose period ends after `moment`; undefined while there is none. */
export function firstPublishedBalance(world: Readings, moment: TwinTime): number | undefined {
  const series = balanceSeries(world);
  if (series === undefined) return undefined;
  const { now } = world.account.simulation;
  const before = Math.floor((moment - series.publication.period) / MINUTE) * MINUTE;
  for (let minute = before + MINUTE; minute < now; minute += MINUTE) {
    const value = series.statistic('Minimum', { from: minute, until: minute + MINUTE }, now);
    if (value !== undefined) return value;
  }
  return undefined;
}
