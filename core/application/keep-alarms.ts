import type { Closed } from '../domain/cases/case.ts';
import { alarmsMonthly } from '../domain/cost.ts';
import {
  type AlarmDiff,
  type AlarmPlan,
  type DesiredAlarm,
  diffAlarms,
  planAlarms,
} from '../domain/credits/alarm-plan.ts';
import { type Vanishing, vanishingIn } from '../domain/credits/vanishing.ts';
import { unsaid } from '../domain/look-at.ts';
import type { CoverageNotice } from '../domain/notices/notice.ts';
import type { Place } from '../domain/notices/subject.ts';
import { invalidTagsOf, type UnwatchedVolume, unwatchedOf } from '../domain/notices/unwatched.ts';
import type { Policy } from '../domain/policy.ts';
import type { PriceList } from '../domain/prices.ts';
import type { Instant } from '../domain/units.ts';
import { isBurstable, type Volume, type VolumeId } from '../domain/volume.ts';
import { volumePolicyOf } from '../domain/volume-policy.ts';
import { type AppliedDiff, applyAlarmDiff } from './apply-alarm-diff.ts';
import type {
  AlarmShelf,
  Almanac,
  CaseBook,
  Census,
  Clock,
  Outbox,
  Pace,
  VolumeCatalog,
  WorkQueue,
} from './ports.ts';
import { provisionedIn } from './provisioned-in.ts';
import { releaseStays } from './release-stays.ts';
import { sendHeartbeat } from './send-heartbeat.ts';
import { textOf } from './text-of.ts';

export interface KeepAlarmsPorts {
  readonly clock: Clock;
  readonly volumes: VolumeCatalog;
  readonly alarms: AlarmShelf;
  readonly almanac: Almanac;
  readonly outbox: Outbox;
  readonly queue: WorkQueue;
  readonly cases: CaseBook;
  readonly pace: Pace;
}

export interface KeepAlarmsSettings {
  readonly policy: Policy;
  readonly prices: PriceList;
  readonly place: Place;
  readonly deploymentId: string;
}

export interface CensusOutcome {
  readonly volumes: number;
  readonly watched: number;
  readonly unwatched: number;
  readonly put: number;
  readonly deleted: number;
  /** Alarms that still have to be written; the next run begins with them, the difference is the cursor. */
  readonly left: number;
  readonly errors: readonly string[];
}

/**
 * Walks over all volumes of the account and Region and brings our alarms in step: alarms and what stays are listed
 * before volumes, so that a volume created in between keeps its alarm, and one moved in between is not taken for changed.
 * In steady state it reads and writes nothing. The spend that ended and the daily line are not about watching and block
 * nothing when they fail. A list of volumes that lacks most of those with an alarm is doubted: nothing is deleted, told
 * or forgotten on it, and the last census stands.
 */
export async function keepAlarms(
  settings: KeepAlarmsSettings,
  ports: KeepAlarmsPorts,
): Promise<CensusOutcome> {
  const { policy, deploymentId } = settings;
  const [actual, last, [staying]] = await Promise.all([
    ports.alarms.list(),
    ports.almanac.latestCensus(),
    Promise.allSettled([ports.cases.staying()]),
  ]);
  const previous = last.kind === 'read' ? last.value : undefined;
  const volumes = await everyVolume(ports.volumes);
  const now = ports.clock.now();
  const plan = planAlarms(volumes, policy, deploymentId, now);
  const wanted = diffAlarms(plan.desired, actual, deploymentId);
  const vanishing = vanishingIn(wanted, actual, volumes, previous?.vanishingSince, now);
  const held = vanishing?.kind === 'doubted' ? vanishing : undefined;
  const diff = { ...wanted, delete: wanted.delete.filter((name) => !held?.names.includes(name)) };
  const applied = await applyAlarmDiff(diff, ports);
  const found = censusOf(volumes, plan, diff, applied, policy, previous, now);
  const census = vanishing === undefined ? found : { ...found, vanishingSince: vanishing.since };
  const failures =
    held === undefined
      ? await settle(census, previous, { volumes, staying }, settings, ports)
      : await doubt(held, previous ?? found, ports);
  await ports.queue.enqueue(
    toBeBornRight(volumes, policy).map(({ id }) => ({
      kind: 'look-at',
      volumeId: id,
      because: 'census',
      mute: unsaid,
    })),
  );
  return {
    volumes: volumes.length,
    watched: census.watched,
    unwatched: census.unwatched.total,
    put: applied.put,
    deleted: applied.deleted,
    left: applied.left + (held?.names.length ?? 0),
    errors: [...applied.errors, ...failures],
  };
}

interface Listed {
  readonly volumes: readonly Volume[];
  readonly staying: PromiseSettledResult<readonly Closed[]>;
}

/**
 * What a census finds is told before it is recorded: a run that dies in between leaves the news to the next one, and the
 * ids keep it from being told twice.
 */
