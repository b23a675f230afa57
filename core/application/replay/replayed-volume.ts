import { creditBucketOf } from '../../domain/credits/credit-bucket.ts';
import type { Modification } from '../../domain/deciding/situation.ts';
import { PackedSeries } from '../../domain/history/packed-series.ts';
import { type Part, packedVolume, samplesBetween } from '../../domain/history/packed-volume.ts';
import type { RecordedVolume } from '../../domain/history/recording.ts';
import { simulatedBalance } from '../../domain/history/simulated-balance.ts';
import type { Reading, Series } from '../../domain/reading.ts';
import { after, earliest, type Instant, instant, latest, percent } from '../../domain/units.ts';
import type { Configuration, Volume } from '../../domain/volume.ts';
import type { Assumptions } from './replay-settings.ts';

interface Change {
  readonly acceptedAt: Instant;
  readonly from: Configuration;
  readonly to: Configuration;
  readonly relievedAt: Instant;
  readonly completedAt: Instant;
  /** What BurstBalance would have shown from `relievedAt` on; empty where the target has no bucket. */
  readonly balance: PackedSeries;
}

/** Before and after every record. */
const [ever, never] = [instant(0), instant(Number.MAX_SAFE_INTEGER)];

/** One recorded volume as it would have been: the record until we change something, then what physics says. */
export class ReplayedVolume {
  readonly recorded: RecordedVolume;
  readonly #assumptions: Assumptions;
  readonly #changes: Change[] = [];
  #tags: Volume['tags'];

  constructor(recorded: RecordedVolume, assumptions: Assumptions, tags: Volume['tags']) {
    this.recorded = packedVolume(recorded);
    this.#assumptions = assumptions;
    this.#tags = tags;
  }

  get changes(): readonly Change[] {
    return this.#changes;
  }

  setTags(tags: Volume['tags']): void {
    this.#tags = tags;
  }

  /** As EC2 describes it: the target is shown from the acceptance on. */
  get described(): Volume {
    const { volume } = this.recorded;
    const configuration = this.#changes.at(-1)?.to ?? volume.configuration;
    return { ...volume, configuration, tags: this.#tags };
  }

  latestModification(now: Instant): Modification | 'never' {
    const change = this.#changes.at(-1);
    if (change === undefined) return 'never';
    const { acceptedAt: startedAt, completedAt: endedAt, from, to } = change;
    return endedAt <= now
      ? { state: 'completed', startedAt, endedAt, progress: 100, from, to }
      : { state: 'optimizing', startedAt, progress: 0, from, to };
  }

  /** AWS accepts. */
  modify(to: Configuration, now: Instant): void {
    const { relievedAfter, completedAfter } = this.#assumptions;
    const from = this.described.configuration;
    if (from.type === 'standard' || from.type === 'unjudgeable') return;
    const relievedAt = after(now, relievedAfter);
    this.#changes.push({
      acceptedAt: now,
      from,
      to,
      relievedAt,
      completedAt: after(now, completedAfter),
      balance: this.#balanceOf(to, relievedAt),
    });
  }

  /** What BurstBalance shows or would have shown, all of it. */
  get balance(): Series {
    return this.balanceBetween(ever, never);
  }

  /** Of what BurstBalance shows or would have shown, the samples that begin at or after `from`, and before `until`. */
  balanceBetween(from: Instant, until: Instant): Series {
    const [first] = this.#changes;
    const recorded = this.recordedBetween('balance', from, earliest(until, first?.relievedAt ?? never));
    const shown = recorded.kind === 'read' ? recorded.value : [];
    const parts = this.#changes.map(({ relievedAt, balance }, index) => {
      const end = this.#changes[index + 1]?.relievedAt ?? never;
      return whole(balance.between(latest(from, relievedAt), earliest(until, end)), end);
    });
    return [...whole(shown, first?.relievedAt ?? never), ...parts.flat()];
  }

  /** What is asked of the volume, in the unit its bucket is counted in; the record is a lower bound at the wall. */
  demandIn(unit: 'IOPS' | 'MiB/s', from: Instant = ever, until: Instant = never): Reading<Series> {
    return this.recordedBetween(unit === 'IOPS' ? 'iops' : 'throughput', from, until);
  }

  /** Of the record, the samples that begin at or after `from`, and before `until`. */
  recordedBetween(part: Part, from: Instant, until: Instant): Reading<Series> {
    return samplesBetween(this.recorded, part, from, until);
  }

  /** Nobody knows the balance that AWS gives a volume on its return; the worst is assumed. */
  #balanceOf(to: Configuration, from: Instant): PackedSeries {
    const bucket = creditBucketOf({ configuration: to, size: this.recorded.volume.size });
    const demand = this.demandIn(bucket?.unit ?? 'IOPS', from);
    if (bucket === undefined || demand.kind === 'unread') return new PackedSeries([]);
    return new PackedSeries(simulatedBalance(bucket, demand.value, percent(0)));
  }
}

/** A sample that a change cuts in two tells of neither. */
const whole = (series: Series, end: Instant): Series => {
  const last = series.at(-1);
  return last === undefined || after(last.at, last.period) <= end ? series : series.slice(0, -1);
};
