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

/** Since when AWS throttles, as far as a case knows; left out where it does not. */
interface Throttling {
  readonly throttledSince?: Instant;
}
type Held = Throttling & { readonly told: Told | undefined };

/** What the case remembers of it after these refusals: one look that finds anything else in the way ends it. */
export const throttlingAfter = (held: Held, refusals: readonly AnyRefusal[], now: Instant): Throttling =>
  refusals.some(isThrottling) ? { throttledSince: held.throttledSince ?? now } : {};

/** While AWS is asked again nobody knows yet whether it is over. */
export const throttlingUntilAnswered = ({ throttledSince }: Held): Throttling =>
  throttledSince === undefined ? {} : { throttledSince };

/**
 * Whether nobody is called for this yet, however near the wall: a person could do no more than ask again, as we do in a
 * minute. Who was called to this wall already is not told that it was for nothing.
 */
export const mayPassInMoments = (refusal: AnyRefusal, held: Held | undefined, now: Instant): boolean =>
  isThrottling(refusal) && !isCalled(held?.told) && (held?.throttledSince ?? now) > before(now, moment);

const isCalled = (told: Told | undefined): boolean => told?.what === 'needed' && told.easedAt === undefined;
