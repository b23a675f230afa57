import type { Surroundings } from '../../core/application/ports.ts';
import type { RegionalQuotas, StackActivity } from '../../core/domain/deciding/situation.ts';
import { type Reading, read } from '../../core/domain/reading.ts';
import type { Volume } from '../../core/domain/volume.ts';
import { roomyQuotas } from '../domain/some-situation.ts';
import type { FakeClock } from './fake-clock.ts';
import { ScriptedFailures } from './scripted-failures.ts';

/** No volume belongs to a stack and every quota has room, unless a test says so. */
export class FakeSurroundings extends ScriptedFailures implements Surroundings {
  readonly #clock: FakeClock;
  stack: StackActivity = { kind: 'no-stack' };
  quotas: RegionalQuotas = roomyQuotas;

  constructor(clock: FakeClock) {
    super();
    this.#clock = clock;
  }

  async stackActivity(volumes: readonly Volume[]): ReturnType<Surroundings['stackActivity']> {
    this.called('stackActivity');
    const activity: Reading<StackActivity> = read(this.stack, this.#clock.now());
    return new Map(volumes.map(({ id }) => [id, activity]));
  }

  async quotaUse(): ReturnType<Surroundings['quotaUse']> {
    this.called('quotaUse');
    return read(this.quotas, this.#clock.now());
  }
}
