import { creditBucketOf } from '../../domain/credits/credit-bucket.ts';
import { type DemandProfile, profileOf } from '../../domain/credits/demand-profile.ts';
import type { RegionalQuotas } from '../../domain/deciding/situation.ts';
import { invalidTagsOf, unwatchedOf } from '../../domain/notices/unwatched.ts';
import { type Reading, read, type Sample, type Series, unread } from '../../domain/reading.ts';
import { stateTagKey } from '../../domain/tag-keys.ts';
import { after, type Duration, dayOf, type Instant } from '../../domain/units.ts';
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
    const { balance } = volume.recorded;
    if (balance.kind === 'unread') return balance;
    return read(this.#published(volume.balance, since), this.#clock.now());
  }

  #recent(volume: ReplayedVolume, { since, demandIn }: MetricWish): RecentMetrics {
    const demand = volume.demandIn(demandIn);
    const now = this.#clock.now();
    return {
      demand: demand.kind === 'unread' ? demand : read(this.#published(demand.value, since), now),
      latency: unrecorded,
      queue: unrecorded,
      stalled: read('not-published', now),
      instanceLimit: read({ kind: 'clear' }, now),
    };
  }

  /** As CloudWatch would have shown it: late, and from `since` on. */
  #published(series: Series, since: Instant): Series {
    const until = this.#clock.now() - this.#publicationDelay;
    return series
      .slice(firstAt(series, since), firstAt(series, after(until as Instant, 1 as Duration)))
      .filter(({ at, period }) => after(at, period) <= until);
  }

  /** As the daily run computes it: from what was published by the beginning of the day. */
  #profile(volume: ReplayedVolume): Reading<DemandProfile> {
    const now = this.#clock.now();
    const key = `${volume.recorded.volume.id} ${dayOf(now)}`;
    const known = this.#profiles.get(key) ?? profiled(volume, now);
    this.#profiles.set(key, known);
    return known;
  }

  #tag(volumeId: VolumeId, value: string | undefined): void {
    const volume = this.#volumes.get(volumeId);
    if (volume === undefined) return;
    const { [stateTagKey]: _old, ...others } = volume.described.tags;
    volume.setTags(value === undefined ? others : { ...others, [stateTagKey]: value });
  }
}

/** Index of the first sample at or after `at`. */
function firstAt(series: Series, at: Instant): number {
  let [low, high] = [0, series.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((series[middle] as Sample).at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function profiled({ recorded }: ReplayedVolume, now: Instant): Reading<DemandProfile> {
  const { volume, iops, throughput, balance } = recorded;
  const bucket = creditBucketOf(volume);
  if (bucket === undefined) return unread('it has no bucket');
  if (iops.kind === 'unread') return iops;
  if (throughput.kind === 'unread') return throughput;
  const known = (series: Series) => series.filter((sample) => after(sample.at, sample.period) <= now);
  const profile = profileOf({
    iops: known(iops.value),
    throughput: known(throughput.value),
    balance: balance.kind === 'read' ? known(balance.value) : [],
    bucket,
    now,
  });
  return profile === undefined ? unread('no demand was recorded before') : read(profile, now);
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

const room = { name: 'assumed to have room', used: 0, limit: Number.MAX_SAFE_INTEGER };
const use = { storageGibibytes: room, iops: room };

/** A recording does not know the Region's quotas. */
const endless: RegionalQuotas = {
  provisioned: { gp3: use, io1: use, io2: use },
  modifications: { gp2: use, gp3: use, io1: use, io2: use, st1: use, sc1: use },
};
