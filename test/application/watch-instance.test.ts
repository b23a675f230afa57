import { describe, expect, test } from 'vitest';
import { watchInstance } from '../../core/application/watch-instance.ts';
import { alarmNameOf, burstBalanceAlarm } from '../../core/domain/credits/alarm-plan.ts';
import { hours } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { ago } from '../domain/some-situation.ts';
import { someVolume } from '../domain/some-volume.ts';
import { fakeAccount, keepingSettings } from '../fakes/fake-account.ts';
import { FakePace } from '../fakes/fake-pace.ts';

const on = (id: VolumeId, instanceId: string) =>
  someVolume({ id, attachment: { kind: 'attached', instanceIds: [instanceId], since: ago(hours(1)) } });
const started = () =>
  fakeAccount(on('vol-00000001', 'i-1'), on('vol-00000002', 'i-1'), on('vol-00000003', 'i-2'));

describe('an instance that starts', () => {
  test('gets the alarms of its own volumes at once', async () => {
    const { alarms, ports } = started();
    expect(await watchInstance('i-1', keepingSettings(), ports)).toEqual({ put: 2, left: 0, errors: [] });
    expect(alarms.names).toEqual([alarmNameOf('vol-00000001'), alarmNameOf('vol-00000002')]);
  });

  test('gets none again that are there already', async () => {
    const { alarms, ports } = started();
    await watchInstance('i-1', keepingSettings(), ports);
    expect(await watchInstance('i-1', keepingSettings(), ports)).toEqual({ put: 0, left: 0, errors: [] });
    expect(alarms.count('put')).toBe(2);
  });

  test('never deletes an alarm', async () => {
    const { alarms, ports } = started();
    const description = '[ebs-burst deployment test]';
    alarms.hang({
      name: alarmNameOf('vol-00000009'),
      description,
      threshold: 50,
      volumeId: 'vol-00000009',
      definition: burstBalanceAlarm,
    });
    await watchInstance('i-1', keepingSettings(), ports);
    expect(alarms.count('delete')).toBe(0);
  });

  test('leaves the cap to the census when it is close', async () => {
    const { ports } = started();
    expect(await watchInstance('i-1', keepingSettings({ maxAlarms: 1 }), ports)).toMatchObject({
      put: 1,
      left: 0,
    });
  });

  test('stops when its time is over or another run writes, and says what it leaves to the census', async () => {
    const { ports } = started();
    const pace = new FakePace(1);
    expect(await watchInstance('i-1', keepingSettings(), { ...ports, pace })).toEqual({
      put: 1,
      left: 1,
      errors: [],
    });
  });

  test('gets its other alarms when one cannot be written', async () => {
    const { alarms, ports } = started();
    alarms.failNext('put');
    expect(await watchInstance('i-1', keepingSettings(), ports)).toEqual({
      put: 1,
      left: 1,
      errors: [`${alarmNameOf('vol-00000001')}: Error: put failed`],
    });
    expect(alarms.names).toEqual([alarmNameOf('vol-00000002')]);
  });
});
