import type { TwinTime } from '../simulation.ts';
import type { AlarmDefinition } from './alarm.ts';
import { evaluationRange, isBreaching } from './alarm-evaluation.ts';
import type { Sample } from './held-values.ts';
import type { Series, Statistic } from './metric-store.ts';

const MINUTE = 60_000;

/** Of these, a window's value breaches exactly where all of its samples do, as long as they are on one side. */
const ONE_SIDED: ReadonlySet<Statistic> = new Set<Statistic>(['Minimum', 'Maximum']);

/** Where a sample lies, which is all of it that matters to an evaluation. */
type Side = 'breaching' | 'not breaching' | 'absent';

interface Turn {
  readonly at: TwinTime;
  readonly side: Side;
}

/**
 * The metric of one alarm, and since when its samples have been on one side of the threshold. When all that an
 * evaluation looks at is on one side, the evaluation one sampling period later sees the same again; so when none of
 * those in between changed the state, none will before a sample is on another side.
 */
export class AlarmWatch {
  readonly series: Series;
  /** Stops watching. */
  readonly end: () => void;
  readonly #definition: AlarmDefinition;
  readonly #settlingTime: number;
  /** When the samples change sides, also in time to come; never empty. */
  #turns: readonly Turn[];

  /** @param wakeAt asks for an evaluation when that time has come. */
  constructor(definition: AlarmDefinition, series: Series, now: TwinTime, wakeAt: (time: TwinTime) => void) {
    this.series = series;
    this.#definition = definition;
    const { held, publication } = series;
    const range = evaluationRange(definition.rule) * definition.periodSeconds * 1_000;
    this.#settlingTime = range + publication.delay + 2 * publication.period + MINUTE;
    this.#turns = [{ at: now, side: 'absent' }];
    const listener = (sample: Sample, since: TwinTime): void => {
      const at = Math.max(since, now);
      if (this.#turnsAt(at, this.#sideOf(sample))) wakeAt(at);
    };
    held?.tellFrom(now, listener);
    const unwatched = () => undefined;
    this.end = held?.onChange(listener) ?? unwatched;
  }

  /** Whether nothing new can come of an evaluation. @param stateSince when the alarm last changed its state. */
  isSettled(stateSince: TwinTime, now: TwinTime): boolean {
    const isWatching = this.series.held !== undefined && ONE_SIDED.has(this.#definition.statistic);
    const current = this.#turns.findLastIndex(({ at }) => at <= now);
    if (current > 0) this.#turns = this.#turns.slice(current);
    const since = this.#turns[0]?.at ?? now;
    return isWatching && now > Math.max(stateSince, since) + this.#settlingTime;
  }

  /** Whether that is a change of sides; what was known of the time after `at` is void. */
  #turnsAt(at: TwinTime, side: Side): boolean {
    const last = this.#turns.at(-1);
    if (last === undefined || (last.at < at && last.side === side)) return false;
    const before = this.#turns.filter((turn) => turn.at < at);
    if (before.at(-1)?.side === side) {
      this.#turns = before;
      return false;
    }
    this.#turns = [...before, { at, side }];
    return true;
  }

  #sideOf(sample: Sample): Side {
    if (sample === undefined) return 'absent';
    return isBreaching(sample, this.#definition.rule) ? 'breaching' : 'not breaching';
  }
}
