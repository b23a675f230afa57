import type { AlarmShelf } from '../../core/application/ports.ts';
import {
  type ActualAlarm,
  burstBalanceAlarm,
  type DesiredAlarm,
} from '../../core/domain/credits/alarm-plan.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { ScriptedFailures } from './scripted-failures.ts';

/** CloudWatch as far as alarms go: what was put is what is listed. */
export class FakeAlarmShelf extends ScriptedFailures implements AlarmShelf {
  readonly #alarms = new Map<string, ActualAlarm>();
  /** Volumes whose alarm is in ALARM. */
  ringing: readonly VolumeId[] = [];

  get names(): readonly string[] {
    return [...this.#alarms.keys()];
  }

  /** An alarm that was there before us. */
  hang(alarm: ActualAlarm): void {
    this.#alarms.set(alarm.name, alarm);
  }

  async list(): Promise<readonly ActualAlarm[]> {
    this.called('list');
    return [...this.#alarms.values()];
  }

  async inAlarm(): Promise<readonly VolumeId[]> {
    this.called('inAlarm');
    return this.ringing;
  }

  async put({ name, description, threshold, volumeId }: DesiredAlarm): Promise<void> {
    this.called('put');
    this.hang({ name, description, threshold, volumeId, definition: burstBalanceAlarm });
  }

  async delete(names: readonly string[]): Promise<void> {
    this.called('delete');
    for (const name of names) this.#alarms.delete(name);
  }
}
