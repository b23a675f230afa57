import type { OpenCase } from '../domain/cases/case.ts';
import { isWordDue, toldNow } from '../domain/cases/told.ts';
import { creditBucketOf } from '../domain/credits/credit-bucket.ts';
import { forecast } from '../domain/credits/forecast.ts';
import { decide } from '../domain/deciding/decide.ts';
import type { Decision } from '../domain/deciding/decision.ts';
import { mayBeHeldBack } from '../domain/deciding/holding-back.ts';
import type { Situation } from '../domain/deciding/situation.ts';
import { wantsStudy } from '../domain/deciding/study.ts';
import type { Mute, MuteWord } from '../domain/look-at.ts';
import type { Policy, VolumePolicy } from '../domain/policy.ts';
import type { PriceList } from '../domain/prices.ts';
import { type Reading, read, unread } from '../domain/reading.ts';
import { before, days, earliest, hours, type Instant, latest } from '../domain/units.ts';
import type { Volume, VolumeId } from '../domain/volume.ts';
import { volumePolicyOf } from '../domain/volume-policy.ts';
import { freezeSituation, type Glance, nothingStudied, type Study } from './freeze-situation.ts';
import type {
  Almanac,
  CaseBook,
  Clock,
  MetricHistory,
  MetricWish,
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
  /**
   * Where there is no case, ALARM and the sweep open one. Any other wake-up has nothing to follow; only of a
   * latency-critical volume it asks where it should be, and then what it cannot read is no alarm that nobody can judge.
   */
  readonly opensCases: 'may-open' | 'only-follows';
  readonly mute: Mute;
}

export type Observed =
  | { readonly kind: 'situation'; readonly situation: Situation; readonly policy: VolumePolicy }
  | { readonly kind: 'gone'; readonly volumeId: VolumeId; readonly openCase: OpenCase | undefined }
  | { readonly kind: 'nothing-to-follow'; readonly volumeId: VolumeId };

/** What deciding rests on besides what is read. */
export interface ObserveSettings {
  readonly policy: Policy;
  readonly prices: PriceList;
}

export interface Observation {
  readonly observed: readonly Observed[];
  /** What earlier events said, to tell what is news. */
  readonly mutes: ReadonlyMap<VolumeId, MuteWord>;
  /** Metrics are billed by the number asked for; the caller counts them when nothing urgent is left to do. */
  readonly metricsRequested: number;
}

/** How deep a balance usually falls shows in days: three nights, so that two of them can be a habit. */
const fallsOf = days(3);
/** Enough to see the hours before the trouble and three five-minute samples after any of it. */
const recently = hours(3);
/** What was usual is taken from the hour before the trouble, however long AWS takes. */
const beforeTrouble = hours(1);
/** A bridge goes back on what its whole last day would have needed. */
const bridgeLookBack = hours(25);

/**
 * Reads what there is to know about these volumes and freezes it, in at most two rounds of calls however many there are.
 * The first is a glance: what describes them, and their balance. Where that already says that nothing is to be done or
 * told, it is all that is paid for; any other volume is studied whole before it is decided on.
 */
export async function observe(
  attention: readonly Attention[],
  settings: ObserveSettings,
  ports: ObservePorts,
): Promise<Observation> {
  if (attention.length === 0) return { observed: [], mutes: new Map(), metricsRequested: 0 };
  const now = ports.clock.now();
  const { glance, metricsRequested } = await glanceAt(attention, ports, now);
  const glances = attention.map((wanted) => seen(wanted, glance, nothingStudied, settings.policy, now));
  const worthMore = glances
    .filter((one) => one.kind === 'situation')
    .filter((one) => isWorthMore(one, settings));
  const studied = await study(worthMore, settings.policy, ports);
  const chosen = new Set(worthMore.map(({ situation }) => situation.volume.id));
  const observed = attention.map((wanted, index) =>
    chosen.has(wanted.volumeId)
      ? seen(wanted, glance, studied.study, settings.policy, now)
      : (glances[index] as Observed),
  );
  return {
    observed,
    mutes: glance.past.mutes,
    metricsRequested: metricsRequested + studied.metricsRequested,
  };
}

export type ObservedVolume = Extract<Observed, { kind: 'situation' }>;
type Word = Extract<Decision, { kind: 'warn' | 'page' }>;

/**
 * Whatever would be said or done on a glance is decided again on everything; silence needs no more, and neither does what
 * was told already, unless a study could find that we may act now.
 */
function isWorthMore({ situation, policy }: ObservedVolume, { prices }: ObserveSettings): boolean {
  const held = situation.openCase?.state;
  if (held !== undefined && held !== 'watching' && held !== 'announced') return true;
  // Such a volume is moved whatever its balance says, and no guard passes on facts that a glance leaves out.
  if (policy.latencyCritical && policy.mode === 'act' && creditBucketOf(situation.volume) !== undefined)
    return true;
  const decision = decide(situation, { policy, prices });
  if (decision.kind === 'warn' || decision.kind === 'page')
    return isNews(decision, situation) || decision.refusals.some(wantsStudy);
  if (decision.kind === 'watch') return isWordDue(situation.openCase?.told, situation.now);
  return decision.kind === 'act' || (decision.kind === 'conclude' && held === 'announced');
}

function isNews({ kind, refusals }: Word, { openCase, now }: Situation): boolean {
  const codes = refusals.map(({ code }) => code);
  return toldNow(openCase?.told, kind === 'page' ? 'needed' : 'warned', codes, now) !== undefined;
}

