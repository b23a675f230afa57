import { describe, expect, test } from 'vitest';
import { closedCases, modifyCalls, openCases, saidInOrder } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { drainWith, prompt, until } from './refused-drains.ts';
import { hour } from './responder-account.ts';

describe('a modification that AWS optimises for more than a day', () => {
  const slow = { metrics: prompt, volumes: { optimizingTime: () => 25 * hour } };
  /** Twenty-five minutes of full burst: it has ended before the wall. */
  const load = [
    { at: 0, iops: 50 },
    { at: 30, iops: 3_000 },
    { at: 55, iops: 50 },
  ];

  test('is no failure: nobody is called, nothing is asked again, and its completion is told', async () => {
    const drain = await drainWith({ options: slow, load });
    await until(drain, 24.5 * 60);
    expect(saidInOrder(drain)).toEqual(['acted', 'judged']);
    expect(openCases(drain)).toMatchObject([{ state: 'upgrading' }]);
    await until(drain, 27 * 60);
    expect(saidInOrder(drain).at(-1)).toBe('ended averted');
    expect(closedCases(drain)).toMatchObject([{ ending: 'averted' }]);
    expect(modifyCalls(drain)).toHaveLength(1);
    expectInvariants(drain);
  }, 60_000);
});
