import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quietLogs } from '../cli/demo/quiet-logs.ts';
import { servedDeployment } from './coldstart/account.ts';
import { Workbench } from './coldstart/bundles.ts';
import { fewestRounds, problemsOf } from './coldstart/judge.ts';
import { measuredCandidates, measuredHandlers } from './coldstart/measured.ts';
import { asText, type ColdstartRecord, candidateRows, handlerRows, pageWith } from './coldstart/page.ts';

/**
 * `npm run bench:coldstart`: what starting each Lambda costs, over an empty one and over the bare clients it needs. Exits 1
 * when a handler bundles a client it does not construct, is over its limits or over bench/recorded-coldstart.json.
 * `-- --record` writes that and the tables of docs/coldstart.md; `-- --candidates` weighs other ways to bundle.
 */
const usage = `usage: npm run bench:coldstart -- [--rounds N] [--candidates] [--record]
  --rounds N     start everything N times (15); with fewer than ${fewestRounds}, load times are printed and not judged
  --candidates   weigh other ways to bundle as well
  --record       write bench/recorded-coldstart.json and the tables of docs/coldstart.md`;

class UsageError extends Error {}

const root = join(import.meta.dirname, '..');
const recordFile = join(root, 'bench', 'recorded-coldstart.json');
const pageFile = join(root, 'docs', 'coldstart.md');
const unrecorded: ColdstartRecord = { rounds: 0, handlers: {}, candidates: [] };

interface Options {
  readonly rounds: number;
  readonly candidates: boolean;
  readonly record: boolean;
}

function optionsIn(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string', default: '15' },
        candidates: { type: 'boolean', default: false },
        record: { type: 'boolean', default: false },
      },
    });
    const rounds = Number(values.rounds);
    if (!Number.isInteger(rounds) || rounds < 1)
      throw new Error(`--rounds: got "${values.rounds}", expected a whole number from 1 on`);
    return { ...values, rounds };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main({ rounds, candidates, record }: Options): Promise<number> {
  const recorded: ColdstartRecord = existsSync(recordFile)
    ? JSON.parse(readFileSync(recordFile, 'utf8'))
    : unrecorded;
  const workbench = new Workbench();
  const deployment = await servedDeployment();
  try {
    say(
      `Every process is started ${rounds} times, in turns, by Node ${process.versions.node}; ratios are medians of CPU time.`,
    );
    const measured = await measuredHandlers(workbench, deployment, rounds);
    const weighed = candidates
      ? await measuredCandidates(workbench, deployment, rounds)
      : recorded.candidates;
    const handlers = Object.fromEntries(measured.map(({ handler, figures }) => [handler, figures]));
    say(`\n${asText(handlerRows(handlers))}`);
    if (candidates) say(`\n${asText(candidateRows(weighed))}`);
    const now = { rounds, handlers, candidates: weighed };
    if (record) write(now);
    const budget = record ? now : recorded;
    const problems = measured.flatMap((each) => problemsOf(each, budget.handlers[each.handler]));
    for (const problem of problems) process.stderr.write(`\n${problem}\n`);
    if (rounds < fewestRounds) say(`\nLoad times are not judged: ${fewestRounds} rounds are the fewest.`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await deployment.stop();
    workbench.remove();
  }
}

function write(record: ColdstartRecord): void {
  writeFileSync(recordFile, `${JSON.stringify(record, null, 2)}\n`);
  writeFileSync(pageFile, pageWith(readFileSync(pageFile, 'utf8'), record));
  say('\nwritten: bench/recorded-coldstart.json, docs/coldstart.md');
}

quietLogs();
try {
  process.exitCode = await main(optionsIn(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
