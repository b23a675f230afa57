import { describe, expect, test } from 'vitest';
import { profileDemand } from '../../core/application/profile-demand.ts';
import { days, iops } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { level, minutely } from '../domain/some-situation.ts';
import { somePolicy, someVolume } from '../domain/some-volume.ts';
import { fakeAccount } from '../fakes/fake-account.ts';
import { FakePace } from '../fakes/fake-pace.ts';

const history = {
  balance: minutely(level(50, 600)),
  iops: minutely(level(500, 600)),
  throughput: minutely(level(40, 600)),
};
const hdd = (id: VolumeId, rest: Parameters<typeof someVolume>[0] = {}) =>
  someVolume({ id, size: 500, configuration: { type: 'st1' }, ...rest });

describe('the daily profile', () => {
  test('is made of those volumes whose target depends on it, and of no others', async () => {
    const account = fakeAccount(
      hdd('vol-00000001'),
      someVolume({ id: 'vol-00000002' }),
      someVolume({ id: 'vol-00000003', tags: { 'ebs-burst:target': 'io2' } }),
      someVolume({ id: 'vol-00000004', tags: { 'ebs-burst:tier': 'latency-critical' } }),
      hdd('vol-00000005', { attachment: { kind: 'detached' } }),
      hdd('vol-00000006', { tags: { 'ebs-burst:mode': 'off' } }),
      someVolume({ id: 'vol-00000007', configuration: { type: 'io1', iops: iops(500) } }),
    );
    for (const id of account.volumes.ids) account.metrics.setHistory(id, history);
    expect(await profileDemand(somePolicy(), account.ports)).toEqual({
      profiled: 3,
      tooYoung: 0,
      left: 0,
      failed: [],
    });
    expect([...account.almanac.recorded.keys()]).toEqual(['vol-00000001', 'vol-00000003', 'vol-00000004']);
    expect(account.almanac.recorded.get('vol-00000001')).toMatchObject({ iops: 500, throughput: 40 });
  });

  test('is made of every gp2 volume when the deployment wants io1', async () => {
    const account = fakeAccount(someVolume());
    account.metrics.setHistory(someVolume().id, history);
    expect(await profileDemand(somePolicy({ target: 'io1' }), account.ports)).toMatchObject({ profiled: 1 });
  });

  test('is not made without a history', async () => {
    const account = fakeAccount(hdd('vol-00000001'));
    expect(await profileDemand(somePolicy(), account.ports)).toMatchObject({ profiled: 0, tooYoung: 1 });
    expect(account.almanac.recorded.size).toBe(0);
  });

  test('of one volume that fails does not keep the others from theirs', async () => {
    const account = fakeAccount(hdd('vol-00000001'), hdd('vol-00000002'));
    for (const id of account.volumes.ids) account.metrics.setHistory(id, history);
    account.metrics.failNext('history');
    expect(await profileDemand(somePolicy(), account.ports)).toMatchObject({
      profiled: 1,
      failed: [{ volumeId: 'vol-00000001', error: 'history failed' }],
    });
  });

  test('stops when its time is over; the rest keep yesterday’s', async () => {
    const account = fakeAccount(hdd('vol-00000001'), hdd('vol-00000002'), hdd('vol-00000003'));
    for (const id of account.volumes.ids) account.metrics.setHistory(id, history);
    const pace = new FakePace(1);
    expect(await profileDemand(somePolicy(), { ...account.ports, pace })).toMatchObject({
      profiled: 1,
      left: 2,
    });
  });

  test('begins with volumes that never had one, then the oldest, so that nobody starves at the tail', async () => {
    const account = fakeAccount(hdd('vol-00000001'), hdd('vol-00000002'), hdd('vol-00000003'));
    for (const id of account.volumes.ids) account.metrics.setHistory(id, history);
    const profiled: string[] = [];
    for (let run = 0; run < 4; run += 1) {
      const before = new Map(account.almanac.recorded);
      await profileDemand(somePolicy(), { ...account.ports, pace: new FakePace(1) });
      const fresh = [...account.almanac.recorded].filter(([id, profile]) => before.get(id) !== profile);
      profiled.push(...fresh.map(([id]) => id));
      account.clock.wait(days(1));
    }
    expect(profiled).toEqual(['vol-00000001', 'vol-00000002', 'vol-00000003', 'vol-00000001']);
  });
});
