import { describe, expect, test } from 'vitest';
import { modifyCalls, saidInOrder } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { drainWith, prompt } from './refused-drains.ts';
import { acting, hour, minute, startsAt } from './responder-account.ts';

const day = 24 * hour;
const days = 4;
const io2 = { ...acting, target: 'io2', fixedIops: 2_900, maxMonthlyIncrease: 1_000 } as const;

/** Every other day an hour at full burst, which empties the bucket; on the days between, next to nothing. */
const everyOtherDay = Array.from({ length: days }, (_, index) => [
  { at: index * 24 * 60 + 60, iops: index % 2 === 0 ? 3_000 : 20 },
  { at: index * 24 * 60 + 120, iops: 20 },
]).flat();

describe('a load that empties the bucket as soon as its volume has gone back', () => {
  test('is bridged at most once a day and never changes its volume more than twice in 24 hours', async () => {
    const drain = await drainWith({
      props: io2,
      load: [{ at: 0, iops: 20 }, ...everyOtherDay],
      options: { metrics: prompt, volumes: { optimizingTime: () => 5 * minute } },
    });
    await drain.account.simulation.runUntil(startsAt + days * day);
    const times = modifyCalls(drain).map(({ at }) => at);
    expect(times.length).toBeGreaterThanOrEqual(3);
    for (const from of times)
      expect(times.filter((at) => at >= from && at < from + day).length).toBeLessThanOrEqual(2);
    expect(times.length).toBeLessThanOrEqual(days + 1);
    expect(saidInOrder(drain)).not.toContain('needed');
    expectInvariants(drain);
  }, 60_000);
});
