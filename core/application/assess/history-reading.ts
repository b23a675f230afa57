import { packedVolume } from '../../domain/history/packed-volume.ts';
import { interesting, type RecordedVolume } from '../../domain/history/recording.ts';
import { unseenHours, whyUnseen } from '../../domain/history/unseen-hours.ts';
import { type Reading, type Series, unread } from '../../domain/reading.ts';
import type { Duration } from '../../domain/units.ts';
import type { Volume, VolumeId } from '../../domain/volume.ts';
import type {
  AccessFailure,
  CallAnswer,
  HistoryPorts,
  KeptVolume,
  PartAnswers,
  ReadingProgress,
  Stage,
  Walk,
} from './history-ports.ts';
import {
  type HistoryWindow,
  type Part,
  type PlannedCall,
  partKey,
  planDetail,
  planProbe,
  planSurvey,
  timeForAll,
} from './reading-plan.ts';

export type Stop =
  | { readonly kind: 'interrupted' }
  /** AWS refused a call and would refuse all like it. */
  | { readonly kind: 'refused'; readonly failure: AccessFailure }
  /** What was read could not be kept, e.g. because the disk is full. */
  | { readonly kind: 'not-kept'; readonly why: string };

/** Calls that belong together, for these volumes; their answers are of use only all at once. */
interface Task {
  readonly volumes: readonly Volume[];
  readonly calls: readonly PlannedCall[];
  readonly take: (answers: PartAnswers) => Promise<void>;
}

/** Calls open at once: an answer of 100,800 datapoints may take longer than the pace between two. */
const width = 4;
const tries = 8;

const notWanted = unread('its balance never fell under 90 %, so its detail was not paid for');
const notHelping = unread(
  'its balance is missing, and by the minute it would be too, so its detail was not paid for',
);
const notYet = unread('its detail was not read yet');

/** One account and Region being read; holds what is known so far, whatever stops it. */
export class HistoryReading {
  calls = 0;
  metricsRequested = 0;
  stopped: Stop | undefined;
  readonly #walk: Walk;
  readonly #ports: HistoryPorts;
  readonly #kept = new Map<VolumeId, KeptVolume>();
  readonly #faults = new Map<VolumeId, string>();
  #stage: ReadingProgress['stage'] = 'survey';

  constructor(walk: Walk, ports: HistoryPorts) {
    this.#walk = walk;
    this.#ports = ports;
  }

  get kept(): readonly KeptVolume[] {
    return this.#walk.volumes.flatMap(({ id }) => this.#kept.get(id) ?? []);
  }

  /** Volumes of which something could not be read, each with why. */
  get faults(): ReadonlyMap<VolumeId, string> {
    return this.#faults;
  }

  stageOf(id: VolumeId): Stage | undefined {
    return this.#kept.get(id)?.stage;
  }

  whyUnread(id: VolumeId): string {
    if (this.stopped?.kind === 'refused') return `${this.stopped.failure.action} was refused`;
    return this.#faults.get(id) ?? 'reading stopped before its turn';
  }

  /** What an earlier run kept. */
  async takeUp(): Promise<void> {
    for (const volume of this.#walk.volumes) {
      const kept = await this.#ports.store.kept(volume);
      if (kept !== undefined) this.#kept.set(volume.id, packed(kept));
    }
  }

