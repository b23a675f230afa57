import { messageOf } from '../../lambda/adapters/aws-errors.ts';
import { type Cleaning, type Kind, kindsOf, type Leftover } from './leftovers.ts';
import type { Site } from './names.ts';
import type { World } from './world.ts';

export interface CleanedUp {
  readonly removed: readonly string[];
  /** Still there, or nobody could look; each with what to do. */
  readonly left: readonly { readonly what: string; readonly command: string; readonly why: string }[];
}

type Cleaner = Cleaning & Pick<World, 'now' | 'sleep' | 'say' | 'giveUp'>;

/** AWS's lists lag behind what was just made: a look that finds nothing is believed when the next one agrees. */
const agreement = 20_000;
const pause = 5_000;
/** Whoever may not look, or has no credentials any more, will not be let in ten minutes either. */
const blindPatience = 1;

/**
 * Removes everything that carries the tag of the run, the last made first, and looks again until nothing is found: what
 * was made is known from AWS alone, so that a run that died is cleaned up like any other. Never throws.
 */
export async function cleanUp(world: Cleaner, site: Site, run: string): Promise<CleanedUp> {
  const removed = new Set<string>();
  const kinds = kindsOf(world, site, run);
  for (let isFirst = true; ; isFirst = false) {
    const before = removed.size;
    const left = await pass(world, kinds, removed, run);
    if (world.giveUp.aborted) return outcome(removed, await remaining(kinds, run));
    if (left.length > 0 || (removed.size === before && !isFirst)) return outcome(removed, left);
    await world.sleep(agreement, world.giveUp);
  }
}

const outcome = (removed: ReadonlySet<string>, left: CleanedUp['left']): CleanedUp => ({
  removed: [...removed].filter((what) => left.every((one) => one.what !== what)),
  left,
});

async function pass(world: Cleaner, kinds: readonly Kind[], removed: Set<string>, run: string) {
  const left: CleanedUp['left'][number][] = [];
  for (const kind of kinds) {
    if (world.giveUp.aborted) break;
    left.push(...(await cleanKind(world, kind, removed, run)));
  }
  return left;
}

/** @returns what of it is left when the patience is over. */
async function cleanKind(
  world: Cleaner,
  kind: Kind,
  removed: Set<string>,
  run: string,
): Promise<CleanedUp['left']> {
  const since = world.now();
  for (;;) {
    const found = await looked(kind, run);
    if (found.length === 0) return [];
    const patience = found.every(({ remove }) => remove === undefined) ? blindPatience : kind.patience;
    const [failure] = await removeAll(world, found, removed);
    if (world.giveUp.aborted) return [];
    if (world.now() >= since + patience * 60_000)
      return found.map((one) => stillThere(one, failure?.why, kind));
    await world.sleep(pause, world.giveUp);
  }
}

const stillThere = ({ what, command, why }: Found, failure: string | undefined, { patience }: Kind) => ({
  what,
  command,
  why: why ?? failure ?? `not gone after ${patience} minutes`,
});

interface Failure {
  readonly why: string;
}

type Found = Pick<Leftover, 'what' | 'command'> & {
  readonly remove?: Leftover['remove'];
  readonly why?: string;
};

/** What cannot be looked for counts as there. */
async function looked(kind: Kind, run: string): Promise<readonly Found[]> {
  try {
    return await kind.find();
  } catch (error) {
    const command = `npm run smoke:aws -- --clean-up-only ${run} with the same --account, --region and --profile`;
    return [{ what: `${kind.name}, if there is one`, command, why: `could not look: ${messageOf(error)}` }];
  }
}

async function removeAll(world: Cleaner, found: readonly Found[], removed: Set<string>) {
  const failures: Failure[] = [];
  for (const { what, remove } of found) {
    if (remove === undefined) continue;
    if (!removed.has(what)) world.say(`  removing ${what}`);
    try {
      removed.add(what);
      await remove();
    } catch (error) {
      // A volume is in use until its instance is gone; whatever it is, the next look decides.
      failures.push({ why: messageOf(error) });
    }
  }
  return failures;
}

async function remaining(kinds: readonly Kind[], run: string): Promise<CleanedUp['left']> {
  const found = await Promise.all(kinds.map((kind) => looked(kind, run)));
  return found.flat().map(({ what, command, why }) => ({ what, command, why: why ?? 'told to leave it' }));
}
