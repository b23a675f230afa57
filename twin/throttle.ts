import type { Operation, Service } from './service.ts';
import { ServiceError } from './service-error.ts';
import type { Simulation } from './simulation.ts';

/** A token bucket: `capacity` calls at once, `perSecond` of them given back each second. */
interface Rate {
  readonly capacity: number;
  readonly perSecond: number;
}

/** The rate of one call; it may depend on the input, as EC2 gives unfiltered reads a smaller bucket. */
export type RateOf = (operation: string, input: object) => { readonly bucket: string; readonly rate: Rate };

export interface Throttle {
  readonly simulation: Simulation;
  readonly rateOf: RateOf;
  /** `RequestLimitExceeded` in EC2, `ThrottlingException` in CloudWatch. */
  readonly errorCode: string;
}

/** The same service behind AWS's request limits, counted in simulated time for the whole account. */
export function throttled(service: Service, { simulation, rateOf, errorCode }: Throttle): Service {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const take = (name: string, rate: Rate): boolean => {
    const bucket = buckets.get(name) ?? { tokens: rate.capacity, at: simulation.now };
    buckets.set(name, bucket);
    const earned = ((simulation.now - bucket.at) / 1000) * rate.perSecond;
    bucket.tokens = Math.min(rate.capacity, bucket.tokens + earned);
    bucket.at = simulation.now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
  const limit = (name: string, operation: Operation): Operation => ({
    accepts: operation.accepts,
    run: (input, call) => {
      const { bucket, rate } = rateOf(name, input);
      if (take(bucket, rate)) return operation.run(input, call);
      throw new ServiceError(
        errorCode,
        errorCode === 'RequestLimitExceeded' ? 'Request limit exceeded.' : 'Rate exceeded',
        {
          httpStatusCode: errorCode === 'RequestLimitExceeded' ? 503 : 400,
          $retryable: { throttling: true },
        },
      );
    },
  });
  return Object.fromEntries(
    Object.entries(service).map(([name, operation]) => [name, limit(name, operation)]),
  );
}
