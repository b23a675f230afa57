import { monthlyPrice } from '../../domain/cost.ts';
import { creditBucketOf } from '../../domain/credits/credit-bucket.ts';
import type { Replayed, VolumeReplay } from '../../domain/history/replayed.ts';
import { stalledIn, wallsIn } from '../../domain/history/walls.ts';
import { billedMonth, type PriceList } from '../../domain/prices.ts';
import { between, type Dollars, dollars, type Instant } from '../../domain/units.ts';
import type { ReplayedVolume } from './replayed-volume.ts';
import { throttledMinutes } from './throttled-minutes.ts';

interface Frame {
  readonly from: Instant;
  readonly until: Instant;
  readonly prices: PriceList;
}

/** What a replay came to for one volume. */
export function cameTo(volume: ReplayedVolume, told: readonly Replayed[], frame: Frame): VolumeReplay {
  const { id: volumeId } = volume.recorded.volume;
  const bucket = creditBucketOf(volume.recorded.volume);
  const demand = volume.demandIn(bucket?.unit ?? 'IOPS');
  const { balance } = volume;
  const physical: readonly Replayed[] = [
    ...(bucket === undefined ? [] : wallsIn(balance, demand, bucket)).flatMap(
      ({ from, until }): readonly Replayed[] => [
        { kind: 'hit-wall', at: from, volumeId },
        { kind: 'left-wall', at: until, volumeId },
      ],
    ),
    ...volume.changes.map(
      ({ relievedAt, to }) => ({ kind: 'relieved', at: relievedAt, volumeId, to }) as const,
    ),
  ];
  return {
    volumeId,
    timeline: [...told, ...physical].toSorted((a, b) => a.at - b.at),
    stallMinutes:
      (bucket === undefined ? 0 : stalledIn(balance, demand, bucket)) + throttledMinutes(volume, frame.until),
    extraCost: extraCostOf(volume, frame),
  };
}

function extraCostOf({ changes, recorded }: ReplayedVolume, { until, prices }: Frame): Dollars {
  const { size } = recorded.volume;
  return dollars(
    changes.reduce((sum, { acceptedAt, to, from }, index) => {
      const held = between(acceptedAt, changes[index + 1]?.acceptedAt ?? until);
      const [first = { from }] = changes;
      const difference = monthlyPrice(size, to, prices) - monthlyPrice(size, first.from, prices);
      return sum + (difference * held) / billedMonth;
    }, 0),
  );
}
