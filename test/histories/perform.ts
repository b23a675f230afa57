import { minute } from '../scenarios/responder-account.ts';
import type { Doing } from './doing.ts';
import type { Step } from './step.ts';
import { toAccount } from './to-account.ts';
import { toResponder } from './to-responder.ts';
import { toVolume } from './to-volume.ts';
import type { World } from './world.ts';

const doing: Doing<Exclude<Step['kind'], 'live'>> = { ...toVolume, ...toResponder, ...toAccount };

/** Lets one thing happen. What does not fit (a volume that is gone, a change that AWS refuses a person) passes without effect. */
export async function perform(world: World, step: Step): Promise<void> {
  const { simulation } = world.responder.account;
  if (step.kind === 'live') return simulation.runFor(step.minutes * minute);
  const { kind, ...how } = step;
  world.performed.push({
    at: simulation.now,
    who: 'fate',
    kind: 'turn',
    text: `${kind} ${JSON.stringify(how)}`,
  });
  const act: (world: World, step: never) => void | Promise<void> = doing[kind];
  await act(world, step as never);
}
