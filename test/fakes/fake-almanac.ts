import type { Almanac, Census } from '../../core/application/ports.ts';
import type { DemandProfile } from '../../core/domain/credits/demand-profile.ts';
import { read, unread } from '../../core/domain/reading.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { ScriptedFailures } from './scripted-failures.ts';

export class FakeAlmanac extends ScriptedFailures implements Almanac {
  readonly censuses: Census[] = [];
  readonly recorded = new Map<VolumeId, DemandProfile>();
  readonly #reads = new Map<string, number>();

  async latestCensus(): ReturnType<Almanac['latestCensus']> {
    this.called('latestCensus');
    const newest = this.censuses.at(-1);
    return newest === undefined ? unread('no census has been taken yet') : read(newest, newest.at);
  }

  async recordCensus(census: Census): Promise<void> {
    this.called('recordCensus');
    this.censuses.push(census);
  }

  async profiles(ids: readonly VolumeId[]): ReturnType<Almanac['profiles']> {
    this.called('profiles');
    return new Map(
      ids.map((id) => {
        const profile = this.recorded.get(id);
        return [id, profile === undefined ? unread('no profile yet') : read(profile, profile.computedAt)];
      }),
    );
  }

  async recordProfile(volumeId: VolumeId, profile: DemandProfile): Promise<void> {
    this.called('recordProfile');
    this.recorded.set(volumeId, profile);
  }

  async countMetricReads(day: string, metrics: number): Promise<void> {
    this.called('countMetricReads');
    this.#reads.set(day, (this.#reads.get(day) ?? 0) + metrics);
  }

  async metricReads(day: string): Promise<number> {
    this.called('metricReads');
    return this.#reads.get(day) ?? 0;
  }
}
