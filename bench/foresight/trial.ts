import { replay } from '../../core/application/replay/replay.ts';
import { type Assumptions, usualAssumptions } from '../../core/application/replay/replay-settings.ts';
import { achievableLead } from '../../core/domain/credits/alarm-plan.ts';
import { type CreditBucket, creditBucketOf } from '../../core/domain/credits/credit-bucket.ts';
import { type Foresight, foresightOf } from '../../core/domain/history/foresight.ts';
import { wallsIn } from '../../core/domain/history/walls.ts';
import type { Policy } from '../../core/domain/policy.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { read, type Series } from '../../core/domain/reading.ts';
import {
  after,
  type Duration,
  days,
  type Instant,
  instant,
  minutes,
  seconds,
  sum,
} from '../../core/domain/units.ts';
import type { Volume } from '../../core/domain/volume.ts';
import { CreditBucket as TwinBucket } from '../../twin/ebs/credit-bucket.ts';
import type { Demand } from './shapes.ts';

/** How CloudWatch shows the balance. */
export interface Sight {
  readonly period: 1 | 5;
  readonly publicationDelay: Duration;
}

export interface Trial {
  readonly volume: Volume;
  readonly demand: Demand;
}

const begin: Instant = instant(Date.UTC(2026, 2, 1));
/** Nobody deploys a responder on a volume without a past: the first day is history and is not judged. */
const past: Duration = days(1);
/** A wall right after that may have begun before anybody could have been told. */
const settling: Duration = minutes(60);
/** SNS within seconds, and the queue's window of 5 s before it. */
const delivery: Duration = seconds(20);

/**
 * One volume's load, lived through by the simulated account's bucket second by second, then replayed through the production
 * responder in mode notify. @throws Error for a volume without a bucket
 */
export async function judged({ volume, demand }: Trial, sight: Sight, policy: Policy): Promise<Foresight> {
  const bucket = creditBucketOf(volume);
  if (bucket === undefined) throw new Error(`${volume.id} cannot run out: give it a size and type that can`);
  const lived = balanceOf(bucket, demand);
  const until = after(begin, minutes(demand.length));
  const asked = seriesOf(demand);
  const from = after(begin, past);
  const assumptions: Assumptions = { ...usualAssumptions, publicationDelay: sight.publicationDelay };
  const [result] = await replay(
    {
      account: '123456789012',
      region: 'us-east-1',
      from,
      until,
      volumes: [
        {
          volume,
          balance: read(shown(lived, sight.period), until),
          iops: read(asked, until),
          throughput: read(asked, until),
        },
      ],
    },
    { policy: { ...policy, mode: 'notify' }, prices: usEast1Prices, assumptions },
  );
  const walls = wallsIn(lived, read(heldBackOnly(asked, bucket), until), bucket);
  return foresightOf(
    result?.timeline ?? [],
    walls.filter((wall) => wall.from >= after(from, settling)),
    lived,
    {
      lead: achievableLead(bucket, policy),
      shortestDrain: sum(policy.leadTime, policy.detectionLag),
      delivery,
    },
  );
}

/** Per cent at its lowest within each minute. */
function balanceOf({ baseline, burst, capacity }: CreditBucket, demand: Demand): Series {
  const bucket = new TwinBucket({ baseline, burst, capacity });
  return demand.map((asked, minute) => {
    let lowest = bucket.percent;
    for (let second = 0; second < 60; second += 1) {
      bucket.settle(Math.min(asked, bucket.available()));
      lowest = Math.min(lowest, bucket.percent);
    }
    return { at: after(begin, minutes(minute)), period: minutes(1), value: lowest };
  });
}

const seriesOf = (demand: Demand): Series =>
  demand.map((value, minute) => ({ at: after(begin, minutes(minute)), period: minutes(1), value }));

/** Where no more than the baseline is asked for, an empty bucket holds nobody back. */
const heldBackOnly = (asked: Series, { baseline }: CreditBucket): Series =>
  asked.map((sample) => ({ ...sample, value: sample.value > baseline ? sample.value : 0 }));

/** The Minimum over the period, with the two decimals that CloudWatch shows. */
function shown(lived: Series, period: Sight['period']): Series {
  return lived.flatMap((sample, minute) => {
    if (minute % period !== 0) return [];
    const values = lived.slice(minute, minute + period).map(({ value }) => value);
    return [{ ...sample, period: minutes(period), value: Math.round(100 * Math.min(...values)) / 100 }];
  });
}
