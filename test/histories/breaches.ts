import { breachesIn } from '../scenarios/invariants.ts';
import type { World } from './world.ts';

const seen = new WeakMap<World, number>();

/** Breaches of what must hold at every moment; asks again only where a call was made that could break it. */
export function breachesNow(world: World): readonly string[] {
  const { calls } = world.responder.account.endpoint;
  const from = seen.get(world) ?? 0;
  seen.set(world, calls.length);
  const isNews = calls.slice(from).some(({ operation }) => operation === 'ModifyVolume');
  if (!isNews) return [];
  const { turns, consents, setting } = world;
  return breachesIn(world.responder, { turns, consents, describeLag: setting.describeLag * 1_000 });
}
