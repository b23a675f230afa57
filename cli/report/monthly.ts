import type { Assessment, RegionAssessment } from '../../core/domain/history/assessment.ts';
import { between, type Dollars, dollars, hours } from '../../core/domain/units.ts';
import { isUnread, type Known, wallMinutesOf } from './outcome.ts';

/** AWS bills a month as 730 hours. */
const month = hours(730);

/**
 * What a month like the one recorded costs under the policy. A change that stays costs its price from now on; a bridge
 * costs only while it stands, so its extra cost is taken for as long a time as a month has.
 */
export function monthlyUnderPolicy(
  assessment: Assessment,
  { from, until }: Pick<RegionAssessment, 'from' | 'until'>,
): Known<Dollars> {
  const { monthly, replay } = assessment;
  const wall = wallMinutesOf(assessment);
  if (isUnread(wall)) return wall;
  const last = replay.timeline.findLast(({ kind }) => kind === 'acted' || kind === 'returned');
  if (last?.kind === 'acted' && last.plan.purpose !== 'bridge') return last.plan.price.after;
  const time = between(from, until);
  return dollars(monthly.now + (time > 0 ? (replay.extraCost * month) / time : 0));
}
