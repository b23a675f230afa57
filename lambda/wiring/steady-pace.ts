import type { Pace } from '../../core/application/ports.ts';
import { after, type Duration, type Instant } from '../../core/domain/units.ts';
import type { Lease } from '../adapters/dynamo-lease.ts';
import type { Runtime } from './runtime.ts';

/**
 * Turns at least `interval` apart until `within` has passed since the first; then it is over. With a lease it is over
 * too when another run holds that.
 */
export function steadyPace(
  runtime: Pick<Runtime, 'now' | 'sleep'>,
  interval: Duration,
  within: Duration,
  lease?: Lease,
): Pace {
  let started: Instant | undefined;
  return {
    turn: async () => {
      const isFirst = started === undefined;
      started ??= runtime.now();
      if (runtime.now() >= after(started, within)) return 'over';
      if (!isFirst) await runtime.sleep(interval);
      return lease === undefined || (await lease.hold(runtime.now())) ? 'go' : 'over';
    },
  };
}
