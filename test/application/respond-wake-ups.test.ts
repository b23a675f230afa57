import { describe, expect, test } from 'vitest';
import { minutes, seconds } from '../../core/domain/units.ts';
import { announced, watching } from '../domain/some-case.ts';
import { ahead, level } from '../domain/some-situation.ts';
import { noon } from '../domain/some-volume.ts';
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
    const mute = { kind: 'muted', saidAt: noon, until: ahead(minutes(30)), end: 'told' } as const;
    expect(await account.respond([lookAt(id, 'alarm', { mute })])).toMatchObject([{ said: 'warned' }]);
    account.clock.wait(seconds(60));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([
      { state: 'announced', said: undefined },
    ]);
    expect(account.modifier.requests).toEqual([]);
  });
});
