import { creditBucketOf } from '../../domain/credits/credit-bucket.ts';
import { type DemandProfile, profileOf } from '../../domain/credits/demand-profile.ts';
import type { RegionalQuotas } from '../../domain/deciding/situation.ts';
import { invalidTagsOf, unwatchedOf } from '../../domain/notices/unwatched.ts';
import { type Reading, read, type Sample, type Series, unread } from '../../domain/reading.ts';
import { stateTagKey } from '../../domain/tag-keys.ts';
import { after, before, type Duration, days, hours, type Instant, instant } from '../../domain/units.ts';
import type { VolumeId } from '../../domain/volume.ts';
import type {
  Almanac,
  Census,
  Clock,
  MetricHistory,
  MetricWish,
  RecentMetrics,
  Surroundings,
  VolumeCatalog,
  VolumeModifier,
} from '../ports.ts';
import type { ReplayedVolume } from './replayed-volume.ts';

/** profileOf takes no more. */
const profileWindow = days(14);
const unrecorded = unread('not part of a recording');
const notAsked = async (): Promise<never> => {
  throw new Error('a replay is never asked for this');
};

/** The account of a recording, as the ports of the use cases see it at the clock's time. */
export class ReplayedAccount {
  readonly #volumes: ReadonlyMap<VolumeId, ReplayedVolume>;
  readonly #clock: Clock;
  readonly #publicationDelay: Duration;
  readonly #profiles = new Map<string, Reading<DemandProfile>>();

  constructor(volumes: ReadonlyMap<VolumeId, ReplayedVolume>, clock: Clock, publicationDelay: Duration) {
    this.#volumes = volumes;
    this.#clock = clock;
    this.#publicationDelay = publicationDelay;
  }

  readonly catalog: VolumeCatalog = {
    describe: async (ids) => this.#each(ids, (volume) => volume.described),
    all: async function* (this: void) {
      yield* [];
    },
    latestModifications: async (ids) =>
      this.#each(ids, (volume) => read(volume.latestModification(this.#clock.now()), this.#clock.now())),
    health: async (ids) => this.#each(ids, () => read({ kind: 'ok' } as const, this.#clock.now())),
    attachedTo: notAsked,
  };

