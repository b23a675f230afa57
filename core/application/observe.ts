import type { OpenCase } from '../domain/case.ts';
import { creditBucketOf } from '../domain/credit-bucket.ts';
import type { DemandProfile } from '../domain/demand-profile.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { Policy, VolumePolicy } from '../domain/policy.ts';
import { type Reading, read, type Series, unread } from '../domain/reading.ts';
import type {
  Modification,
  QuotaUse,
  Situation,
  StackActivity,
  Symptom,
  VolumeHealth,
} from '../domain/situation.ts';
import { before, between, hours, type Instant, minutes } from '../domain/units.ts';
import type { ProvisionedType, Volume, VolumeId } from '../domain/volume.ts';
import { volumePolicyOf } from '../domain/volume-policy.ts';
import type {
  Almanac,
  CaseBook,
  Census,
  Clock,
  MetricHistory,
  MetricWish,
  RecentMetrics,
  Surroundings,
  VolumeCatalog,
} from './ports.ts';

export interface ObservePorts {
  readonly clock: Clock;
  readonly volumes: VolumeCatalog;
  readonly metrics: MetricHistory;
  readonly surroundings: Surroundings;
  readonly cases: CaseBook;
  readonly almanac: Almanac;
}

/** Why a volume is looked at, merged over all wake-ups of one round. */
export interface Attention {
  readonly volumeId: VolumeId;
  /** An event about a volume without a case has nothing to follow; an alarm, the sweep or the census has. */
  readonly opensCases: 'may-open' | 'only-follows';
  readonly mutedUntil: Instant | undefined;
}

export type Observed =
  | { readonly kind: 'situation'; readonly situation: Situation; readonly policy: VolumePolicy }
  | { readonly kind: 'gone'; readonly volumeId: VolumeId; readonly openCase: OpenCase | undefined }
  | { readonly kind: 'nothing-to-follow'; readonly volumeId: VolumeId };

export interface Observation {
  readonly observed: readonly Observed[];
  /** Metrics are billed by the number asked for; the caller counts them when nothing urgent is left to do. */
  readonly metricsRequested: number;
}

/** Enough to see the hours before the trouble and three five-minute samples after any of it. */
const recently = hours(3);
/** A bridge goes back on what its whole last day would have needed. */
const bridgeLookBack = hours(25);
/** Our request and AWS's start of the modification carry different clocks. */
const sameRequest = minutes(5);

/**
 * Reads everything there is to know about these volumes and freezes it, in two rounds of calls however many there are:
 * what describes them, then their metrics and surroundings. A fact that cannot be read is `unread`, never a guess.
 */
export async function observe(
  attention: readonly Attention[],
  policy: Policy,
  ports: ObservePorts,
): Promise<Observation> {
  if (attention.length === 0) return { observed: [], metricsRequested: 0 };
  const now = ports.clock.now();
  const first = await describeAll(attention, policy, ports);
  const judged = attention.flatMap((wanted) => {
    const volume = first.volumes.get(wanted.volumeId);
    return volume !== undefined && isToBeJudged(volume, wanted, first, policy) ? [volume] : [];
  });
  const second = await surroundAll(judged, first, policy, ports, now);
  const observed = attention.map((wanted): Observed => {
    const volume = first.volumes.get(wanted.volumeId);
    const openCase = first.openCases.get(wanted.volumeId);
    if (volume === undefined) return { kind: 'gone', volumeId: wanted.volumeId, openCase };
    if (!isToBeJudged(volume, wanted, first, policy))
      return { kind: 'nothing-to-follow', volumeId: wanted.volumeId };
    const own = volumePolicyOf(policy, volume.tags);
    return { kind: 'situation', situation: freeze(volume, wanted, first, second, now), policy: own };
  });
  return { observed, metricsRequested: second.metricsRequested };
}

const isToBeJudged = (volume: Volume, wanted: Attention, { openCases }: First, policy: Policy): boolean =>
  openCases.has(volume.id) ||
  wanted.opensCases === 'may-open' ||
  volumePolicyOf(policy, volume.tags).latencyCritical;

interface First {
  readonly volumes: ReadonlyMap<VolumeId, Volume>;
  readonly modifications: ReadonlyMap<VolumeId, Reading<Modification | 'never'>>;
  readonly openCases: ReadonlyMap<VolumeId, OpenCase>;
  readonly requests: ReadonlyMap<VolumeId, readonly Instant[]>;
  readonly profiles: ReadonlyMap<VolumeId, Reading<DemandProfile>>;
  readonly ledger: Reading<Ledger>;
  readonly census: Reading<Census>;
  readonly hasGenesis: boolean;
}

async function describeAll(
  attention: readonly Attention[],
  policy: Policy,
  ports: ObservePorts,
): Promise<First> {
  const ids = attention.map(({ volumeId }) => volumeId);
  const { volumes, cases, almanac, clock } = ports;
  const [described, modifications, openCases, requests, profiles, ledger, census, hasGenesis] =
    await Promise.all([
      volumes.describe(ids),
      volumes.latestModifications(ids),
      cases.openCases(ids),
      cases.recentRequests(ids),
      policy.mode === 'act' ? almanac.profiles(ids) : new Map<VolumeId, Reading<DemandProfile>>(),
      attempt(() => cases.ledger(), clock),
      almanac.latestCensus(),
      cases.hasGenesis(),
    ]);
  return { volumes: described, modifications, openCases, requests, profiles, ledger, census, hasGenesis };
}

