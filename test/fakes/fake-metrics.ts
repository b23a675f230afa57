import type { MetricHistory, MetricWish, RecentMetrics } from '../../core/application/ports.ts';
import { type Reading, read, type Series } from '../../core/domain/reading.ts';
import type { Instant } from '../../core/domain/units.ts';
import type { Volume, VolumeId } from '../../core/domain/volume.ts';
import { calm, level, minutely } from '../domain/some-situation.ts';
import type { FakeClock } from './fake-clock.ts';
import { ScriptedFailures } from './scripted-failures.ts';

/** Metrics asked for per volume that is studied, besides its balance. */
export const metricsPerStudy = 5;

type History = Omit<Awaited<ReturnType<MetricHistory['history']>>, 'metricsRequested'>;

/** A quiet account: full buckets, calm latency and queue, unless a test gives a volume its own. */
export class FakeMetrics extends ScriptedFailures implements MetricHistory {
  readonly #clock: FakeClock;
  readonly #own = new Map<VolumeId, () => Partial<RecentMetrics>>();
  readonly #balances = new Map<VolumeId, (now: Instant) => Reading<Series>>();
  readonly #histories = new Map<VolumeId, History>();
  readonly wishes: MetricWish[] = [];

  constructor(clock: FakeClock) {
    super();
    this.#clock = clock;
  }

  /** Asked for anew at each look, so that it may move with the clock. */
  set(volumeId: VolumeId, metrics: (now: Instant) => Partial<RecentMetrics>): void {
    this.#own.set(volumeId, () => metrics(this.#clock.now()));
  }

  /** The newest minutes of its balance, whenever it is looked at. */
  setBalance(volumeId: VolumeId, values: readonly number[]): void {
    this.#balances.set(volumeId, (now) => read(minutely(values, now), now));
  }

  setBalanceReading(volumeId: VolumeId, balance: Reading<Series>): void {
    this.#balances.set(volumeId, () => balance);
  }

  async balances(ids: readonly VolumeId[]): ReturnType<MetricHistory['balances']> {
    this.called('balances');
    const now = this.#clock.now();
    const full = read(minutely(level(100), now), now);
    const byVolume = new Map(ids.map((id) => [id, this.#balances.get(id)?.(now) ?? full]));
    return { byVolume, metricsRequested: ids.length };
  }

  setHistory(volumeId: VolumeId, history: History): void {
    this.#histories.set(volumeId, history);
  }

  async recent(wishes: readonly MetricWish[]): ReturnType<MetricHistory['recent']> {
    this.called('recent');
    this.wishes.push(...wishes);
    return {
      byVolume: new Map(
        wishes.map(({ volume: { id }, since }) => [
          id,
          cut({ ...this.#quiet(), ...this.#own.get(id)?.() }, since),
        ]),
      ),
      metricsRequested: wishes.length * metricsPerStudy,
    };
  }

  async history(volume: Volume): ReturnType<MetricHistory['history']> {
    this.called('history');
    const own = this.#histories.get(volume.id) ?? { balance: [], iops: [], throughput: [] };
    return { ...own, metricsRequested: 3 };
  }

  #quiet(): RecentMetrics {
    const now = this.#clock.now();
    const { latency, queue } = calm(now);
    return {
      demand: read(minutely(level(10), now), now),
      latency: read(latency, now),
      queue: read(queue, now),
      stalled: read('flowing', now),
      instanceLimit: read({ kind: 'clear' }, now),
    };
  }
}

/** Nobody gets older samples than were asked for. */
function cut(metrics: RecentMetrics, since: Instant): RecentMetrics {
  const newer = (series: Reading<Series>): Reading<Series> =>
    series.kind === 'unread'
      ? series
      : read(
          series.value.filter(({ at }) => at >= since),
          series.at,
        );
  return {
    ...metrics,
    demand: newer(metrics.demand),
    latency: newer(metrics.latency),
    queue: newer(metrics.queue),
  };
}
