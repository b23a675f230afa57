import { describe, expect, test } from 'vitest';
import { keepAlarms } from '../../core/application/keep-alarms.ts';
import { alarmNameOf, burstBalanceAlarm } from '../../core/domain/credits/alarm-plan.ts';
import type { Policy } from '../../core/domain/policy.ts';
import { hours, iops, mebibytesPerSecond, minutes } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { ago } from '../domain/some-situation.ts';
import { someVolume } from '../domain/some-volume.ts';
import {
  type FakeAccount,
  fakeAccount,
  keepingSettings,
  looseNotices,
  someCensus,
} from '../fakes/fake-account.ts';
import { FakePace } from '../fakes/fake-pace.ts';

const numbered = (number: number): VolumeId => `vol-${String(number).padStart(8, '0')}`;
const volume = (number: number, rest: Parameters<typeof someVolume>[0] = {}) =>
  someVolume({ id: numbered(number), ...rest });

/** A first deployment: no census yet. */
function newAccount(count: number): FakeAccount {
  const account = fakeAccount(...Array.from({ length: count }, (_, index) => volume(index)));
  account.almanac.censuses.splice(0);
  return account;
}
const optedOut = (number: number) => volume(number, { tags: { 'ebs-burst:mode': 'off' } });
const run = (account: FakeAccount, policy: Partial<Policy> = {}) =>
  keepAlarms(keepingSettings(policy), account.ports);
/** An alarm of this name that somebody else made. */
const foreign = (volumeId: VolumeId) => ({
  name: alarmNameOf(volumeId),
  description: 'mine',
  threshold: 50,
  volumeId,
  definition: burstBalanceAlarm,
});

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
