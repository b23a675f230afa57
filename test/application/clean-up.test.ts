import { describe, expect, test } from 'vitest';
import { moveOut, settleIn } from '../../core/application/clean-up.ts';
import { alarmNameOf, burstBalanceAlarm } from '../../core/domain/credits/alarm-plan.ts';
import { minutes } from '../../core/domain/units.ts';
import { bridged, somePlace } from '../domain/some-case.ts';
import { bridge } from '../domain/some-situation.ts';
import { noon } from '../domain/some-volume.ts';
import { type FakeAccount, fakeAccount, looseNotices } from '../fakes/fake-account.ts';
import { FakePace } from '../fakes/fake-pace.ts';

const alarm = (volumeId: string, deployment: string) => ({
  name: alarmNameOf(`vol-${volumeId}`),
  description: `[ebs-burst deployment ${deployment}]`,
  threshold: 50,
  volumeId: `vol-${volumeId}`,
  definition: burstBalanceAlarm,
});

const leave = (account: FakeAccount, pace = new FakePace(3)) =>
  moveOut('test', somePlace, ['sns'], { ...account.ports, pace });

/** What the stream's delivery does while we wait. */
async function deliverAll({ outbox, clock }: FakeAccount): Promise<void> {
  for (const { incident, channel } of await outbox.due(clock.now())) {
    const conversation = await outbox.conversation(incident, channel);
    const ids = conversation.rows.map(({ notice }) => notice.id);
    await outbox.recordSent(conversation, ids, undefined, clock.now());
  }
}

describe('settling in', () => {
  test('writes the genesis item at the first deployment only', async () => {
    const account = fakeAccount();
    account.cases.genesisAt = undefined;
    await settleIn(account.ports);
    account.clock.wait(minutes(5));
    await settleIn(account.ports);
    expect(account.cases.genesisAt).toBe(noon);
  });
});

describe('moving out', () => {
  test('deletes our alarms and nobody else’s', async () => {
    const account = fakeAccount();
    account.alarms.hang(alarm('00000001', 'test'));
    account.alarms.hang(alarm('00000002', 'test-2'));
    expect(await leave(account)).toMatchObject({ deletedAlarms: 1 });
    expect(account.alarms.names).toEqual([alarmNameOf('vol-00000002')]);
  });

  test('deletes nothing where there is nothing of ours', async () => {
    const account = fakeAccount();
    expect(await leave(account)).toMatchObject({ deletedAlarms: 0 });
    expect(account.alarms.count('delete')).toBe(0);
  });

  test('says which volumes are still upgraded', async () => {
    const account = fakeAccount();
    account.cases.hold(bridged());
    await leave(account);
    expect(await looseNotices(account)).toMatchObject([
      {
        kind: 'farewell',
        ...somePlace,
        deletedAlarms: 0,
        stillUpgraded: [{ volumeId: bridged().volumeId, was: bridge().from, is: bridge().to }],
      },
    ]);
  });

  test('waits until the farewell is sent, while there is still somebody to send it', async () => {
    const account = fakeAccount();
    const pace = new FakePace(3);
    const turn = pace.turn.bind(pace);
    pace.turn = async () => {
      if (pace.turns === 1) await deliverAll(account);
      return await turn();
    };
    expect(await leave(account, pace)).toMatchObject({ farewell: 'sent' });
    expect(pace.turns).toBe(2);
  });

  test('does not wait for ever', async () => {
    const account = fakeAccount();
    const pace = new FakePace(3);
    expect(await leave(account, pace)).toMatchObject({ farewell: 'pending' });
    expect(pace.turns).toBe(3);
  });
});
