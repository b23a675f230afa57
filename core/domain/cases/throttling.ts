import type { AwsRefusal, Refusal } from '../reasons.ts';
import { before, type Duration, type Instant, minutes } from '../units.ts';
import type { Told } from './case.ts';

type AnyRefusal = Refusal | AwsRefusal;

/** AWS refuses for the moment, and by the account: the volume itself has nothing to do with it. */
export const isThrottling = ({ code }: AnyRefusal): boolean => code === 'aws-throttled';

/** When to ask again where this stands in the way: throttling is over within moments, all else takes its own time. */
export const untilOver = (refusal: AnyRefusal, otherwise: Duration): Duration =>
  isThrottling(refusal) ? minutes(1) : otherwise;

/** How long throttling may last before it is more than a moment: one look that asks again, and the next. */
const moment = minutes(2);

/**
 * Whether nobody is called for this yet, however near the wall: a person could do no more than ask again, as we do in a
 * minute. Who was called already is not told that it was for nothing.
 */
export const mayPassInMoments = (refusal: AnyRefusal, told: Told | undefined, now: Instant): boolean =>
  isThrottling(refusal) && (told === undefined || (told.what === 'warned' && told.at > before(now, moment)));
