import { describe, expect, test } from 'vitest';
import { paint } from '../../../cli/render/paint.ts';
import type { Board } from '../../../cli/watch/board.ts';
import { watchPicture } from '../../../cli/watch/watch-picture.ts';
import { hours, minutes, seconds } from '../../../core/domain/units.ts';
import { ago, ahead } from '../../domain/some-situation.ts';
import { noon } from '../../domain/some-volume.ts';
import { overCase, seenCase, someBoard } from './some-board.ts';

const frame = { where: '123456789012 us-east-1', note: undefined, paint: paint(false) };
const picture = (board: Board, columns = 80, rows = 24, now = noon) =>
  watchPicture(board, now, { columns, rows }, frame);

describe('the picture', () => {
  test('shows where each case stands, and counts down', () => {
    expect(picture(someBoard())).toEqual([
      '1 open case  123456789012 us-east-1                                 12:00:00 UTC',
      'as of 11:59:57 UTC, again in 0:07; Ctrl-C ends it',
      '',
      'case         name         state                        for      wall in  look in',
      'EB-00000001  orders-db    warned, not moved            5 min    4:12     0:31',
    ]);
  });

  test('counts on without another look', () => {
    const later = picture(someBoard(), 80, 24, ahead(seconds(2)));
    expect(later.at(-1)).toBe(
      'EB-00000001  orders-db    warned, not moved            5 min    4:10     0:29',
    );
  });

  test.each([
    ['a wall that has passed', { wall: noon }, /passed {3}0:31$/],
    ['no wall', { wall: undefined }, / - {8}0:31$/],
    ['a look that is due', { dueAt: ago(seconds(1)) }, / due$/],
    ['a wall hours away', { wall: ahead(hours(3)) }, / 3 h 00 /],
    [
      'days of bridging',
      { standing: { words: 'bridged on io2', tone: 'moving', since: ago(hours(77)) } },
      / 3 d 5 h /,
    ],
    ['seconds', { standing: { words: 'watching', tone: 'quiet', since: ago(seconds(9)) } }, / 9 s /],
  ] as const)('says %s', (_, rest, line) => {
    expect(picture(someBoard({ open: [seenCase(rest)] })).at(-1)).toMatch(line);
  });

  test('calls for whoever is needed', () => {
    const needed = seenCase({ standing: { words: 'YOU ARE NEEDED', tone: 'needed', since: noon } });
    expect(picture(someBoard({ open: [needed, seenCase({ id: 'EB-00000002' })] }))[0]).toContain(
      '2 open cases, 1 needs you  123456789012',
    );
  });

  test('says that there is none', () => {
    expect(picture(someBoard({ open: [] }))).toEqual([
      expect.stringMatching(/^0 open cases {2}123456789012 us-east-1 /),
      expect.stringMatching(/^as of /),
    ]);
  });

  test('keeps what was seen when AWS does not answer, and says how old it is', () => {
    const trouble = { words: 'AWS cannot be reached (ECONNRESET)', since: ago(minutes(2)), failures: 3 };
    const lines = picture(someBoard({ trouble, asOf: ago(minutes(2)) }));
    expect(lines[1]).toBe('as of 11:58:00 UTC, again in 0:07: AWS cannot be reached (ECONNRESET)');
    expect(lines.at(-1)).toContain('EB-00000001');
  });

  test('shows more in a wider window: the next word, then the volume', () => {
    const [, , , header] = picture(someBoard(), 100);
    expect(header).toMatch(/look in {2}next word by$/);
    expect(picture(someBoard(), 130).at(-1)).toMatch(/12:05:00 UTC {2}vol-0123456789abcdef0$/);
  });

  test.each([
    ['on change of what was told and promises no time', { nextWordAt: undefined }, ' on change '],
    [
      'none of what nobody was told of',
      { nextWordAt: undefined, incident: undefined },
      ' -             vol-',
    ],
  ])('says that the next word comes: %s', (_, rest, cell) => {
    expect(picture(someBoard({ open: [seenCase(rest)] }), 130).at(-1)).toContain(cell);
  });

  test('has no next word of a case that is over', () => {
    expect(picture(someBoard({ open: [], ended: [overCase()] }), 130).at(-1)).not.toContain('on change');
  });

  test('says in every picture what is to be known of all of them, where anything is', () => {
    const note = 'A simulated person moves two disks by hand.';
    const noted = (columns: number) =>
      watchPicture(someBoard(), noon, { columns, rows: 24 }, { ...frame, note });
    expect(noted(80)).toEqual(picture(someBoard()).toSpliced(2, 0, note));
    expect(noted(20)[2]).toBe('A simulated person …');
  });

  test('has room for every ending in 80 columns', () => {
    const standing = { words: 'over: can no longer run out', tone: 'ended', since: noon } as const;
    expect(picture(someBoard({ open: [], ended: [overCase({ standing })] })).at(-1)).toContain(
      'over: can no longer run out  0 s',
    );
  });

  test('leaves out what matters less in a narrow one, and nothing is wider than it', () => {
    for (const columns of [20, 40, 52, 64, 80, 100, 130, 200]) {
      const lines = picture(someBoard({ ended: [overCase({ id: 'EB-00000002' })] }), columns);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
    expect(picture(someBoard(), 52)[3]).toMatch(/^case +name +state$/);
  });

  test('fits into a low one, and says how many are left out', () => {
    const open = Array.from({ length: 9 }, (_, index) => seenCase({ id: `EB-0000000${index}` }));
    const lines = picture(someBoard({ open }), 80, 10);
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('… and 4 more, less urgent; a taller window shows them');
    expect(picture(someBoard({ open }), 80, 13).at(-1)).toContain('EB-00000008');
    expect(picture(someBoard({ open }), 80, 1)).toHaveLength(1);
  });

  test('colours by urgency, and only where colours are wanted', () => {
    const coloured = watchPicture(
      someBoard(),
      noon,
      { columns: 80, rows: 24 },
      { ...frame, paint: paint(true) },
    );
    expect(coloured.at(-1)?.startsWith('\u001b[33mEB-')).toBe(true);
    const dimmed = someBoard({ open: [], ended: [overCase()] });
    const over = watchPicture(dimmed, noon, { columns: 80, rows: 24 }, { ...frame, paint: paint(true) });
    expect(over.at(-1)?.startsWith('\u001b[2mEB-')).toBe(true);
    expect(picture(someBoard()).join('')).not.toContain('\u001b');
  });
});
