import type { Reading, Series } from '../reading.ts';
import { type Duration, minutes, sum } from '../units.ts';
import { burstBalancePeriod } from '../volume-limits.ts';

/** The sweep's minute, the notice on its way, and a fall that gets a little steeper meanwhile. */
const slack: Duration = minutes(5);

/**
 * How near the wall may likely be before it is announced: later, and the lead time could not be kept; earlier, and more
 * falls would be announced that turn around on the way. What happens within a period is only seen at its end.
 */
export function announceWithin(leadTime: Duration, balance: Reading<Series>): Duration {
  const newest = balance.kind === 'read' ? balance.value.at(-1) : undefined;
  return sum(leadTime, newest?.period ?? burstBalancePeriod, slack);
}
