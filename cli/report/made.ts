import type { Assumptions } from '../../core/application/replay/replay-settings.ts';
import type { Policy } from '../../core/domain/policy.ts';
import type { PriceList } from '../../core/domain/prices.ts';
import type { Instant } from '../../core/domain/units.ts';

/** What a report says about itself: the program's version, when it was written, and the policy whose deeds it tells. */
export interface Made {
  readonly version: string;
  readonly at: Instant;
  /** The one that the assessments were replayed under; the alarm lines of the charts follow from it. */
  readonly policy: Policy;
  /** `as-configured`: the policy is somebody's own; `assumed`: nobody named one, so it is as if acting were allowed. */
  readonly acting: 'as-configured' | 'assumed';
  readonly assumptions: Assumptions;
  /** The lists all prices come from. */
  readonly priceLists: readonly Pick<PriceList, 'region' | 'checked'>[];
}
