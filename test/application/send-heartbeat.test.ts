import { describe, expect, test } from 'vitest';
import { sendHeartbeat } from '../../core/application/send-heartbeat.ts';
import { dollars, hours, minutes } from '../../core/domain/units.ts';
import { bridged, somePlace, watching } from '../domain/some-case.ts';
import { ago } from '../domain/some-situation.ts';
import { noon, somePolicy } from '../domain/some-volume.ts';
import { type FakeAccount, fakeAccount, looseNotices, someCensus } from '../fakes/fake-account.ts';

const send = (account: FakeAccount) => sendHeartbeat(somePolicy(), somePlace, account.ports);
const lastCensusAt = (at: typeof noon): FakeAccount => {
  const account = fakeAccount();
  account.almanac.censuses.splice(
    0,
    1,
    someCensus({ at, unwatched: [{ volumeId: 'vol-00000001', why: 'opted-out' }] }),
  );
  return account;
};

describe('the daily heartbeat', () => {
  test('tells the day in one notice', async () => {
    const account = lastCensusAt(ago(hours(5)));
    account.cases.hold(watching({ volumeId: 'vol-00000002' }));
    account.cases.hold(bridged({ volumeId: 'vol-00000003' }));
    account.cases.setLedger({ version: 4, committed: dollars(67.5), recentClaims: [] });
    await account.almanac.countMetricReads('2026-11-21', 700);
    await account.almanac.countMetricReads('2026-11-22', 9);
    expect(await send(account)).toBe('told');
    expect(await looseNotices(account)).toEqual([
      {
        kind: 'heartbeat',
        id: 'heartbeat#us-east-1#2026-11-22',
        at: noon,
        ...somePlace,
        mode: 'act',
        watched: 100,
        unwatched: 1,
        openCases: 2,
        stillUpgraded: 1,
        committed: 67.5,
        metricReads: 700,
        invalidTags: [],
        census: { kind: 'read', value: hours(5), at: noon },
      },
    ]);
  });

  test('is told once a day, however often it is asked', async () => {
    const account = lastCensusAt(ago(hours(5)));
    await send(account);
    account.clock.wait(minutes(15));
    await send(account);
    expect(await looseNotices(account)).toHaveLength(1);
    account.clock.wait(hours(24));
    await send(account);
    expect(await looseNotices(account)).toHaveLength(2);
  });

  test('is not told before eight o’clock', async () => {
    const account = lastCensusAt(ago(hours(29)));
    const early = { now: () => ago(hours(4.01)) };
    expect(await sendHeartbeat(somePolicy(), somePlace, { ...account.ports, clock: early })).toBe('not-yet');
  });

  test('is not asked for again after the first census of the day', async () => {
    expect(await send(lastCensusAt(ago(hours(3.9))))).toBe('not-yet');
  });

  test('has nothing to tell before the first census', async () => {
    const account = fakeAccount();
    account.almanac.censuses.splice(0);
    expect(await send(account)).toBe('not-yet');
    expect(await looseNotices(account)).toEqual([]);
  });
});
