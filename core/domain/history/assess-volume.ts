import { type CreditBucket, creditBucketOf } from '../credits/credit-bucket.ts';
import { profileOf } from '../credits/demand-profile.ts';
import { balanceNoise } from '../credits/forecast.ts';
import type { Policy } from '../policy.ts';
import type { PriceList } from '../prices.ts';
import { type Reading, read, type Series, unread } from '../reading.ts';
import { between, dollars, type Instant, percent } from '../units.ts';
import { announcedAhead } from './announced-ahead.ts';
import type { Assessment } from './assessment.ts';
import { monthlyPricesOf } from './monthly-prices.ts';
import type { NoAlarm } from './no-alarm.ts';
import { quantilesOf } from './quantiles.ts';
import { type RecordedVolume, unjudged } from './recording.ts';
import type { VolumeReplay } from './replayed.ts';
import { stalledIn, wallsIn } from './walls.ts';
import { watchingPrice } from './watching-price.ts';

export interface AssessmentTerms {
  readonly policy: Policy;
  readonly prices: PriceList;
  readonly from: Instant;
  readonly until: Instant;
}

/** What a volume's history shows and what its replay came to; `undefined` for a volume that cannot run out. */
export function assessVolume(
  packed: RecordedVolume,
  replay: Reading<VolumeReplay>,
  noAlarm: NoAlarm | undefined,
  { policy, prices, from, until }: AssessmentTerms,
): Assessment | undefined {
  const bucket = creditBucketOf(packed.volume);
  if (bucket === undefined) return undefined;
  const { volume, iops, throughput, balance: shown, unseen } = packed;
  const balance = shown.kind === 'read' ? shown.value : [];
  const demand = bucket.unit === 'IOPS' ? iops : throughput;
  const whyUnjudged = unjudged({ balance: shown, unseen });
  const stalled = stalledIn(balance, demand, bucket);
  // What is missing takes nothing back of a wall that was seen.
  const isWallSeen = unseen !== undefined && stalled > 0;
  const walls = whyUnjudged === undefined ? wallsIn(balance, demand, bucket) : [];
  const profile = profileIn({ iops, throughput }, balance, bucket, until);
  const covers = between(balance[0]?.at ?? from, until);
  return {
    volume,
    bucket,
    recorded: packed,
    iops: figureOf(iops, quantilesOf),
    throughput: figureOf(throughput, quantilesOf),
    lowest: lowestIn(shown, unseen),
    minutesAtWall: isWallSeen ? read(stalled, until) : (whyUnjudged ?? read(stalled, until)),
    replay: whyUnjudged ?? replay,
    noAlarm,
    announcedAhead:
      replay.kind === 'unread' ? undefined : announcedAhead(replay.value.timeline, walls[0]?.from),
    monthly: monthlyPricesOf(volume, profile, policy, prices),
    watching: noAlarm === undefined ? watchingPrice(packed, covers, bucket, policy, prices) : dollars(0),
  };
}

/** A series without samples is as little an answer as one that could not be read. */
function figureOf<Figure>(
  series: Reading<Series>,
  figure: (series: Series) => Figure | undefined,
): Reading<Figure> {
  if (series.kind === 'unread') return series;
  const value = figure(series.value);
  return value === undefined ? unread('CloudWatch has no sample of these days') : read(value, series.at);
}

/** Of what is missing, the worst is possible; nothing is lower than empty. */
function lowestIn(balance: Reading<Series>, unseen: string | undefined) {
  const seen = figureOf(balance, lowestOf);
  const isEmptied = seen.kind === 'read' && seen.value <= balanceNoise;
  return unseen === undefined || seen.kind === 'unread' || isEmptied ? seen : unread(unseen);
}

const lowestOf = (balance: Series) =>
  balance.length === 0
    ? undefined
    : percent(balance.reduce((lowest, { value }) => Math.min(lowest, value), 100));

function profileIn(
  { iops, throughput }: Pick<RecordedVolume, 'iops' | 'throughput'>,
  balance: Series,
  bucket: CreditBucket,
  now: Instant,
) {
  if (iops.kind === 'unread') return iops;
  if (throughput.kind === 'unread') return throughput;
  const profile = profileOf({ iops: iops.value, throughput: throughput.value, balance, bucket, now });
  return profile === undefined ? unread('these days hold no demand to size by') : read(profile, now);
}
