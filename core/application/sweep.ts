import { type LookAt, unsaid } from '../domain/look-at.ts';
import { after, seconds } from '../domain/units.ts';
import type { VolumeId } from '../domain/volume.ts';
import type { AlarmShelf, CaseBook, Clock, WorkQueue } from './ports.ts';

export interface SweepPorts {
  readonly clock: Clock;
  readonly cases: CaseBook;
  readonly alarms: Pick<AlarmShelf, 'inAlarm'>;
  readonly queue: WorkQueue;
}

/** A case that is due before the next sweep is due now: the minute between two sweeps is not a minute lost. */
const untilNextSweep = seconds(45);

export interface SweepOutcome {
  readonly due: number;
  readonly inAlarmWithoutCase: number;
}

/**
 * Once a minute: wakes the responder for every open case that is due and for every alarm of ours in ALARM that no case
 * stands for, so that nothing depends on an event arriving. Cases come first: following them must not fail with
 * CloudWatch. It decides nothing and holds no right to modify.
 */
export async function sweep({ clock, cases, alarms, queue }: SweepPorts): Promise<SweepOutcome> {
  const due = await cases.due(after(clock.now(), untilNextSweep));
  await queue.enqueue(due.map(lookAt));
  const inAlarm = await alarms.inAlarm();
  const known = await cases.openCases(inAlarm);
  const lost = inAlarm.filter((volumeId) => !known.has(volumeId));
  await queue.enqueue(lost.map(lookAt));
  return { due: due.length, inAlarmWithoutCase: lost.length };
}

const lookAt = (volumeId: VolumeId): LookAt => ({
  kind: 'look-at',
  volumeId,
  because: 'sweep',
  mute: unsaid,
});
