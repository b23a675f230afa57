import { expect, test } from 'vitest';
import { priceOf } from '../../core/domain/cost.ts';
import { chooseTarget } from '../../core/domain/deciding/target.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { unread } from '../../core/domain/reading.ts';
import { gibibytes } from '../../core/domain/units.ts';
import { volumePolicyOf } from '../../core/domain/volume-policy.ts';
import { somePolicy, someVolume } from './some-volume.ts';

/** Dollars a month more than gp2 of this size, for the gp3 that it would be moved to. */
function moreThanGp2(size: number): number {
  const choice = chooseTarget({
    volume: someVolume({ size }),
    policy: volumePolicyOf(somePolicy(), {}),
    profile: unread('none'),
    typesNotInZone: [],
  });
  if (choice.kind === 'none') throw new Error(`no target for ${size} GiB: ${choice.refusal.code}`);
  return priceOf(gibibytes(size), { type: 'gp2' }, choice.configuration, usEast1Prices).difference;
}

test.each([1, 5, 171, 200, 249])(
  'gp3 that keeps the throughput of %i GiB gp2 costs more, and is priced so',
  (size) => {
    expect(moreThanGp2(size)).toBeGreaterThan(0);
  },
);

test.each([7, 100, 170, 251, 500, 999])('gp3 for %i GiB of gp2 costs less, and is priced so', (size) => {
  expect(moreThanGp2(size)).toBeLessThan(0);
});
