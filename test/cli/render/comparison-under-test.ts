import type { Comparison, Point } from '../../../cli/render/chart.ts';

const START = Date.UTC(2026, 2, 2, 8);
const HOUR = 3_600_000;

const every10Minutes = (count: number, value: (hours: number) => number): readonly Point[] =>
  Array.from({ length: count }, (_, index) => ({
    at: START + index * 600_000,
    value: value(index / 6),
  }));

/** Five hours: without us the wall comes after four, with us it never does. */
export const comparison: Comparison = {
  from: START,
  until: START + 5 * HOUR,
  measures: [
    { title: 'Burst credits', unit: '%', most: 100, merge: 'mean' },
    { title: 'Disk I/O', unit: 'IOPS', most: undefined, merge: 'mean' },
    { title: 'Time to start a container', unit: 's', most: undefined, merge: 'highest' },
  ],
  worlds: [
    {
      title: 'Without us: 82 s a start',
      series: [
        every10Minutes(30, (hours) => Math.max(0, 100 - 25 * hours)),
        every10Minutes(30, (hours) => (hours < 4 ? 460 : 100)),
        every10Minutes(30, (hours) => (hours < 4 ? 3 : 82)),
      ],
      marks: [{ at: START + 4 * HOUR, kind: 'wall' }],
      remarks: [],
    },
    {
      title: 'With us: 3 s a start',
      series: [
        every10Minutes(19, (hours) => 100 - 25 * hours),
        every10Minutes(30, () => 460),
        every10Minutes(30, () => 3),
      ],
      marks: [
        { at: START + 2.9 * HOUR, kind: 'alarm' },
        { at: START + 3 * HOUR, kind: 'act' },
        { at: START + 3.01 * HOUR, kind: 'notice' },
      ],
      remarks: [{ measure: 0, at: START + 3.1 * HOUR, text: 'gp3 needs none' }],
    },
  ],
};
