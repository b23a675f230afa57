import { type Findings, mostGroundless, percentText } from './bars.ts';
import type { LoadFigures } from './measured.ts';
import { sumsOf } from './page.ts';

const width = 720;
const rowHeight = 20;
const top = 58;
const barWidth = 170;
/** Left edges of the two charts. */
const [inTimeAt, groundlessAt] = [210, 480];
const longestName = 30;

const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .head { font-weight: 600; } .small { font-size: 11px; fill: #59636e; }
  .track { fill: #e6eaef; } .good { fill: #1a7f37; } .bad { fill: #bc4c00; } .line { stroke: #1f2328; stroke-dasharray: 3 2; }
  .rule { stroke: #d1d9e0; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; } text { fill: #e6edf3; } .small { fill: #9198a1; }
    .track { fill: #21262d; } .good { fill: #3fb950; } .bad { fill: #f0883e; } .line { stroke: #e6edf3; } .rule { stroke: #30363d; }
  }`;

/** docs/foresight.svg: for each load, walls announced in time and groundless announcements, against the two bars. */
export function pictureOf(findings: Findings): string {
  const sums = sumsOf(findings);
  const rows = [...findings.loads, ...sums];
  const height = top + rows.length * rowHeight + 26;
  const ruleAt = top + findings.loads.length * rowHeight + 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Walls announced in time and groundless announcements, by load">
<style>${style}
</style>
<rect class="paper" width="${width}" height="${height}" fill="#ffffff"/>
<text class="head" x="${inTimeAt}" y="22">walls announced in time</text>
<text class="small" x="${inTimeAt}" y="38">of the foreseeable ones; bar: at least 99 %</text>
<text class="head" x="${groundlessAt}" y="22">groundless announcements</text>
<text class="small" x="${groundlessAt}" y="38">bar: at most 5 %</text>
${rows.map((row, index) => rowOf(row, top + index * rowHeight + (index < findings.loads.length ? 0 : 8))).join('\n')}
<line class="rule" x1="12" x2="${width - 12}" y1="${ruleAt}" y2="${ruleAt}"/>
${[markAt(inTimeAt + 0.99 * barWidth, height), markAt(groundlessAt + mostGroundless * barWidth, height)].join('\n')}
</svg>
`;
}

const markAt = (x: number, height: number): string =>
  `<line class="line" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${top - 8}" y2="${height - 14}"/>`;

function rowOf(row: LoadFigures, y: number): string {
  const name = row.load.replace(/-5min\.csv$|\.csv$/, '');
  const text = name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
  const { announced, foreseeable, groundless, announcements } = row;
  return [
    `<text x="12" y="${y + 12}">${text}</text>`,
    barOf(inTimeAt, y, announced, foreseeable, announced >= 0.99 * foreseeable, 'none foreseeable'),
    barOf(
      groundlessAt,
      y,
      groundless,
      announcements,
      groundless <= mostGroundless * announcements,
      'none said',
    ),
  ].join('');
}

function barOf(x: number, y: number, part: number, of: number, isGood: boolean, nothing: string): string {
  if (of === 0) return `<text class="small" x="${x}" y="${y + 12}">${nothing}</text>`;
  const length = ((barWidth * part) / of).toFixed(1);
  return [
    `<rect class="track" x="${x}" y="${y + 3}" width="${barWidth}" height="12" rx="2"/>`,
    `<rect class="${isGood ? 'good' : 'bad'}" x="${x}" y="${y + 3}" width="${length}" height="12" rx="2"/>`,
    `<text x="${x + barWidth + 8}" y="${y + 12}">${percentText(part, of)}</text>`,
  ].join('');
}
