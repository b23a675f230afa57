import { describe, expect, it } from 'vitest';
import { firstPublishedBalance } from '../../../cli/demo/visible-balance.ts';
import { createAccount } from '../../../twin/account.ts';

const START = Date.UTC(2026, 2, 2, 8);
const MINUTE = 60_000;

/** Every five minutes a value that can be read two minutes after its period: 50, 51, 52… */
function accountAt(now: number) {
  const account = createAccount({ accountId: '123456789012', region: 'us-east-1', startAt: now, seed: 1 });
  const volumeId = 'vol-0a1b2c3d4e5f60718';
  const series = account.ebs.store.open(
    { namespace: 'AWS/EBS', name: 'BurstBalance', dimensions: { VolumeId: volumeId } },
    { period: 5 * MINUTE, delay: 2 * MINUTE },
  );
  for (let index = 0; index < 6; index += 1) series.append(START + index * 5 * MINUTE, 50 + index);
  return { account, volumeId };
}

describe('the first published balance', () => {
  it('is that of the first period that ends after the moment', () => {
    const world = accountAt(START + 60 * MINUTE);
    expect(firstPublishedBalance(world, START + 4 * MINUTE)).toBe(50);
    expect(firstPublishedBalance(world, START + 5 * MINUTE)).toBe(51);
    expect(firstPublishedBalance(world, START + 13 * MINUTE + 15_000)).toBe(52);
  });

  it('is not what the bucket holds: a value that nobody can read yet does not count', () => {
    const published = START + 22 * MINUTE;
    expect(firstPublishedBalance(accountAt(published), START + 17 * MINUTE)).toBe(53);
    expect(firstPublishedBalance(accountAt(published - 1), START + 17 * MINUTE)).toBeUndefined();
  });

  it('is not known of a volume that never published one', () => {
    const { account } = accountAt(START + 60 * MINUTE);
    expect(firstPublishedBalance({ account, volumeId: 'vol-0' }, START)).toBeUndefined();
  });
});
