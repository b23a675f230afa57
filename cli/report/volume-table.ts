import type { Assessment, RegionAssessment } from '../../core/domain/history/assessment.ts';
import type { Dollars } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';
import { html, type Markup, nothing } from './markup.ts';
import { monthlyUnderPolicy } from './monthly.ts';
import {
  announcedOf,
  demandOf,
  isUnread,
  type Known,
  outcomeOf,
  outcomes,
  stallMinutesOf,
  type Unread,
  wallMinutesOf,
  wallSpan,
} from './outcome.ts';
import {
  announcedWords,
  count,
  cut,
  cutReason,
  nameOf,
  outcomeText,
  outcomeWords,
  priceText,
  share,
  whyUnpriced,
} from './texts.ts';

/** A row of the table, its place in the page and where it comes from. */
export interface Row {
  readonly id: string;
  readonly assessment: Assessment;
  readonly region: RegionAssessment;
}

interface Column {
  readonly title: string;
  /** Sorted by `sort` where there is one, else by its words; `undefined` is sorted last. */
  readonly cell: (row: Row) => { readonly content: Markup | string; readonly sort?: number | undefined };
  readonly isNumber?: true;
  /** Which way the first press sorts. */
  readonly first?: 'descending';
}

/** `undefined` where no type fits. */
type Dear = (row: Row) => Known<Dollars | undefined>;

const dollarColumn = (title: string, of: Dear): Column => ({
  title,
  isNumber: true,
  first: 'descending',
  cell: (row) => {
    const dollars = of(row);
    return isUnread(dollars)
      ? { content: unknownCell(dollars) }
      : { content: priceText(dollars), sort: dollars };
  },
});

const wayOut =
  (of: 'chosen' | 'io1' | 'io2'): Dear =>
  ({ assessment }) =>
    whyUnpriced(assessment, assessment.monthly[of]) ?? assessment.monthly[of];

const allColumns: readonly Column[] = [
  { title: 'Volume', cell: (row) => ({ content: volumeCell(row) }) },
  {
    title: 'Where',
    cell: ({ region }) => ({ content: html`${region.region} <span class="soft">${region.account}</span>` }),
  },
  {
    title: 'Type, size',
    isNumber: true,
    first: 'descending',
    cell: ({ assessment: { volume } }) => ({
      content: `${volume.configuration.type}, ${count(volume.size)} GiB`,
      sort: volume.size,
    }),
  },
  {
    title: 'Baseline',
    isNumber: true,
    cell: ({ assessment: { bucket } }) => ({
      content: `${count(bucket.baseline)} ${bucket.unit}`,
      sort: bucket.baseline,
    }),
  },
  {
    title: 'Demand p99.5',
    isNumber: true,
    first: 'descending',
    cell: ({ assessment }) => {
      const demand = demandOf(assessment);
      return demand.kind === 'unread'
        ? { content: unknownCell(demand) }
        : { content: `${count(demand.value.p995)} ${assessment.bucket.unit}`, sort: demand.value.p995 };
    },
  },
  {
    title: 'Lowest balance',
    isNumber: true,
    cell: ({ assessment: { lowest } }) =>
      lowest.kind === 'unread'
        ? { content: unknownCell(lowest) }
        : { content: share(lowest.value), sort: lowest.value },
  },
  minutesColumn('At the wall', wallMinutesOf, wallSpan),
  {
    title: 'First wall announced',
    isNumber: true,
    first: 'descending',
    cell: ({ assessment }) => announcedCell(assessment),
  },
  minutesColumn('Left with policy', stallMinutesOf),
  {
    title: 'Outcome',
    cell: ({ assessment }) => ({
      content: html`<span class="badge ${outcomeOf(assessment)}">${outcomeText(assessment)}</span>`,
      sort: outcomes.indexOf(outcomeOf(assessment)),
    }),
  },
  dollarColumn('$\u{a0}now', ({ assessment }) => assessment.monthly.now),
  dollarColumn('$\u{a0}policy', ({ assessment, region }) => monthlyUnderPolicy(assessment, region)),
  dollarColumn('$ never back', wayOut('chosen')),
  dollarColumn('$ io1', wayOut('io1')),
  dollarColumn('$ io2', wayOut('io2')),
];

