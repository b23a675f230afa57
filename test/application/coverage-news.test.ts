import { describe, expect, test } from 'vitest';
import { keepAlarms } from '../../core/application/keep-alarms.ts';
import { hours, minutes } from '../../core/domain/units.ts';
import { ago } from '../domain/some-situation.ts';
import { type FakeAccount, keepingSettings, looseNotices, someCensus } from '../fakes/fake-account.ts';
import { FakePace } from '../fakes/fake-pace.ts';
import { newAccount, optedOut, run, volume } from './alarm-keeping.ts';

describe('the coverage notice', () => {
  test('is told once, when the backfill is complete', async () => {
    const account = newAccount(3);
    await keepAlarms(keepingSettings(), { ...account.ports, pace: new FakePace(2) });
    expect(await looseNotices(account)).toEqual([]);
    await run(account);
    account.clock.wait(minutes(15));
    await run(account);
    expect(await looseNotices(account)).toMatchObject([
      {
        kind: 'coverage',
        id: 'coverage#us-east-1#first',
        watched: 3,
        unwatched: { total: 0, byReason: [], first: [] },
        monthlyCost: expect.closeTo(0.3),
      },
    ]);
  });

  test('is told again when volumes begin to be unwatched for a new reason, and when they cease to be', async () => {
    const account = newAccount(2);
    await run(account);
    for (const maxAlarms of [1, 1, 2]) {
      account.clock.wait(minutes(15));
      await run(account, { maxAlarms });
    }
    expect(
      (await looseNotices(account)).map((notice) =>
        notice.kind === 'coverage' ? notice.unwatched.total : notice,
      ),
    ).toEqual([0, 1, 0]);
  });

  test('is no news when alarms wait for their turn while another run writes', async () => {
    const account = newAccount(2);
    await run(account);
    account.volumes.put(volume(7));
    account.clock.wait(minutes(15));
    await keepAlarms(keepingSettings(), { ...account.ports, pace: new FakePace(0) });
    expect(account.almanac.censuses.at(-1)?.unwatched.byReason).toEqual([
      { why: 'alarm-not-yet-written', count: 1 },
    ]);
    account.clock.wait(minutes(15));
    await run(account);
    expect(await looseNotices(account)).toHaveLength(1);
  });

  test('is no news when volumes merely come and go', async () => {
    const account = newAccount(2);
    await run(account);
    account.volumes.put(volume(7));
    account.clock.wait(minutes(15));
    await run(account);
    expect(await looseNotices(account)).toHaveLength(1);
  });
});

describe('news that cannot be written', () => {
  test('is told by the next run, once: nothing is recorded before it', async () => {
    const account = newAccount(2);
    await run(account);
    account.clock.wait(minutes(15));
    account.volumes.put(optedOut(0));
    const add = account.outbox.add.bind(account.outbox);
    account.outbox.add = () => Promise.reject(new Error('PutItem failed'));
    await expect(run(account)).rejects.toThrow('PutItem failed');
    account.outbox.add = add;
    expect(account.almanac.censuses).toHaveLength(1);
    account.clock.wait(minutes(1));
    await run(account);
    expect((await looseNotices(account)).map(({ id }) => id)).toEqual([
      'coverage#us-east-1#first',
      `coverage#us-east-1#${ago(minutes(0))}#opted-out`,
    ]);
  });

  test('has the same id again when only its record failed', async () => {
    const account = newAccount(2);
    await run(account);
    account.volumes.put(optedOut(0));
    account.clock.wait(minutes(15));
    account.almanac.failNext('recordCensus');
    await expect(run(account)).rejects.toThrow('recordCensus failed');
    account.clock.wait(minutes(1));
    await run(account);
    expect(await looseNotices(account)).toHaveLength(2);
  });
});

describe('what is not about watching', () => {
  const yesterday = () => {
    const account = newAccount(1);
    account.almanac.censuses.push(someCensus({ at: ago(hours(5)), backfill: 'running' }));
    account.volumes.put(volume(5, { tags: { 'ebs-burst:tier': 'latency-critical' } }));
    return account;
  };
  const told = async (account: FakeAccount) => (await looseNotices(account)).map(({ kind }) => kind);

  test('comes after the census, which tells the day of the one before', async () => {
    const account = yesterday();
    expect(await run(account)).toMatchObject({ errors: [] });
    expect(await told(account)).toEqual(['coverage', 'heartbeat']);
  });

  const failing = {
    staying: ({ cases }: FakeAccount) => cases.failNext('staying'),
    metricReads: ({ almanac }: FakeAccount) => almanac.failNext('metricReads'),
  };

  test.each([
    ['staying', 'spend not released: Error: staying failed', ['coverage', 'heartbeat']],
    ['metricReads', 'heartbeat not told: Error: metricReads failed', ['coverage']],
  ] as const)('blocks nothing when %s fails, and says so', async (operation, error, notices) => {
    const account = yesterday();
    failing[operation](account);
    expect(await run(account)).toMatchObject({ put: 2, errors: [error] });
    expect(account.almanac.censuses.at(-1)).toMatchObject({ watched: 2 });
    expect(account.queue.wakeUps).toHaveLength(1);
    expect(await told(account)).toEqual(notices);
  });

  test('a heartbeat that failed is told by the next census, and not by the one after', async () => {
    const account = yesterday();
    account.almanac.failNext('metricReads');
    await run(account);
    expect(account.almanac.censuses.at(-1)?.heartbeatOwedSince).toBe(ago(hours(5)));
    for (const expected of [
      ['coverage', 'heartbeat'],
      ['coverage', 'heartbeat'],
    ]) {
      account.clock.wait(minutes(15));
      await run(account);
      expect(await told(account)).toEqual(expected);
      expect(account.almanac.censuses.at(-1)?.heartbeatOwedSince).toBeUndefined();
    }
  });
});
