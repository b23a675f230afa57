import { describe, expect, test } from 'vitest';
import { partsOf } from '../../bench/fleet.ts';

describe('a fleet of the bench', () => {
  test.each([
    [1_000, [1_000]],
    [25_000, [25_000]],
    [25_001, [25_000, 1]],
    [100_000, [25_000, 25_000, 25_000, 25_000]],
  ])('of %i volumes is spread over accounts of %j', (volumes, expected) => {
    expect(partsOf(volumes, 25_000).map((part) => part.volumes)).toEqual(expected);
  });

  test('numbers its volumes through, so that each does the same however it is spread', () => {
    expect(partsOf(60, 25)).toEqual([
      { account: 0, firstVolume: 0, volumes: 25 },
      { account: 1, firstVolume: 25, volumes: 25 },
      { account: 2, firstVolume: 50, volumes: 10 },
    ]);
  });

  test('does not make an account for nothing', () => {
    expect(partsOf(0, 25)).toEqual([]);
  });
});
