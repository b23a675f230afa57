import { describe, expect, test } from 'vitest';
import { whyGroundless } from '../../bench/foresight/why-groundless.ts';
import { after, minutes } from '../../core/domain/units.ts';
import { dip, down, up } from '../domain/credits/some-falls.ts';
import { level, minutely } from '../domain/some-situation.ts';
import { noon } from '../domain/some-volume.ts';

const calm = level(100, 200);
const falling = [...calm, ...down(100, 30)];
const times = (count: number, fall: readonly number[]) => Array.from({ length: count }, () => fall).flat();
/** Said at noon, of a wall in twenty minutes. */
const word = { at: noon, trueBy: after(noon, minutes(40)), withdrawnAt: undefined };

const why = (seen: readonly number[], lived: readonly number[]) => {
  const exact = [...minutely([30]), ...minutely(lived, after(noon, minutes(lived.length)))];
  return whyGroundless(word, exact, minutely(seen), minutes(25));
};
const fellTo = (lowest: number) => [...down(30, lowest), ...up(lowest, 40)];

describe('why a word was said that nothing came of', () => {
  test('fewer than two falls went as deep', () => {
    expect(why([...dip(80), ...dip(68), ...falling], fellTo(20))).toBe('unprecedented');
    expect(why([...dip(80), ...dip(70), ...falling], fellTo(20))).toBe('other');
  });

  test('more than one in ten of them would have gone to the wall, where the lead time is promised', () => {
    expect(why([...times(8, dip(80)), ...dip(98), ...falling], fellTo(20))).toBe('both ways');
    expect(why([...times(9, dip(80)), ...dip(98), ...falling], fellTo(20))).toBe('other');
  });

  test('more than half of them would have, where it is not', () => {
    const low = (depth: number) => [48, ...down(48, 48 - depth), ...up(48 - depth, 48)];
    const now = [...level(48, 200), 44, 40, 36, 30];
    const past = [...times(2, low(30)), ...times(2, low(46))];
    expect(why([...past, ...low(46), ...now], fellTo(20))).toBe('both ways');
    expect(why([...past, ...now], fellTo(20))).toBe('other');
  });

  const past = [...times(2, dip(80)), ...falling];

  test('it turned around with next to nothing left', () => {
    expect(why(past, fellTo(4))).toBe('near miss');
    expect(why(past, fellTo(6))).toBe('other');
  });

  test('it had turned around, and the newest sample did not show it yet', () => {
    expect(why(past, up(30, 60))).toBe('over');
    expect(why(past, [29.7, ...up(30, 60)])).toBe('other');
    expect(why([...past, 30], up(30, 60))).toBe('other');
  });
});
