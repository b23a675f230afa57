import { describe, expect, it } from 'vitest';
import { measured, span } from '../../../cli/render/quantities.ts';

describe('a measured value', () => {
  it.each([
    [9_941, 'ms', '9.9 s'],
    [1_000, 'ms', '1.0 s'],
    [999.95, 'ms', '1.0 s'],
    [82_000, 'ms', '82.0 s'],
  ])('%d %s is %s: from a second on it is told in seconds', (value, unit, words) => {
    expect(measured(value, unit)).toBe(words);
  });

  it.each([
    [999.94, 'ms', '999.9 ms'],
    [1, 'ms', '1.0 ms'],
    [1_200, 's', '1200.0 s'],
  ])('%d %s stays %s', (value, unit, words) => {
    expect(measured(value, unit)).toBe(words);
  });
});

describe('a span', () => {
  it.each([
    [0, '0 min'],
    [29.9, '29 min'],
    [59.99, '59 min'],
    [60, '1 h 0 min'],
    [470, '7 h 50 min'],
    [2_879, '47 h 59 min'],
    [2_880, '2 d 0 min'],
    [4_069, '2 d 19 h 49 min'],
  ])('of %d minutes is %s', (minutes, words) => {
    expect(span(minutes)).toBe(words);
  });
});
