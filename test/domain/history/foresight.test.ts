import { describe, expect, test } from 'vitest';
import { foresightOf, foresightSum, lastDrain } from '../../../core/domain/history/foresight.ts';
import type { Replayed } from '../../../core/domain/history/replayed.ts';
import type { Wall } from '../../../core/domain/history/walls.ts';
import { delivery } from '../../../core/domain/history/words.ts';
import type { Series } from '../../../core/domain/reading.ts';
import { after, before, type Instant, minutes } from '../../../core/domain/units.ts';
import { fix } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

const volumeId = 'vol-0123456789abcdef0';
const at = (minute: number): Instant => after(noon, minutes(minute));
const minutely = (...values: readonly number[]): Series =>
  values.map((value, index) => ({ at: at(index), period: minutes(1), value }));
const falling = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_none, index) => from - index);
const word = (when: number, wall: number | undefined): Replayed => ({
  kind: 'announced',
  at: at(when),
  volumeId,
  said: 'warned',
  wall: wall === undefined ? undefined : at(wall),
  refusals: [],
});
const ended = (when: number): Replayed => ({ kind: 'ended', at: at(when), volumeId, ending: 'recovered' });
const acted = (when: number, wall: number | undefined): Replayed => ({
  kind: 'acted',
  at: at(when),
  volumeId,
  plan: fix(),
  wall: wall === undefined ? undefined : at(wall),
});
const wall = (from: number, until = from + 5): Wall => ({ from: at(from), until: at(until) });
const longDrain = minutely(...Array.from({ length: 30 }, () => 60), ...falling(60, 61));

/** Walls are judged from an hour after minute 0 on. */
const judged = (
  timeline: readonly Replayed[],
  walls: readonly Wall[],
  balance: Series = longDrain,
  late = minutes(0),
) =>
  foresightOf({
    timeline,
    walls,
    balance,
    from: noon,
    lead: minutes(15),
    shortestDrain: minutes(25),
    publishedAt: (now) => before(now, late),
  });

describe('the last drain', () => {
  test('goes back to where the balance was last at its highest', () => {
    const balance = minutely(50, 50, 50, 50, 50, 50, ...falling(49, 50));
    expect(lastDrain(balance, at(56))).toBe(minutes(50));
  });

  test('ends where the balance did not fall over five minutes', () => {
    const broken = minutely(...falling(60, 20), 41, 41, 41, 41, 41, 41, ...falling(40, 41));
    expect(lastDrain(broken, at(67))).toBe(minutes(41));
  });

  test('goes on over a rise that five minutes do not show', () => {
    const uneven = minutely(...falling(60, 20), 42, 42, ...falling(40, 41));
    expect(lastDrain(uneven, at(63))).toBe(minutes(62));
  });

  test('is nothing where nothing was seen before the wall', () => {
    expect(lastDrain([], at(5))).toBe(0);
    expect(lastDrain(minutely(0), at(1))).toBe(0);
  });
});

