import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area, type CurveFactory, curveLinear, curveStepAfter, line } from 'd3-shape';
import {
  type Comparison,
  clockFrom,
  columns,
  hourTicks,
  MARK_WORDS,
  type Mark,
  tickWords,
  topOf,
} from './chart.ts';

/** Chosen for a width of 960, the README's; every text stays at least 11 units high. */
const WIDTH = 960;
const PANEL = { width: 400, height: 120, gap: 44 };
const LEFT = [62, 62 + 400 + 66] as const;
const TOP = 152;
/** More points than columns on the screen only make the file larger. */
const COLUMNS = 200;
/** About as wide as one character of a panel's text is drawn. */
const CHARACTER = 6.4;

export interface SvgText {
  readonly title: string;
  /** One or two sentences under the picture. */
  readonly caption: readonly string[];
}

/** Colours for light and for dark; GitHub shows the picture on either. */
const STYLE = `
  text { font: 12px ui-sans-serif, system-ui, -apple-system, "DejaVu Sans", sans-serif; fill: #24292f }
  .paper { fill: #ffffff } .title { font-size: 17px; font-weight: 600 } .world { font-size: 14px; font-weight: 600 }
  .soft { fill: #57606a; font-size: 11px } .grid { stroke: #d0d7de; stroke-width: 1 } .mark { stroke: #57606a; stroke-dasharray: 3 3 }
  .wall { stroke: #b42318; stroke-dasharray: none; stroke-width: 1.5 } .wall-text { fill: #b42318; font-weight: 600; font-size: 11px }
  .line0 { fill: none; stroke: #b42318; stroke-width: 1.8 } .area0 { fill: #b42318; fill-opacity: .14 }
  .line1 { fill: none; stroke: #0969a8; stroke-width: 1.8 } .area1 { fill: #0969a8; fill-opacity: .14 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .paper { fill: #0d1117 } .soft { fill: #9da7b3 } .grid { stroke: #30363d } .mark { stroke: #9da7b3 }
    .wall { stroke: #ff7b72 } .wall-text { fill: #ff7b72 } .line0 { stroke: #ff7b72 } .area0 { fill: #ff7b72; fill-opacity: .2 }
    .line1 { stroke: #58a6ff } .area1 { fill: #58a6ff; fill-opacity: .2 }
  }
`;

/** The picture of both worlds: self-contained, readable on light and dark, the same bytes for the same input. */
export function svgChart(comparison: Comparison, { title, caption }: SvgText): string {
  const bottom = TOP + comparison.measures.length * (PANEL.height + PANEL.gap) - PANEL.gap;
  const height = bottom + 44 + caption.length * 18;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}" rx="8"/>`,
    text(LEFT[0], 34, title, 'title'),
    ...comparison.worlds.map((world, side) => text(left(side), 62, world.title, 'world')),
    ...comparison.worlds.flatMap((_, side) => panels(comparison, side)),
    ...comparison.worlds.flatMap(({ marks }, side) => markLines(comparison, marks, side, bottom)),
    ...comparison.worlds.flatMap((_, side) =>
      wordsIn(comparison, side).map(({ from, y, text: words }) => text(from, y, words, 'soft')),
    ),
    ...comparison.worlds.flatMap((_, side) => timeAxis(comparison, side, bottom)),
    ...caption.map((sentence, index) => text(LEFT[0], bottom + 44 + index * 18, sentence, 'soft')),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function panels(comparison: Comparison, side: number): readonly string[] {
  return comparison.measures.flatMap(({ merge }, index) => {
    const top = topOfPanel(index);
    const y = scaleLinear([0, topOf(comparison, index, COLUMNS)], [top + PANEL.height, top]);
    const values = columns(comparison.worlds[side]?.series[index] ?? [], comparison, COLUMNS, merge);
    return [...grid(y, side), ...curve(values, y, side, merge === 'highest' ? curveStepAfter : curveLinear)];
  });
}

/** A text inside the panels, and the room it takes. */
interface Words {
  readonly from: number;
  readonly y: number;
  readonly text: string;
}

/** The panels' headings, left only, because both worlds share them, and the remarks in them. */
function wordsIn({ measures, worlds, ...time }: Comparison, side: number): readonly Words[] {
  const headings = side === 0 ? measures : [];
  return [
    ...headings.map(({ title, unit }, index) => ({
      from: left(0),
      y: topOfPanel(index) - 8,
      text: `${title}, ${unit}`,
    })),
    ...(worlds[side]?.remarks ?? []).map(({ measure, at, text }) => {
      const x = placeOf(time, at, side);
      return {
        from: isTooLate(x, text, side) ? x - 8 - widthOf(text) : x + 8,
        y: topOfPanel(measure) + PANEL.height * 0.36,
        text,
      };
    }),
  ];
}

