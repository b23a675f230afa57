import { expect, test } from 'vitest';
import { monthlyPrice } from '../../../core/domain/cost.ts';
import { usEast1Prices } from '../../../core/domain/prices.ts';
import { gibibytes } from '../../../core/domain/units.ts';
import type { Configuration as Priced } from '../../../core/domain/volume.ts';
import { listPrice } from './list-prices.ts';

test.each([
  { volumeType: 'gp2', dollars: 10 },
  { volumeType: 'gp3', iops: 3_000, throughput: 125, dollars: 8 },
  { volumeType: 'gp3', iops: 4_000, throughput: 225, dollars: 17 },
  { volumeType: 'io1', iops: 1_000, dollars: 77.5 },
  { volumeType: 'io2', iops: 1_000, dollars: 77.5 },
  { volumeType: 'io2', iops: 40_000, dollars: 12.5 + 32_000 * 0.065 + 8_000 * 0.0455 },
  { volumeType: 'io2', iops: 70_000, dollars: 12.5 + 32_000 * 0.065 + 32_000 * 0.0455 + 6_000 * 0.03185 },
  { volumeType: 'st1', dollars: 4.5 },
  { volumeType: 'sc1', dollars: 1.5 },
] as const)('100 GiB of %o', ({ dollars, ...rest }) => {
  expect(listPrice({ ...rest, sizeGiB: 100 })).toBeCloseTo(dollars, 6);
  const { volumeType: type, ...provisioned } = rest;
  const product = monthlyPrice(gibibytes(100), { type, ...provisioned } as Priced, usEast1Prices);
  expect(product).toBeCloseTo(dollars, 6);
});

test('of a type that nobody moves there is none', () => {
  expect(() => listPrice({ volumeType: 'standard', sizeGiB: 1 })).toThrow('no price of standard');
});
