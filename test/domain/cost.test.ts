import { describe, expect, test } from 'vitest';
import { alarmsMonthly, metricReadsPrice, monthlyPrice, priceOf } from '../../core/domain/cost.ts';
import { type PriceList, priceListOf, usEast1Prices } from '../../core/domain/prices.ts';
import { gibibytes, iops, mebibytesPerSecond } from '../../core/domain/units.ts';
import type { BurstableType, Configuration } from '../../core/domain/volume.ts';

const gp3 = (operations: number, throughput: number): Configuration => ({
  type: 'gp3',
  iops: iops(operations),
  throughput: mebibytesPerSecond(throughput),
});
const provisioned = (type: 'io1' | 'io2', operations: number): Configuration => ({
  type,
  iops: iops(operations),
});
const bursting = (type: BurstableType): Configuration => ({ type });

describe('the monthly price', () => {
  // The worked example of 100 GiB, and one row per rate and tier border.
  test.each<readonly [number, Configuration, number]>([
    [100, bursting('gp2'), 10],
    [100, gp3(3_000, 125), 8],
    [100, gp3(3_000, 250), 13],
    [100, gp3(4_000, 125), 13],
    [100, provisioned('io1', 1_000), 77.5],
    [100, provisioned('io1', 3_000), 207.5],
    [100, provisioned('io2', 1_000), 77.5],
    [100, provisioned('io2', 32_000), 2_092.5],
    [100, provisioned('io2', 32_001), 2_092.5455],
    [100, provisioned('io2', 64_000), 3_548.5],
    [100, provisioned('io2', 64_001), 3_548.531_85],
    [1_024, bursting('st1'), 46.08],
    [1_024, bursting('sc1'), 15.36],
  ])('of %i GiB as %j is $%d', (size, configuration, price) => {
    expect(monthlyPrice(gibibytes(size), configuration, usEast1Prices)).toBeCloseTo(price, 6);
  });
});

describe('the price of a step', () => {
  test('from gp2 to gp3 is negative, and says what staying, io1 and io2 would cost, cheapest first', () => {
    const price = priceOf(gibibytes(100), bursting('gp2'), gp3(3_000, 128), usEast1Prices);
    expect(price).toEqual({
      now: 10,
      after: expect.closeTo(8.12, 6),
      difference: expect.closeTo(-1.88, 6),
      alternatives: [
        { configuration: { type: 'gp2' }, monthly: 10 },
        { configuration: provisioned('io1', 3_000), monthly: 207.5 },
        { configuration: provisioned('io2', 3_000), monthly: 207.5 },
      ],
      listOf: { checked: '2026-10-07', region: 'us-east-1' },
    });
  });

  test('to io1 leaves the chosen one out and offers gp3 with the throughput of the source', () => {
    const price = priceOf(gibibytes(200), bursting('gp2'), provisioned('io1', 1_000), usEast1Prices);
    expect(price.alternatives.map((each) => each.configuration)).toEqual([
      bursting('gp2'),
      gp3(3_000, 250),
      provisioned('io2', 1_000),
    ]);
  });

  test.each([
    [59, ['gp2', 'io2']],
    [60, ['gp2', 'io1', 'io2']],
    [3, ['gp2']],
  ])('for %i GiB offers only what the size allows at 3,000 IOPS', (size, types) => {
    const { alternatives } = priceOf(gibibytes(size), bursting('gp2'), gp3(3_000, 128), usEast1Prices);
    expect(alternatives.map((each) => each.configuration.type)).toEqual(types);
  });

  test('back to gp2 compares with what is given up, once', () => {
    const price = priceOf(gibibytes(100), provisioned('io1', 1_000), bursting('gp2'), usEast1Prices);
    expect(price.difference).toBeCloseTo(-67.5, 6);
    expect(price.alternatives.map((each) => each.configuration)).toEqual([
      gp3(3_000, 250),
      provisioned('io1', 1_000),
      provisioned('io2', 1_000),
    ]);
  });

  test('from st1 offers gp3 with the burst throughput of the source', () => {
    const price = priceOf(gibibytes(1_024), bursting('st1'), provisioned('io1', 2_000), usEast1Prices);
    expect(price.alternatives.map((each) => each.configuration)).toContainEqual(gp3(3_000, 250));
  });
});

describe('the list', () => {
  const frankfurt: PriceList = { ...usEast1Prices, region: 'eu-central-1', checked: '2026-11-01' };

  test("is the Region's own where one was configured", () => {
    expect(priceListOf('eu-central-1', [frankfurt])).toBe(frankfurt);
  });

  test('is us-east-1 where none was, and says so', () => {
    const list = priceListOf('eu-west-1', [frankfurt]);
    expect(priceOf(gibibytes(1), bursting('gp2'), gp3(3_000, 128), list).listOf.region).toBe('us-east-1');
  });
});

test('an alarm costs ten cents a month, the first ten too: the free tier is the whole account’s', () => {
  expect(alarmsMonthly(10, usEast1Prices)).toBeCloseTo(1, 10);
});

test('a thousand metrics read cost a cent', () => {
  expect(metricReadsPrice(1_000, usEast1Prices)).toBeCloseTo(0.01, 10);
});
