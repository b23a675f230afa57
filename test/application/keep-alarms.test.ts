import { describe, expect, test } from 'vitest';
import { keepAlarms } from '../../core/application/keep-alarms.ts';
import { alarmNameOf } from '../../core/domain/credits/alarm-plan.ts';
import { iops, mebibytesPerSecond, minutes } from '../../core/domain/units.ts';
import { watching } from '../domain/some-case.ts';
import { fix } from '../domain/some-situation.ts';
import { noon } from '../domain/some-volume.ts';
import { keepingSettings } from '../fakes/fake-account.ts';
import { FakePace } from '../fakes/fake-pace.ts';
import { foreign, newAccount, numbered, optedOut, run, volume } from './alarm-keeping.ts';

const movedForGood = { state: 'closed', ending: 'averted', closedAt: noon, stays: fix() } as const;

describe('the census', () => {
  test('gives every volume that can run out its alarm, and no other', async () => {
    const account = newAccount(3);
    const gp3 = { type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(125) } as const;
    account.volumes.put(volume(8, { size: 1_000 }), volume(9, { configuration: gp3 }));
    expect(await run(account)).toEqual({
      volumes: 5,
      watched: 3,
      unwatched: 0,
      put: 3,
      deleted: 0,
      left: 0,
      errors: [],
    });
    expect(account.alarms.names).toEqual([0, 1, 2].map((each) => alarmNameOf(numbered(each))));
  });

  test('writes nothing when nothing has changed', async () => {
    const account = newAccount(3);
    await run(account);
    account.alarms.calls.splice(0);
    expect(await run(account)).toMatchObject({ watched: 3, put: 0, deleted: 0 });
    expect(account.alarms.calls).toEqual(['list']);
    expect(account.queue.wakeUps).toEqual([]);
    expect(account.pace.turns).toBe(3);
  });

  test('lists alarms before volumes, so that one created in between keeps its alarm', async () => {
    const account = newAccount(1);
    const all = account.volumes.all.bind(account.volumes);
    account.volumes.all = () => {
      const young = volume(7);
      account.volumes.put(young);
      account.alarms.hang({ ...foreign(young.id), description: '[ebs-burst deployment test]' });
      return all();
    };
    expect(await run(account)).toMatchObject({ deleted: 0 });
    expect(account.alarms.names).toContain(alarmNameOf(numbered(7)));
  });

  test('reads what stays before volumes, so that one moved in between is not taken for changed', async () => {
    const account = newAccount(1);
    const all = account.volumes.all.bind(account.volumes);
    account.volumes.all = () => {
      account.cases.closed.push({ ...watching({ volumeId: numbered(0) }), ...movedForGood });
      return all();
    };
    expect(await run(account)).toMatchObject({ errors: [] });
    expect(account.cases.closed).toEqual([expect.not.objectContaining({ notFoundSince: expect.anything() })]);
  });

  test('deletes the alarm of a volume that is gone', async () => {
    const account = newAccount(2);
    await run(account);
    account.volumes.remove(numbered(0));
    expect(await run(account)).toMatchObject({ deleted: 1, watched: 1 });
    expect(account.alarms.names).toEqual([alarmNameOf(numbered(1))]);
  });

  test('touches no foreign alarm, and says that its volume is not watched', async () => {
    const account = newAccount(2);
    account.alarms.hang(foreign(numbered(0)));
    account.alarms.hang({ ...foreign(numbered(5)), name: 'ebs-burst/by-hand' });
    expect(await run(account)).toMatchObject({ watched: 1, unwatched: 1, put: 1, deleted: 0 });
    expect(await account.alarms.list()).toContainEqual(foreign(numbered(0)));
    expect(account.almanac.censuses.at(-1)?.unwatched).toEqual({
      total: 1,
      byReason: [{ why: 'foreign-alarm', count: 1 }],
      first: [{ volumeId: numbered(0), why: 'foreign-alarm' }],
    });
  });

  test('calls no alarm foreign that merely failed to be written', async () => {
    const account = newAccount(1);
    account.alarms.failNext('put');
    await run(account);
    expect(account.almanac.censuses.at(-1)?.unwatched.first).toEqual([
      { volumeId: numbered(0), why: 'alarm-write-failed' },
    ]);
  });

  test('counts every unwatched volume and names the first thousand, riskiest first', async () => {
    const account = newAccount(50_002);
    const risky = volume(60_000, { size: 400 });
    account.volumes.put(risky);
    await run(account, { maxAlarms: 1 });
    const unwatched = account.almanac.censuses.at(-1)?.unwatched;
    expect(unwatched).toMatchObject({
      total: 50_002,
      byReason: [{ why: 'over-max-alarms', count: 50_002 }],
    });
    expect(unwatched?.first).toHaveLength(1_000);
    expect(unwatched?.first.map(({ volumeId }) => volumeId)).not.toContain(risky.id);
  });

  test('deletes in batches of a hundred, each in its own turn', async () => {
    const account = newAccount(250);
    await run(account);
    for (let index = 0; index < 250; index += 1) account.volumes.put(optedOut(index));
    const pace = new FakePace(2);
    expect(await keepAlarms(keepingSettings(), { ...account.ports, pace })).toMatchObject({
      deleted: 200,
      left: 50,
    });
    expect(account.alarms.count('delete')).toBe(2);
  });

  test('gives the turn to write to the next run when it has ended', async () => {
    const account = newAccount(1);
    await run(account);
    expect(account.pace.ends).toBe(1);
  });

  test('writes at most maxAlarms, and says which volumes are not watched', async () => {
    const account = newAccount(3);
    expect(await run(account, { maxAlarms: 2 })).toMatchObject({ watched: 2, unwatched: 1, put: 2 });
    expect(account.almanac.censuses.at(-1)?.unwatched.first).toMatchObject([{ why: 'over-max-alarms' }]);
  });

  test('counts a failed write, goes on, and writes it in the next run', async () => {
    const account = newAccount(3);
    account.alarms.failNext('put');
    expect(await run(account)).toMatchObject({
      watched: 2,
      unwatched: 1,
      put: 2,
      left: 1,
      errors: [`${alarmNameOf(numbered(0))}: Error: put failed`],
    });
    expect(await run(account)).toMatchObject({ watched: 3, put: 1, left: 0, errors: [] });
  });

  test('counts alarms that could not be deleted', async () => {
    const account = newAccount(2);
    await run(account);
    account.volumes.remove(numbered(0));
    account.alarms.failNext('delete');
    expect(await run(account)).toMatchObject({
      deleted: 0,
      left: 1,
      errors: ['deleting 1 alarms: Error: delete failed'],
    });
  });

  test('stops when its time is over, and goes on where it stopped', async () => {
    const account = newAccount(5);
    const [first, second] = [new FakePace(3), new FakePace(3)];
    expect(await keepAlarms(keepingSettings(), { ...account.ports, pace: first })).toMatchObject({
      put: 3,
      left: 2,
    });
    expect(await keepAlarms(keepingSettings(), { ...account.ports, pace: second })).toMatchObject({
      put: 2,
      left: 0,
    });
  });

  test('hands latency-critical volumes on a bursting type to the responder, and no others', async () => {
    const account = newAccount(1);
    const tags = { 'ebs-burst:tier': 'latency-critical' };
    account.volumes.put(
      volume(5, { tags }),
      volume(6, { tags, attachment: { kind: 'detached' } }),
      volume(7, { tags, configuration: { type: 'io2', iops: iops(3_000) } }),
    );
    await run(account);
    expect(account.queue.wakeUps).toEqual([
      { kind: 'look-at', volumeId: numbered(5), because: 'census', mute: { kind: 'unsaid' } },
    ]);
  });

  test('lists tags that nobody can read', async () => {
    const account = newAccount(0);
    account.volumes.put(volume(1, { tags: { 'ebs-burst:mode': 'on' } }));
    await run(account);
    expect(account.almanac.censuses.at(-1)?.invalidTags).toEqual({
      total: 1,
      first: [{ volumeId: numbered(1), key: 'ebs-burst:mode', got: 'on' }],
    });
  });
});

