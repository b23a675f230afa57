import { createHash } from 'node:crypto';
import type { Assessment, RegionAssessment } from '../../core/domain/history/assessment.ts';
import { billedMonth } from '../../core/domain/prices.ts';
import { hours, inMinutes } from '../../core/domain/units.ts';
import { span } from '../render/quantities.ts';
import { assumptionWords } from './assumption-words.ts';
import type { Made } from './made.ts';
import { html, type Markup, nothing } from './markup.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { summarySection } from './summary-section.ts';
import { count, counted, cutReason, iso, moment } from './texts.ts';
import { totalsOf } from './totals.ts';
import { volumeDetails } from './volume-details.ts';
import { type Row, volumeTable } from './volume-table.ts';

/** Beyond it a browser has trouble with the page; the table still holds every volume. */
export const MOST_CHARTS = 500;

/**
 * The assessments as one page that needs nothing but itself: no request leaves it, only its own script and style run.
 * The same bytes for the same input.
 */
export function htmlReport(assessments: readonly RegionAssessment[], made: Made): string {
  const totals = totalsOf(assessments);
  const rows = rowsOf(assessments);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>EBS burst credits: what happened and what would have</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
<header><p class="kicker">ebs-burst assess</p><h1>EBS burst credits</h1></header>
<main>
${summarySection(totals, assessments, made)}
${rows.length === 0 ? nothing : volumeTable(rows)}
${chartSection(rows, made)}
${unassessedSection(assessments)}
</main>
${footer(assessments, made)}
<script>${{ markup: PAGE_SCRIPT }}</script>
</body>
</html>
`;
  return page.markup;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is fetched or sent anywhere, and of scripts and styles only the two in the page count, not one that got into it. */
const contentPolicy = [
  "default-src 'none'",
  `script-src ${hashOf(PAGE_SCRIPT)}`,
  `style-src ${hashOf(PAGE_STYLE)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Worst first over all Regions, as they come within one. */
function rowsOf(regions: readonly RegionAssessment[]): readonly Row[] {
  return regions
    .flatMap((region) => region.volumes.map((assessment) => ({ assessment, region })))
    .toSorted(({ assessment: a }, { assessment: b }) => wallOf(b) - wallOf(a) || lowestOf(a) - lowestOf(b))
    .map((row, index) => ({ ...row, id: `v${index + 1}` }));
}

const wallOf = ({ minutesAtWall }: Assessment): number =>
  minutesAtWall.kind === 'unread' ? 0 : minutesAtWall.value;
/** What was not read may be as bad as can be. */
const lowestOf = ({ lowest }: Assessment): number => (lowest.kind === 'unread' ? 0 : lowest.value);

function chartSection(rows: readonly Row[], made: Made): Markup {
  if (rows.length === 0) return nothing;
  const left = rows.length - MOST_CHARTS;
  const note =
    left > 0
      ? html`<p>Drawn are the ${count(MOST_CHARTS)} that stalled longest; the other ${count(left)} are in the table, and with --region or --save in reports of their own.</p>`
      : nothing;
  return html`<section aria-labelledby="charts"><h2 id="charts">Charts</h2><p class="soft">Curves and red ground (bucket empty) are what CloudWatch recorded, without us. The marks above them are what the policy would have said and done. Times are UTC.</p>${note}<div id="details">${rows.slice(0, MOST_CHARTS).map((row) => volumeDetails(row, made))}</div></section>`;
}

function unassessedSection(regions: readonly RegionAssessment[]): Markup {
  const items = regions.flatMap(({ region, unassessed }) =>
    unassessed.map(
      ({ volumeId, why }) => html`<li><span class="id">${volumeId}</span> ${region}: ${cutReason(why)}</li>`,
    ),
  );
  if (items.length === 0) return nothing;
  return html`<section aria-labelledby="unassessed"><h2 id="unassessed">Not assessed</h2><ul>${items}</ul></section>`;
}

function footer(
  regions: readonly RegionAssessment[],
  { version, at, policy, assumptions, priceLists }: Made,
): Markup {
  const calls = regions.flatMap((region) => Object.values(region.calls)).reduce((sum, each) => sum + each, 0);
  const metrics = regions.reduce((sum, { metricsRequested }) => sum + metricsRequested, 0);
  const words = [
    `Policy replayed: mode ${policy.mode}, target ${policy.target}, lead time ${span(inMinutes(policy.leadTime))}, detection lag ${span(inMinutes(policy.detectionLag))}.`,
    assumptionWords(assumptions),
    `Prices are list prices without discounts, of ${priceLists.map(({ region, checked }) => `${region} (checked ${checked})`).join(', ')}; a month has ${count(billedMonth / hours(1))} hours.`,
    `Reading this took ${counted(calls, 'API call')} and ${counted(metrics, 'billed metric')}; nothing was changed.`,
  ];
  return html`<footer>${words.map((sentence) => html`<p>${sentence}</p>`)}<p>Made by ebs-burst ${version} on <time datetime="${iso(at)}">${moment(at)} UTC</time>.</p></footer>`;
}
