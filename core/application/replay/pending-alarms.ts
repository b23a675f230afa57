import type { Instant } from '../../domain/units.ts';
import type { VolumeId } from '../../domain/volume.ts';
import type { AlarmChange } from './replayed-alarm.ts';

export type VolumeAlarmChange = AlarmChange & { readonly volumeId: VolumeId };

/** What the alarms of many volumes have yet to do. */
export class PendingAlarms {
  /** Each soonest last, because taking from the end is cheap; volumes with nothing left are not in it. */
  readonly #left = new Map<VolumeId, AlarmChange[]>();

  /** What is left for a volume from now on; soonest first. */
  put(volumeId: VolumeId, changes: readonly AlarmChange[]): void {
    if (changes.length === 0) this.#left.delete(volumeId);
    else this.#left.set(volumeId, changes.toReversed());
  }

  get soonest(): Instant | undefined {
    let soonest: Instant | undefined;
    for (const changes of this.#left.values()) {
      const at = changes.at(-1)?.at;
      if (at !== undefined && (soonest === undefined || at < soonest)) soonest = at;
    }
    return soonest;
  }

  /** What happens until `now`, soonest first. */
  take(now: Instant): readonly VolumeAlarmChange[] {
    const taken: VolumeAlarmChange[] = [];
    for (const [volumeId, changes] of this.#left) {
      for (let next = changes.at(-1); next !== undefined && next.at <= now; next = changes.at(-1)) {
        taken.push({ ...next, volumeId });
        changes.pop();
      }
      if (changes.length === 0) this.#left.delete(volumeId);
    }
    return taken.toSorted((a, b) => a.at - b.at);
  }
}
