import type { Account } from '../account.ts';
import { control } from './control.ts';
import { answer } from './front.ts';
import { outside } from './outside.ts';
import { Pace, type Speed } from './pace.ts';
import { type Listening, type ListenOptions, listen } from './server.ts';

export interface ServedAccount extends Listening {
  readonly pace: Pace;
}

export interface ServeOptions extends ListenOptions {
  readonly speed: Speed;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** How often what becomes due is done while nobody calls, in ms. */
const TICK = 250;

/**
 * One simulated account behind one address, for every client that speaks AWS's protocols.
 * @throws RangeError for an address beyond loopback that was not asked for expressly
 */
export async function serveAccount(account: Account, options: ServeOptions): Promise<ServedAccount> {
  const pace = new Pace(account.simulation, options.clock, options.speed);
  let unheard: { readonly error: unknown } | undefined;
  const listening = await listen(async (request) => {
    if (unheard !== undefined) {
      const { error } = unheard;
      unheard = undefined;
      throw error;
    }
    await pace.catchUp();
    return (
      (await control({ account, pace }, request)) ??
      (await outside(account, request)) ??
      answer(account, request)
    );
  }, options);
  account.queues.origin = listening.url;
  const ticking = setInterval(() => {
    // A defect of the twin while nobody calls is told to the next who does.
    pace.catchUp().catch((error: unknown) => {
      unheard ??= { error };
    });
  }, TICK);
  return {
    ...listening,
    pace,
    stop: async () => {
      clearInterval(ticking);
      await listening.stop();
    },
  };
}
