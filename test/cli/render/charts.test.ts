import { describe, expect, it } from 'vitest';
import { columns, hourTicks, tickWords, topOf } from '../../../cli/render/chart.ts';
import { paint } from '../../../cli/render/paint.ts';
import { svgChart } from '../../../cli/render/svg-chart.ts';
import { terminalChart } from '../../../cli/render/terminal-chart.ts';
import { comparison } from './comparison-under-test.ts';

const golden = (name: string): string => `../../golden/${name}`;

describe('the terminal chart', () => {
  it('shows both worlds side by side on one time axis', async () => {
    await expect(`${terminalChart(comparison, 88, paint(false))}\n`).toMatchFileSnapshot(
      golden('demo-chart.txt'),
    );
  });

  it.each([60, 80, 100, 140])('fits into %i columns', (width) => {
    const widest = Math.max(
      ...terminalChart(comparison, width, paint(false))
        .split('\n')
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(width);
    expect(widest).toBeGreaterThan(width - 4);
  });

  it('does not colour unless it is asked to, and colour changes nothing but colour', () => {
    const plain = terminalChart(comparison, 80, paint(false));
    const coloured = terminalChart(comparison, 80, paint(true));
    const esc = String.fromCharCode(27);
    expect(plain).not.toContain(esc);
    expect(coloured).toContain(esc);
    const withoutColour = coloured.replaceAll(new RegExp(`${esc}\\[\\d+m`, 'g'), '');
    expect(withoutColour.split('\n').map((line) => line.trimEnd())).toEqual(plain.split('\n'));
  });
});

describe('the SVG', () => {
  const words = { title: 'A <loop> & "a wall"', caption: ['Both worlds are simulated.'] };

  it('is the same bytes for the same input', async () => {
    await expect(svgChart(comparison, words)).toMatchFileSnapshot(golden('demo-chart.svg'));
  });

  it('keeps text as text, escaped, and has colours for dark paper too', () => {
    const svg = svgChart(comparison, words);
    expect(svg).toContain('>A &lt;loop&gt; &amp; &quot;a wall&quot;</text>');
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toContain('>wall 12:00</text>');
  });

  it('does not draw a line through words: it stops above a heading and goes on below', () => {
    const [without, withUs] = comparison.worlds;
    const early = { ...without, marks: [{ at: comparison.from + 600_000, kind: 'wall' as const }] };
    const lineOf = (worlds: typeof comparison.worlds) =>
      [
        ...svgChart({ ...comparison, worlds }, words).matchAll(
          /<line class="mark wall" .* y1="([\d.]+)" y2="([\d.]+)"/g,
        ),
      ].map(([, from, until]) => [Number(from), Number(until)]);
    const pieces = lineOf([early, withUs]);
    const headings = [
      ...svgChart(comparison, words).matchAll(/ y="([\d.]+)">(?:Burst credits|Disk I\/O|Time to start)/g),
    ].map(([, y]) => Number(y));
    expect(headings).toHaveLength(3);
    expect(pieces).toHaveLength(4);
    for (const y of headings) {
      for (const [from = 0, until = 0] of pieces) expect(until <= y - 9 || from >= y + 3).toBe(true);
    }
    expect(lineOf(comparison.worlds)).toHaveLength(1);
  });

  it('does not draw marks outside the time shown', () => {
    const later = { ...comparison, until: comparison.from + 3_600_000 };
    expect(svgChart(later, words)).not.toContain('wall 12:00');
  });
});

describe('columns', () => {
  const points = [
    { at: 0, value: 2 },
    { at: 10, value: 4 },
    { at: 99, value: 82 },
    { at: 101, value: 1_000 },
  ];
  it('take the mean or the peak of what falls into them, and nothing from outside', () => {
    expect(columns(points, { from: 0, until: 100 }, 2, 'mean')).toEqual([3, 82]);
    expect(columns(points, { from: 0, until: 100 }, 2, 'highest')).toEqual([4, 82]);
  });
  it('hold the value before a short gap', () => {
    const sparse = [0, 2, 4, 99].map((at) => ({ at, value: at }));
    expect(columns(sparse, { from: 0, until: 100 }, 100, 'mean').slice(0, 7)).toEqual([
      0,
      0,
      2,
      2,
      4,
      undefined,
      undefined,
    ]);
  });
  it('do not invent a value where there is none', () => {
    expect(columns(points, { from: 0, until: 100 }, 4, 'mean')).toEqual([3, undefined, undefined, 82]);
  });
});

describe('the time axis', () => {
  it('names the day where one begins, else the hour', () => {
    const from = Date.UTC(2026, 2, 2, 8);
    expect(tickWords(from, from + 4 * 3_600_000)).toBe('12:00');
    expect(tickWords(from, from + 16 * 3_600_000)).toBe('+1d');
    expect(tickWords(from, from + 17 * 3_600_000)).toBe('01:00');
    expect(tickWords(Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 2))).toBe('00:00');
  });
});

describe('the scale', () => {
  it('ends at what is drawn: a mean, not the minute that it was taken from', () => {
    const [measure] = comparison.measures;
    const [world] = comparison.worlds;
    if (measure === undefined) throw new Error('expected a measure');
    const peaks = Array.from({ length: 300 }, (_, minute) => ({
      at: comparison.from + minute * 60_000,
      value: minute % 10 === 0 ? 1_000 : 0,
    }));
    const peaky = {
      ...comparison,
      worlds: [
        { ...world, series: [peaks] },
        { ...world, series: [[]] },
      ],
    } as const;
    const top = (merge: 'mean' | 'highest') =>
      topOf({ ...peaky, measures: [{ ...measure, most: undefined, merge }] }, 0, 30);
    expect(top('mean')).toBe(100);
    expect(top('highest')).toBe(1_000);
  });

  it('is the same for both worlds and never ends at nothing', () => {
    expect(topOf(comparison, 0, 40)).toBe(100);
    expect(topOf(comparison, 2, 40)).toBe(82);
    const [measure] = comparison.measures;
    const [world] = comparison.worlds;
    if (measure === undefined) throw new Error('expected a measure');
    const empty = { ...world, series: [[]] };
    expect(
      topOf({ ...comparison, measures: [{ ...measure, most: undefined }], worlds: [empty, empty] }, 0, 40),
    ).toBe(1);
  });
  it('has full hours only, however long the time is', () => {
    expect(hourTicks({ from: Date.UTC(2026, 2, 2, 8, 30), until: Date.UTC(2026, 2, 2, 11, 30) }, 5)).toEqual(
      [9, 10, 11].map((hour) => Date.UTC(2026, 2, 2, hour)),
    );
    expect(hourTicks({ from: 0, until: 40 * 3_600_000 }, 4)).toHaveLength(4);
  });
});
