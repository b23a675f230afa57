import { describe, expect, test } from 'vitest';
import { read } from '../../core/domain/reading.ts';
import { hours, minutes, seconds } from '../../core/domain/units.ts';
import { upgrading } from '../domain/some-case.ts';
import { fix, level, minutely } from '../domain/some-situation.ts';
import { noon } from '../domain/some-volume.ts';
import { lookAt, saidIn } from '../fakes/fake-account.ts';
import { draining100GiB, id, numbered, takenError } from './draining-account.ts';

describe('a volume that heads for the wall', () => {
  test('is moved once: intent, act and word, in that order', async () => {
    const account = draining100GiB();
    const outcomes = await account.respond([lookAt(id)]);
    expect(outcomes).toMatchObject([
      { kind: 'stepped', volumeId: id, caseId: 'EB-1', state: 'upgrading', decision: 'act', said: 'acted' },
    ]);
    expect(account.modifier.requests).toEqual([{ volumeId: id, to: fix().to }]);
    expect(account.cases.commits.map((commit) => [commit.case.state, commit.expectedVersion])).toEqual([
      ['intended', 0],
      ['upgrading', 1],
    ]);
    expect(saidIn(account)).toEqual(['acted']);
    expect(account.modifier.tagOf(id)).toMatchObject({ caseId: 'EB-1', version: 1, was: { type: 'gp2' } });
  });

  test('is moved once however many events ask for it', async () => {
    const account = draining100GiB();
    const outcomes = await account.respond([
      lookAt(id),
      lookAt(id, 'sweep'),
      lookAt(id, 'census'),
      lookAt(id),
    ]);
    expect(outcomes).toHaveLength(1);
    await account.respond([lookAt(id)]);
    expect(account.modifier.requests).toHaveLength(1);
  });

  test('is moved once by two workers at the same time, and the queue brings the other back', async () => {
    const account = draining100GiB();
    const both = await Promise.all([account.respond([lookAt(id)]), account.respond([lookAt(id)])]);
    expect(account.modifier.requests).toHaveLength(1);
    expect(both.flat()).toMatchObject([
      { kind: 'stepped', state: 'upgrading' },
      { kind: 'failed', volumeId: id, error: takenError },
    ]);
    expect(account.modifier.tagOf(id)).toMatchObject({ caseId: 'EB-1' });
    expect(await account.respond([lookAt(id)])).toMatchObject([{ kind: 'stepped', state: 'upgrading' }]);
  });

  test('is not moved on an event about it when its balance says nothing', async () => {
    const account = draining100GiB();
    account.metrics.setBalance(id, level(100));
    expect(await account.respond([lookAt(id)])).toEqual([
      { kind: 'nothing', volumeId: id, reason: 'above-threshold' },
    ]);
    expect(account.modifier.calls).toEqual([]);
    expect(account.cases.commits).toEqual([]);
  });
});

describe('the kill switch', () => {
  test('stops every modification, and the team is told why', async () => {
    const account = draining100GiB();
    account.modifier.switch = 'stop';
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'announced', said: 'needed' }]);
    expect(account.modifier.requests).toEqual([]);
    expect(account.cases.of(id)).toMatchObject({
      refusals: [{ code: 'switched-off', got: 'stop' }],
      requests: [],
    });
    expect(await account.cases.ledger()).toMatchObject({ committed: 0, recentClaims: [] });
    expect(account.modifier.tagOf(id)).toBeUndefined();
  });

  test('is read anew for each act', async () => {
    const account = draining100GiB();
    account.modifier.switch = 'stop';
    await account.respond([lookAt(id)]);
    account.modifier.switch = 'run';
    account.clock.wait(minutes(1));
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'upgrading' }]);
  });
});

describe('an answer that was lost', () => {
  test('leaves the intent, which is adopted when AWS shows that it had accepted', async () => {
    const account = draining100GiB();
    account.modifier.answerNext('lost-after');
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'intended', said: undefined }]);
    account.clock.wait(minutes(3));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([
      { state: 'upgrading', decision: 'adopt', said: 'acted' },
    ]);
    expect(account.modifier.requests).toHaveLength(1);
  });

  test('is not asked again within five minutes, and then acted on anew when AWS had never heard of it', async () => {
    const account = draining100GiB();
    account.modifier.answerNext('lost-before');
    await account.respond([lookAt(id)]);
    account.clock.wait(minutes(4));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([
      { state: 'intended', decision: 'page', reason: 'intent-unresolved' },
    ]);
    account.clock.wait(minutes(1));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([
      { state: 'watching', decision: 'release' },
    ]);
    expect(await account.cases.ledger()).toMatchObject({ committed: 0, recentClaims: [] });
    account.clock.wait(minutes(1));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([{ state: 'upgrading' }]);
    expect(account.modifier.requests).toHaveLength(2);
  });
});

