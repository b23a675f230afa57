import { describe, expect, test } from 'vitest';
import { abilityOf, fitsSize, sizedTo } from '../../../core/domain/deciding/provisioned-sizing.ts';
import { gibibytes, iops, mebibytesPerSecond } from '../../../core/domain/units.ts';

describe('a provisioned type', () => {
  test.each([
    ['gp3', 1, 65_536],
    ['io1', 4, 16_384],
    ['io2', 4, 65_536],
  ] as const)('%s takes %i to %i GiB, neither less nor more', (type, least, most) => {
    expect([least, most].map((size) => fitsSize(type, gibibytes(size)))).toEqual([true, true]);
    expect([least - 0.5, most + 1].map((size) => fitsSize(type, gibibytes(size)))).toEqual([false, false]);
  });

  test.each([
    ['gp3', { type: 'gp3', iops: 8_000, throughput: 2_000 }],
    ['io1', { type: 'io1', iops: 2_000 }],
    ['io2', { type: 'io2', iops: 15_625 }],
  ] as const)('%s is given the IOPS that its throughput needs', (type, configuration) => {
    expect(sizedTo(type, gibibytes(1_000), { iops: 100, throughput: 9_000 })).toEqual(configuration);
  });

  test('gp3 is given no more throughput than the IOPS of its size can pay for', () => {
    expect(sizedTo('gp3', gibibytes(1), { iops: 100, throughput: 900 })).toEqual({
      type: 'gp3',
      iops: 3_000,
      throughput: 750,
    });
  });

  test('can do what it was given: gp3 as named, io1 and io2 by their IOPS up to their limit', () => {
    const gp3 = { type: 'gp3', iops: iops(4_000), throughput: mebibytesPerSecond(200) } as const;
    expect(abilityOf(gp3)).toEqual({ iops: 4_000, throughput: 200 });
    expect(abilityOf({ type: 'io1', iops: iops(1_000) })).toEqual({ iops: 1_000, throughput: 250 });
    expect(abilityOf({ type: 'io1', iops: iops(9_000) })).toEqual({ iops: 9_000, throughput: 500 });
  });
});
