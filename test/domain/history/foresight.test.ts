import { describe, expect, test } from 'vitest';
import { foresightOf, foresightSum, lastDrain } from '../../../core/domain/history/foresight.ts';
import type { Replayed } from '../../../core/domain/history/replayed.ts';
import type { Wall } from '../../../core/domain/history/walls.ts';
import type { Series } from '../../../core/domain/reading.ts';
import { after, type Instant, minutes } from '../../../core/domain/units.ts';
import { noon } from '../some-volume.ts';

const at = (minute: number): Instant => after(noon, minutes(minute));
const minutely = (...values: readonly number[]): Series =>
  values.map((value, index) => ({ at: at(index), period: minutes(1), value }));
const falling = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_none, index) => from - index);
const word = (when: number, wall: number | undefined): Replayed => ({
  kind: 'announced',
  at: at(when),
  volumeId: 'vol-0123456789abcdef0',
  said: 'warned',
  wall: wall === undefined ? undefined : at(wall),
  refusals: [],
});
const wall = (from: number, until = from + 5): Wall => ({ from: at(from), until: at(until) });
const terms = { lead: minutes(15), shortestDrain: minutes(25), delivery: minutes(0) };
const longDrain = minutely(...Array.from({ length: 30 }, () => 60), ...falling(60, 61));

describe('the last drain', () => {
  test('goes back to where the balance began to fall', () => {
    const balance = minutely(50, 50, 50, 50, 50, 50, ...falling(49, 50));
    expect(lastDrain(balance, at(56))).toBe(minutes(54));
  });

  test('ends where the balance did not fall over five minutes', () => {
    const broken = minutely(...falling(60, 20), 41, 41, 41, 41, 41, 41, ...falling(40, 41));
    expect(lastDrain(broken, at(67))).toBeLessThan(minutes(46));
  });

  test('is nothing where nothing was seen before the wall', () => {
    expect(lastDrain([], at(5))).toBe(0);
    expect(lastDrain(minutely(0), at(1))).toBe(0);
  });
});

describe('a wall', () => {
  test.each([
    [75, 1, 'fifteen minutes ahead is announced'],
    [76, 0, 'fourteen minutes ahead is not'],
  ])('with its word at minute %i: %i announced, for %s', (when, announced) => {
    const found = foresightOf([word(when, 90)], [wall(90)], longDrain, terms);
    expect(found).toMatchObject({ walls: 1, foreseeable: 1, announced });
  });

  test('is judged by the time at which the word was there, not by when it was decided', () => {
    const late = { ...terms, delivery: minutes(1) };
    expect(foresightOf([word(75, 90)], [wall(90)], longDrain, late).announced).toBe(0);
  });

  test('after a short drain could not be foreseen and is no failure', () => {
    const sudden = minutely(...Array.from({ length: 80 }, () => 60), ...falling(60, 11));
    expect(foresightOf([], [wall(91)], sudden, terms)).toMatchObject({ walls: 1, foreseeable: 0 });
  });

  test('that nobody announced is foreseeable all the same', () => {
    const none = foresightOf([], [wall(90)], longDrain, terms);
    expect(none).toMatchObject({ foreseeable: 1, announced: 0, leads: [] });
  });
});

describe('an announcement', () => {
  test.each([
    [100, 0, 'exactly at twice the announced time'],
    [101, 1, 'a minute later'],
  ])('of a wall in 20 minutes, with one at minute %i: %i groundless (%s)', (from, groundless) => {
    expect(foresightOf([word(60, 80)], [wall(from)], longDrain, terms).groundless).toBe(groundless);
  });

  test('that names no time is given an hour', () => {
    expect(foresightOf([word(60, undefined)], [wall(120)], longDrain, terms).groundless).toBe(0);
    expect(foresightOf([word(60, undefined)], [wall(121)], longDrain, terms).groundless).toBe(1);
  });

  test('of a wall that is there, or was ten minutes ago, has its ground', () => {
    expect(foresightOf([word(95, 95)], [wall(80, 85)], longDrain, terms).groundless).toBe(0);
    expect(foresightOf([word(96, 96)], [wall(80, 85)], longDrain, terms).groundless).toBe(1);
  });
});

test('sums add up counts and keep every lead', () => {
  const one = foresightOf([word(70, 90)], [wall(90)], longDrain, terms);
  const two = foresightSum([one, one]);
  expect(two).toMatchObject({ walls: 2, foreseeable: 2, announced: 2, announcements: 2, groundless: 0 });
  expect(two.leads).toEqual([minutes(20), minutes(20)]);
});