describe('a crash', () => {
  test('between claim and call is released after five minutes', async () => {
    const account = draining100GiB();
    account.modifier.failNext('modify');
    expect(await account.respond([lookAt(id)])).toMatchObject([{ kind: 'failed' }]);
    expect(account.cases.of(id)).toMatchObject({ state: 'intended' });
    account.clock.wait(minutes(5));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([{ state: 'watching' }]);
  });

  test('between call and outcome is adopted, without a second request', async () => {
    const account = draining100GiB();
    account.cases.beforeCommit = async () => {
      account.cases.beforeCommit = async () => account.cases.failNext('commit');
    };
    expect(await account.respond([lookAt(id)])).toMatchObject([{ kind: 'failed' }]);
    expect(account.modifier.requests).toHaveLength(1);
    account.clock.wait(minutes(1));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([
      { state: 'upgrading', decision: 'adopt' },
    ]);
    expect(account.modifier.requests).toHaveLength(1);
  });

  test('leaves no tag behind once its case has closed', async () => {
    const account = draining100GiB();
    account.modifier.answerNext('lost-before');
    await account.respond([lookAt(id)]);
    account.clock.wait(minutes(5));
    await account.respond([lookAt(id, 'sweep')]);
    expect(account.modifier.tagOf(id)).toMatchObject({ caseId: 'EB-1' });
    account.metrics.setBalance(id, level(100));
    expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([{ state: 'closed' }]);
    expect(account.modifier.tagOf(id)).toBeUndefined();
  });
});

describe('tags', () => {
  test('of a case that the table lacks are neither acted on nor cleared', async () => {
    const account = draining100GiB(1, { 'ebs-burst:state': 'EB-LOST#4' });
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'announced' }]);
    account.metrics.setBalance(id, level(100));
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'closed' }]);
    expect(account.volumes.of(id).tags).toMatchObject({ 'ebs-burst:state': 'EB-LOST#4' });
  });
});

describe('acting', () => {
  const storm = async (secondsPerAct: number) => {
    const account = draining100GiB(3);
    const { modify } = account.modifier;
    account.modifier.modify = (...asked) => {
      account.clock.wait(seconds(secondsPerAct));
      return modify.apply(account.modifier, asked);
    };
    const outcomes = await account.respond(account.volumes.ids.map((each) => lookAt(each)));
    return { account, outcomes };
  };

  test('begins no act when 35 seconds have passed: the queue brings the rest back, and nothing is half-done', async () => {
    const { account, outcomes } = await storm(20);
    expect(outcomes).toMatchObject([
      { kind: 'stepped' },
      { kind: 'stepped' },
      {
        kind: 'failed',
        error: 'Error: no time was left in this run to begin to act; the queue brings the volume back',
      },
    ]);
    expect(account.modifier.requests).toHaveLength(2);
    expect(account.cases.of(numbered(2))).toBeUndefined();
    expect(account.modifier.tagOf(numbered(2))).toBeUndefined();
  });

  test('goes through all of them within that time', async () => {
    expect((await storm(17)).account.modifier.requests).toHaveLength(3);
  });
});

test('relief five hours after acceptance is called relieved: what was usual is still on record', async () => {
  const account = draining100GiB();
  account.cases.hold(upgrading({ acceptedAt: noon, predictedWall: noon }));
  account.volumes.startModifying(id, fix().to);
  account.clock.wait(hours(5));
  account.metrics.set(id, (now) => {
    const since = [...level(1, 60), ...level(90, 285), ...level(1, 15)];
    const series = read(minutely(since, now), now);
    return { latency: series, queue: series };
  });
  await account.respond([lookAt(id, 'sweep')]);
  expect(account.cases.of(id)).toMatchObject({ verdict: { kind: 'relieved' } });
});

test('a notify-only deployment touches nothing at all', async () => {
  const account = draining100GiB();
  expect(await account.respond([lookAt(id)], { mode: 'notify' })).toMatchObject([{ said: 'needed' }]);
  expect(account.modifier.calls).toEqual([]);
  expect(account.surroundings.count('quotaUse')).toBe(0);
});
