import type { Policy } from '../../domain/policy.ts';
import type { PriceList } from '../../domain/prices.ts';
import { type Duration, hours, minutes } from '../../domain/units.ts';

/** What no recording knows. Every report of a replay names them. */
export interface Assumptions {
  /** From the end of a sample's period until CloudWatch shows it. */
  readonly publicationDelay: Duration;
  /** From AWS's acceptance of a modification until the volume performs as its target. */
  readonly relievedAfter: Duration;
  /** From AWS's acceptance until `completed`. */
  readonly completedAfter: Duration;
  /** `as-tagged`: only volumes with the consent tag are moved; `assumed`: as if all carried it. */
  readonly consent: 'as-tagged' | 'assumed';
}

/**
 * The delay is the one the forecast is promised for: detectionLag less period and queue (aws-facts, "BurstBalance …
 * 5-minute period"). How long AWS takes with a modification is documented as "a few minutes to a few hours" (EBS user
 * guide, "Monitor the progress of volume modifications").
 */
export const usualAssumptions: Assumptions = {
  publicationDelay: minutes(3),
  relievedAfter: minutes(10),
  completedAfter: hours(1),
  consent: 'assumed',
};

export interface ReplaySettings {
  readonly policy: Policy;
  readonly prices: PriceList;
  readonly assumptions: Assumptions;
}