describe('a list that lacks most volumes with an alarm', () => {
  /** Five volumes with their alarms, and an EC2 that lists only so many of them. */
  async function listing(count: number) {
    const account = newAccount(5);
    await run(account);
    account.clock.wait(minutes(15));
    for (let index = count; index < 5; index += 1) account.volumes.remove(numbered(index));
    return account;
  }
  const untilBelieved = [15, 15, 15, 15];

  test.each([0, 2])(
    'of %i of 5 is doubted: nothing is deleted, and the last census stands',
    async (count) => {
      const account = await listing(count);
      const outcome = await run(account);
      expect(outcome).toMatchObject({ deleted: 0, left: 5 - count });
      expect(outcome.errors).toEqual([
        `not deleted: EC2 lists no volume for ${5 - count} of our 5 alarms; believed when it has said so for an hour, since 2026-11-22T12:15:00.000Z`,
      ]);
      expect(account.alarms.names).toHaveLength(5);
      expect(account.almanac.censuses.at(-1)).toEqual({
        ...account.almanac.censuses[0],
        vanishingSince: account.clock.now(),
      });
    },
  );

  test('of 3 of 5 is not doubted', async () => {
    expect(await run(await listing(3))).toMatchObject({ deleted: 2, left: 0, errors: [] });
  });

  test('is believed when every census of an hour has said so', async () => {
    const account = await listing(0);
    for (const wait of untilBelieved) {
      expect(await run(account)).toMatchObject({ deleted: 0 });
      account.clock.wait(minutes(wait));
    }
    expect(await run(account)).toMatchObject({ deleted: 5, errors: [] });
  });

  test('is not believed when one census in between saw them again', async () => {
    const account = await listing(0);
    for (const wait of untilBelieved.slice(1)) {
      await run(account);
      account.clock.wait(minutes(wait));
    }
    for (let index = 0; index < 5; index += 1) account.volumes.put(volume(index));
    expect(await run(account)).toMatchObject({ put: 0, errors: [] });
    for (let index = 0; index < 5; index += 1) account.volumes.remove(numbered(index));
    account.clock.wait(minutes(15));
    expect(await run(account)).toMatchObject({ deleted: 0 });
  });

  test('is not what alarms are that nobody wants any more', async () => {
    const account = await listing(5);
    for (let index = 0; index < 5; index += 1) account.volumes.put(optedOut(index));
    expect(await run(account)).toMatchObject({ deleted: 5, errors: [] });
  });
});
