import { table } from '../../cli/render/table.ts';
import type { Tally } from '../../test/histories/tally.ts';

export interface Outcome {
  readonly seed: number;
  readonly tally: Tally;
  readonly broken: number;
  readonly milliseconds: number;
  readonly workers: number;
}

const count = (number: number): string => number.toLocaleString('en-US');

/** What was lived through, what was done to it, and how often an invariant did not hold. */
export function tallyTable({ seed, tally, broken, milliseconds, workers }: Outcome): string {
  const { histories, steps, minutes, runs, calls, acts, refusedActs, notices, kinds } = tally;
  const summary = table(
    [`seeds ${seed} to ${seed + histories - 1}`, 'in all', 'each'],
    Object.entries({
      histories,
      steps,
      'simulated minutes': minutes,
      'runs of our functions': runs,
      'calls they made': calls,
      'acts AWS accepted': acts,
      'acts AWS refused': refusedActs,
      'notices on SNS': notices,
    }).map(([name, number]) => [name, count(number), (number / Math.max(1, histories)).toFixed(2)]),
  );
  const injected = table(
    ['drawn for them', 'times'],
    Object.entries(kinds)
      .sort(([, a], [, b]) => b - a)
      .map(([kind, times]) => [kind, count(times)]),
  );
  const time = `${(milliseconds / 60_000).toFixed(1)} min on ${workers} processes, ${(milliseconds / Math.max(1, histories)).toFixed(1)} ms each`;
  return `${summary}\n\n${injected}\n\nviolations: ${broken}   (${time})`;
}