  /** The lowest balance of each hour, then whether those of which hours are missing did anything in them. */
  async survey(): Promise<void> {
    const byId = new Map(this.#walk.volumes.map((volume) => [volume.id, volume]));
    const missing = [...byId.keys()].filter((id) => !this.#kept.has(id));
    const gapped = new Map<VolumeId, KnownSeries>();
    await this.#run(
      planSurvey(missing, this.#walk).map((call) =>
        taskOf(call, byId, async (answers, volume) => {
          const balance = partOf(answers, volume.id, 'balance');
          if (balance.kind === 'read' && isGapped(volume, balance.value, this.#walk))
            gapped.set(volume.id, balance);
          else await this.#keep(surveyed(volume, balance));
        }),
      ),
    );
    await this.#run(
      planProbe([...gapped.keys()], this.#walk).map((call) =>
        taskOf(call, byId, async (answers, volume) => {
          const balance = gapped.get(volume.id);
          const iops = partOf(answers, volume.id, 'iops');
          if (balance !== undefined) await this.#keep(probed(volume, balance, iops, this.#walk));
        }),
      ),
    );
  }

  /** Everything by the minute, for the volumes that the survey found interesting; whoever stops it has the worst of them. */
  async detail(): Promise<void> {
    this.#stage = 'detail';
    const wanted = this.kept
      .filter(({ stage }) => stage === 'surveyed')
      .map(({ recorded }) => ({ volume: recorded.volume, lowest: lowestOf(recorded) }))
      .toSorted((a, b) => a.lowest - b.lowest)
      .map(({ volume }) => volume);
    await this.#run(
      wanted.map((volume) => ({
        volumes: [volume],
        calls: planDetail(volume.id, this.#walk),
        take: (answers) => {
          const of = (part: Part) => partOf(answers, volume.id, part);
          const [balance, iops] = [of('balance'), of('iops')];
          const recorded = recordedOf(volume, balance, iops, of('throughput'));
          const unseen =
            balance.kind === 'read' ? whyUnseen(volume, balance.value, iops, this.#walk) : undefined;
          return this.#keep({ stage: 'whole', recorded: { ...recorded, unseen } });
        },
      })),
    );
  }

  async #keep(volume: KeptVolume): Promise<void> {
    this.#kept.set(volume.recorded.volume.id, packed(volume));
    try {
      await this.#ports.store.keep(volume);
    } catch (error) {
      this.stopped ??= { kind: 'not-kept', why: error instanceof Error ? error.message : String(error) };
    }
  }

  async #run(tasks: readonly Task[]): Promise<void> {
    const of = sizeOf(tasks);
    let left = timeForAll(tasks.flatMap(({ calls }) => calls));
    let done = 0;
    const queue = tasks.values();
    const worker = async (): Promise<void> => {
      for (const task of queue) {
        if (this.#isOver()) return;
        await this.#perform(task);
        done += task.volumes.length;
        left = (left - timeForAll(task.calls)) as Duration;
        const { calls } = this;
        const leftAtThisPace = (left * this.#ports.pace.slowness) as Duration;
        this.#ports.show({ stage: this.#stage, done, of, calls, left: leftAtThisPace });
      }
    };
    await Promise.all(Array.from({ length: Math.min(width, tasks.length) }, worker));
    // A stop during the last calls is followed by no other question, and what comes next does not ask about it.
    this.#isOver();
  }

  #isOver(): boolean {
    if (this.#ports.signal.aborted) this.stopped ??= { kind: 'interrupted' };
    return this.stopped !== undefined;
  }

  async #perform({ volumes, calls, take }: Task): Promise<void> {
    const answers = new Map<string, Reading<Series>>();
    for (const call of calls) {
      const answer = await this.#askPatiently(call);
      if (answer === undefined) return;
      if (answer.kind === 'failed') return this.#blame(answer.failure, volumes);
      for (const [key, series] of answer.parts) answers.set(key, series);
    }
    await take(answers);
  }

  /** `undefined` when it was stopped meanwhile. */
  async #askPatiently(call: PlannedCall): Promise<CallAnswer | undefined> {
    for (let tried = 1; ; tried += 1) {
      await this.#ports.pace.turn(call);
      if (this.#isOver()) return undefined;
      const answer = await this.#ports.reader.read(call);
      this.calls += answer.kind === 'read' ? answer.calls : 1;
      if (answer.kind === 'read') this.metricsRequested += call.metrics;
      const isThrottled = answer.kind === 'failed' && answer.failure.kind === 'throttled';
      if (!isThrottled || tried === tries) return answer;
      await this.#ports.pace.slowDown();
    }
  }

  #blame(failure: AccessFailure, volumes: readonly Volume[]): void {
    if (concernsAll.has(failure.kind)) this.stopped ??= { kind: 'refused', failure };
    for (const { id } of volumes) this.#faults.set(id, `${failure.said} on ${failure.action}`);
  }
}

/** What one call was refused for, every other would be. */
const concernsAll: ReadonlySet<AccessFailure['kind']> = new Set([
  'no-credentials',
  'expired',
  'denied',
  'role-denied',
  'not-accepted',
]);

const sizeOf = (tasks: readonly Task[]): number =>
  tasks.reduce((total, { volumes }) => total + volumes.length, 0);

function taskOf(
  call: PlannedCall,
  byId: ReadonlyMap<VolumeId, Volume>,
  take: (answers: PartAnswers, volume: Volume) => Promise<void>,
): Task {
  const volumes = call.parts.flatMap(({ volumeId }) => byId.get(volumeId) ?? []);
  return {
    volumes,
    calls: [call],
    take: async (answers) => {
      for (const volume of volumes) await take(answers, volume);
    },
  };
}

const partOf = (answers: PartAnswers, volumeId: VolumeId, part: Part): Reading<Series> =>
  answers.get(partKey({ volumeId, part })) ?? unread('CloudWatch gave no answer for it');

const recordedOf = (
  volume: Volume,
  balance: Reading<Series>,
  iops: Reading<Series>,
  throughput: Reading<Series>,
): RecordedVolume => ({ volume, balance, iops, throughput });

const packed = ({ stage, recorded }: KeptVolume): KeptVolume => ({ stage, recorded: packedVolume(recorded) });

/** Of what nobody read, the worst is assumed. */
const lowestOf = ({ balance }: RecordedVolume): number =>
  balance.kind === 'unread' ? 0 : balance.value.reduce((least, { value }) => Math.min(least, value), 100);

type KnownSeries = Extract<Reading<Series>, { kind: 'read' }>;

const isHigh = (balance: Series): boolean => balance.every(({ value }) => value >= interesting);

/** High as far as it is known, which says nothing of hours that are not. A low one has its detail read anyway. */
const isGapped = (volume: Volume, balance: Series, window: HistoryWindow): boolean =>
  balance.length === 0 || (isHigh(balance) && unseenHours(volume, balance, window).size > 0);

/** A balance that could not be read is as interesting as a low one. */
function surveyed(volume: Volume, balance: Reading<Series>): KeptVolume {
  const isCalm = balance.kind === 'read' && isHigh(balance.value);
  const rest = isCalm ? notWanted : notYet;
  return { stage: isCalm ? 'whole' : 'surveyed', recorded: recordedOf(volume, balance, rest, rest) };
}

/**
 * A volume that did nothing lost no credits, and one that is detached, or whose instance is stopped, does nothing. What
 * worked without a balance stays unknown; its detail, five metrics by the minute, would not show more of it.
 */
function probed(
  volume: Volume,
  balance: KnownSeries,
  iops: Reading<Series>,
  window: HistoryWindow,
): KeptVolume {
  const isEmpty = balance.value.length === 0;
  if (iops.kind === 'unread' || (isEmpty && iops.value.every(({ value }) => value === 0))) {
    const recorded = recordedOf(volume, notYet, notYet, notYet);
    return { stage: iops.kind === 'unread' ? 'surveyed' : 'silent', recorded };
  }
  const unseen = whyUnseen(volume, balance.value, iops, window);
  if (!isEmpty && unseen === undefined) return surveyed(volume, balance);
  return { stage: 'whole', recorded: { ...recordedOf(volume, balance, notHelping, notHelping), unseen } };
}
