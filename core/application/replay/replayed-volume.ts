import { creditBucketOf } from '../../domain/credits/credit-bucket.ts';
import type { Modification } from '../../domain/deciding/situation.ts';
import type { RecordedVolume } from '../../domain/history/recording.ts';
import { simulatedBalance } from '../../domain/history/simulated-balance.ts';
import type { Series } from '../../domain/reading.ts';
import { after, type Instant, percent } from '../../domain/units.ts';
import type { Configuration, Volume } from '../../domain/volume.ts';
import type { Assumptions } from './replay-settings.ts';

interface Change {
  readonly acceptedAt: Instant;
  readonly from: Configuration;
  readonly to: Configuration;
  readonly relievedAt: Instant;
  readonly completedAt: Instant;
  /** What BurstBalance would have shown from `relievedAt` on; empty where the target has no bucket. */
  readonly balance: Series;
}

/** One recorded volume as it would have been: the record until we change something, then what physics says. */
export class ReplayedVolume {
  readonly recorded: RecordedVolume;
  readonly #assumptions: Assumptions;
  readonly #changes: Change[] = [];
  #tags: Volume['tags'];

  constructor(recorded: RecordedVolume, assumptions: Assumptions, tags: Volume['tags']) {
    this.recorded = recorded;
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
    const { acceptedAt: startedAt, from, to } = change;
    const isDone = change.completedAt <= now;
    return { state: isDone ? 'completed' : 'optimizing', startedAt, progress: isDone ? 100 : 0, from, to };
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

  /** What BurstBalance shows or would have shown. */
  get balance(): Series {
    const { balance } = this.recorded;
    let shown = balance.kind === 'read' ? balance.value : [];
    for (const { relievedAt, balance: next } of this.#changes) {
      shown = [...shown.filter((sample) => after(sample.at, sample.period) <= relievedAt), ...next];
    }
    return shown;
  }

  /** What is asked of the volume, in the unit its bucket is counted in; the record is a lower bound at the wall. */
  demandIn(unit: 'IOPS' | 'MiB/s'): RecordedVolume['iops'] {
    return unit === 'IOPS' ? this.recorded.iops : this.recorded.throughput;
  }

  /** Nobody knows the balance that AWS gives a volume on its return; the worst is assumed. */
  #balanceOf(to: Configuration, from: Instant): Series {
    const bucket = creditBucketOf({ configuration: to, size: this.recorded.volume.size });
    if (bucket === undefined) return [];
    const demand = this.demandIn(bucket.unit);
    if (demand.kind === 'unread') return [];
    return simulatedBalance(
      bucket,
      demand.value.filter(({ at }) => at >= from),
      percent(0),
    );
  }
}
