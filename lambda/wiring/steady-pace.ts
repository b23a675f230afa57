import type { Pace } from '../../core/application/ports.ts';
import { after, type Duration, type Instant, seconds } from '../../core/domain/units.ts';
import type { Lease } from '../adapters/dynamo-lease.ts';
import type { Runtime } from './runtime.ts';

/** Who waits while another run holds the lease, and who leaves its work to that one or the next. */
export interface Shared {
  readonly lease: Lease;
  readonly whileHeld: 'waits' | 'gives-up';
}

const betweenAsks = seconds(2);

/**
 * Turns at least `interval` apart until `within` has passed since the first was asked for; then it is over. Where they
 * are shared, each turn takes or renews the lease.
 */
export function steadyPace(
  runtime: Pick<Runtime, 'now' | 'sleep'>,
  interval: Duration,
  within: Duration,
  shared?: Shared,
): Pace {
  let started: Instant | undefined;
  const isOver = () => started !== undefined && runtime.now() >= after(started, within);
  const taken = async ({ lease, whileHeld }: Shared): Promise<'go' | 'over'> => {
    if (await lease.hold(runtime.now())) return 'go';
    if (whileHeld === 'gives-up') return 'over';
    await runtime.sleep(betweenAsks);
    return isOver() ? 'over' : taken({ lease, whileHeld });
  };
  return {
    turn: async () => {
      const isFirst = started === undefined;
      if (isOver()) return 'over';
      started ??= runtime.now();
      if (!isFirst) await runtime.sleep(interval);
      return shared === undefined ? 'go' : taken(shared);
    },
    end: async () => {
      if (started !== undefined) await shared?.lease.release(runtime.now());
    },
  };
}
