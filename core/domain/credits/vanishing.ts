import { between, hours, type Instant } from '../units.ts';
import type { Volume } from '../volume.ts';
import { type ActualAlarm, type AlarmDiff, alarmNameOf } from './alarm-plan.ts';

/** Most volumes with an alarm of ours are missing from what EC2 listed: a list that is wrong, or a fleet that is gone. */
export interface Vanishing {
  readonly kind: 'doubted' | 'believed';
  readonly since: Instant;
  /** Alarms of the missing volumes. */
  readonly names: readonly string[];
  /** Alarms of ours altogether. */
  readonly of: number;
}

/** Alarms too many for an hour cost next to nothing; every census of that hour must agree. */
const believedAfter = hours(1);
const mostAtOnce = 0.5;

/** `undefined` while at most half of them are missing. `since` is when the censuses before this one began to say so. */
export function vanishingIn(
  diff: AlarmDiff,
  actual: readonly ActualAlarm[],
  volumes: readonly Volume[],
  since: Instant | undefined,
  now: Instant,
): Vanishing | undefined {
  const listed = new Set(volumes.map(({ id }) => alarmNameOf(id)));
  const names = diff.delete.filter((name) => !listed.has(name));
  const of = actual.length - diff.foreign.length;
  if (names.length <= mostAtOnce * of) return undefined;
  const isBelieved = since !== undefined && between(since, now) >= believedAfter;
  return { kind: isBelieved ? 'believed' : 'doubted', since: since ?? now, names, of };
}
