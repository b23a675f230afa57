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
  const { histories, steps, minutes, runs, crashes, calls, faultsTaken } = tally;
  const { acts, refusedActs, returns, notices, drawn, struck, met } = tally;
  const summary = table(
    [`seeds ${seed} to ${seed + histories - 1}`, 'in all', 'each'],
    Object.entries({
      histories,
      steps,
      'simulated minutes': minutes,
      'runs of our functions': runs,
      'runs that died': crashes,
      'calls they made': calls,
      'calls that a fault hit': faultsTaken,
      'acts AWS accepted': acts,
      'of these, returns': returns,
      'acts AWS refused': refusedActs,
      'notices on SNS': notices,
    }).map(([name, number]) => [name, count(number), (number / Math.max(1, histories)).toFixed(2)]),
  );
  const injected = table(
    ['done to them', 'drawn', 'struck'],
    Object.entries(drawn)
      .map(([kind, times]) => ({ kind, times, strikes: struck[kind] ?? 0 }))
      .sort((a, b) => b.strikes - a.strikes)
      .map(({ kind, times, strikes }) => [kind, count(times), count(strikes)]),
  );
  const metTables = Object.entries({
    'refusals that were met': met.refusals,
    'ends of cases': met.endings,
    'acts accepted': met.acts,
  }).map(([heading, counts]) =>
    table(
      [heading, 'in all'],
      Object.entries(counts)
        .toSorted(([, a], [, b]) => b - a)
        .map(([name, times]) => [name, count(times)]),
    ),
  );
  const time = `${(milliseconds / 60_000).toFixed(1)} min on ${workers} processes, ${(milliseconds / Math.max(1, histories)).toFixed(1)} ms each`;
  return `${[summary, injected, ...metTables].join('\n\n')}\n\nviolations: ${broken}   (${time})`;
}
