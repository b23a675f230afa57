import { replay } from '../../core/application/replay/replay.ts';
import { type Assumptions, usualAssumptions } from '../../core/application/replay/replay-settings.ts';
import { achievableLead } from '../../core/domain/credits/alarm-plan.ts';
import { type CreditBucket, creditBucketOf } from '../../core/domain/credits/credit-bucket.ts';
import { balanceNoise } from '../../core/domain/credits/forecast.ts';
import { type Foresight, foresightOf } from '../../core/domain/history/foresight.ts';
import { wallsIn } from '../../core/domain/history/walls.ts';
import { isGroundless, wordsIn } from '../../core/domain/history/words.ts';
import type { Policy } from '../../core/domain/policy.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { read, type Series } from '../../core/domain/reading.ts';
import {
  after,
  before,
  type Duration,
  type Instant,
  instant,
  minutes,
  seconds,
  sum,
} from '../../core/domain/units.ts';
import type { Volume } from '../../core/domain/volume.ts';
import { CreditBucket as TwinBucket } from '../../twin/ebs/credit-bucket.ts';
import { type Demand, history } from './shapes.ts';
import { type Why, whyGroundless } from './why-groundless.ts';

/** How CloudWatch shows the balance. */
export interface Sight {
  readonly period: 1 | 5;
  readonly publicationDelay: Duration;
}

export interface Judgement extends Foresight {
  /** Of each groundless word. */
  readonly whys: readonly Why[];
}

export interface Trial {
  readonly volume: Volume;
  readonly demand: Demand;
}

const begin: Instant = instant(Date.UTC(2026, 2, 1));

/**
 * One volume's load, lived through by the simulated account's bucket second by second, then replayed through the production
 * responder in mode notify. @throws Error for a volume without a bucket
 */
export async function judged({ volume, demand }: Trial, sight: Sight, policy: Policy): Promise<Judgement> {
  const bucket = creditBucketOf(volume);
  if (bucket === undefined) throw new Error(`${volume.id} cannot run out: give it a size and type that can`);
  const { lived, emptiedAt } = balanceOf(bucket, demand);
  const until = after(begin, minutes(demand.length));
  const balance = shown(lived, sight.period);
  const asked = seriesOf(demand);
  const from = after(begin, history);
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
          balance: read(balance, until),
          iops: read(asked, until),
          throughput: read(asked, until),
        },
      ],
    },
    { policy: { ...policy, mode: 'notify' }, prices: usEast1Prices, assumptions },
  );
  const walls = wallsIn(lived, read(heldBackOnly(asked, bucket), until), bucket).map((wall) => ({
    ...wall,
    from: emptiedAt.get(wall.from) ?? wall.from,
  }));
  const timeline = result?.timeline ?? [];
  const promisedFrom = sum(policy.leadTime, policy.detectionLag);
  const foresight = foresightOf({
    timeline,
    walls,
    balance: lived,
    from,
    lead: achievableLead(bucket, policy),
    shortestDrain: sum(promisedFrom, firstWhole(sight)),
    publishedAt: (now) => publishedUntil(balance, sight, now),
  });
  const whys = wordsIn(timeline)
    .filter((word) => isGroundless(word, walls))
    .map((word) => whyGroundless(word, lived, publishedAt(balance, sight, word.at), promisedFrom));
  return { ...foresight, whys };
}

/** Of samples of five minutes the first whole one after the onset may end ten minutes after it (test/domain/lead-time.property.test.ts). */
const firstWhole = ({ period }: Sight): Duration => minutes(period === 5 ? 5 : 0);

/** The three days of it that are published by then. */
function publishedAt(balance: Series, { publicationDelay }: Sight, now: Instant): Series {
  const until = before(now, publicationDelay);
  return balance.filter(({ at, period }) => at >= before(until, history) && after(at, period) <= until);
}

function publishedUntil(balance: Series, sight: Sight, now: Instant): Instant {
  const newest = publishedAt(balance, sight, now).at(-1);
  return newest === undefined ? begin : after(newest.at, newest.period);
}

interface Lived {
  /** Per cent at its lowest within each minute. */
  readonly lived: Series;
  /** For each minute in which it was as good as empty, the end of the first second in which it was. */
  readonly emptiedAt: ReadonlyMap<Instant, Instant>;
}

function balanceOf({ baseline, burst, capacity }: CreditBucket, demand: Demand): Lived {
  const bucket = new TwinBucket({ baseline, burst, capacity });
  const emptiedAt = new Map<Instant, Instant>();
  const lived = demand.map((asked, minute) => {
    const at = after(begin, minutes(minute));
    let lowest = bucket.percent;
    for (let second = 1; second <= 60; second += 1) {
      bucket.settle(Math.min(asked, bucket.available()));
      lowest = Math.min(lowest, bucket.percent);
      if (lowest <= balanceNoise && !emptiedAt.has(at)) emptiedAt.set(at, after(at, seconds(second)));
    }
    return { at, period: minutes(1), value: lowest };
  });
  return { lived, emptiedAt };
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
