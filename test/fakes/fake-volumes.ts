import type { VolumeCatalog } from '../../core/application/ports.ts';
import type { Modification, VolumeHealth } from '../../core/domain/deciding/situation.ts';
import { type Reading, read } from '../../core/domain/reading.ts';
import type { Configuration, Volume, VolumeId } from '../../core/domain/volume.ts';
import type { FakeClock } from './fake-clock.ts';
import { ScriptedFailures } from './scripted-failures.ts';

/** The volumes of an account: what EC2 shows of them, and what a modification does to them. */
export class FakeVolumes extends ScriptedFailures implements VolumeCatalog {
  readonly #clock: FakeClock;
  readonly #volumes = new Map<VolumeId, Volume>();
  readonly #modifications = new Map<VolumeId, Modification>();
  readonly #health = new Map<VolumeId, Reading<VolumeHealth>>();
  /** Volumes a page. */
  pageSize = 2;

  constructor(clock: FakeClock) {
    super();
    this.#clock = clock;
  }

  get ids(): readonly VolumeId[] {
    return [...this.#volumes.keys()];
  }

  put(...volumes: readonly Volume[]): void {
    for (const volume of volumes) this.#volumes.set(volume.id, volume);
  }

  remove(volumeId: VolumeId): void {
    this.#volumes.delete(volumeId);
  }

  of(volumeId: VolumeId): Volume {
    const volume = this.#volumes.get(volumeId);
    if (volume === undefined) throw new Error(`no volume ${volumeId} in the fake account`);
    return volume;
  }

  setHealth(volumeId: VolumeId, health: Reading<VolumeHealth>): void {
    this.#health.set(volumeId, health);
  }

  setTags(volumeId: VolumeId, tags: Volume['tags']): void {
    this.put({ ...this.of(volumeId), tags });
  }

  /** As AWS does on acceptance: the type changes when the modification is optimizing. */
  startModifying(volumeId: VolumeId, to: Configuration): void {
    const volume = this.of(volumeId);
    const { configuration } = volume;
    const from =
      configuration.type === 'standard' || configuration.type === 'unjudgeable' ? undefined : configuration;
    const startedAt = this.#clock.now();
    this.#modifications.set(volumeId, { state: 'optimizing', startedAt, progress: 0, from, to });
    this.put({ ...volume, configuration: to });
  }

  endModifying(volumeId: VolumeId, state: 'completed' | 'failed' = 'completed'): void {
    const running = this.#modifications.get(volumeId);
    if (running === undefined) throw new Error(`no modification of ${volumeId} to end`);
    this.#modifications.set(volumeId, { ...running, state, progress: 100, endedAt: this.#clock.now() });
    if (state === 'failed' && running.from !== undefined)
      this.put({ ...this.of(volumeId), configuration: running.from });
  }

  async describe(ids: readonly VolumeId[]): ReturnType<VolumeCatalog['describe']> {
    this.called('describe');
    return new Map([...this.#volumes].filter(([id]) => ids.includes(id)));
  }

  async *all(): AsyncIterable<readonly Volume[]> {
    this.called('all');
    const volumes = [...this.#volumes.values()];
    for (let start = 0; start < volumes.length; start += this.pageSize)
      yield volumes.slice(start, start + this.pageSize);
  }

  async latestModifications(ids: readonly VolumeId[]): ReturnType<VolumeCatalog['latestModifications']> {
    this.called('latestModifications');
    const now = this.#clock.now();
    return new Map(ids.map((id) => [id, read(this.#modifications.get(id) ?? 'never', now)]));
  }

  async health(ids: readonly VolumeId[]): ReturnType<VolumeCatalog['health']> {
    this.called('health');
    const ok = read({ kind: 'ok' } as const, this.#clock.now());
    return new Map(ids.map((id) => [id, this.#health.get(id) ?? ok]));
  }

  async attachedTo(instanceId: string): ReturnType<VolumeCatalog['attachedTo']> {
    this.called('attachedTo');
    const isAttached = ({ attachment }: Volume) =>
      attachment.kind === 'attached' && attachment.instanceIds.includes(instanceId);
    return [...this.#volumes.values()].filter(isAttached).map(({ id }) => id);
  }
}
