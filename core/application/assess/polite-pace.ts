import { after, type Instant, latest, seconds } from '../../domain/units.ts';
import type { Clock } from '../ports.ts';
import type { CallPace } from './history-ports.ts';
import { timeFor } from './reading-plan.ts';

const firstPause = seconds(2);
const slowest = 16;
/** So many calls in a row without a complaint make it twice as fast again. */
const trusted = 20;

/** Begins calls as far apart as their datapoints ask for; every complaint doubles that. */
export function politePace(clock: Clock, sleep: (milliseconds: number) => Promise<void>): CallPace {
  let next: Instant | undefined;
  let slowness = 1;
  let goodTurns = 0;
  return {
    turn: async (call) => {
      const now = clock.now();
      const begins = next === undefined ? now : latest(now, next);
      goodTurns += 1;
      if (goodTurns > trusted && slowness > 1) {
        slowness /= 2;
        goodTurns = 0;
      }
      next = after(begins, seconds((slowness * timeFor(call)) / 1_000));
      if (begins > now) await sleep(begins - now);
    },
    slowDown: async () => {
      goodTurns = 0;
      slowness = Math.min(slowest, slowness * 2);
      await sleep(firstPause * slowness);
    },
    get slowness() {
      return slowness;
    },
  };
}
