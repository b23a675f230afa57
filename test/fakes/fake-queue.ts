import type { WorkQueue } from '../../core/application/ports.ts';
import type { LookAt } from '../../core/domain/look-at.ts';
import { ScriptedFailures } from './scripted-failures.ts';

export class FakeQueue extends ScriptedFailures implements WorkQueue {
  readonly wakeUps: LookAt[] = [];

  async enqueue(wakeUps: readonly LookAt[]): Promise<void> {
    this.called('enqueue');
    this.wakeUps.push(...wakeUps);
  }
}
