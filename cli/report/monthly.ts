import type { Assessment, RegionAssessment } from '../../core/domain/history/assessment.ts';
import { billedMonth } from '../../core/domain/prices.ts';
import { between, type Dollars, dollars } from '../../core/domain/units.ts';
import { isUnread, type Known, stallMinutesOf } from './outcome.ts';

/**
 * What a month like the one recorded costs under the policy. A change that stays costs its price from now on; a bridge
 * costs only while it stands, so its extra cost is taken for as long a time as a month has.
 */
export function monthlyUnderPolicy(
  assessment: Assessment,
  { from, until }: Pick<RegionAssessment, 'from' | 'until'>,
): Known<Dollars> {
  const { monthly, replay: reading } = assessment;
  const stall = stallMinutesOf(assessment);
  if (isUnread(stall)) return stall;
  if (reading.kind === 'unread') return reading;
  const replay = reading.value;
  const last = replay.timeline.findLast(({ kind }) => kind === 'acted' || kind === 'returned');
  if (last?.kind === 'acted' && last.plan.purpose !== 'bridge') return last.plan.price.after;
  const time = between(from, until);
  return dollars(monthly.now + (time > 0 ? (replay.extraCost * billedMonth) / time : 0));
}
