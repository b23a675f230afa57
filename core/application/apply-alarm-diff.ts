import type { AlarmDiff, DesiredAlarm } from '../domain/credits/alarm-plan.ts';
import { batches } from '../domain/volume-limits.ts';
import type { AlarmShelf, Pace } from './ports.ts';
import { textOf } from './text-of.ts';

export interface AppliedDiff {
  readonly put: number;
  readonly deleted: number;
  /** Writes that are still to be made; the next run begins with them, the difference is the cursor. */
  readonly left: number;
  /** Their write failed. */
  readonly failed: readonly DesiredAlarm[];
  /** Their turn never came: the time was over, or another run was writing. */
  readonly waiting: readonly DesiredAlarm[];
  readonly errors: readonly string[];
}

interface Ports {
  readonly alarms: AlarmShelf;
  readonly pace: Pace;
}

/** New alarms first: an alarm too many costs ten cents, one too few an outage. One that fails blocks none after it. */
export async function applyAlarmDiff(
  diff: Pick<AlarmDiff, 'put' | 'delete'>,
  ports: Ports,
): Promise<AppliedDiff> {
  const written = await putAll(diff.put, ports);
  const removed = await deleteAll(diff.delete, ports);
  const ended = await end(ports);
  return {
    put: written.put,
    deleted: removed.deleted,
    left: diff.put.length - written.put + diff.delete.length - removed.deleted,
    failed: written.failed,
    waiting: written.waiting,
    errors: [...written.errors, ...removed.errors, ...ended],
  };
}

/** A turn that was not given back is lost to the next run for some seconds, and to nobody for longer. */
async function end({ pace }: Ports): Promise<readonly string[]> {
  try {
    await pace.end();
    return [];
  } catch (error) {
    return [`the turn was not given back: ${textOf(error)}`];
  }
}

async function putAll(alarms: readonly DesiredAlarm[], ports: Ports) {
  const errors: string[] = [];
  const failed: DesiredAlarm[] = [];
  for (const [index, alarm] of alarms.entries()) {
    if ((await ports.pace.turn()) === 'over')
      return { put: index - failed.length, failed, waiting: alarms.slice(index), errors };
    try {
      await ports.alarms.put(alarm);
    } catch (error) {
      failed.push(alarm);
      errors.push(`${alarm.name}: ${textOf(error)}`);
    }
  }
  return { put: alarms.length - failed.length, failed, waiting: [], errors };
}

async function deleteAll(names: readonly string[], ports: Ports) {
  const errors: string[] = [];
  let deleted = 0;
  for (let start = 0; start < names.length; start += batches.deleteAlarms) {
    if ((await ports.pace.turn()) === 'over') break;
    const batch = names.slice(start, start + batches.deleteAlarms);
    try {
      await ports.alarms.delete(batch);
      deleted += batch.length;
    } catch (error) {
      errors.push(`deleting ${batch.length} alarms: ${textOf(error)}`);
    }
  }
  return { deleted, errors };
}
