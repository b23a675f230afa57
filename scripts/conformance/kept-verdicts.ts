import { type Column, cell, type Suite } from './fidelity-page.ts';

/** What one fact's row tells of one column, e.g. `yes`; undefined where there is no such row or column. */
export type Told = (api: string, fact: string, column: string) => string | undefined;

/** A verdict that is not what it was. */
export interface ChangedVerdict {
  readonly api: string;
  readonly fact: string;
  readonly before: string;
  readonly now: string;
}

/** Reads docs/fidelity.md, the list of what each emulator is known to do. */
export function keptVerdicts(page: string): Told {
  const rows = new Map<string, string>();
  for (const section of page.split('\n## ').slice(1)) {
    const [api = '', ...lines] = section.split('\n');
    const [head = [], , ...cells] = lines.filter((line) => line.startsWith('| ')).map(cellsOf);
    for (const [fact = '', ...rest] of cells)
      for (const [index, column] of head.slice(1).entries())
        rows.set(keyOf(api, fact, column), rest[index] ?? '');
  }
  return (api, fact, column) => rows.get(keyOf(api, fact, column));
}

/** What this run made of each fact, as the page would tell it. */
export function toldBy(suite: Suite, { name, results }: Column): Told {
  const rows = new Map<string, string>();
  for (const [place, { api, cases }] of suite.entries())
    for (const [row, { fact }] of cases.entries())
      rows.set(keyOf(api, fact, name), cell(results[place]?.verdicts[row]));
  return (api, fact, column) => rows.get(keyOf(api, fact, column));
}

/**
 * What a column that was asked now says otherwise.
 * @param before of which column; the column's own when left out.
 */
export function changedVerdicts(
  suite: Suite,
  column: Column,
  told: Told,
  before = column.name,
): readonly ChangedVerdict[] {
  return suite.flatMap(({ api, cases }, place) =>
    cases.flatMap(({ fact }, row) => {
      const verdict = column.results[place]?.verdicts[row];
      if (verdict === undefined || verdict === 'not asked') return [];
      const kept = told(api, fact, before) ?? 'nothing';
      const now = cell(verdict);
      return kept === now ? [] : [{ api, fact, before: kept, now }];
    }),
  );
}

/** Without those that are as wrong as before in other words: a gap of the twin is told by another error over HTTP. */
export const turned = (changes: readonly ChangedVerdict[]): readonly ChangedVerdict[] =>
  changes.filter(({ before, now }) => before === 'yes' || now === 'yes');

const keyOf = (api: string, fact: string, column: string): string => JSON.stringify([api, fact, column]);

/** Of a line that `table` of scripts/reference/page.ts wrote. */
const cellsOf = (line: string): string[] =>
  line
    .slice(2, -2)
    .split(' | ')
    .map((text) => text.replaceAll('\\|', '|'));
