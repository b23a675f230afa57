import { describe, expect, it } from 'vitest';
import type { Figures, WorldFigures } from '../../../cli/demo/figures.ts';
import { reproducerLoad } from '../../../cli/demo/load.ts';
import { REPRODUCER } from '../../../cli/demo/reproducer-parameters.ts';
import { svgText } from '../../../cli/demo/svg-text.ts';
import { LOAD_FROM } from '../../../cli/demo/world.ts';

const HOUR = 3_600_000;
const WALL = LOAD_FROM + 4 * HOUR;
const unharmed: WorldFigures = {
  wallAt: undefined,
  minutesAtWall: 0,
  typical: 1,
  worst: 430.7,
  atWall: undefined,
  starts: undefined,
  startsBeforeWall: undefined,
};
const figures: Figures = {
  without: { ...unharmed, wallAt: WALL, worst: 9_941, atWall: 9_941 },
  with: unharmed,
  hoursShown: 5,
  meanIops: 400,
  baselineIops: 100,
  alarmAt: WALL - 3 * HOUR,
  noticeAt: WALL - 0.5 * HOUR,
  noticeMinutesAhead: 30,
  promisedMinutesAhead: 15,
  changes: [],
  endsOn: 'gp2',
  balanceAfterReturn: undefined,
};
const load = {
  ...reproducerLoad(REPRODUCER),
  measure: { title: 'Time an I/O takes', unit: 'ms', most: undefined, merge: 'highest' as const },
};
const caption = (change: Partial<Figures>) => svgText({ ...figures, ...change }, load, 30).caption;

describe('the words under the picture', () => {
  it('say when the wall came, what it cost, and that people were told', () => {
    expect(caption({}).slice(0, 2)).toEqual([
      'Without us the credits are gone at 12:10; time an I/O takes goes from 1.0 ms to 9.9 s.',
      'With us people are told 30 min before, and the worst is 430.7 ms.',
    ]);
  });

  it('say that people were told of a wall that did not come', () => {
    const words = caption({ without: unharmed, noticeMinutesAhead: undefined });
    expect(words[1]).toBe('With us people are told at 11:40 all the same, and the worst is 430.7 ms.');
  });

  it('do not call a late word an early one, nor silence a word', () => {
    expect(caption({ noticeMinutesAhead: -3 })[1]).toContain('told 3 min after,');
    expect(caption({ noticeAt: undefined, noticeMinutesAhead: undefined })[1]).toBe(
      'With us nobody was told.',
    );
  });
});
