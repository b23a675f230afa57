import { span } from '../render/quantities.ts';
import { count, counted, leftSpan } from './texts.ts';
import type { Totals } from './totals.ts';

/** The sentence that people quote: how bad it was, and what would be left of it. Whom nobody could judge is not in it. */
export function headline(totals: Totals): string {
  const { volumes, hitWall, wallMinutes } = totals;
  if (volumes === 0) return 'No volume here can run out of burst credits.';
  if (hitWall === 0) return `None of ${counted(volumes, 'volume')} was seen to run out of burst credits.`;
  return `${count(hitWall)} of ${counted(volumes, 'volume')} ran out of burst credits and stalled for ${span(wallMinutes)}; ${leftWords(totals)}.`;
}

function leftWords({ hitWall, hitUnjudged, stallMinutes }: Totals): string {
  if (hitUnjudged === hitWall) return 'how much of it the policy would have left is unknown';
  const left = stallMinutes === 0 ? 'none of it' : leftSpan(stallMinutes);
  const but = hitUnjudged === 0 ? '' : ` (of ${count(hitUnjudged)} of them that is unknown)`;
  return `under the policy ${left} would be left${but}`;
}
