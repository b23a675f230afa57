import { minute } from '../scenarios/responder-account.ts';
import { caseTable } from './case-table.ts';
import type { Doing } from './doing.ts';
import type { Step } from './step.ts';
import { toAccount } from './to-account.ts';
import { toResponder } from './to-responder.ts';
import { toVolume } from './to-volume.ts';
import type { Effect, Performed, World } from './world.ts';

const doing: Doing<Performed['step']['kind']> = { ...toVolume, ...toResponder, ...toAccount };

/** Lets one thing happen. What does not fit (a volume that is gone, a change that AWS refuses a person) passes without effect. */
export async function perform(world: World, step: Step): Promise<void> {
  const { simulation } = world.responder.account;
  world.backups.push({ items: caseTable(world.responder).snapshot(), at: simulation.now });
  if (step.kind === 'live') return simulation.runFor(step.minutes * minute);
  const performed: Performed = { at: simulation.now, step, effect: false };
  world.performed.push(performed);
  const act: (world: World, step: never) => Effect | Promise<Effect> = doing[step.kind];
  performed.effect = await act(world, step as never);
}

/** Asked when the history has ended. */
export const hasStruck = ({ effect }: Performed): boolean =>
  typeof effect === 'function' ? effect() : effect;