/** A vertical line at `x` through all panels, left out where it would cross words. */
function lineAround(words: readonly Words[], x: number, bottom: number, name: string): readonly string[] {
  const crossed = words
    .filter(({ from, text: { length } }) => from - 4 < x && x < from + length * CHARACTER + 4)
    .sort((a, b) => a.y - b.y);
  const starts = [TOP - 24, ...crossed.map(({ y }) => y + 5)];
  const ends = [...crossed.map(({ y }) => y - 12), bottom];
  return starts.map(
    (start, index) =>
      `<line class="${name}" x1="${round(x)}" x2="${round(x)}" y1="${round(start)}" y2="${round(ends[index] ?? bottom)}"/>`,
  );
}

function grid(y: ScaleLinear<number, number>, side: number): readonly string[] {
  return y
    .ticks(3)
    .flatMap((value) => [
      `<line class="grid" x1="${left(side)}" x2="${left(side) + PANEL.width}" y1="${round(y(value))}" y2="${round(y(value))}"/>`,
      text(left(side) - 8, y(value) + 4, value.toLocaleString('en-US'), 'soft', 'end'),
    ]);
}

function curve(
  values: readonly (number | undefined)[],
  y: ScaleLinear<number, number>,
  side: number,
  shape: CurveFactory,
): readonly string[] {
  const x = (_: number | undefined, index: number): number => left(side) + (index / COLUMNS) * PANEL.width;
  const height = (value: number | undefined): number => y(value ?? 0);
  const isKnown = (value: number | undefined): boolean => value !== undefined;
  const filled = area<number | undefined>(x, y(0), height).defined(isKnown).curve(shape).digits(1);
  const drawn = line<number | undefined>(x, height).defined(isKnown).curve(shape).digits(1);
  return [
    `<path class="area${side}" d="${filled([...values]) ?? ''}"/>`,
    `<path class="line${side}" d="${drawn([...values]) ?? ''}"/>`,
  ];
}

/**
 * Marks run through all panels, but not through words; their own stand above, a later one on the next line when it
 * would overlap.
 */
function markLines(
  comparison: Comparison,
  marks: readonly Mark[],
  side: number,
  bottom: number,
): readonly string[] {
  const shown = marks.filter(({ at }) => at >= comparison.from && at <= comparison.until);
  const words = wordsIn(comparison, side);
  const taken: { readonly lane: number; readonly from: number; readonly until: number }[] = [];
  return shown.flatMap(({ at, kind }) => {
    const x = placeOf(comparison, at, side);
    const label = `${MARK_WORDS[kind]} ${clockFrom(comparison.from, at)}`;
    const isLate = isTooLate(x, label, side);
    const from = isLate ? x - widthOf(label) : x;
    const until = from + widthOf(label);
    const overlapping = taken.filter((other) => other.from < until && from < other.until);
    const lane = Math.max(-1, ...overlapping.map((other) => other.lane)) + 1;
    taken.push({ lane, from, until });
    return [
      ...lineAround(words, x, bottom, `mark${kind === 'wall' ? ' wall' : ''}`),
      text(
        x + (isLate ? -4 : 4),
        TOP - 28 - lane * 13,
        label,
        kind === 'wall' ? 'wall-text' : 'soft',
        isLate ? 'end' : 'start',
      ),
    ];
  });
}

/** About how wide words are drawn, in the picture's units. */
const widthOf = (words: string): number => words.length * CHARACTER + 4;

/** Words that would leave their panel stand before their place instead of after it. */
const isTooLate = (x: number, words: string, side: number): boolean =>
  x + widthOf(words) > left(side) + PANEL.width;

function timeAxis(comparison: Comparison, side: number, bottom: number): readonly string[] {
  return hourTicks(comparison, 7).map((at) =>
    text(placeOf(comparison, at, side), bottom + 18, tickWords(comparison.from, at), 'soft', 'middle'),
  );
}

const topOfPanel = (index: number): number => TOP + index * (PANEL.height + PANEL.gap);

const left = (side: number): number => LEFT[side === 0 ? 0 : 1];

const placeOf = ({ from, until }: Pick<Comparison, 'from' | 'until'>, at: number, side: number): number =>
  left(side) + ((at - from) / (until - from)) * PANEL.width;

const round = (value: number): string => String(Math.round(value * 10) / 10);

function text(x: number, y: number, words: string, name: string, anchor = 'start'): string {
  const anchored = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text class="${name}" x="${round(x)}" y="${round(y)}"${anchored}>${escaped(words)}</text>`;
}

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
