import * as fc from 'fast-check';
import { breachesNow } from './breaches.ts';
import { perform } from './perform.ts';
import {
  type Setting,
  settings,
  settingsOfBridges,
  settingsOfReturns,
  settingsOfRivals,
  settingsOfSilence,
  settingsOfSlots,
} from './setting.ts';
import { settle } from './settle.ts';
import { type Step, steps, stepsOfADay, stepsOfDays, stepsOfSlots } from './step.ts';
import { begin, type World } from './world.ts';

/** What was drawn, as data: enough to live through exactly the same once more. */
export interface History {
  readonly setting: Setting;
  readonly steps: readonly Step[];
}

/** An invariant did not hold; `lived` is the history up to that moment. */
export class Breach extends Error {
  override readonly name = 'Breach';
  readonly lived: History;
  readonly world: World;

  constructor(lived: History, world: World, lines: readonly string[]) {
    super(
      `${lines.length} breach${lines.length === 1 ? '' : 'es'} of an invariant:\n  ${lines.join('\n  ')}`,
    );
    this.lived = lived;
    this.world = world;
  }
}

/** The model of a history is what has been done to it: what must hold is asked of the account, after every step. */
interface Done {
  readonly steps: Step[];
}

class Command implements fc.AsyncCommand<Done, World> {
  readonly step: Step;

  constructor(step: Step) {
    this.step = step;
  }

  /** Every step can be taken; one that finds nothing to do is counted as such. */
  check(): boolean {
    return true;
  }

  async run(done: Done, world: World): Promise<void> {
    done.steps.push(this.step);
    await demandNoBreach(world, done.steps, async () => {
      await perform(world, this.step);
      return breachesNow(world);
    });
  }

  /** What fast-check prints of a command, and all it lets out of one. */
  toString(): string {
    return JSON.stringify(this.step);
  }
}

const MOST_STEPS = 24;

const commandsOf = (all: fc.Arbitrary<Step>, maxCommands: number) =>
  fc.commands([all.map((step) => new Command(step))], { maxCommands, size: 'max' });

/**
 * Most histories are short, because most of what breaks needs few steps; in one of twenty volumes compete for what the caps
 * leave, in one of seventy slots run out; one in a hundred lasts for days, where bridges are likely to be built, because they
 * go back a day later at the earliest, or where a volume that was told of falls silent.
 */
const drawings = fc.oneof(
  { weight: 642, arbitrary: fc.tuple(settings, commandsOf(steps, 8)) },
  { weight: 50, arbitrary: fc.tuple(settingsOfRivals, commandsOf(steps, MOST_STEPS)) },
  { weight: 285, arbitrary: fc.tuple(settings, commandsOf(steps, MOST_STEPS)) },
  { weight: 4, arbitrary: fc.tuple(settingsOfBridges, commandsOf(stepsOfDays, 10)) },
  { weight: 2, arbitrary: fc.tuple(settingsOfReturns, commandsOf(stepsOfADay, 4)) },
  { weight: 3, arbitrary: fc.tuple(settingsOfSilence, commandsOf(stepsOfADay, 4)) },
  { weight: 14, arbitrary: fc.tuple(settingsOfSlots, commandsOf(stepsOfSlots, 10)) },
);

/** What throws is a breach as well, and can be shrunk and shown like any other. */
async function demandNoBreach(
  world: World,
  done: readonly Step[],
  breaches: () => Promise<readonly string[]>,
): Promise<void> {
  const lines = await breaches().catch((error: unknown) => [
    `it threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  ]);
  if (lines.length > 0) throw new Breach({ setting: world.setting, steps: done }, world, lines);
}

/** Told at the end of each history, kept or broken. */
export type OnLived = (world: World, steps: readonly Step[]) => void;

/** Histories of up to 24 steps, minutes or days long, after which everything is mended and what must come in the end has come. */
export const histories = (
  onLived: OnLived,
): fc.IAsyncPropertyWithHooks<[[Setting, Iterable<fc.AsyncCommand<Done, World>>]]> =>
  fc.asyncProperty(drawings, async ([setting, all]) => {
    const world = await begin(setting);
    const done: Done = { steps: [] };
    try {
      await fc.asyncModelRun(() => ({ model: done, real: world }), all);
      await finish(world, done.steps);
    } finally {
      onLived(world, done.steps);
    }
  });

/** The history that a seed stands for, without living through it. */
export async function drawn(seed: number): Promise<History> {
  const found: History[] = [];
  const property = fc.property(drawings, ([setting, all]) => {
    found.push({ setting, steps: [...all].map((command) => JSON.parse(String(command)) as Step) });
  });
  fc.check(property, { seed, numRuns: 1 });
  const [history] = found;
  if (history === undefined) throw new Error(`seed ${seed} drew nothing`);
  return history;
}

/** Lives through a kept history. @throws Breach */
export async function live({ setting, steps: all }: History): Promise<World> {
  const world = await begin(setting);
  const done: Done = { steps: [] };
  for (const step of all) await new Command(step).run(done, world);
  await finish(world, done.steps);
  return world;
}

const finish = (world: World, done: readonly Step[]): Promise<void> =>
  demandNoBreach(world, done, () => settle(world));
