import { describe, expect, test } from 'vitest';
import { modifyCalls, saidInOrder } from './account-history.ts';
import { breachesIn } from './invariants.ts';
import { drainWith, prompt, until } from './refused-drains.ts';
import { minute } from './responder-account.ts';

describe('EC2 shows what was', () => {
  test.each([0, 1, 30, 60, 120, 300])('%i seconds ago: the volume is moved once', async (lag) => {
    const describeLag = lag * 1_000;
    const volumes = { describeLag, optimizingTime: () => 10 * minute };
    const drain = await drainWith({ options: { metrics: prompt, volumes } });
    await until(drain, 180);
    expect(modifyCalls(drain).map(({ error }) => error)).toEqual([undefined]);
    expect(saidInOrder(drain)[0]).toBe('acted');
    expect(saidInOrder(drain).at(-1)).toBe('ended averted');
    expect(breachesIn(drain, { describeLag })).toEqual([]);
  });
});
