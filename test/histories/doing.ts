import type { Step } from './step.ts';
import type { Effect, World } from './world.ts';

/** How each kind of step is done. */
export type Doing<Kind extends Step['kind']> = {
  readonly [K in Kind]: (world: World, step: Extract<Step, { kind: K }>) => Effect | Promise<Effect>;
};
