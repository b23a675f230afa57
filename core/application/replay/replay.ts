import type { ModifyAnswer } from '../../domain/cases/answer-case.ts';
import { thresholdOf } from '../../domain/credits/alarm-plan.ts';
import { creditBucketOf } from '../../domain/credits/credit-bucket.ts';
import { type NoAlarm, noAlarms } from '../../domain/history/no-alarm.ts';
import { type RecordedVolume, type Recording, unjudged } from '../../domain/history/recording.ts';
import type { Replayed, VolumeReplay } from '../../domain/history/replayed.ts';
import { type LookAt, unsaid } from '../../domain/look-at.ts';
import { after, before, type Duration, hours, type Instant, seconds } from '../../domain/units.ts';
import type { VolumeId } from '../../domain/volume.ts';
import { volumePolicyOf } from '../../domain/volume-policy.ts';
import type { ObservePorts } from '../observe.ts';
import type { IdSource } from '../ports.ts';
import { type RespondPorts, respond } from '../respond.ts';
import { type SweepPorts, sweep } from '../sweep.ts';
import { cameTo } from './came-to.ts';
import { PendingAlarms } from './pending-alarms.ts';
import { RememberedCases } from './remembered-cases.ts';
import type { ReplaySettings } from './replay-settings.ts';
import { ReplayedAccount } from './replayed-account.ts';
import { type AlarmChange, alarmChanges } from './replayed-alarm.ts';
import { replayedOf } from './replayed-notice.ts';
import { ReplayedVolume } from './replayed-volume.ts';

/** A sweep wakes what is due before the next one. */
const untilNextSweep = seconds(45);

/** Called again and again with the share that is done; a replay ends where it rejects, and rejects as it did. */
export type Turn = (share: number) => Promise<void>;

const noPause: Turn = async () => {};

/**
 * Lives through a recording once more with the production responder: the same sweep, the same respond, the same decide, on
 * the clock of the record. What is changed on the way changes what follows: a volume that was moved hits no wall. All
 * volumes at once, because the caps of an account are for all of them. No answer for a volume that nobody can judge.
 */
export async function replay(
  recording: Recording,
  settings: ReplaySettings,
  turn: Turn = noPause,
): Promise<readonly VolumeReplay[]> {
  const run = new Replay(recording, settings);
  await run.live(after(recording.until, anInstant), turn);
  return run.results(turn);
}

const anInstant = 1 as Duration;

/**
 * The account as the responder would have found it at `at`, after all that it would have done before then. What a
 * recording does not know (tags, quotas and stacks of that time) is as at its end, or has room.
 */
export async function replayUntil(
  at: Instant,
  recording: Recording,
  settings: ReplaySettings,
): Promise<ObservePorts> {
  const run = new Replay(recording, settings);
  await run.live(at, noPause);
  return run.found(at);
}

class Replay {
  readonly #recording: Recording;
  readonly #settings: ReplaySettings;
  readonly #volumes: ReadonlyMap<VolumeId, ReplayedVolume>;
  readonly #noAlarms: ReadonlyMap<VolumeId, NoAlarm>;
  readonly #unjudged: ReadonlySet<VolumeId>;
  /** No alarm could have seen anything of these. */
  readonly #dark: ReadonlySet<VolumeId>;
  readonly #timeline: Replayed[] = [];
  readonly #cases: RememberedCases;
  readonly #ports: RespondPorts & SweepPorts;
  readonly #inAlarm = new Set<VolumeId>();
  readonly #wakeUps: LookAt[] = [];
  readonly #pending = new PendingAlarms();
  #now: Instant;

