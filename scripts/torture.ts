import { readFileSync, writeFileSync } from 'node:fs';
import { paint } from '../cli/render/paint.ts';
import { progressLine } from '../cli/render/progress.ts';
import { timeline } from '../cli/render/timeline.ts';
import { Breach, drawn, type History, live } from '../test/histories/history.ts';
import { type BrokenSeed, shrink } from '../test/histories/run-slice.ts';
import { added, noTally } from '../test/histories/tally.ts';
import { timelineOf } from '../test/histories/timeline.ts';
import type { World } from '../test/histories/world.ts';
import { slicesOf, spread } from './torture/spread.ts';
import { tallyTable } from './torture/tally-table.ts';
import { type TortureOptions, tortureOptions, usage } from './torture/torture-options.ts';

/**
 * Random histories of faults, crashes, people and robots against the production handlers on the simulated account; what
 * must always hold is checked after every step. Exits 1 when it did not. AWS itself is not asked.
 */
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';

const SHRINKING_MS = 60_000;
const MOST_SHRUNK = 3;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(args: readonly string[]): Promise<number> {
  const options = tortureOptions(args);
  if (options === 'help') {
    say(usage);
    return 0;
  }
  if (options.replay !== undefined) return show(JSON.parse(readFileSync(options.replay, 'utf8')) as History);
  if (options.timeline) return show(await drawn(options.seed));
  return torture(options);
}

async function torture({ histories, seed, workers }: TortureOptions): Promise<number> {
  const progress = progressLine(process.stderr);
  const broken: BrokenSeed[] = [];
  let tally = noTally;
  const began = Date.now();
  await spread(slicesOf(seed, histories), workers, (result) => {
    tally = added(tally, result.tally);
    broken.push(...result.broken);
    progress.show(
      `${tally.histories} of ${histories} histories, ${tally.acts} acts, ${broken.length} violations, ${eta(began, tally.histories, histories)}`,
    );
  });
  progress.end();
  say(tallyTable({ seed, tally, broken: broken.length, milliseconds: Date.now() - began, workers }));
  const [first, ...others] = broken.toSorted((a, b) => a.seed - b.seed);
  if (first === undefined) return 0;
  for (const one of [first, ...others].slice(0, MOST_SHRUNK)) await explain(one);
  if (others.length >= MOST_SHRUNK) {
    const rest = broken
      .map((one) => one.seed)
      .sort((a, b) => a - b)
      .slice(MOST_SHRUNK);
    say(`\nOther seeds that break: ${rest.slice(0, 50).join(', ')}${rest.length > 50 ? ' …' : ''}`);
  }
  return 1;
}

function eta(began: number, done: number, wanted: number): string {
  const left = ((Date.now() - began) / Math.max(1, done)) * (wanted - done);
  return `${Math.ceil(left / 60_000)} min left`;
}

/** The shortest history that still breaks, kept in a file, and how to see it again. */
async function explain({ seed, message }: BrokenSeed): Promise<void> {
  say(`\nSeed ${seed}: ${message}`);
  say(`  as it was drawn: npm run torture -- --seed ${seed} --timeline`);
  const shrunk = await shrink(seed, SHRINKING_MS);
  if (shrunk === undefined) return;
  const file = `torture-${seed}.json`;
  writeFileSync(file, `${JSON.stringify(shrunk.history, undefined, 2)}\n`);
  say(`  shrunk to ${shrunk.history.steps.length} steps: npm run torture -- --replay ${file}`);
}

async function show(history: History): Promise<number> {
  const { world, message } = await live(history).then(
    (lived): { world: World; message?: string } => ({ world: lived }),
    (error: unknown) => {
      if (error instanceof Breach) return { world: error.world, message: error.message };
      throw error;
    },
  );
  say(timeline(timelineOf(world), process.stdout.columns ?? 120, paint()));
  say(`\n${message ?? 'Every invariant held.'}`);
  return message === undefined ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exitCode = 2;
}
