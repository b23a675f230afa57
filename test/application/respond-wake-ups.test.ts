import { describe, expect, test } from 'vitest';
import { unsaid } from '../../core/domain/look-at.ts';
import { minutes, seconds } from '../../core/domain/units.ts';
import { announced, watching } from '../domain/some-case.ts';
import { ahead, fallingTo, level } from '../domain/some-situation.ts';
import { fakeAccount, lookAt, saidIn } from '../fakes/fake-account.ts';
import { metricsPerStudy } from '../fakes/fake-metrics.ts';
import { draining100GiB, id, numbered } from './draining-account.ts';

describe('one volume among many', () => {
  test('that fails does not keep the others from being helped', async () => {
    const account = draining100GiB(3);
    account.cases.failNext('commit');
    const outcomes = await account.respond(account.volumes.ids.map((each) => lookAt(each)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'stepped', 'stepped']);
    expect(account.modifier.requests).toHaveLength(2);
  });

  test('that is gone ends its case with a last word', async () => {
    const account = draining100GiB();
    account.cases.hold(announced());
    account.volumes.remove(id);
    expect(await account.respond([lookAt(id, 'volume-event')])).toMatchObject([
      { state: 'closed', reason: 'volume-gone', said: 'ended' },
    ]);
    expect(account.cases.closed).toMatchObject([{ ending: 'gone' }]);
  });

  test('that is gone and had no case is nothing', async () => {
    const account = fakeAccount();
    expect(await account.respond([lookAt(id)])).toEqual([
      { kind: 'nothing', volumeId: id, reason: 'volume-gone' },
    ]);
  });
});

describe('an event about a volume without a case', () => {
  test('has nothing to follow, and nothing is studied for it', async () => {
    const account = draining100GiB();
    expect(await account.respond([lookAt(id, 'volume-event')])).toEqual([
      { kind: 'nothing', volumeId: id, reason: 'no-open-case' },
    ]);
    expect(account.metrics.wishes).toEqual([]);
    expect(account.cases.commits).toEqual([]);
  });

  test('has nothing to follow either when its alarm leaves ALARM', async () => {
    const account = draining100GiB();
    expect(await account.respond([lookAt(id, 'not-in-alarm')])).toMatchObject([{ reason: 'no-open-case' }]);
    expect(account.cases.commits).toEqual([]);
  });

  test('is looked at all the same when an alarm asks as well', async () => {
    const account = draining100GiB();
    expect(await account.respond([lookAt(id, 'volume-event'), lookAt(id)])).toMatchObject([
      { state: 'upgrading' },
    ]);
  });

  test('follows a case that is open', async () => {
    const account = draining100GiB();
    account.cases.hold(watching());
    expect(await account.respond([lookAt(id, 'volume-event')])).toMatchObject([{ state: 'upgrading' }]);
  });
});

describe('metric reads', () => {
  test('are one balance for a volume that needs nobody, and all and its past only for one that does', async () => {
    const account = draining100GiB(2);
    account.metrics.setBalance(numbered(0), level(100));
    await account.respond(account.volumes.ids.map((each) => lookAt(each)));
    expect(account.metrics.wishes.map(({ volume }) => volume.id)).toEqual([numbered(1)]);
    expect(await account.almanac.metricReads('2026-11-22')).toBe(3 + metricsPerStudy);
  });

  test('are counted after the act, so that the meter costs no rescue its time', async () => {
    const account = draining100GiB();
    account.almanac.failNext('countMetricReads');
    expect(await account.respond([lookAt(id)])).toMatchObject([{ kind: 'stepped', said: 'acted' }]);
    expect(account.modifier.requests).toHaveLength(1);
  });
});

describe('a watch', () => {
  test('opens, is silent, and closes silently when the balance has come back', async () => {
    const account = draining100GiB();
    account.metrics.setBalance(id, level(60));
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'watching', said: undefined }]);
    account.clock.wait(minutes(30));
    account.metrics.setBalance(id, level(90));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([
      { state: 'closed', said: undefined },
    ]);
    expect(saidIn(account)).toEqual([]);
    expect(account.modifier.requests).toEqual([]);
  });

  test('remembers until when its alarm is muted', async () => {
    const account = draining100GiB();
    const mute = { kind: 'muted', until: ahead(minutes(30)), end: 'told' } as const;
    expect(await account.respond([lookAt(id, 'alarm', { mute })])).toMatchObject([{ said: 'warned' }]);
    account.clock.wait(seconds(60));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([
      { state: 'announced', said: undefined },
    ]);
    expect(account.modifier.requests).toEqual([]);
  });
});

describe('a mute', () => {
  /** EC2 lacks the volume in one answer, which ends the case; the sweep finds its alarm without one. */
  const endedWhileMuted = async () => {
    const account = draining100GiB();
    const volume = account.volumes.of(id);
    const mute = { kind: 'muted', until: ahead(minutes(30)), end: 'told' } as const;
    await account.respond([lookAt(id, 'alarm', { mute })]);
    account.volumes.remove(id);
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([{ state: 'closed' }]);
    account.volumes.put(volume);
    return account;
  };

  test('outlives the case that knew of it', async () => {
    const account = await endedWhileMuted();
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([
      { state: 'announced', said: 'warned' },
    ]);
    expect(account.cases.of(id)).toMatchObject({ mutedUntil: { at: ahead(minutes(30)), end: 'told' } });
    expect(account.modifier.requests).toEqual([]);
  });

  test.each([
    ['its end', minutes(30), unsaid],
    ['an event that says it is over', minutes(1), { kind: 'not-muted' } as const],
  ])('that outlived its case does not outlive %s', async (_what, wait, mute) => {
    const account = await endedWhileMuted();
    account.clock.wait(wait);
    account.metrics.setBalance(id, fallingTo(30, 3));
    expect(await account.respond([lookAt(id, 'alarm', { mute })])).toMatchObject([{ state: 'upgrading' }]);
    expect(account.cases.of(id)?.mutedUntil).toBeUndefined();
  });

  const muted = () => {
    const account = draining100GiB();
    account.cases.hold(announced({ mutedUntil: { at: ahead(minutes(30)), end: 'told' } }));
    return account;
  };

  test('is lifted by an alarm event that says it is over', async () => {
    const account = muted();
    expect(await account.respond([lookAt(id, 'alarm', { mute: { kind: 'not-muted' } })])).toMatchObject([
      { state: 'upgrading' },
    ]);
    expect(account.cases.of(id)?.mutedUntil).toBeUndefined();
  });

  test.each([
    ['the sweep', [lookAt(id, 'sweep')]],
    ['an event of the volume', [lookAt(id, 'volume-event')]],
    [
      'two events that contradict each other',
      [
        lookAt(id, 'alarm', { mute: { kind: 'muted', until: ahead(minutes(30)), end: 'told' } }),
        lookAt(id, 'alarm', { mute: { kind: 'not-muted' } }),
      ],
    ],
  ])('is not lifted by %s', async (_what, wakeUps) => {
    const account = muted();
    await account.respond(wakeUps);
    expect(account.cases.of(id)).toMatchObject({
      state: 'announced',
      mutedUntil: { at: ahead(minutes(30)), end: 'told' },
    });
  });
});
