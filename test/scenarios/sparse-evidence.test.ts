import { describe, expect, test } from 'vitest';
import { caseNotices, modifyCalls, openCases, refusalsTold, saidInOrder } from './account-history.ts';
import { expectInvariants } from './invariants.ts';
import { lookAt } from './lambdas.ts';
import { drainWith, prompt, until } from './refused-drains.ts';
import { acting } from './responder-account.ts';

/** Full burst from minute 30 on: below the threshold of the alarm after 39 minutes, at the wall after 63. */
describe('a volume at full burst', () => {
  test.each([45, 50, 55])(
    'of which one balance is published on its way down, after %i minutes, is told about and not moved',
    async (minuteOfReading) => {
      const drain = await drainWith({});
      const { ebs } = drain.account;
      await until(drain, 5);
      ebs.metrics.withhold(drain.volumeId, ['BurstBalance']);
      await until(drain, minuteOfReading);
      ebs.metrics.resume(drain.volumeId);
      await until(drain, minuteOfReading + 1);
      ebs.metrics.withhold(drain.volumeId, ['BurstBalance']);
      await until(drain, 120);
      expect(modifyCalls(drain)).toEqual([]);
      expect([...new Set(refusalsTold(drain))]).toEqual(['unread-fact']);
      expect(caseNotices(drain)[0]?.said).toMatchObject({ reason: { code: 'blind' } });
      expectInvariants(drain);
    },
  );

  test('whose balance is published every minute is moved before its wall', async () => {
    const drain = await drainWith({});
    await until(drain, 63);
    expect(modifyCalls(drain)).toHaveLength(1);
    expect(refusalsTold(drain)).toEqual([]);
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
