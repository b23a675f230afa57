import { describe, expect, it } from 'vitest';
import { type Column, columnsLeftOut, fittedTable } from '../../../cli/render/fitted-table.ts';
import { noRoomFor } from '../../../cli/render/no-room.ts';
import { paint } from '../../../cli/render/paint.ts';
import { progressLine } from '../../../cli/render/progress.ts';
import { table } from '../../../cli/render/table.ts';
import { type TimelineEntry, timeline } from '../../../cli/render/timeline.ts';

const START = Date.UTC(2026, 2, 2, 8);
const at = (minutes: number, who: string, kind: TimelineEntry['kind'], text = ''): TimelineEntry => ({
  at: START + minutes * 60_000,
  who,
  kind,
  text,
});

describe('the timeline', () => {
  it('makes hours of quiet one line and lets steps stand alone', () => {
    const entries = [
      at(0, 'keep-alarms', 'step', 'made the alarm'),
      ...Array.from({ length: 181 }, (_, minute) => at(1 + minute, 'sweep', 'quiet')),
      at(182, 'keep-alarms', 'quiet'),
      at(183, 'CloudWatch', 'turn', 'ALARM'),
      at(184, 'sweep', 'quiet'),
    ];
    expect(timeline(entries, 80, paint(false)).split('\n')).toEqual([
      '08:00:00  keep-alarms    made the alarm',
      '08:01:00  ·              3 h 1 min nothing to change: sweep 181×, keep-alarms',
      '11:03:00  CloudWatch     ALARM',
      '11:04:00  ·              nothing to change: sweep',
    ]);
  });

  it('breaks long steps between words and indents what follows', () => {
    const lines = timeline([at(0, 'respond', 'step', 'word '.repeat(20).trim())], 60, paint(false)).split(
      '\n',
    );
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^ {25}word/);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('names the new day of a step, but no day on which nothing happened', () => {
    const entries = [
      at(0, 'sweep', 'quiet'),
      at(16 * 60, 'sweep', 'quiet'),
      at(60 * 60 + 1, 'sweep', 'quiet'),
      at(60 * 60 + 2, 'CloudWatch', 'turn', 'ALARM'),
    ];
    expect(timeline(entries, 80, paint(false)).split('\n')).toEqual([
      '08:00:00  ·              2 d 12 h 1 min nothing to change: sweep 3×',
      '── 2026-03-04 ──',
      '20:02:00  CloudWatch     ALARM',
    ]);
  });

  it('does not show anything for no entries', () => {
    expect(timeline([], 80, paint(false))).toBe('');
  });
});

describe('a table', () => {
  it('has its first column left and the others right', () => {
    expect(table(['', 'without us', 'with us'], [['Starts', '5,021', '6,000']]).split('\n')).toEqual([
      '        without us  with us',
      '──────  ──────────  ───────',
      'Starts       5,021    6,000',
    ]);
  });
});

describe('a table on a terminal', () => {
  type Row = readonly [id: string, name: string, note: string];
  const id: Column<Row> = { title: 'id', text: ([text]) => text };
  const name: Column<Row> = { title: 'name', text: ([, text]) => text };
  const note: Column<Row> = { title: 'note', text: ([, , text]) => text };
  const rows: readonly Row[] = [
    ['a', 'orders-of-today', 'dips'],
    ['b', '-', 'calm'],
  ];
  const layout = { columns: [id, name, note], dispensable: [note], name, leastName: 6 };
  const linesIn = (width: number | undefined) => fittedTable(rows, layout, width).split('\n');

  it.each([
    [undefined, 'id             name  note', 'a   orders-of-today  dips'],
    [25, 'id             name  note', 'a   orders-of-today  dips'],
    [24, 'id            name  note', 'a   orders-of-tod…  dips'],
    [16, 'id    name  note', 'a   order…  dips'],
    [15, 'id         name', 'a   orders-of-…'],
    [10, 'id    name', 'a   order…'],
  ])(
    'of %s columns cuts names first, and leaves columns out where that is too little',
    (width, head, row) => {
      expect([linesIn(width)[0], linesIn(width)[2]]).toEqual([head, row]);
    },
  );

  it('is cut between characters, never within one', () => {
    const cutAt = (width: number) =>
      fittedTable([['a', 'disk-\u{1F4BE}-of-orders', '']], layout, width).split('\n')[2];
    expect(cutAt(10)).toBe('a   disk-…');
    expect(cutAt(11)).toBe('a   disk-…');
    expect(cutAt(12)).toBe('a   disk-\u{1F4BE}…');
  });

  it('tells which columns it left out and what has them, and nothing where it left out none', () => {
    const told = (width?: number) => noRoomFor(columnsLeftOut(rows, layout, width), ['--json']);
    expect(told(15)).toEqual(['No room for note; a wider terminal and --json have it.']);
    expect([told(16), told()]).toEqual([[], []]);
    expect(noRoomFor([id, name, note], ['--csv', '--json'])).toEqual([
      'No room for id, name and note; a wider terminal, --csv and --json have them.',
    ]);
  });

  it('is not made narrower than what tells its rows apart', () => {
    expect(linesIn(1)).toEqual(linesIn(10));
  });
});

describe('the progress line', () => {
  const stream = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, isTTY, columns: 12, write: (text: string) => written.push(text) };
  };

  it('is written over on a terminal, shortened to its width, and wiped at the end', () => {
    const terminal = stream(true);
    const progress = progressLine(terminal);
    progress.show('08:00 a long line');
    progress.show('short');
    progress.end();
    expect(terminal.written).toEqual(['\r08:00 a lon\r08:00 a lon', '\rshort      \rshort', '\r     \r']);
  });

  it('does not write where nobody watches', () => {
    const pipe = stream(false);
    const progress = progressLine(pipe);
    progress.show('08:00');
    progress.end();
    expect(pipe.written).toEqual([]);
  });
});
