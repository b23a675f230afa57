import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { curveLinear, line } from 'd3-shape';
import { thresholdOf } from '../../core/domain/credits/alarm-plan.ts';
import { balanceNoise } from '../../core/domain/credits/forecast.ts';
import type { Assessment } from '../../core/domain/history/assessment.ts';
import type { Replayed } from '../../core/domain/history/replayed.ts';
import type { Policy } from '../../core/domain/policy.ts';
import type { Reading, Series } from '../../core/domain/reading.ts';
import { clock, hourTicks } from '../render/chart.ts';
import { eventLanes } from './event-lanes.ts';
import { html, type Markup } from './markup.ts';
import { timelineOf, wallMinutesOf, wallSpan } from './outcome.ts';
import { count, day, orUnknown, share } from './texts.ts';
import { type Span, type Thinned, thinned } from './thin-series.ts';

/** As many as the curve is wide on a phone; more would only make the page larger. */
const COLUMNS = 240;
/** Heights in CSS pixels; widths are shares of whatever the screen gives. */
const PANEL = 116;
const HEADING = 20;
/** More would hide the curves; the row above has all. */
const MOST_LINES = 30;
const AXIS = 22;
const DAY = 86_400_000;

interface Panel {
  readonly top: number;
  readonly y: ScaleLinear<number, number>;
  readonly title: string;
  readonly series: Reading<Series>;
  readonly lines: readonly { readonly value: number; readonly words: string; readonly name: string }[];
}

/**
 * Balance above, demand below, on one axis of time, and above both what the policy would have said and done. The text
 * keeps its size at every width: only the curves stretch.
 */
export function volumeChart(assessment: Assessment, time: Span, policy: Policy): Markup {
  const { recorded, bucket } = assessment;
  const lanes = eventLanes(timelineOf(assessment), time, COLUMNS);
  const demand = bucket.unit === 'IOPS' ? recorded.iops : recorded.throughput;
  const threshold = thresholdOf(bucket, policy);
  const balance: Panel = {
    top: lanes.height + HEADING,
    y: scaleLinear([0, 100], [PANEL, 0]),
    title: 'Burst balance, %',
    series: recorded.balance,
    lines:
      assessment.noAlarm === undefined
        ? [{ value: threshold, words: `alarm below ${share(threshold)}`, name: 'threshold' }]
        : [],
  };
  const top = balance.top + PANEL + HEADING + 8;
  const bottom = top + PANEL;
  const parts = [
    lanes.markup,
    ...changeLines(timelineOf(assessment), time, lanes.height, bottom),
    ...empties(recorded.balance, time, balance.top),
    ...panel(balance, time),
    ...panel(demandPanel(assessment, demand, top), time),
    ...timeAxis(time, bottom),
  ];
  return html`<svg width="100%" height="${bottom + AXIS}" role="img" aria-label="${labelOf(assessment)}">${parts}</svg>`;
}

/** Through both panels, where the policy would have changed the volume: from there on the curves are another story. */
function changeLines(
  timeline: readonly Replayed[],
  time: Span,
  top: number,
  bottom: number,
): readonly Markup[] {
  return timeline
    .filter(({ kind }) => kind === 'acted' || kind === 'returned')
    .slice(0, MOST_LINES)
    .map(({ at }) => {
      const x = placeOf(at, time);
      return html`<line class="through" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>`;
    });
}

function demandPanel({ bucket }: Assessment, series: Reading<Series>, top: number): Panel {
  const highest =
    series.kind === 'unread' ? 0 : series.value.reduce((most, { value }) => Math.max(most, value), 0);
  return {
    top,
    y: scaleLinear([0, Math.max(highest, bucket.burst)], [PANEL, 0]),
    title: bucket.unit === 'IOPS' ? 'Operations, IOPS' : 'Throughput, MiB/s',
    series,
    lines: [
      { value: bucket.burst, words: `burst ${count(bucket.burst)}`, name: 'burst' },
      { value: bucket.baseline, words: `baseline ${count(bucket.baseline)}`, name: 'baseline' },
    ],
  };
}

