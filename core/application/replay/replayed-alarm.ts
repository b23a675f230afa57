import type { Series } from '../../domain/reading.ts';
import { after, type Duration, type Instant, instant } from '../../domain/units.ts';
import { burstBalancePeriod } from '../../domain/volume-limits.ts';

export interface AlarmChange {
  readonly at: Instant;
  readonly state: 'ALARM' | 'OK';
}

/**
 * When a BurstBalance alarm with this threshold changes its state: whole periods of five minutes, judged a minute after they
 * were published. Missing periods change nothing. Of a longer sample nobody knows when it was so low: it is judged at its
 * end.
 */
export function alarmChanges(
  balance: Series,
  threshold: number,
  publicationDelay: Duration,
): readonly AlarmChange[] {
  const changes: AlarmChange[] = [];
  let state: AlarmChange['state'] = 'OK';
  for (const { end, lowest } of periodsOf(balance)) {
    const next = lowest < threshold ? 'ALARM' : 'OK';
    if (next === state) continue;
    state = next;
    changes.push({ at: after(end, (publicationDelay + judging) as Duration), state });
  }
  return changes;
}

/** CloudWatch evaluates once a minute. */
export const judging: Duration = 60_000 as Duration;

function periodsOf(balance: Series): readonly { readonly end: Instant; readonly lowest: number }[] {
  const lowest = new Map<number, number>();
  for (const { at, period, value } of balance) {
    const last = Math.max(at, at + period - burstBalancePeriod);
    const start = last - (last % burstBalancePeriod);
    lowest.set(start, Math.min(value, lowest.get(start) ?? Number.POSITIVE_INFINITY));
  }
  return [...lowest].map(([start, value]) => ({ end: instant(start + burstBalancePeriod), lowest: value }));
}