  constructor(recording: Recording, settings: ReplaySettings) {
    this.#recording = recording;
    this.#settings = settings;
    this.#now = recording.from;
    this.#volumes = volumesOf(recording, settings);
    const known = [...this.#volumes.values()].map(({ described }) => described);
    const all = [...known, ...(recording.unrecorded ?? [])];
    this.#noAlarms = noAlarms(all, settings.policy, recording.until);
    this.#unjudged = idsOf(recording, (one) => unjudged(one) !== undefined);
    this.#dark = idsOf(recording, ({ balance }) => unjudged({ balance, unseen: undefined }) !== undefined);
    const clock = { now: () => this.#now };
    const account = new ReplayedAccount(this.#volumes, clock, settings.assumptions.publicationDelay);
    this.#cases = new RememberedCases(clock, ({ notices }) =>
      this.#timeline.push(...notices.flatMap(replayedOf)),
    );
    this.#ports = {
      clock,
      ids: countedIds(),
      volumes: account.catalog,
      metrics: account.metrics,
      surroundings: account.surroundings,
      cases: this.#cases,
      almanac: account.almanac,
      modifier: {
        ...account.modifier,
        modify: (...asked) => this.#modified(asked[1], account.modifier.modify(...asked)),
      },
      alarms: { inAlarm: async () => [...this.#inAlarm] },
      queue: { enqueue: async (wakeUps) => void this.#wakeUps.push(...wakeUps) },
    };
    for (const [volumeId, volume] of this.#volumes) this.#pending.put(volumeId, this.#changesOf(volume));
  }

  /** All that happens before `end`. */
  async live(end: Instant, turn: Turn): Promise<void> {
    const { from } = this.#recording;
    await this.#look(bornRight(this.#volumes, this.#settings));
    for (let next = this.#next(); next < end; next = this.#next()) {
      await turn((next - from) / (end - from));
      this.#now = next;
      this.#ring();
      await sweep(this.#ports);
      await this.#look(this.#wakeUps.splice(0));
    }
  }

  found(at: Instant): ObservePorts {
    this.#now = at;
    return this.#ports;
  }

  async results(turn: Turn): Promise<readonly VolumeReplay[]> {
    const { from, until } = this.#recording;
    const told = Map.groupBy(this.#timeline, ({ volumeId }) => volumeId);
    const results: VolumeReplay[] = [];
    for (const [volumeId, volume] of this.#volumes) {
      if (this.#unjudged.has(volumeId)) continue;
      await turn(1);
      results.push({
        ...cameTo(volume, told.get(volumeId) ?? [], { from, until, prices: this.#settings.prices }),
        noAlarm: this.#noAlarms.get(volumeId),
      });
    }
    return results;
  }

  /** The next whole minute at which an alarm changes or somebody has to be asked again. */
  #next(): Instant {
    const due = this.#cases.firstDue;
    const soonest = Math.min(
      this.#pending.soonest ?? Number.POSITIVE_INFINITY,
      due === undefined ? Number.POSITIVE_INFINITY : before(due, untilNextSweep),
      this.#isAnyWaiting() ? this.#now : Number.POSITIVE_INFINITY,
    );
    return Math.max(this.#now + minute, Math.ceil(soonest / minute) * minute) as Instant;
  }

  #isAnyWaiting(): boolean {
    for (const volumeId of this.#inAlarm) if (!this.#cases.has(volumeId)) return true;
    return false;
  }

  #ring(): void {
    for (const { volumeId, state } of this.#pending.take(this.#now)) {
      if (state === 'ALARM') this.#inAlarm.add(volumeId);
      else this.#inAlarm.delete(volumeId);
      const because = state === 'ALARM' ? 'alarm' : 'not-in-alarm';
      this.#wakeUps.push({ kind: 'look-at', volumeId, because, mute: unsaid });
      if (state === 'ALARM') this.#timeline.push({ kind: 'alarmed', at: this.#now, volumeId });
    }
  }

  async #look(wakeUps: readonly LookAt[]): Promise<void> {
    const { policy, prices } = this.#settings;
    const settings = { policy, prices, place: this.#recording, beginsActsFor: hours(1) };
    const { outcomes } = await respond(wakeUps, settings, this.#ports);
    for (const outcome of outcomes)
      if (outcome.kind === 'failed') throw new Error(`${outcome.volumeId}: ${outcome.error}`);
  }

  /** A changed volume has another future: its alarm follows the new balance, or none. */
  async #modified(volumeId: VolumeId, answer: Promise<ModifyAnswer>): Promise<ModifyAnswer> {
    const accepted = await answer;
    const volume = this.#volumes.get(volumeId);
    if (volume === undefined) return accepted;
    this.#pending.put(
      volumeId,
      this.#changesOf(volume).filter(({ at }) => at > this.#now),
    );
    if (creditBucketOf(volume.described) === undefined) this.#inAlarm.delete(volumeId);
    return accepted;
  }

  #changesOf(volume: ReplayedVolume): readonly AlarmChange[] {
    const { id: volumeId } = volume.described;
    const bucket = creditBucketOf(volume.described);
    if (bucket === undefined || this.#noAlarms.has(volumeId) || this.#dark.has(volumeId)) return [];
    const threshold = thresholdOf(bucket, this.#settings.policy);
    // An alarm on a volume that was put back is a new one: it begins with what it sees then.
    const balance = volume.changes.at(-1)?.balance.all ?? volume.balance;
    return alarmChanges(balance, threshold, this.#settings.assumptions.publicationDelay);
  }
}

const minute = 60_000;

const idsOf = (
  { volumes }: Recording,
  isMeant: (recorded: RecordedVolume) => boolean,
): ReadonlySet<VolumeId> => new Set(volumes.filter(isMeant).map(({ volume }) => volume.id));

function volumesOf(
  { volumes }: Recording,
  { policy, assumptions }: ReplaySettings,
): ReadonlyMap<VolumeId, ReplayedVolume> {
  const [consent = ''] = policy.act.values;
  return new Map(
    volumes.map((recorded) => {
      const { id, tags } = recorded.volume;
      const assumed = assumptions.consent === 'assumed' ? { [policy.act.tagKey]: consent, ...tags } : tags;
      return [id, new ReplayedVolume(recorded, assumptions, assumed)] as const;
    }),
  );
}

/** As the census hands them on: latency-critical volumes are moved before they ever dip. */
const bornRight = (
  volumes: ReadonlyMap<VolumeId, ReplayedVolume>,
  { policy }: ReplaySettings,
): readonly LookAt[] =>
  [...volumes].flatMap(([volumeId, { described }]) =>
    creditBucketOf(described) !== undefined && volumePolicyOf(policy, described.tags).latencyCritical
      ? [{ kind: 'look-at', volumeId, because: 'census', mute: unsaid } as const]
      : [],
  );

/** The same in every replay. */
function countedIds(): IdSource {
  let ids = 0;
  const next = (): string => String(++ids).padStart(8, '0');
  return { caseId: () => `EB-${next()}`, incidentId: () => `IN-${next()}` };
}
