import { describe, expect, test } from 'vitest';
import { caseNotices, modifyCalls, openCases, refusalsTold, saidInOrder } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { lookAt } from './lambdas.ts';
import { drainWith, prompt, until } from './refused-drains.ts';
import { acting, minute, startsAt } from './responder-account.ts';

/** 100 GiB that stay near 30 % once they are there. */
const lowAndLevel = [
  { at: 0, iops: 3_000 },
  { at: 23, iops: 300 },
];

describe('a balance that is published once in a long while', () => {
  test.each([40, 60])('every %i minutes, never leads to an act while it stays level', async (gap) => {
    const drain = await drainWith({ load: lowAndLevel });
    const { simulation, ebs } = drain.account;
    ebs.metrics.withhold(drain.volumeId, ['BurstBalance']);
    simulation.every(
      gap * minute,
      () => {
        ebs.metrics.resume(drain.volumeId);
        simulation.after(minute, () => ebs.metrics.withhold(drain.volumeId, ['BurstBalance']));
      },
      startsAt + 40 * minute,
    );
    await until(drain, 300);
    expect(modifyCalls(drain)).toEqual([]);
    expectInvariants(drain);
  });
});

describe('CloudWatch is fifteen minutes late', () => {
  const late = { metrics: { balanceSampling: 1, publicationDelay: 15 } } as const;

  test('nothing is modified on what it says, and whoever asks is told that nobody can see the wall', async () => {
    const drain = await drainWith({ options: late });
    await until(drain, 60);
    lookAt(drain, drain.volumeId);
    await until(drain, 90);
    expect(modifyCalls(drain)).toEqual([]);
    expect([...new Set(refusalsTold(drain))]).toEqual(['unread-fact']);
    expect(caseNotices(drain)[0]?.said).toMatchObject({ reason: { code: 'blind' } });
    expectInvariants(drain);
  });

  test('it is modified where it is one minute late', async () => {
    const drain = await drainWith({ options: { metrics: prompt } });
    await until(drain, 62);
    expect(modifyCalls(drain)).toHaveLength(1);
  });

  test('a volume that does not drain is no news', async () => {
    const drain = await drainWith({ options: late, props: acting, load: [{ at: 0, iops: 50 }] });
    await until(drain, 120);
    expect(saidInOrder(drain)).toEqual([]);
    expect(openCases(drain)).toEqual([]);
  });
});
