import type { Figures } from './judge.ts';

/** What a way to bundle costs, as multiples of the shipped one, by handler. */
export interface CandidateFigures {
  readonly what: string;
  readonly costs: Readonly<Record<string, { readonly size: number; readonly load: number }>>;
}

export interface ColdstartRecord {
  readonly rounds: number;
  readonly handlers: Readonly<Record<string, Figures>>;
  readonly candidates: readonly CandidateFigures[];
}

const times = (ratio: number): string => `× ${ratio.toFixed(2)}`;
const wholeTimes = (ratio: number): string => `× ${ratio.toFixed(0)}`;
const kilobytes = (bytes: number): string => (bytes / 1_000).toFixed(0);

type Rows = readonly (readonly string[])[];

export const handlerRows = (handlers: ColdstartRecord['handlers']): Rows => [
  [
    'handler',
    'size over bare',
    'load over bare',
    'load over empty',
    'start over empty',
    'KB',
    'deflated KB',
    'clients',
  ],
  ...Object.entries(handlers).map(([handler, figures]) => [
    handler,
    times(figures.bytes / figures.bareBytes),
    times(figures.loadOverBare),
    wholeTimes(figures.loadOverEmpty),
    wholeTimes(figures.startOverEmpty),
    kilobytes(figures.bytes),
    kilobytes(figures.deflatedBytes),
    figures.clients.join(', '),
  ]),
];

export function candidateRows(candidates: ColdstartRecord['candidates']): Rows {
  const handlers = Object.keys(candidates[0]?.costs ?? {});
  return [
    ['bundled', ...handlers.flatMap((handler) => [`${handler}: size`, `${handler}: load`])],
    ...candidates.map(({ what, costs }) => [
      what,
      ...handlers.flatMap((handler) => {
        const cost = costs[handler];
        return cost === undefined ? ['-', '-'] : [times(cost.size), times(cost.load)];
      }),
    ]),
  ];
}

export function asText(rows: Rows): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

const asMarkdown = ([head = [], ...rows]: Rows): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The page with its two tables made anew from the record; everything else stays. */
export function pageWith(page: string, { handlers, candidates }: ColdstartRecord): string {
  const renewed = withTable(page, 'handlers', asMarkdown(handlerRows(handlers)));
  return withTable(renewed, 'candidates', asMarkdown(candidateRows(candidates)));
}

function withTable(page: string, name: string, table: string): string {
  const [from, to] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = page.split(from);
  const after = rest?.split(to)[1];
  if (before === undefined || after === undefined)
    throw new Error(`expected ${from} and ${to} around a table of docs/coldstart.md`);
  return `${before}${from}\n\n${table}\n\n${to}${after}`;
}
