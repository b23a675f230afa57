import { breachesIn } from '../scenarios/invariants.ts';
import { minute } from '../scenarios/responder-account.ts';
import type { World } from './world.ts';

const seen = new WeakMap<World, number>();

/** Requests, and the transactions that write intents and the ledger: no other call can break what must hold. */
const breaking: ReadonlySet<string> = new Set(['ModifyVolume', 'TransactWriteItems']);

/** Breaches of what must hold at every moment; asks again only where a call was made that could break it. */
export function breachesNow(world: World): readonly string[] {
  const { calls } = world.responder.account.endpoint;
  const from = seen.get(world) ?? 0;
  seen.set(world, calls.length);
  const isNews = calls.slice(from).some(({ operation }) => breaking.has(operation));
  if (!isNews) return [];
  const { turns, consents, setting } = world;
  return breachesIn(world.responder, {
    turns,
    consents,
    describeLag: setting.describeLag * 1_000,
    clockError: clockErrorOf(world),
    memoryLosses: memoryLosses(world),
  });
}

/** When the table was lost or went back to a backup, oldest first. */
export const memoryLosses = ({ performed }: World): readonly number[] =>
  performed
    .filter(({ step: { kind } }) => kind === 'lose table' || kind === 'restore table')
    .map(({ at }) => at);

/** How wrong the clock of respond has been at most. */
export const clockErrorOf = ({ performed }: World): number =>
  Math.max(
    0,
    ...performed.flatMap(({ step }) =>
      step.kind === 'skew' && step.lambda === 'respond' ? [Math.abs(step.minutes) * minute] : [],
    ),
  );
