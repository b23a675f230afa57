import { describe, expect, test } from 'vitest';
import { afterFailure, afterLook, type Board, emptyBoard } from '../../../cli/watch/board.ts';
import { boardChanges } from '../../../cli/watch/board-changes.ts';
import { after, hours, minutes, seconds } from '../../../core/domain/units.ts';
import { ago, ahead } from '../../domain/some-situation.ts';
import { noon } from '../../domain/some-volume.ts';
import { overCase, seenCase } from './some-board.ts';

const every = seconds(10);
const quiet = { words: 'watching', tone: 'quiet', since: ago(minutes(9)) } as const;
const needed = { words: 'YOU ARE NEEDED', tone: 'needed', since: noon } as const;

describe('after a look', () => {
  test('the most urgent is first, and of the same urgency the oldest', () => {
    const open = [
      seenCase({ id: 'quiet', standing: quiet }),
      seenCase({ id: 'young' }),
      seenCase({ id: 'old', openedAt: ago(hours(2)) }),
      seenCase({ id: 'needed', standing: needed }),
    ];
    const board = afterLook(emptyBoard(noon), { open, ended: [] }, noon, every);
    expect(board.open.map(({ id }) => id)).toEqual(['needed', 'old', 'young', 'quiet']);
    expect(board).toMatchObject({ asOf: noon, nextLookAt: ahead(every), trouble: undefined });
  });

  test('what is over stays for five minutes, and no longer', () => {
    const first = afterLook(emptyBoard(noon), { open: [], ended: [overCase()] }, noon, every);
    const nothing = { open: [], ended: [] };
    expect(afterLook(first, nothing, ahead(minutes(4)), every).ended).toHaveLength(1);
    expect(afterLook(first, nothing, ahead(minutes(5)), every).ended).toEqual([]);
  });

  test('what is open again is not shown as over', () => {
    const first = afterLook(emptyBoard(noon), { open: [], ended: [overCase()] }, noon, every);
    expect(afterLook(first, { open: [seenCase()], ended: [] }, noon, every).ended).toEqual([]);
  });
});

describe('after a failure', () => {
  const seen = afterLook(emptyBoard(noon), { open: [seenCase()], ended: [] }, noon, every);
  const failing = (times: number, by = every): Board =>
    times === 0 ? seen : afterFailure(failing(times - 1, by), 'no answer', noon, by);

  test('what was seen stays', () => {
    expect(failing(1)).toMatchObject({ open: seen.open, asOf: noon, trouble: { words: 'no answer' } });
  });

  test.each([
    [1, 20],
    [2, 40],
    [4, 160],
    [5, 300],
    [50, 300],
  ])('the try after %i of them comes in %i s', (times, wait) => {
    expect(failing(times).nextLookAt).toBe(after(noon, seconds(wait)));
  });

  test('nobody asks more often than was wanted', () => {
    expect(failing(1, minutes(60)).nextLookAt).toBe(ahead(minutes(60)));
  });

  test('an answer ends it', () => {
    expect(afterLook(failing(3), { open: [], ended: [] }, noon, every).trouble).toBeUndefined();
  });
});

describe('changes', () => {
  const before = afterLook(emptyBoard(noon), { open: [seenCase()], ended: [] }, noon, every);

  test('of a case: where it stands, its wall, and where it stood', () => {
    const moved = seenCase({ standing: { words: 'moving to gp3', tone: 'moving', since: noon } });
    expect(boardChanges(before, afterLook(before, { open: [moved], ended: [] }, noon, every))).toEqual([
      '2026-11-22T12:00:00Z  EB-00000001  vol-0123456789abcdef0 (orders-db)  moving to gp3; wall likely 2026-11-22T12:04:12Z; before: warned, not moved',
    ]);
  });

  test('a new one and one that is over have a line each', () => {
    const look = { open: [seenCase({ id: 'EB-2', name: 'vol-0123456789abcdef0' })], ended: [overCase()] };
    expect(boardChanges(before, afterLook(before, look, noon, every))).toEqual([
      expect.stringContaining('EB-2  vol-0123456789abcdef0  warned, not moved'),
      expect.stringContaining('(orders-db)  over: averted; before: warned, not moved'),
    ]);
  });

  test('time that passes is none', () => {
    const later = seenCase({ dueAt: ahead(minutes(3)), wall: ahead(minutes(4)) });
    expect(boardChanges(before, afterLook(before, { open: [later], ended: [] }, noon, every))).toEqual([]);
  });

  test('neither is an ended case that lingers', () => {
    const over = afterLook(before, { open: [], ended: [overCase()] }, noon, every);
    expect(boardChanges(over, afterLook(over, { open: [], ended: [] }, noon, every))).toEqual([]);
  });
});
