import type { Dollars } from './units.ts';
import type { Configuration } from './volume.ts';

/** Monthly list prices before and after a modification; see prices.ts for their date and source. */
export interface Price {
  readonly now: Dollars;
  readonly after: Dollars;
  /** after − now; may be negative. */
  readonly difference: Dollars;
  /** The other ways out and what they cost a month, cheapest first, the chosen one left out. */
  readonly alternatives: readonly { readonly configuration: Configuration; readonly monthly: Dollars }[];
  /** ISO date the price list was checked, and the Region it is for. */
  readonly listOf: { readonly checked: string; readonly region: string };
}
