import type { ModifyRequest, OpenCase } from '../domain/cases/case.ts';
import type { Ledger } from '../domain/cases/ledger.ts';
import type { DemandProfile } from '../domain/credits/demand-profile.ts';
import { currentProfile, watchedNow } from '../domain/deciding/evidence-age.ts';
import type {
  Modification,
  RegionalQuotas,
  Situation,
  StackActivity,
  Symptom,
  VolumeHealth,
} from '../domain/deciding/situation.ts';
import { isMutedAt, laterWord, type Mute, type MuteEnd, unsaid } from '../domain/look-at.ts';
import { type Reading, read, type Series, unread } from '../domain/reading.ts';
import { between, hours, type Instant, minutes } from '../domain/units.ts';
import { isSame, type Volume, type VolumeId } from '../domain/volume.ts';
import type { Census, RecentMetrics, RecentPast } from './ports.ts';

/** Our request and AWS's start of the modification carry different clocks. */
const sameRequest = minutes(5);

/** What describes the volumes, and their balance: one round of calls, cheap enough for every look. */
export interface Glance {
  readonly volumes: ReadonlyMap<VolumeId, Volume>;
  readonly modifications: ReadonlyMap<VolumeId, Reading<Modification | 'never'>>;
  readonly openCases: ReadonlyMap<VolumeId, OpenCase>;
  readonly past: RecentPast;
  readonly profiles: ReadonlyMap<VolumeId, Reading<DemandProfile>>;
  readonly ledger: Reading<Ledger>;
  readonly census: Reading<Census>;
  readonly hasGenesis: boolean;
  readonly balances: ReadonlyMap<VolumeId, Reading<Series>>;
}

/** What else a word or an act rests on; metrics are billed by the number asked for. */
export interface Study {
  readonly metrics: ReadonlyMap<VolumeId, RecentMetrics>;
  /** Balances of the last three days. */
  readonly pasts: Glance['balances'];
  readonly health: ReadonlyMap<VolumeId, Reading<VolumeHealth>>;
  readonly stacks: ReadonlyMap<VolumeId, Reading<StackActivity>>;
  readonly quota: Reading<RegionalQuotas>;
  /** Read again after the open cases: one that was closing during the glance was in neither of its reads. */
  readonly past: RecentPast;
}

export const nothingStudied: Study = {
  metrics: new Map(),
  pasts: new Map(),
  health: new Map(),
  stacks: new Map(),
  quota: unread('not asked: nothing was to be decided from it'),
  past: { requests: new Map(), mutes: new Map() },
};

const notAsked = unread('not asked: nothing was to be decided from it');

/** Everything that was read about one volume, frozen; what was not asked for is `unread` and says so. */
export function freezeSituation(
  volume: Volume,
  mute: Mute,
  first: Glance,
  second: Study,
  now: Instant,
): Situation {
  const openCase = first.openCases.get(volume.id);
  const modification = first.modifications.get(volume.id) ?? unread('EC2 gave no answer for it');
  const requests = second.past.requests.get(volume.id) ?? first.past.requests.get(volume.id) ?? [];
  const word = laterWord(first.past.mutes.get(volume.id) ?? unsaid, mute);
  return {
    now,
    volume,
    balance: first.balances.get(volume.id) ?? notAsked,
    pastBalance: second.pasts.get(volume.id) ?? notAsked,
    ...measured(volume.id, second, now),
    modification,
    stack: second.stacks.get(volume.id) ?? notAsked,
    quota: second.quota,
    profile: currentProfile(
      first.profiles.get(volume.id) ?? unread('no profile was computed yet; one is made every day'),
      now,
    ),
    ledger: first.ledger,
    watchedVolumes: watchedNow(watchedOf(first.census), now),
    memory: first.hasGenesis ? { kind: 'whole' } : { kind: 'no-genesis' },
    slots: { ours: requests, others: othersOf(modification, requests, now) },
    openCase,
    mutedUntil: mutedUntil(word, openCase, now),
    typesNotInZone: openCase?.typesNotInZone ?? [],
  };
}

/** Only alarm events know of mutes; at any other look it is as the last one said, whether or not a case was open then. */
function mutedUntil(word: Mute, openCase: OpenCase | undefined, now: Instant): MuteEnd | undefined {
  if (word.kind === 'unsaid') return openCase?.mutedUntil;
  if (word.kind === 'not-muted') return undefined;
  const mute = { at: word.until, end: word.end };
  return isMutedAt(mute, now) ? mute : undefined;
}

type Measured = Pick<Situation, 'demand' | 'symptom' | 'health' | 'instanceLimit'>;

function measured(id: VolumeId, { metrics, health }: Study, now: Instant): Measured {
  const own = metrics.get(id);
  const status = health.get(id) ?? notAsked;
  if (own === undefined) {
    return {
      demand: notAsked,
      symptom: notAsked,
      health: status,
      instanceLimit: notAsked,
    };
  }
  const { demand, instanceLimit } = own;
  return { demand, symptom: symptomOf(own, now), health: healthOf(status, own, now), instanceLimit };
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

/**
 * AWS shows only the latest modification; within 24 hours it is either one of ours or somebody else's. A person may undo
 * ours within its minute, so that the time alone says nothing.
 */
export function othersOf(
  modification: Reading<Modification | 'never'>,
  ours: readonly ModifyRequest[],
  now: Instant,
): readonly Instant[] {
  if (modification.kind === 'unread' || modification.value === 'never') return [];
  const { startedAt, to } = modification.value;
  const isRecent = between(startedAt, now) < hours(24);
  const isOurs = ours.some(
    (request) =>
      Math.abs(between(request.at, startedAt)) <= sameRequest && to !== undefined && isSame(to, request.to),
  );
  return isRecent && !isOurs ? [startedAt] : [];
}
