import * as fc from 'fast-check';
import { Breach, type History, histories } from './history.ts';
import { added, noTally, type Tally, tallyOf } from './tally.ts';

export interface Slice {
  readonly firstSeed: number;
  readonly count: number;
}

export interface BrokenSeed {
  readonly seed: number;
  readonly message: string;
}

export interface SliceResult {
  readonly tally: Tally;
  readonly broken: readonly BrokenSeed[];
}

/** Lives through one history per seed. A history is drawn from its seed alone, so it is the same in whatever slice it is lived. */
export async function runSlice({ firstSeed, count }: Slice): Promise<SliceResult> {
  let tally = noTally;
  const property = histories((world, steps) => {
    tally = added(tally, tallyOf(world, steps));
  });
  const broken: BrokenSeed[] = [];
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const { failed, errorInstance } = await fc.check(property, { seed, numRuns: 1, endOnFailure: true });
    if (failed) broken.push({ seed, message: messageOf(errorInstance) });
  }
  return { tally, broken };
}

const messageOf = (error: unknown): string =>
  error instanceof Breach
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);

/** The shortest history found, within `milliseconds`, that breaks as the seed's does. */
export async function shrink(
  seed: number,
  milliseconds: number,
): Promise<{ readonly history: History; readonly message: string } | undefined> {
  const { errorInstance } = await fc.check(
    histories(() => undefined),
    { seed, numRuns: 1, interruptAfterTimeLimit: milliseconds },
  );
  if (!(errorInstance instanceof Breach)) return undefined;
  return { history: errorInstance.lived, message: errorInstance.message };
}
