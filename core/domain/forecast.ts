import type { Duration, Instant, Percent } from './units.ts';

/** Never one bare number: the wall comes between `earliest` (full burst from now on) and `latest`. */
export interface InstantRange {
  readonly earliest: Instant;
  readonly likely: Instant;
  /** `undefined` when the gentlest slope seen would never reach it. */
  readonly latest: Instant | undefined;
}

interface Seen {
  readonly balance: Percent;
  /** End of the newest sample's period: what the balance is known for. */
  readonly asOf: Instant;
  readonly age: Duration;
  /** The wall if the volume bursts fully from `asOf` on; nothing can bring it earlier. */
  readonly earliestWall: Instant;
}

export type Forecast =
  | { readonly kind: 'unknown'; readonly why: 'no-data' | 'stale' | 'unread'; readonly detail: string }
  | (Seen & { readonly kind: 'at-wall' })
  | (Seen & { readonly kind: 'draining'; readonly percentPerMinute: number; readonly wall: InstantRange })
  | (Seen & { readonly kind: 'steady' })
  | (Seen & { readonly kind: 'recovering'; readonly percentPerMinute: number; readonly full: InstantRange })
  /** One sample only: no slope yet. */
  | (Seen & { readonly kind: 'first-sight' });