interface Second {
  readonly metrics: ReadonlyMap<VolumeId, RecentMetrics>;
  readonly metricsRequested: number;
  readonly health: ReadonlyMap<VolumeId, Reading<VolumeHealth>>;
  readonly stacks: ReadonlyMap<VolumeId, Reading<StackActivity>>;
  readonly quota: Reading<Readonly<Record<ProvisionedType, QuotaUse>>>;
}

async function surroundAll(
  present: readonly Volume[],
  first: First,
  policy: Policy,
  ports: ObservePorts,
  now: Instant,
): Promise<Second> {
  const wishes = present.flatMap((volume) => wishFor(volume, first.openCases.get(volume.id), policy, now));
  const measured = wishes.map(({ volume }) => volume);
  const mayAct = policy.mode === 'act' ? measured : [];
  const [metrics, health, stacks, quota] = await Promise.all([
    ports.metrics.recent(wishes),
    ports.volumes.health(measured.map(({ id }) => id)),
    ports.surroundings.stackActivity(mayAct),
    mayAct.length > 0 ? ports.surroundings.quotaUse() : unread('not asked: this deployment only notifies'),
  ]);
  return { metrics: metrics.byVolume, metricsRequested: metrics.metricsRequested, health, stacks, quota };
}

/** Metrics are billed: none for volumes that cannot run out, are detached or switched off, unless a case is open. */
function wishFor(
  volume: Volume,
  openCase: OpenCase | undefined,
  policy: Policy,
  now: Instant,
): readonly MetricWish[] {
  if (openCase?.state === 'bridged' || openCase?.state === 'returning') {
    const bucket = creditBucketOf({ configuration: openCase.bridge.plan.from, size: volume.size });
    return [{ volume, since: before(now, bridgeLookBack), demandIn: bucket?.unit ?? 'IOPS' }];
  }
  const source = openCase !== undefined && 'plan' in openCase ? openCase.plan.from : volume.configuration;
  const bucket = creditBucketOf({ configuration: source, size: volume.size });
  const isIdle = volume.attachment.kind === 'detached' || volumePolicyOf(policy, volume.tags).mode === 'off';
  if (bucket === undefined || (isIdle && openCase === undefined)) return [];
  return [{ volume, since: before(now, recently), demandIn: bucket.unit }];
}

const notAsked = unread('not asked: nothing was to be decided from it');

function freeze(volume: Volume, wanted: Attention, first: First, second: Second, now: Instant): Situation {
  const openCase = first.openCases.get(volume.id);
  const modification = first.modifications.get(volume.id) ?? unread('EC2 gave no answer for it');
  const requests = first.requests.get(volume.id) ?? [];
  return {
    now,
    volume,
    ...measured(volume.id, second, now),
    modification,
    stack: second.stacks.get(volume.id) ?? notAsked,
    quota: second.quota,
    profile: first.profiles.get(volume.id) ?? unread('no profile was computed yet; one is made every day'),
    ledger: first.ledger,
    watchedVolumes: watchedOf(first.census),
    memory: first.hasGenesis ? { kind: 'whole' } : { kind: 'no-genesis' },
    slots: { ours: requests, others: othersOf(modification, requests, now) },
    openCase,
    mutedUntil: wanted.mutedUntil ?? openCase?.mutedUntil,
    typesNotInZone: openCase?.typesNotInZone ?? [],
  };
}

type Measured = Pick<Situation, 'balance' | 'demand' | 'symptom' | 'health' | 'instanceLimit'>;

function measured(id: VolumeId, { metrics, health }: Second, now: Instant): Measured {
  const own = metrics.get(id);
  const status = health.get(id) ?? notAsked;
  if (own === undefined) {
    return {
      balance: notAsked,
      demand: notAsked,
      symptom: notAsked,
      health: status,
      instanceLimit: notAsked,
    };
  }
  const { balance, demand, instanceLimit } = own;
  return { balance, demand, symptom: symptomOf(own, now), health: healthOf(status, own, now), instanceLimit };
}

const watchedOf = (census: Reading<Census>): Reading<number> =>
  census.kind === 'read' ? read(census.value.watched, census.at) : census;

function symptomOf({ latency, queue }: RecentMetrics, now: Instant): Reading<Symptom> {
  if (latency.kind === 'unread') return latency;
  if (queue.kind === 'unread') return queue;
  return read<{ latency: Series; queue: Series }>({ latency: latency.value, queue: queue.value }, now);
}

/** EC2's status and the stall check of CloudWatch are one question: can this volume still be helped? */
function healthOf(
  status: Reading<VolumeHealth>,
  { stalled }: RecentMetrics,
  now: Instant,
): Reading<VolumeHealth> {
  if (stalled.kind === 'read' && stalled.value === 'stalled') return read({ kind: 'stalled' }, now);
  return stalled.kind === 'unread' && status.kind === 'read' && status.value.kind === 'ok' ? stalled : status;
}

/** AWS shows only the latest modification; within 24 hours it is either one of ours or somebody else's. */
function othersOf(
  modification: Reading<Modification | 'never'>,
  ours: readonly Instant[],
  now: Instant,
): readonly Instant[] {
  if (modification.kind === 'unread' || modification.value === 'never') return [];
  const { startedAt } = modification.value;
  const isRecent = between(startedAt, now) < hours(24);
  const isOurs = ours.some((request) => Math.abs(between(request, startedAt)) <= sameRequest);
  return isRecent && !isOurs ? [startedAt] : [];
}

async function attempt<Fact>(ask: () => Promise<Fact>, clock: Clock): Promise<Reading<Fact>> {
  try {
    return read(await ask(), clock.now());
  } catch (error) {
    return unread(error instanceof Error ? error.message : String(error));
  }
}
