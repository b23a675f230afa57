import type { Made } from '../../cli/report/made.ts';
import { usualAssumptions } from '../../core/application/replay/replay-settings.ts';
import { priceOf } from '../../core/domain/cost.ts';
import { balanceAfter, type CreditBucket, creditBucketOf } from '../../core/domain/credits/credit-bucket.ts';
import type { Plan } from '../../core/domain/deciding/decision.ts';
import type { Assessment, Quantiles, RegionAssessment } from '../../core/domain/history/assessment.ts';
import type { Replayed } from '../../core/domain/history/replayed.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { read, type Sample, type Series, unread } from '../../core/domain/reading.ts';
import {
  after,
  days,
  dollars,
  type Instant,
  instant,
  iops,
  minutes,
  percent,
} from '../../core/domain/units.ts';
import type { Configuration, Volume, VolumeId } from '../../core/domain/volume.ts';
import { somePolicy, someVolume } from '../domain/some-volume.ts';

const from: Instant = instant(Date.UTC(2026, 10, 8));
export const until: Instant = after(from, days(14));

export const made: Made = {
  version: '0.1.0',
  at: after(until, minutes(5)),
  policy: somePolicy(),
  acting: 'as-configured',
  assumptions: usualAssumptions,
  priceLists: [usEast1Prices],
};

export const at = (day: number, hour: number, minute = 0): Instant =>
  after(from, minutes((day * 24 + hour) * 60 + minute));

/** Average demand of the minute that begins so many minutes after `from`. */
type Demand = (minute: number) => number;

/** A little of everything every day, and a batch from 01:00 on that takes `lasting(day)` minutes. */
export const batch =
  (idle: number, busy: number, lasting: (day: number) => number): Demand =>
  (minute) => {
    const sinceBatch = (minute % 1_440) - 60;
    const isBatch = sinceBatch >= 0 && sinceBatch < lasting(Math.floor(minute / 1_440));
    const ripple = 1 + 0.3 * Math.sin(minute / 37) + 0.1 * Math.sin(minute * 1.7);
    return isBatch ? busy : idle * ripple;
  };

function everyMinute(demand: Demand): Series {
  return Array.from(
    { length: 14 * 1_440 },
    (_, minute): Sample => ({
      at: after(from, minutes(minute)),
      period: minutes(1),
      value: demand(minute),
    }),
  );
}

/** What a bucket makes of that demand, and what is left of the demand while it is empty. */
function lived(demand: Series, bucket: CreditBucket): { readonly balance: Series; readonly served: Series } {
  let level = percent(100);
  const balance: Sample[] = [];
  const served = demand.map((sample, minute) => {
    const isEmpty = level <= 0.1 && sample.value > bucket.baseline;
    level = balanceAfter(bucket, level, sample.value, sample.period);
    if (minute % 5 === 4)
      balance.push({ at: after(sample.at, minutes(-4)), period: minutes(5), value: level });
    return isEmpty ? { ...sample, value: bucket.baseline } : sample;
  });
  return { balance, served };
}

