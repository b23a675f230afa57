import { describe, expect, test } from 'vitest';
import { alarmChanges } from '../../../core/application/replay/replayed-alarm.ts';
import type { Series } from '../../../core/domain/reading.ts';
import { after, minutes } from '../../../core/domain/units.ts';
import { aDayOf, minutesAfterMidnight } from './some-recording.ts';

const { from: midnight } = aDayOf();
const samples = (period: number, ...values: readonly number[]): Series =>
  values.map((value, index) => ({
    at: after(midnight, minutes(index * period)),
    period: minutes(period),
    value,
  }));
const changes = (series: Series) =>
  alarmChanges(series, 50, minutes(3)).map(({ at, state }) => [minutesAfterMidnight(at), state]);

describe('an alarm on samples', () => {
  test.each([
    ['of a minute rings when their five minutes are over and published', 1, [9, 'ALARM']],
    ['of five minutes rings when they are over and published', 5, [9, 'ALARM']],
    [
      'of an hour does not ring before it is over: nobody knows when in it the balance fell',
      60,
      [64, 'ALARM'],
    ],
  ])('%s', (_, period, first) => {
    expect(changes(samples(period, 40, 100, 100, 100, 100, 100))[0]).toEqual(first);
  });

  test('does not ring at its threshold', () => {
    expect(changes(samples(5, 50, 50))).toEqual([]);
  });
});
