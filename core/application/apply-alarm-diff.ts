import type { AlarmDiff, DesiredAlarm } from '../domain/credits/alarm-plan.ts';
import type { AlarmShelf, Pace } from './ports.ts';

export interface AppliedDiff {
  readonly put: number;
  readonly deleted: number;
  /** Writes that are still to be made; the next run begins with them, the difference is the cursor. */
  readonly left: number;
  readonly unwritten: readonly DesiredAlarm[];
  readonly errors: readonly string[];
}

interface Ports {
  readonly alarms: AlarmShelf;
  readonly pace: Pace;
}

/** New alarms first: an alarm too many costs ten cents, one too few an outage. One that fails blocks none after it. */
export async function applyAlarmDiff(diff: AlarmDiff, ports: Ports): Promise<AppliedDiff> {
  const written = await putAll(diff.put, ports);
  const removed = await deleteAll(diff.delete, ports);
  return {
    put: diff.put.length - written.unwritten.length,
    deleted: removed.deleted,
    left: written.unwritten.length + diff.delete.length - removed.deleted,
    unwritten: written.unwritten,
    errors: [...written.errors, ...removed.errors],
  };
}

async function putAll(alarms: readonly DesiredAlarm[], ports: Ports) {
  const errors: string[] = [];
  const unwritten: DesiredAlarm[] = [];
  for (const [index, alarm] of alarms.entries()) {
    if ((await ports.pace.turn()) === 'over')
      return { errors, unwritten: [...unwritten, ...alarms.slice(index)] };
    try {
      await ports.alarms.put(alarm);
    } catch (error) {
      unwritten.push(alarm);
      errors.push(`${alarm.name}: ${textOf(error)}`);
    }
  }
  return { errors, unwritten };
}

async function deleteAll(names: readonly string[], ports: Ports) {
  if (names.length === 0 || (await ports.pace.turn()) === 'over') return { deleted: 0, errors: [] };
  try {
    await ports.alarms.delete(names);
    return { deleted: names.length, errors: [] };
  } catch (error) {
    return { deleted: 0, errors: [`deleting ${names.length} alarms: ${textOf(error)}`] };
  }
}

const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
