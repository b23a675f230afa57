import { describe, expect, test } from 'vitest';
import { creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import { stalledIn, wallsIn } from '../../../core/domain/history/walls.ts';
import { read, type Series, unread } from '../../../core/domain/reading.ts';
import { after, minutes } from '../../../core/domain/units.ts';
import { noon, someVolume } from '../some-volume.ts';

const bucket = creditBucketOf(someVolume());
if (bucket === undefined) throw new Error('a gp2 volume of 100 GiB has a bucket');

const from = (period: number, ...values: readonly number[]): Series =>
  values.map((value, index) => ({
    at: after(noon, minutes(index * period)),
    period: minutes(period),
    value,
  }));
const at = (minute: number) => after(noon, minutes(minute));
const busy = read(from(1, ...Array.from({ length: 60 }, () => 300)), noon);

describe('the walls of a balance', () => {
  test('begin with the first empty sample and last to the end of the last', () => {
    expect(wallsIn(from(1, 2, 1, 0, 0, 0, 1, 3), busy, bucket)).toEqual([{ from: at(2), until: at(5) }]);
  });

  test('count what is as good as empty, as CloudWatch rounds', () => {
    expect(wallsIn(from(1, 0.2, 0.21), busy, bucket)).toEqual([{ from: at(0), until: at(1) }]);
  });

  test('are one when ten minutes or less lie between them', () => {
    const tenApart = from(1, 0, ...Array.from({ length: 10 }, () => 5), 0);
    expect(wallsIn(tenApart, busy, bucket)).toEqual([{ from: at(0), until: at(12) }]);
  });

  test('are two when more lies between them', () => {
    const elevenApart = from(1, 0, ...Array.from({ length: 11 }, () => 5), 0);
    expect(wallsIn(elevenApart, busy, bucket)).toHaveLength(2);
  });

  test('are none where an empty bucket holds nobody back: less than nine tenths of the baseline is asked for', () => {
    const idle = read(from(1, 269, 269, 269), noon);
    expect(wallsIn(from(1, 0, 0, 0), idle, bucket)).toEqual([]);
    const atBaseline = read(from(1, 270, 269, 269), noon);
    expect(wallsIn(from(1, 0, 0, 0), atBaseline, bucket)).toEqual([{ from: at(0), until: at(1) }]);
  });

  test('are where the bucket was empty when nobody knows the demand', () => {
    expect(wallsIn(from(5, 40, 0, 0), unread('not read'), bucket)).toEqual([{ from: at(5), until: at(15) }]);
  });

  test('of 5-minute samples are judged by all the minutes of demand in them', () => {
    const lastMinuteOnly = read(from(1, 0, 0, 0, 0, 300, 0, 0, 0, 0, 0), noon);
    expect(wallsIn(from(5, 0, 0), lastMinuteOnly, bucket)).toEqual([{ from: at(0), until: at(5) }]);
  });
});

describe('the minutes stalled', () => {
  test('without a demand are all in which the bucket was empty, a single sample included', () => {
    expect(stalledIn(from(5, 40, 0, 30), unread('not read'), bucket)).toBe(5);
    expect(stalledIn(from(5, 40, 0.3, 30), unread('not read'), bucket)).toBe(0);
  });

  test('with a demand are those in which it was held back', () => {
    expect(stalledIn(from(1, 0, 0, 0), read(from(1, 300, 10, 300), noon), bucket)).toBe(2);
  });
});
