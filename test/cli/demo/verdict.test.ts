import { describe, expect, it } from 'vitest';
import { articleNote } from '../../../cli/demo/article-note.ts';
import type { Figures, WorldFigures } from '../../../cli/demo/figures.ts';
import { verdictOn } from '../../../cli/demo/verdict.ts';

const WALL = Date.UTC(2026, 2, 2, 12, 20);

const atTheWall: WorldFigures = {
  wallAt: WALL,
  minutesAtWall: 43.6,
  typical: 3,
  worst: 82.1,
  atWall: 82.02,
  starts: 5_033,
  startsBeforeWall: 5_001,
};
const unharmed: WorldFigures = {
  ...atTheWall,
  wallAt: undefined,
  minutesAtWall: 0,
  worst: 3,
  atWall: undefined,
};

const good: Figures = {
  without: atTheWall,
  with: unharmed,
  hoursShown: 4.9,
  meanIops: 400.7,
  baselineIops: 100,
  alarmAt: WALL - 3 * 3_600_000,
  noticeAt: WALL - 30 * 60_000,
  noticeMinutesAhead: 30,
  promisedMinutesAhead: 15,
  changes: [
    {
      at: WALL - 30 * 60_000,
      from: 'gp2',
      to: 'gp3, 3,000 IOPS, 128 MiB/s',
      iops: 3_000,
      monthlyBefore: 3,
      monthlyAfter: 2.52,
      state: 'completed',
      completedAt: WALL,
      minutesAhead: 30,
    },
  ],
  endsOn: 'gp3, 3,000 IOPS, 128 MiB/s',
  balanceAfterReturn: undefined,
};

describe('the demo is good', () => {
  it('when the wall came without us and people were told in time with us', () => {
    expect(verdictOn(good)).toEqual({
      isGood: true,
      sentence:
        'People were told 30 min before the wall that would have been; the volume was moved to gp3, 3,000 IOPS, 128 MiB/s, and no I/O ever waited for credits.',
    });
  });

  it('exactly at the promised lead, however short arithmetic makes it', () => {
    expect(verdictOn({ ...good, noticeMinutesAhead: 15 }).isGood).toBe(true);
    expect(verdictOn({ ...good, noticeMinutesAhead: 7, promisedMinutesAhead: 7 }).isGood).toBe(true);
  });

  it('but says so when people were told much too early, or the wall came all the same', () => {
    expect(verdictOn({ ...good, noticeMinutesAhead: 469 }).sentence).toContain(
      'told 7 h 49 min before the wall that would have been, much earlier than needed',
    );
    const { isGood, sentence } = verdictOn({ ...good, with: atTheWall });
    expect(isGood).toBe(true);
    expect(sentence).toContain('and 43 min at the wall remained');
  });

  it('and does not claim a move where nothing was moved', () => {
    expect(verdictOn({ ...good, changes: [] }).sentence).toMatch(/; nothing was moved\.$/);
  });
});

describe('the demo is not good', () => {
  it.each([
    [
      'without a wall to announce',
      { without: unharmed },
      'There was no wall without us within 4 h, so there was nothing to show: the load used 401 IOPS on average and the volume earns 100; try a smaller --size, or a trace with a larger --scale. With us people were told of a wall that did not come: a false alarm.',
    ],
    [
      'without a wall and without a word',
      { without: unharmed, noticeAt: undefined },
      'There was no wall without us within 4 h, so there was nothing to show: the load used 401 IOPS on average and the volume earns 100; try a smaller --size, or a trace with a larger --scale.',
    ],
    [
      'when nobody was told',
      { noticeMinutesAhead: undefined },
      'The wall came without us, and with us nobody was told.',
    ],
    [
      'when people were told too late',
      { noticeMinutesAhead: 14.9 },
      'The notice left 14 min before the wall; at least 15 min were promised.',
    ],
    [
      'when they were told after the wall',
      { noticeMinutesAhead: -3 },
      'The notice left 3 min after the wall; at least 15 min were promised.',
    ],
  ])('%s', (_when, change, sentence) => {
    expect(verdictOn({ ...good, ...change })).toEqual({ isGood: false, sentence });
  });
});

describe('the note on the article', () => {
  it('says that it is the same where the difference rounds to nothing, and only there', () => {
    expect(articleNote(30, { ...atTheWall, atWall: 82.004 })[1]).toMatch(
      /IOPS\): the same as its 82 s, to within 0\.01 s\.$/,
    );
    expect(articleNote(30, { ...atTheWall, atWall: 81.996 })[1]).toContain('the same as its 82 s');
    expect(articleNote(30, { ...atTheWall, atWall: 82.006 })[1]).toContain('0.01 s more than its 82 s');
    expect(articleNote(30, { ...atTheWall, atWall: 81.99 })[1]).toContain('0.01 s less than its 82 s');
  });

  it('says by how much our wall differs from its 82 s, and why', () => {
    expect(articleNote(30, atTheWall)[1]).toBe(
      'Here: 3.0 s, 5,001 starts, then 82.02 s (1,121 I/Os ÷ (100 baseline − 86.3 writeback) IOPS): 0.02 s more than its 82 s, because the fit is rounded, and credits saved between two bursts of I/O shift a start by fractions of a second.',
    );
    expect(articleNote(60, { ...atTheWall, atWall: 11.97 })[1]).toMatch(
      /70\.03 s less than its 82 s, because 60 GiB has 180 IOPS of baseline where the fit has 100\.$/,
    );
  });

  it('does not compare a wall that was not', () => {
    expect(articleNote(200, unharmed)).toHaveLength(1);
  });
});
