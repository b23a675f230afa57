import type { Replayed } from '../../core/domain/history/replayed.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Span } from './thin-series.ts';

type Kind = Replayed['kind'];

/** One row each, in the order things happen; `ended` and `left-wall` stand in the list only. */
const lanes: readonly { readonly kind: Kind; readonly words: string }[] = [
  { kind: 'alarmed', words: 'alarm' },
  { kind: 'announced', words: 'announced' },
  { kind: 'acted', words: 'moved' },
  { kind: 'relieved', words: 'relieved' },
  { kind: 'returned', words: 'put back' },
  { kind: 'hit-wall', words: 'wall' },
];

const LANE = 15;
const TICK = 10;

/** What the policy would have said and done: a row for each kind that occurs, so that no two marks hide each other. */
export function eventLanes(
  timeline: readonly Replayed[],
  time: Span,
  columns: number,
): { readonly markup: Markup; readonly height: number } {
  const shown = lanes.filter(({ kind }) => timeline.some((event) => event.kind === kind));
  if (shown.length === 0) return { markup: nothing, height: 0 };
  const rows = shown.map(({ kind, words }, index) => {
    const top = index * LANE + 2;
    const path = kind === 'hit-wall' ? walls(timeline, time, columns) : ticks(timeline, kind, time, columns);
    return html`<line class="grid" x2="100%" y1="${top + TICK / 2}" y2="${top + TICK / 2}"/><text class="soft" x="-8" y="${top + 9}" text-anchor="end">${words}</text><svg y="${top}" width="100%" height="${TICK}" viewBox="0 0 ${columns} ${TICK}" preserveAspectRatio="none" aria-hidden="true"><path class="lane ${kind}" d="${path}"/></svg>`;
  });
  return { markup: html`${rows}`, height: shown.length * LANE + 10 };
}

function ticks(timeline: readonly Replayed[], kind: Kind, time: Span, columns: number): string {
  const places = timeline.filter((event) => event.kind === kind).map(({ at }) => place(at, time, columns));
  return [...new Set(places)].map((x) => `M${x} 0v${TICK}`).join('');
}

/** From each wall to its end, or to the end of the record; at least as wide as a tick. */
function walls(timeline: readonly Replayed[], time: Span, columns: number): string {
  const stretches = timeline.flatMap(({ kind, at }, index) => {
    if (kind !== 'hit-wall') return [];
    const end = timeline.slice(index).find((event) => event.kind === 'left-wall')?.at ?? time.until;
    const from = place(at, time, columns);
    const width = Math.max(0.5, Math.round(10 * (place(end, time, columns) - from)) / 10);
    return [`M${from} 0h${width}v${TICK}h-${width}z`];
  });
  return [...new Set(stretches)].join('');
}

const place = (at: number, { from, until }: Span, columns: number): number =>
  Math.round((10 * columns * (Math.min(until, Math.max(from, at)) - from)) / (until - from)) / 10;
