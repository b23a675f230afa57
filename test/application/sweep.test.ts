import { describe, expect, test } from 'vitest';
import { sweep } from '../../core/application/sweep.ts';
import { hours, minutes, seconds } from '../../core/domain/units.ts';
import { watching } from '../domain/some-case.ts';
import { ago, ahead } from '../domain/some-situation.ts';
import { fakeAccount, lookAt } from '../fakes/fake-account.ts';

const swept = async (account: ReturnType<typeof fakeAccount>) => {
  const outcome = await sweep(account.ports);
  return { outcome, wakeUps: account.queue.wakeUps };
};

describe('the sweep', () => {
  test('wakes cases that are due, or will be before it comes again', async () => {
    const account = fakeAccount();
    account.cases.hold(watching({ volumeId: 'vol-00000001', dueAt: ago(hours(2)) }));
    account.cases.hold(watching({ volumeId: 'vol-00000002', dueAt: ahead(seconds(45)) }));
    account.cases.hold(watching({ volumeId: 'vol-00000003', dueAt: ahead(minutes(1)) }));
    expect(await swept(account)).toEqual({
      outcome: { due: 2, inAlarmWithoutCase: 0 },
      wakeUps: [lookAt('vol-00000001', 'sweep'), lookAt('vol-00000002', 'sweep')],
    });
  });

  test('finds an alarm whose event was lost', async () => {
    const account = fakeAccount();
    account.alarms.ringing = ['vol-00000001'];
    expect(await swept(account)).toEqual({
      outcome: { due: 0, inAlarmWithoutCase: 1 },
      wakeUps: [lookAt('vol-00000001', 'sweep')],
    });
  });

  test('does not wake an alarm whose case is not due', async () => {
    const account = fakeAccount();
    account.alarms.ringing = ['vol-00000001'];
    account.cases.hold(watching({ volumeId: 'vol-00000001', dueAt: ahead(minutes(5)) }));
    expect(await swept(account)).toEqual({ outcome: { due: 0, inAlarmWithoutCase: 0 }, wakeUps: [] });
  });

  test('wakes cases that are due when alarms cannot be read, and does not say that it succeeded', async () => {
    const account = fakeAccount();
    account.cases.hold(watching({ volumeId: 'vol-00000001', dueAt: ago(hours(2)) }));
    account.alarms.failNext('inAlarm');
    await expect(sweep(account.ports)).rejects.toThrow('inAlarm failed');
    expect(account.queue.wakeUps).toEqual([lookAt('vol-00000001', 'sweep')]);
  });

  test('wakes a volume once that is due and in ALARM', async () => {
    const account = fakeAccount();
    account.alarms.ringing = ['vol-00000001'];
    account.cases.hold(watching({ volumeId: 'vol-00000001', dueAt: ago(minutes(5)) }));
    expect((await swept(account)).wakeUps).toHaveLength(1);
  });
});
