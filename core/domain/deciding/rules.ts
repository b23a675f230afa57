import type { VolumePolicy } from '../policy.ts';
import type { PriceList } from '../prices.ts';

/** What deciding needs besides the situation: who allows what, and what it costs. */
export interface Rules {
  readonly policy: VolumePolicy;
  readonly prices: PriceList;
}