/** What the picture says, for those who do not see it; the events are a list of their own. */
function labelOf(assessment: Assessment): string {
  const { volume, bucket, lowest } = assessment;
  const fell = lowest.kind === 'unread' ? `unknown, ${lowest.why}` : `at its lowest ${share(lowest.value)}`;
  const wall = orUnknown(
    wallMinutesOf(assessment),
    (minutes) => `${wallSpan(assessment, minutes)} at the wall`,
  );
  return `${volume.id} over time: burst balance ${fell}; ${wall}; baseline ${count(bucket.baseline)}, burst ${count(bucket.burst)} ${bucket.unit}.`;
}

function panel({ top, y, title, series, lines }: Panel, time: Span): readonly Markup[] {
  const grid = y.ticks(3).map((value) => ({ value, at: top + y(value) }));
  return [
    html`<text y="${top - 7}" class="heading">${title}</text>`,
    ...grid.map(
      ({ value, at }) =>
        html`<line class="grid" x2="100%" y1="${rounded(at)}" y2="${rounded(at)}"/><text class="soft" x="-8" y="${rounded(at + 4)}" text-anchor="end">${count(value)}</text>`,
    ),
    series.kind === 'unread'
      ? html`<text class="soft" x="50%" y="${top + PANEL / 2}" text-anchor="middle">unknown, not read</text>`
      : stretched(
          top,
          html`<path class="curve" d="${curve(thinned(series.value, time, COLUMNS), time, y)}"/>`,
        ),
    ...lines.map(({ value, name }) => {
      const at = rounded(top + y(value));
      return html`<line class="${name}" x2="100%" y1="${at}" y2="${at}"/>`;
    }),
    ...lineWords(lines, y, top),
  ];
}

/** Above its line at the right end; below it where the words of the line above would be hit. */
function lineWords(lines: Panel['lines'], y: Panel['y'], top: number): readonly Markup[] {
  return lines.map(({ value, words, name }, index) => {
    const above = lines[index - 1];
    const isClose = above !== undefined && y(value) - y(above.value) < 16;
    return html`<text class="line-words ${name}-words" x="100%" y="${rounded(top + y(value) + (isClose ? 13 : -5))}" text-anchor="end">${words}</text>`;
  });
}

/** A picture in whole units of half a column by half a pixel, drawn as wide as there is room. */
const stretched = (top: number, content: Markup | readonly Markup[]): Markup =>
  html`<svg y="${top}" width="100%" height="${PANEL}" viewBox="0 0 ${2 * COLUMNS} ${2 * PANEL}" preserveAspectRatio="none" aria-hidden="true">${content}</svg>`;

function curve(points: Thinned, time: Span, y: Panel['y']): string {
  const x = scaleLinear([time.from, time.until], [0, 2 * COLUMNS]);
  const drawn = line<Thinned[number]>(
    (point) => x(point?.at ?? 0),
    (point) => 2 * y(point?.value ?? 0),
  )
    .defined((point) => point !== undefined)
    .curve(curveLinear)
    .digits(0);
  return drawn([...points]) ?? '';
}

/** Red ground where the bucket was empty, as recorded. */
function empties(balance: Reading<Series>, time: Span, top: number): readonly Markup[] {
  if (balance.kind === 'unread') return [];
  const width = (time.until - time.from) / COLUMNS;
  const empty = new Set(
    balance.value
      .filter(({ at, value }) => value <= balanceNoise && at >= time.from && at < time.until)
      .map(({ at }) => Math.floor((at - time.from) / width)),
  );
  if (empty.size === 0) return [];
  const path = [...empty].map((column) => `M${2 * column} 0h2v${2 * PANEL}h-2z`).join('');
  return [stretched(top, html`<path class="empty" d="${path}"/>`)];
}

function timeAxis(time: Span, bottom: number): readonly Markup[] {
  const isLong = time.until - time.from > 3 * DAY;
  return hourTicks(time, 7).map((at, index) => {
    const x = placeOf(at, time);
    const words = isLong || at % DAY === 0 ? day(at) : clock(at);
    // Every other one gives way where the screen is narrow.
    const name = index % 2 === 0 ? 'soft' : 'soft spare';
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${bottom}" y2="${bottom + 4}"/><text class="${name}" x="${x}" y="${bottom + 17}" text-anchor="middle">${words}</text>`;
  });
}

const placeOf = (at: number, { from, until }: Span): string =>
  `${rounded((100 * (at - from)) / (until - from))}%`;

const rounded = (value: number): number => Math.round(value * 10) / 10;
