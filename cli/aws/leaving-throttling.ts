import { StandardRetryStrategy } from '@smithy/core/retry';
import { isThrottled } from '../../lambda/adapters/aws-errors.ts';

type Refresh = StandardRetryStrategy['refreshRetryTokenForRetry'];

/** The SDK's own number; `AWS_MAX_ATTEMPTS` does not change it for a paced client. */
const attempts = 3;

/** Tries again what the network lost and what AWS failed at, as the SDK does, and never what AWS throttled. */
class LeavingThrottling extends StandardRetryStrategy {
  override async refreshRetryTokenForRetry(...[token, failure]: Parameters<Refresh>): ReturnType<Refresh> {
    // The SDK then throws the error it came with.
    if (isThrottled(failure.error)) throw new Error('throttled, which whoever paces the calls answers');
    return super.refreshRetryTokenForRetry(token, failure);
  }
}

/**
 * For a client whose calls are paced. Whoever paces them waits after a complaint, is slower from then on and counts every
 * call; a retry below would do none of that, three times for each of its own.
 */
export const leavingThrottling = (): StandardRetryStrategy => new LeavingThrottling(attempts);
