import { after, days, type Instant } from '../../core/domain/units.ts';

const retention = days(90);

/** When DynamoDB may forget an item, in epoch seconds as its time to live wants them. */
export const expiryAfter = (at: Instant): string => String(Math.ceil(after(at, retention) / 1_000));