async function settle(
  census: Census,
  previous: Census | undefined,
  { volumes, staying }: Listed,
  settings: KeepAlarmsSettings,
  ports: KeepAlarmsPorts,
): Promise<readonly string[]> {
  const coverage = coverageNews(census, previous, settings);
  if (coverage !== undefined) await ports.outbox.add(coverage);
  const untold = await failureOf('heartbeat not told', () =>
    sendHeartbeat(settings, census, previous, ports),
  );
  const owedSince = untold.length > 0 ? (previous?.heartbeatOwedSince ?? previous?.at) : undefined;
  await ports.almanac.recordCensus(
    owedSince === undefined ? census : { ...census, heartbeatOwedSince: owedSince },
  );
  const unreleased = await failureOf('spend not released', async () => {
    if (staying.status === 'rejected') throw staying.reason;
    await releaseStays(staying.value, volumes, census.at, ports.cases);
  });
  return [...untold, ...unreleased];
}

async function doubt(
  { names, of, since }: Vanishing,
  standing: Census,
  { almanac }: KeepAlarmsPorts,
): Promise<readonly string[]> {
  await almanac.recordCensus({ ...standing, vanishingSince: since });
  return [
    `not deleted: EC2 lists no volume for ${names.length} of our ${of} alarms; believed when it has said so for an hour, since ${new Date(since).toISOString()}`,
  ];
}

async function failureOf(what: string, work: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    return [`${what}: ${textOf(error)}`];
  }
}

/** Each once: a list that changes while it is paged through may show one on two pages. */
async function everyVolume(catalog: VolumeCatalog): Promise<readonly Volume[]> {
  const volumes = new Map<VolumeId, Volume>();
  for await (const page of catalog.all()) for (const volume of page) volumes.set(volume.id, volume);
  return [...volumes.values()];
}

function censusOf(
  volumes: readonly Volume[],
  plan: AlarmPlan,
  diff: AlarmDiff,
  applied: AppliedDiff,
  policy: Policy,
  previous: Census | undefined,
  now: Instant,
): Census {
  const foreign = new Set(diff.foreign);
  const blocked = plan.desired.filter(({ name }) => foreign.has(name));
  const because =
    (why: UnwatchedVolume['why']) =>
    ({ volumeId }: DesiredAlarm): UnwatchedVolume => ({ volumeId, why });
  return {
    at: now,
    watched: plan.desired.length - blocked.length - applied.failed.length - applied.waiting.length,
    unwatched: unwatchedOf([
      ...blocked.map(because('foreign-alarm')),
      ...applied.failed.map(because('alarm-write-failed')),
      ...applied.waiting.map(because('alarm-not-yet-written')),
      ...plan.unwatched,
    ]),
    cannotRunOut: plan.cannotRunOut,
    backfill: applied.left === 0 || previous?.backfill === 'complete' ? 'complete' : 'running',
    invalidTags: invalidTagsOf(
      volumes.flatMap((volume) =>
        volumePolicyOf(policy, volume.tags).invalidTags.map(({ key, got }) => ({
          volumeId: volume.id,
          key,
          got,
        })),
      ),
    ),
    provisioned: provisionedIn(volumes),
  };
}

/** Latency-critical volumes on a bursting type are handed to the responder, which may move them before they ever dip. */
const toBeBornRight = (volumes: readonly Volume[], policy: Policy): readonly Volume[] =>
  volumes.filter(
    ({ configuration, attachment, tags }) =>
      isBurstable(configuration.type) &&
      attachment.kind === 'attached' &&
      volumePolicyOf(policy, tags).latencyCritical,
  );

/**
 * Coverage is told when the first backfill is complete, and again when volumes begin or cease to be unwatched for some
 * reason; volumes that come and go with their instances are no news.
 */
function coverageNews(
  census: Census,
  previous: Census | undefined,
  { place, prices }: KeepAlarmsSettings,
): CoverageNotice | undefined {
  const isFirst = previous?.backfill !== 'complete';
  if (census.backfill === 'running' || (!isFirst && reasonsIn(census) === reasonsIn(previous)))
    return undefined;
  return {
    kind: 'coverage',
    id: `coverage#${place.region}#${isFirst ? 'first' : `${previous.at}#${reasonsIn(census)}`}`,
    at: census.at,
    account: place.account,
    region: place.region,
    watched: census.watched,
    unwatched: census.unwatched,
    cannotRunOut: census.cannotRunOut,
    monthlyCost: alarmsMonthly(census.watched, prices),
  };
}

/** What waits for its turn is written by the next census, which would have to take it back. */
const reasonsIn = ({ unwatched }: Census): string =>
  unwatched.byReason
    .flatMap(({ why }) => (why === 'alarm-not-yet-written' ? [] : why))
    .sort()
    .join(',');