  readonly metrics: MetricHistory = {
    balances: async (ids, since) => ({
      byVolume: this.#each(ids, (volume) => this.#balance(volume, since)),
      metricsRequested: ids.length,
    }),
    recent: async (wishes) => ({
      byVolume: new Map(
        wishes.flatMap((wish) => {
          const volume = this.#volumes.get(wish.volume.id);
          return volume === undefined ? [] : [[wish.volume.id, this.#recent(volume, wish)] as const];
        }),
      ),
      metricsRequested: wishes.length,
    }),
    history: notAsked,
  };

  readonly surroundings: Surroundings = {
    stackActivity: async (volumes) =>
      new Map(volumes.map(({ id }) => [id, read({ kind: 'no-stack' } as const, this.#clock.now())])),
    quotaUse: async () => read(endless, this.#clock.now()),
  };

  readonly almanac: Almanac = {
    latestCensus: async () => read(censusOf(this.#volumes.size, this.#clock.now()), this.#clock.now()),
    recordCensus: notAsked,
    profiles: async (ids) => this.#each(ids, (volume) => this.#profile(volume)),
    recordProfile: notAsked,
    countMetricReads: async () => {},
    metricReads: async () => 0,
  };

  readonly modifier: VolumeModifier = {
    readSwitch: async () => ({ kind: 'run', readAt: this.#clock.now() }),
    modify: async (_permit, volumeId, to) => {
      const at = this.#clock.now();
      this.#volumes.get(volumeId)?.modify(to, at);
      return { kind: 'accepted', at, requestId: undefined };
    },
    markState: async (volumeId, { caseId, version }) => this.#tag(volumeId, `${caseId}#${version}`),
    clearState: async (volumeId) => this.#tag(volumeId, undefined),
  };

  #each<Value>(
    ids: readonly VolumeId[],
    of: (volume: ReplayedVolume) => Value,
  ): ReadonlyMap<VolumeId, Value> {
    return new Map(
      ids.flatMap((id) => {
        const volume = this.#volumes.get(id);
        return volume === undefined ? [] : [[id, of(volume)] as const];
      }),
    );
  }

  #balance(volume: ReplayedVolume, since: Instant): Reading<Series> {
    const until = this.#publishedUntil();
    const balance = volume.recordedBetween('balance', since, since);
    if (balance.kind === 'unread') return balance;
    return read(ended(volume.balanceBetween(since, until), until), this.#clock.now());
  }

  #recent(volume: ReplayedVolume, { since, demandIn }: MetricWish): RecentMetrics {
    const [now, until] = [this.#clock.now(), this.#publishedUntil()];
    const demand = volume.demandIn(demandIn, since, until);
    return {
      demand: demand.kind === 'unread' ? demand : read(ended(demand.value, until), now),
      latency: unrecorded,
      queue: unrecorded,
      stalled: read('not-published', now),
      instanceLimit: read({ kind: 'clear' }, now),
    };
  }

  /** CloudWatch shows nothing of a period before this. */
  #publishedUntil(): Instant {
    return before(this.#clock.now(), this.#publicationDelay);
  }

  /**
   * As the daily run computes it: from what was published by the beginning of the day. A record knows nothing of the days
   * before its first; on that day it is what was published by the beginning of the hour, in the first hour by now.
   */
  #profile(volume: ReplayedVolume): Reading<DemandProfile> {
    const now = this.#clock.now();
    const ofTheDay = this.#profileAt(beginning(days(1), now), volume);
    if (ofTheDay.kind === 'read') return ofTheDay;
    const ofTheHour = this.#profileAt(beginning(hours(1), now), volume);
    return ofTheHour.kind === 'read' ? ofTheHour : profiled(volume, now, this.#publicationDelay);
  }

  #profileAt(at: Instant, volume: ReplayedVolume): Reading<DemandProfile> {
    const key = `${volume.recorded.volume.id} ${at}`;
    const profile = this.#profiles.get(key) ?? profiled(volume, at, this.#publicationDelay);
    this.#profiles.set(key, profile);
    return profile;
  }

  #tag(volumeId: VolumeId, value: string | undefined): void {
    const volume = this.#volumes.get(volumeId);
    if (volume === undefined) return;
    const { [stateTagKey]: _old, ...others } = volume.described.tags;
    volume.setTags(value === undefined ? others : { ...others, [stateTagKey]: value });
  }
}

/** Of the whole day or hour, in UTC, that `now` is in. */
const beginning = (length: Duration, now: Instant): Instant => instant(now - (now % length));

/** Of samples that begin before `until`, those that also end by then. */
function ended(series: Series, until: Instant): Series {
  const isOver = (sample: Sample): boolean => after(sample.at, sample.period) <= until;
  return series.slice(0, series.findLastIndex(isOver) + 1);
}

/** From the days that a profile looks back on, as far as CloudWatch shows them at that moment. */
function profiled(replayed: ReplayedVolume, at: Instant, publicationDelay: Duration): Reading<DemandProfile> {
  const bucket = creditBucketOf(replayed.recorded.volume);
  if (bucket === undefined) return unread('it has no bucket');
  const until = before(at, publicationDelay);
  const known = (part: 'iops' | 'throughput' | 'balance') =>
    replayed.recordedBetween(part, before(at, profileWindow), until);
  const [iops, throughput, balance] = [known('iops'), known('throughput'), known('balance')];
  if (iops.kind === 'unread') return iops;
  if (throughput.kind === 'unread') return throughput;
  const profile = profileOf({
    iops: ended(iops.value, until),
    throughput: ended(throughput.value, until),
    balance: balance.kind === 'read' ? ended(balance.value, until) : [],
    bucket,
    now: at,
  });
  return profile === undefined ? unread('no demand was recorded before') : read(profile, at);
}

const censusOf = (watched: number, at: Instant): Census => ({
  at,
  watched,
  unwatched: unwatchedOf([]),
  cannotRunOut: 0,
  backfill: 'complete',
  invalidTags: invalidTagsOf([]),
  provisioned: {
    gp3: { storageGibibytes: 0, iops: 0 },
    io1: { storageGibibytes: 0, iops: 0 },
    io2: { storageGibibytes: 0, iops: 0 },
  },
});

const room = { name: 'assumed to have room', used: 0, limit: Number.POSITIVE_INFINITY };
const storage = { storageGibibytes: room, iops: undefined };
const both = { storageGibibytes: room, iops: room };

/** A recording does not know the Region's quotas. */
const endless: RegionalQuotas = {
  provisioned: { gp3: storage, io1: both, io2: both },
  modifications: { gp2: storage, gp3: storage, io1: both, io2: both, st1: storage, sc1: storage },
  underWay: [],
};
