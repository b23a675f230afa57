import { expect, test } from 'vitest';
import type { Run } from '../../../cli/commands/replay-runs.ts';
import { columnWords, replayTable } from '../../../cli/commands/replay-table.ts';
import { defaultPolicy } from '../../../cli/policy-file.ts';
import { type Score, scoreSum } from '../../../core/domain/history/score.ts';
import { minutes } from '../../../core/domain/units.ts';

const nothing = scoreSum([]);

const scored = (rest: Partial<Score>): Run => ({
  name: 'ours',
  rival: undefined,
  policy: defaultPolicy,
  replays: [],
  score: { ...nothing, ...rest },
});

/** The cells by their heading. */
function cells(run: Run): ReadonlyMap<string, string> {
  const [header = '', rule = '', row = ''] = replayTable([run], undefined).table.split('\n');
  const columns = [...rule.matchAll(/─+/g)];
  const cellsOf = (text: string) =>
    columns.map(({ index, 0: line }) => text.slice(index, index + line.length).trim());
  const shown = cellsOf(row);
  return new Map(cellsOf(header).map((heading, column) => [heading, shown[column] ?? '']));
}

const leads = (...values: readonly number[]) => ({
  due: values.length,
  announced: values.length,
  leads: values.map(minutes),
});

test.each([
  { leads: [21.9], shown: '21 / 21 / 21 / 21' },
  { leads: [5, 20, 30], shown: '5 / 5 / 20 / 30' },
  { leads: Array.from({ length: 20 }, (_none, index) => index + 1), shown: '1 / 2 / 10 / 20' },
  { leads: [3, ...Array.from({ length: 98 }, () => 24), 1_500], shown: '3 / 24 / 24 / 1,500' },
])('shows of leads the least, the tenth, the median and the most: $shown', ({ leads: values, shown }) => {
  expect(cells(scored(leads(...values))).get('minutes ahead')).toBe(shown);
});

test('shows none where nothing was told before', () => {
  expect(cells(scored({ due: 2 })).get('minutes ahead')).toBe('–');
  expect(cells(scored({ due: 2 })).get('told before')).toBe('0 of 2');
});

test('says under the table what every column means that its heading does not tell', () => {
  const text = columnWords.join('\n');
  for (const heading of ['walls', 'averted', 'told before', 'minutes ahead', 'groundless', 'stalled', 'cost'])
    expect(text).toContain(`${heading}: `);
});

test('on a terminal that is too narrow leaves out what matters least, and says so', () => {
  const wide = scored(leads(5, 20, 30));
  const { table, legend } = replayTable([wide], 80);
  expect(Math.max(...table.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect(table).toMatch(/^ +walls .* told before .* stalled +cost\n/);
  expect(legend).toEqual([
    expect.stringMatching(/^No room for .*acts; a wider terminal and --json have (it|them)\.$/),
  ]);
  expect(replayTable([wide], 200).legend).toEqual([]);
  expect(replayTable([wide], undefined).legend).toEqual([]);
});
