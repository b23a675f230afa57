import { describe, expect, it } from 'vitest';
import { columns, hourTicks, topOf } from '../../../cli/render/chart.ts';
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

describe('the scale', () => {
  it('is the same for both worlds and never ends at nothing', () => {
    expect(topOf(comparison, 0)).toBe(100);
    expect(topOf(comparison, 2)).toBe(82);
    const [measure] = comparison.measures;
    const [world] = comparison.worlds;
    if (measure === undefined) throw new Error('expected a measure');
    const empty = { ...world, series: [[]] };
    expect(
      topOf({ ...comparison, measures: [{ ...measure, most: undefined }], worlds: [empty, empty] }, 0),
    ).toBe(1);
  });
  it('has full hours only, however long the time is', () => {
    expect(hourTicks({ from: Date.UTC(2026, 2, 2, 8, 30), until: Date.UTC(2026, 2, 2, 11, 30) }, 5)).toEqual(
      [9, 10, 11].map((hour) => Date.UTC(2026, 2, 2, hour)),
    );
    expect(hourTicks({ from: 0, until: 40 * 3_600_000 }, 4)).toHaveLength(4);
  });
});