describe('a wall', () => {
  test.each([
    [74, 1, 'fifteen minutes ahead is announced'],
    [75, 0, 'a moment less than fifteen minutes ahead is not'],
  ])('with its word at minute %i: %i announced, for %s', (when, announced) => {
    expect(judged([word(when, 90)], [wall(90)])).toMatchObject({ walls: 1, foreseeable: 1, announced });
  });

  test('is judged by the time at which the word was there, not by when it was decided', () => {
    expect(judged([word(70, 90)], [wall(90)]).leads).toEqual([minutes(20) - delivery]);
  });

  test('after a short drain could not be foreseen and is no failure', () => {
    const sudden = minutely(...Array.from({ length: 80 }, () => 60), ...falling(60, 11));
    expect(judged([], [wall(91)], sudden)).toMatchObject({ walls: 1, foreseeable: 0 });
  });

  test('that nobody announced is foreseeable all the same', () => {
    expect(judged([], [wall(90)])).toMatchObject({ foreseeable: 1, announced: 0, leads: [] });
  });

  test('within the first hour is not judged, and gives its word its ground', () => {
    expect(judged([word(50, 59)], [wall(59)])).toMatchObject({ walls: 0, announcements: 1, groundless: 0 });
  });

  const hours = minutely(...falling(140, 141));

  test('is not announced by what was said before another one had ended', () => {
    const walls = [wall(62, 64), wall(140)];
    expect(judged([word(61, 120)], walls, hours)).toMatchObject({ foreseeable: 1, announced: 0 });
    expect(judged([word(66, 120)], walls, hours)).toMatchObject({ foreseeable: 1, announced: 1 });
  });

  test('within an hour of the last word is not asked for again, and counted', () => {
    const walls = [wall(72, 74), wall(140)];
    expect(judged([word(71, 120)], walls, hours)).toMatchObject({ foreseeable: 0, sameHour: 1 });
  });

  test('that was not on its way when it had to be announced could not be foreseen', () => {
    const late = minutely(
      ...Array.from({ length: 60 }, (_none, index) => 80 - 0.2 * index),
      ...falling(60, 16).map((value) => (value - 45) * 4.5),
    );
    expect(judged([], [wall(76)], late)).toMatchObject({ foreseeable: 0, steepened: 1 });
  });

  test('that got on its way after what was published when it had to be announced could not be foreseen', () => {
    const steeper = minutely(
      ...Array.from({ length: 60 }, (_none, index) => 80 - 0.2 * index),
      ...Array.from({ length: 23 }, (_none, index) => 68 - 3 * index),
    );
    expect(judged([], [wall(84)], steeper)).toMatchObject({ foreseeable: 1, steepened: 0 });
    const late = minutes(6);
    expect(judged([], [wall(84)], steeper, late)).toMatchObject({
      foreseeable: 0,
      unpublished: 1,
      unpublishedInTime: 0,
    });
    expect(judged([word(68, 84)], [wall(84)], steeper, late)).toMatchObject({
      unpublished: 1,
      unpublishedInTime: 1,
    });
  });

  test('is not announced by a word whose case ended with nothing done', () => {
    expect(judged([word(70, 90), ended(80)], [wall(90)])).toMatchObject({ announced: 0 });
    expect(judged([word(70, 90), ended(95)], [wall(90)])).toMatchObject({ announced: 1 });
    expect(judged([word(70, 90), acted(72, 90), ended(80)], [wall(90)])).toMatchObject({ announced: 1 });
  });

  test('that comes later than twice the announced time is announced only within the same fall', () => {
    expect(judged([word(35, 45)], [wall(90)])).toMatchObject({ announced: 1, groundless: 1 });
    expect(judged([word(25, 35)], [wall(90)])).toMatchObject({ announced: 0, groundless: 1 });
  });
});

describe('an announcement', () => {
  test.each([
    [99, 0, 'within twice the announced time'],
    [100, 1, 'a moment later'],
  ])('of a wall in 20 minutes, with one at minute %i: %i groundless (%s)', (from, groundless) => {
    expect(judged([word(60, 80)], [wall(from)]).groundless).toBe(groundless);
  });

  test('that names no time is given an hour', () => {
    expect(judged([word(60, undefined)], [wall(120)]).groundless).toBe(0);
    expect(judged([word(60, undefined)], [wall(121)]).groundless).toBe(1);
  });

  test('of a wall that is there, or was ten minutes ago, has its ground', () => {
    expect(judged([word(94, 94)], [wall(80, 85)]).groundless).toBe(0);
    expect(judged([word(95, 95)], [wall(80, 85)]).groundless).toBe(1);
  });

  test('is also an act because of a wall, and not one for another reason', () => {
    expect(judged([acted(70, 90)], [wall(90)])).toMatchObject({ announcements: 1, announced: 1 });
    expect(judged([acted(70, undefined)], [wall(90)])).toMatchObject({ announcements: 0, announced: 0 });
  });
});

test('sums add up counts and keep every lead', () => {
  const one = judged([word(70, 90)], [wall(90)]);
  const two = foresightSum([one, one]);
  expect(two).toMatchObject({ walls: 2, foreseeable: 2, announced: 2, announcements: 2, groundless: 0 });
  expect(two.leads).toEqual([minutes(20) - delivery, minutes(20) - delivery]);
});