function seen(wanted: Attention, glance: Glance, studied: Study, policy: Policy, now: Instant): Observed {
  const volume = glance.volumes.get(wanted.volumeId);
  const openCase = glance.openCases.get(wanted.volumeId);
  if (volume === undefined) return { kind: 'gone', volumeId: wanted.volumeId, openCase };
  if (!isToBeJudged(volume, wanted, glance, policy))
    return { kind: 'nothing-to-follow', volumeId: wanted.volumeId };
  const situation = freezeSituation(volume, wanted.mute, glance, studied, now);
  return { kind: 'situation', situation, policy: volumePolicyOf(policy, volume.tags) };
}

const isToBeJudged = (
  volume: Volume,
  wanted: Attention,
  { openCases, balances }: Glance,
  policy: Policy,
): boolean =>
  openCases.has(volume.id) ||
  wanted.opensCases === 'may-open' ||
  (volumePolicyOf(policy, volume.tags).latencyCritical && balances.get(volume.id)?.kind === 'read');

async function glanceAt(
  attention: readonly Attention[],
  { volumes, cases, almanac, metrics, clock }: ObservePorts,
  now: Instant,
): Promise<{ readonly glance: Glance; readonly metricsRequested: number }> {
  const ids = attention.map(({ volumeId }) => volumeId);
  const [described, modifications, openCases, past, profiles, ledger, census, hasGenesis, balances] =
    await Promise.all([
      volumes.describe(ids),
      volumes.latestModifications(ids),
      cases.openCases(ids),
      cases.recentPast(ids),
      almanac.profiles(ids),
      attempt(() => cases.ledger(), clock),
      almanac.latestCensus(),
      cases.hasGenesis(),
      metrics.balances(ids, before(now, recently)),
    ]);
  const facts = {
    volumes: described,
    modifications,
    openCases,
    past,
    profiles,
    ledger,
    census,
    hasGenesis,
  };
  return { glance: { ...facts, balances: balances.byVolume }, metricsRequested: balances.metricsRequested };
}

async function study(
  seen: readonly ObservedVolume[],
  policy: Policy,
  ports: ObservePorts,
): Promise<{ readonly study: Study; readonly metricsRequested: number }> {
  if (seen.length === 0) return { study: nothingStudied, metricsRequested: 0 };
  const volumes = seen.map(({ situation }) => situation.volume);
  const mayAct =
    policy.mode === 'act' ? seen.filter(isToBeDecided).map(({ situation }) => situation.volume) : [];
  const { metrics: history } = ports;
  const [metrics, pasts, health, stacks, quota, past] = await Promise.all([
    history.recent(seen.map(({ situation }) => wishedMetrics(situation))),
    pastsOf(seen, history),
    ports.volumes.health(volumes.map(({ id }) => id)),
    ports.surroundings.stackActivity(mayAct),
    mayAct.length > 0 ? ports.surroundings.quotaUse() : notAskedIn(policy),
    mayAct.length > 0 ? ports.cases.recentPast(mayAct.map(({ id }) => id)) : nothingStudied.past,
  ]);
  return {
    study: { metrics: metrics.byVolume, pasts: pasts.byVolume, health, stacks, quota, past },
    metricsRequested: metrics.metricsRequested + pasts.metricsRequested,
  };
}

/** Of volumes whose wall would be announced unless their past says otherwise. */
async function pastsOf(
  seen: readonly ObservedVolume[],
  metrics: MetricHistory,
): ReturnType<MetricHistory['balances']> {
  const asked = seen.filter(({ situation, policy }) => isPastAsked(situation, policy));
  const [first] = asked;
  if (first === undefined) return { byVolume: new Map(), metricsRequested: 0 };
  const ids = asked.map(({ situation }) => situation.volume.id);
  return metrics.balances(ids, before(first.situation.now, fallsOf));
}

function isPastAsked(situation: Situation, policy: VolumePolicy): boolean {
  const { volume, balance, now } = situation;
  const bucket = creditBucketOf(volume);
  return bucket !== undefined && mayBeHeldBack(forecast({ balance, bucket, now }), situation, policy);
}

/** Whether guards are asked at all; a modification that is under way is only followed. */
const isToBeDecided = ({ situation: { openCase } }: ObservedVolume): boolean =>
  openCase === undefined || ['watching', 'announced', 'bridged'].includes(openCase.state);

const notAskedIn = ({ mode }: Policy): Study['quota'] =>
  mode === 'act' ? nothingStudied.quota : unread('not asked: this deployment only notifies');

/** The demand is counted in what the bucket pays for; of a volume we moved, that is the bucket it came from. */
function wishedMetrics({ volume, openCase, now }: Situation): MetricWish {
  const isAway = openCase?.state === 'bridged' || openCase?.state === 'returning';
  const from = isAway ? openCase.bridge.plan.from : undefined;
  const source =
    from ?? (openCase !== undefined && 'plan' in openCase ? openCase.plan.from : volume.configuration);
  const bucket = creditBucketOf({ configuration: source, size: volume.size });
  return { volume, since: sinceFor(openCase, now), demandIn: bucket?.unit ?? 'IOPS' };
}

function sinceFor(openCase: OpenCase | undefined, now: Instant): Instant {
  if (openCase?.state === 'bridged' || openCase?.state === 'returning') return before(now, bridgeLookBack);
  if (openCase?.state !== 'upgrading') return before(now, recently);
  const { acceptedAt, predictedWall = acceptedAt } = openCase;
  const usualSince = before(earliest(acceptedAt, predictedWall), beforeTrouble);
  return latest(earliest(usualSince, before(now, recently)), before(now, bridgeLookBack));
}

async function attempt<Fact>(ask: () => Promise<Fact>, clock: Clock): Promise<Reading<Fact>> {
  try {
    return read(await ask(), clock.now());
  } catch (error) {
    return unread(error instanceof Error ? error.message : String(error));
  }
}
