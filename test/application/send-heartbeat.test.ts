import { describe, expect, test } from 'vitest';
import { sendHeartbeat } from '../../core/application/send-heartbeat.ts';
import { unwatchedOf } from '../../core/domain/notices/unwatched.ts';
import { dollars, hours, type Instant, minutes } from '../../core/domain/units.ts';
import { bridged, somePlace, watching } from '../domain/some-case.ts';
import { ago } from '../domain/some-situation.ts';
import { noon, somePolicy } from '../domain/some-volume.ts';
import { type FakeAccount, fakeAccount, looseNotices, someCensus } from '../fakes/fake-account.ts';

const census = someCensus({ unwatched: unwatchedOf([{ volumeId: 'vol-00000001', why: 'opted-out' }]) });
const settings = { policy: somePolicy(), place: somePlace };
const send = (account: FakeAccount, lastCensusAt: Instant | undefined) =>
  sendHeartbeat(settings, census, lastCensusAt && { at: lastCensusAt }, account.ports);

describe('the daily heartbeat', () => {
  test('tells the day in one notice', async () => {
    const account = fakeAccount();
    account.cases.hold(watching({ volumeId: 'vol-00000002' }));
    account.cases.hold(bridged({ volumeId: 'vol-00000003' }));
    account.cases.setLedger({ version: 4, committed: dollars(67.5), recentClaims: [] });
    await account.almanac.countMetricReads('2026-11-21', 700);
    await account.almanac.countMetricReads('2026-11-22', 9);
    expect(await send(account, ago(hours(5)))).toBe('told');
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
        maxMonthlyIncrease: 100,
        metricReads: 700,
        invalidTags: { total: 0, first: [] },
        census: { kind: 'read', value: hours(5), at: noon },
      },
    ]);
  });

  test('is told once a day, however often it is asked', async () => {
    const account = fakeAccount();
    await send(account, ago(hours(5)));
    account.clock.wait(minutes(15));
    await send(account, ago(hours(5)));
    expect(await looseNotices(account)).toHaveLength(1);
    account.clock.wait(hours(24));
    await send(account, ago(hours(5)));
    expect(await looseNotices(account)).toHaveLength(2);
  });

  test('is not told before eight o’clock', async () => {
    const { ports } = fakeAccount();
    const early = { ...ports, clock: { now: () => ago(hours(4.01)) } };
    expect(await sendHeartbeat(settings, census, { at: ago(hours(29)) }, early)).toBe('not-yet');
    const dawn = { ...ports, clock: { now: () => ago(hours(4)) } };
    expect(await sendHeartbeat(settings, census, { at: ago(hours(5)) }, dawn)).toBe('told');
  });

  test('is not asked for again after the first census of the day', async () => {
    expect(await send(fakeAccount(), ago(hours(3.9)))).toBe('not-yet');
  });

  test('has no day to tell after the first census', async () => {
    const account = fakeAccount();
    expect(await send(account, undefined)).toBe('not-yet');
    expect(await looseNotices(account)).toEqual([]);
  });
});