/** Where a volume is says nothing as long as all are in one place. */
function columnsFor(rows: readonly Row[]): readonly Column[] {
  const places = new Set(rows.map(({ region: { account, region } }) => `${account} ${region}`));
  return places.size > 1 ? allColumns : allColumns.filter(({ title }) => title !== 'Where');
}

function minutesColumn(
  title: string,
  of: typeof wallMinutesOf,
  textOf: typeof wallSpan = (_assessment, minutes) => span(minutes),
): Column {
  return {
    title,
    isNumber: true,
    first: 'descending',
    cell: ({ assessment }) => {
      const minutes = of(assessment);
      return isUnread(minutes)
        ? { content: unknownCell(minutes) }
        : { content: textOf(assessment, minutes), sort: minutes };
    },
  };
}

function announcedCell(assessment: Assessment): ReturnType<Column['cell']> {
  const announced = announcedOf(assessment);
  if (announced.kind === 'unread') return { content: unknownCell(announced) };
  const sort =
    announced.kind === 'announced' ? announced.minutesAhead : announced.kind === 'missed' ? 0 : undefined;
  return { content: announcedWords(announced), sort };
}

/** The word alone would leave people guessing; a pointer and a screen reader get the reason here, everybody in the details. */
const unknownCell = ({ why }: Unread): Markup =>
  html`<abbr class="unread" title="${cutReason(why)}">unknown</abbr>`;

function volumeCell({ id, assessment }: Row): Markup {
  const name = nameOf(assessment);
  const shown = name === undefined ? nothing : html`<bdi class="name">${cut(name)}</bdi> `;
  return html`${shown}<a href="#${id}">${assessment.volume.id}</a>`;
}

/**
 * Without the script a plain table, worst first. With it the headings become buttons and the fields above appear; the
 * roles stay also where a phone shows the rows as cards.
 */
export function volumeTable(rows: readonly Row[]): Markup {
  const columns = columnsFor(rows);
  const head = columns.map(
    ({ title, isNumber, first }) =>
      html`<th scope="col" role="columnheader" class="${isNumber ? 'n' : ''}" data-first="${first ?? 'ascending'}">${title}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr role="row" data-row="${row.id}">${columns.map((column) => cellMarkup(column, row))}</tr>\n`,
  );
  return html`<section aria-labelledby="volumes"><h2 id="volumes">Volumes that can run out</h2><p class="soft">Dollars a month: as they are now, under the policy (moved while it is needed), moved and never put back, all of the time on io1 or on io2.</p>${toolbar(columns)}<div class="scroller" role="region" aria-labelledby="volumes" tabindex="0"><table id="table" class="volumes" role="table"><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${body}</tbody></table></div></section>`;
}

function cellMarkup({ title, cell, isNumber }: Column, row: Row): Markup {
  const { content, sort } = cell(row);
  const sorted = sort === undefined ? nothing : html` data-sort="${Number(sort.toFixed(4))}"`;
  const value = typeof content === 'string' ? html`${content}` : content;
  return html`<td role="cell" class="${isNumber ? 'n' : ''}" data-title="${title}"${sorted}>${value}</td>`;
}

/** The script shows it: without one it could do nothing. */
function toolbar(columns: readonly Column[]): Markup {
  const words = outcomes.map((outcome) => html`<option value="${outcome}">${outcomeWords[outcome]}</option>`);
  const titles = columns.map(({ title }, index) => html`<option value="${index}">${title}</option>`);
  return html`<form class="toolbar" id="toolbar" hidden><span><label for="find">Find</label> <input id="find" type="search" autocomplete="off" placeholder="id, name, type, Region"></span><span><label for="outcome">Outcome</label> <select id="outcome"><option value="">all</option>${words}</select></span><span class="sorting"><label for="sort">Sort by</label> <select id="sort"><option value="">as it came: worst first</option>${titles}</select></span><output id="shown" role="status"></output></form>`;
}
