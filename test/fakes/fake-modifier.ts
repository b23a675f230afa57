import type { RunPermit, StateTag, VolumeModifier } from '../../core/application/ports.ts';
import type { ModifyAnswer } from '../../core/domain/cases/answer-case.ts';
import { stateTagKey } from '../../core/domain/tag-keys.ts';
import type { Configuration, VolumeId } from '../../core/domain/volume.ts';
import type { FakeClock } from './fake-clock.ts';
import type { FakeVolumes } from './fake-volumes.ts';
import { ScriptedFailures } from './scripted-failures.ts';

/** `lost-after`: AWS accepted, its answer never came. `lost-before`: AWS never heard of it. */
export type ScriptedAnswer = ModifyAnswer | 'lost-after' | 'lost-before';

/** Changes the volumes of the fake account; without a scripted answer it accepts. */
export class FakeModifier extends ScriptedFailures implements VolumeModifier {
  readonly #clock: FakeClock;
  readonly #volumes: FakeVolumes;
  readonly #answers: ScriptedAnswer[] = [];
  readonly #tags = new Map<VolumeId, StateTag>();
  readonly requests: { readonly volumeId: VolumeId; readonly to: Configuration }[] = [];
  /** What the parameter of the kill switch says. */
  switch = 'run';

  constructor(clock: FakeClock, volumes: FakeVolumes) {
    super();
    this.#clock = clock;
    this.#volumes = volumes;
  }

  answerNext(...answers: readonly ScriptedAnswer[]): void {
    this.#answers.push(...answers);
  }

  tagOf(volumeId: VolumeId): StateTag | undefined {
    return this.#tags.get(volumeId);
  }

  async readSwitch(): ReturnType<VolumeModifier['readSwitch']> {
    this.called('readSwitch');
    if (this.switch === 'run') return { kind: 'run', readAt: this.#clock.now() };
    return { kind: 'stop', refusal: { code: 'switched-off', got: this.switch } };
  }

  async modify(permit: RunPermit, volumeId: VolumeId, to: Configuration): Promise<ModifyAnswer> {
    this.called('modify');
    if (permit.kind !== 'run') throw new Error('modify was called without a permit');
    this.requests.push({ volumeId, to });
    const answer = this.#answers.shift() ?? { kind: 'accepted', at: this.#clock.now(), requestId: 'req-1' };
    if (answer === 'lost-before') return { kind: 'unknown', why: 'connection refused' };
    if (answer === 'lost-after' || answer.kind === 'accepted') this.#volumes.startModifying(volumeId, to);
    return answer === 'lost-after' ? { kind: 'unknown', why: 'socket hang up' } : answer;
  }

  async markState(volumeId: VolumeId, state: StateTag): Promise<void> {
    this.called('markState');
    this.#tags.set(volumeId, state);
    this.#write(volumeId, `${state.caseId}#${state.version}`);
  }

  async clearState(volumeId: VolumeId): Promise<void> {
    this.called('clearState');
    this.#tags.delete(volumeId);
    this.#write(volumeId, undefined);
  }

  #write(volumeId: VolumeId, value: string | undefined): void {
    const { [stateTagKey]: _old, ...others } = this.#volumes.of(volumeId).tags;
    this.#volumes.setTags(volumeId, value === undefined ? others : { ...others, [stateTagKey]: value });
  }
}