function quantiles(series: Series): Quantiles {
  const sorted = series.map(({ value }) => value).toSorted((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: rank(0.5), p95: rank(0.95), p995: rank(0.995), max: rank(1) };
}

/** A volume that lived through such a demand, with everything read and nothing said; say what matters. */
export function someAssessment(volume: Volume, demand: Demand, rest: Partial<Assessment> = {}): Assessment {
  const bucket = creditBucketOf(volume);
  if (bucket === undefined) throw new Error(`expected a volume that can run out, got ${volume.id}`);
  const { balance, served } = lived(everyMinute(demand), bucket);
  const other = served.map((sample) => ({
    ...sample,
    value: sample.value * (bucket.unit === 'IOPS' ? 0.016 : 8),
  }));
  const [operations, throughput] = bucket.unit === 'IOPS' ? [served, other] : [other, served];
  const storage = usEast1Prices.storagePerGibibyte;
  return {
    volume,
    bucket,
    recorded: {
      volume,
      balance: read(balance, until),
      iops: read(operations, until),
      throughput: read(throughput, until),
    },
    iops: read(quantiles(operations), until),
    throughput: read(quantiles(throughput), until),
    lowest: read(percent(Math.min(...balance.map(({ value }) => value))), until),
    minutesAtWall: read(0, until),
    replay: read({ volumeId: volume.id, timeline: [], stallMinutes: 0, extraCost: dollars(0) }, until),
    noAlarm: undefined,
    announcedAhead: undefined,
    monthly: {
      now: dollars(volume.size * storage[bucket.unit === 'IOPS' ? 'gp2' : 'st1']),
      chosen: dollars(volume.size * storage.gp3),
      io1: dollars(volume.size * storage.io1 + 195),
      io2: dollars(volume.size * storage.io2 + 195),
    },
    watching: dollars(0.103),
    ...rest,
  };
}

const plan = (
  volume: Volume,
  purpose: Plan['purpose'],
  configurations: readonly [Configuration, Configuration],
): Plan => ({
  purpose,
  from: configurations[0],
  to: configurations[1],
  price: priceOf(volume.size, ...configurations, usEast1Prices),
  slowerThanBurst: undefined,
});

const gp2: Configuration = { type: 'gp2' };
const io2: Configuration = { type: 'io2', iops: iops(2_400) };

type Happening = Replayed extends infer Each
  ? Each extends Replayed
    ? Omit<Each, 'volumeId'>
    : never
  : never;
const timeline = (volumeId: VolumeId, happenings: readonly Happening[]): readonly Replayed[] =>
  happenings.map((each) => ({ ...each, volumeId }));

/** Two nights at the wall; nobody allowed to move it, so the policy only tells. */
export function stalledVolume(): Assessment {
  const volume = someVolume({
    id: 'vol-0a11a11a11a11a111',
    size: 100,
    tags: { Name: 'orders-db-data', team: 'shop' },
  });
  const nights = [3, 10].flatMap((day): readonly Happening[] => [
    { kind: 'alarmed', at: at(day, 1, 24) },
    { kind: 'announced', said: 'needed', at: at(day, 1, 26), wall: at(day, 1, 54), refusals: ['no-consent'] },
    { kind: 'hit-wall', at: at(day, 1, 53) },
    { kind: 'left-wall', at: at(day, 3) },
    { kind: 'ended', ending: 'recovered', at: at(day, 7, 30) },
  ]);
  return someAssessment(
    volume,
    batch(40, 2_000, (day) => (day % 7 === 3 ? 120 : 20)),
    {
      minutesAtWall: read(134, until),
      announcedAhead: minutes(27),
      replay: read(
        {
          volumeId: volume.id,
          timeline: timeline(volume.id, nights),
          stallMinutes: 134,
          extraCost: dollars(0),
        },
        until,
      ),
    },
  );
}

/** What the policy would have said and done instead, and how much it would have left. */
export const replayedAs = (
  assessment: Assessment,
  happenings: readonly Happening[],
  stallMinutes = 134,
): Assessment => ({
  ...assessment,
  replay: read(
    {
      volumeId: assessment.volume.id,
      timeline: timeline(assessment.volume.id, happenings),
      stallMinutes,
      extraCost: dollars(0),
    },
    until,
  ),
});

/** As the stalled one, but moved when others no longer stood in the way, which left some of it. */
export const partlySparedVolume = (): Assessment => {
  const stalled = stalledVolume();
  return replayedAs(
    stalled,
    [
      {
        kind: 'announced',
        at: at(3, 1, 27),
        said: 'warned',
        wall: at(3, 1, 54),
        refusals: ['over-blast-radius'],
      },
      {
        kind: 'acted',
        at: at(3, 1, 43),
        plan: plan(stalled.volume, 'bridge', [gp2, io2]),
        wall: at(3, 1, 54),
      },
      { kind: 'hit-wall', at: at(3, 1, 53) },
      { kind: 'left-wall', at: at(3, 1, 59) },
      { kind: 'ended', at: at(3, 3), ending: 'unproved' },
    ],
    6,
  );
};

/** One night at the wall that a bridge would have spared it. */
export function avertedVolume(): Assessment {
  const volume = someVolume({
    id: 'vol-0b22b22b22b22b222',
    size: 200,
    tags: { Name: 'search-index', 'ebs-burst:mode': 'act' },
  });
  const happened: readonly Happening[] = [
    { kind: 'alarmed', at: at(5, 1, 31) },
    { kind: 'announced', said: 'needed', at: at(5, 1, 32), wall: at(5, 1, 59), refusals: [] },
    { kind: 'acted', at: at(5, 1, 32), plan: plan(volume, 'bridge', [gp2, io2]), wall: at(5, 1, 59) },
    { kind: 'relieved', at: at(5, 1, 46), to: io2 },
    { kind: 'returned', at: at(6, 8), plan: plan(volume, 'return', [io2, gp2]) },
    { kind: 'ended', at: at(6, 8, 20), ending: 'put-back' },
  ];
  return someAssessment(
    volume,
    batch(90, 2_100, (day) => (day === 5 ? 150 : 15)),
    {
      minutesAtWall: read(91, until),
      announcedAhead: minutes(27),
      replay: read(
        {
          volumeId: volume.id,
          timeline: timeline(volume.id, happened),
          stallMinutes: 0,
          extraCost: dollars(6.68),
        },
        until,
      ),
    },
  );
}

/** Throughput is what drains it; people would have heard of it, and it came through. */
export function throughputVolume(): Assessment {
  const volume = someVolume({
    id: 'vol-0c33c33c33c33c333',
    size: 1_024,
    configuration: { type: 'st1' },
    tags: { Name: 'log-archive' },
  });
  const happened: readonly Happening[] = [
    { kind: 'alarmed', at: at(8, 1, 50) },
    { kind: 'announced', said: 'warned', at: at(8, 1, 52), wall: undefined, refusals: ['no-fitting-target'] },
    { kind: 'ended', at: at(8, 4), ending: 'recovered' },
  ];
  return someAssessment(
    volume,
    batch(9, 240, (day) => (day === 8 ? 75 : 12)),
    {
      replay: read(
        {
          volumeId: volume.id,
          timeline: timeline(volume.id, happened),
          stallMinutes: 0,
          extraCost: dollars(0),
        },
        until,
      ),
      monthly: { now: dollars(46.08), chosen: dollars(81.92), io1: undefined, io2: undefined },
    },
  );
}

/** Its balance gave no reason to pay for the detail. */
export function calmVolume(): Assessment {
  const volume = someVolume({ id: 'vol-0d44d44d44d44d444', size: 500, tags: { Name: 'build-cache' } });
  const assessment = someAssessment(
    volume,
    batch(200, 2_400, () => 3),
  );
  const detail = unread('its balance never fell below 90 %, so the detail was not asked for');
  return {
    ...assessment,
    recorded: { ...assessment.recorded, iops: detail, throughput: detail },
    iops: detail,
    throughput: detail,
    monthly: { now: dollars(50), chosen: dollars(40), io1: undefined, io2: undefined },
  };
}

/** Nothing could be read of it. */
export function unreadVolume(): Assessment {
  const volume = someVolume({ id: 'vol-0e55e55e55e55e555', size: 30 });
  const denied = unread('AccessDenied on cloudwatch:GetMetricData');
  return {
    ...someAssessment(volume, () => 0),
    recorded: { volume, balance: denied, iops: denied, throughput: denied },
    iops: denied,
    throughput: denied,
    lowest: denied,
    monthly: { now: dollars(3), chosen: undefined, io1: undefined, io2: undefined },
  };
}

export const hostileName = `=HYPERLINK("https://evil.example","x")<script>document.title='owned'</script><img src=x onerror=alert(1)>"'&\u{202e}\u{0}`;

/** Somebody who may tag volumes would like to run a script in the reader's browser, or a formula in a spreadsheet. */
export function hostileVolume(): Assessment {
  const volume = someVolume({
    id: 'vol-0f66f66f66f66f666',
    size: 8,
    tags: { Name: hostileName, '"><script>document.title=1</script>': '</dd></details></style></script><b>' },
  });
  return someAssessment(
    volume,
    batch(30, 1_500, (day) => (day > 8 ? 30 : 0)),
  );
}

export const someRegion = (rest: Partial<RegionAssessment> = {}): RegionAssessment => ({
  account: '111122223333',
  region: 'us-east-1',
  from,
  until,
  assessedAt: until,
  cannotRunOut: 17,
  volumes: [
    stalledVolume(),
    avertedVolume(),
    throughputVolume(),
    hostileVolume(),
    calmVolume(),
    unreadVolume(),
  ],
  unassessed: [{ volumeId: 'vol-0777777777777777a', why: 'deleted while it was read' }],
  calls: { DescribeVolumes: 1, GetMetricData: 4 },
  metricsRequested: 18,
  ...rest,
});
