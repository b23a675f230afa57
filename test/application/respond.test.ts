import { describe, expect, test } from 'vitest';
import { read } from '../../core/domain/reading.ts';
import { dollars, hours, iops, minutes, seconds } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { announced, upgrading, watching } from '../domain/some-case.ts';
import { ahead, consent, fallingTo, fix, level, minutely } from '../domain/some-situation.ts';
import { noon, someVolume } from '../domain/some-volume.ts';
import { fakeAccount, lookAt, saidIn, someCensus } from '../fakes/fake-account.ts';
import { metricsPerStudy } from '../fakes/fake-metrics.ts';

const id = someVolume().id;
const draining = fallingTo(30, 3);
const numbered = (number: number): VolumeId => `vol-${String(number).padStart(8, '0')}`;

const takenError =
  'Error: its new case could not be written: another worker was faster, or the item of its case cannot be read; the queue brings the volume back';

/** Volumes that all run out in ten minutes and may be moved. */
function draining100GiB(count = 1, tags: Record<string, string> = {}) {
  const volumes = Array.from({ length: count }, (_, index) =>
    someVolume({ id: count === 1 ? id : numbered(index), tags: { ...consent, ...tags } }),
  );
  const account = fakeAccount(...volumes);
  for (const volume of volumes) account.metrics.setBalance(volume.id, draining);
  return account;
}

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

describe('a claim', () => {
  test('that lost the ledger to another volume is made again on the newer one', async () => {
    const account = draining100GiB();
    account.cases.beforeCommit = async () => {
      const ledger = await account.cases.ledger();
      account.cases.setLedger({ ...ledger, version: ledger.version + 1 });
    };
    expect(await account.respond([lookAt(id)])).toMatchObject([{ kind: 'stepped', state: 'upgrading' }]);
    expect(account.modifier.requests).toHaveLength(1);
  });

  test('is not made again when the newer ledger has no room: the team is told instead', async () => {
    const account = draining100GiB();
    account.cases.beforeCommit = async () => {
      const ledger = await account.cases.ledger();
      account.cases.setLedger({ ...ledger, version: ledger.version + 1, recentClaims: Array(5).fill(noon) });
    };
    expect(await account.respond([lookAt(id)])).toMatchObject([
      { kind: 'stepped', state: 'announced', decision: 'page' },
    ]);
    expect(account.cases.of(id)).toMatchObject({
      refusals: [{ code: 'over-blast-radius', used: 5, limit: 5 }],
    });
    expect(account.modifier.requests).toEqual([]);
    expect(account.modifier.tagOf(id)).toBeUndefined();
  });

  test('that another worker was faster at leaves the tag of the case that holds the volume', async () => {
    const account = draining100GiB();
    const held = announced({ id: 'EB-OTHER', version: 3, dueAt: noon });
    account.cases.beforeCommit = async () => account.cases.hold(held);
    expect(await account.respond([lookAt(id)])).toEqual([
      { kind: 'failed', volumeId: id, error: takenError },
    ]);
    expect(account.modifier.tagOf(id)).toBeUndefined();
  });

  test('that could not be written leaves no tag that would forbid every later act', async () => {
    const account = draining100GiB();
    account.cases.failNext('commit');
    expect(await account.respond([lookAt(id)])).toEqual([
      { kind: 'failed', volumeId: id, error: 'Error: commit failed' },
    ]);
    expect(account.modifier.requests).toEqual([]);
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'upgrading' }]);
  });

  test('whose tag could not be written is not acted on: it is given back, and the team is told why', async () => {
    const account = draining100GiB();
    account.modifier.failNext('markState');
    expect(await account.respond([lookAt(id)])).toMatchObject([{ state: 'announced', said: 'needed' }]);
    expect(account.modifier.requests).toEqual([]);
    expect(account.cases.of(id)).toMatchObject({
      refusals: [{ code: 'state-untagged', why: 'Error: markState failed' }],
      requests: [],
    });
    expect(await account.cases.ledger()).toMatchObject({ committed: 0, recentClaims: [] });
  });
});

describe('the caps', () => {
  test('hold for a storm in one run: five of a hundred watched, the rest is told', async () => {
    const account = draining100GiB(8);
    const outcomes = await account.respond(account.volumes.ids.map((each) => lookAt(each)));
    expect(account.modifier.requests).toHaveLength(5);
    expect(outcomes.filter((one) => one.kind === 'stepped' && one.said === 'needed')).toHaveLength(3);
  });

  test('hold for many workers at the same time', async () => {
    const account = draining100GiB(8);
    await Promise.all(account.volumes.ids.map((each) => account.respond([lookAt(each)])));
    expect(account.modifier.requests.length).toBeLessThanOrEqual(5);
    expect((await account.cases.ledger()).recentClaims.length).toBeLessThanOrEqual(5);
  });

  test('hold for spend: two bridges at $67.50 each are one too many for $100', async () => {
    const account = draining100GiB(2, { 'ebs-burst:target': 'io1' });
    const policy = { fixedIops: iops(1_000) };
    const outcomes = await account.respond(
      account.volumes.ids.map((each) => lookAt(each)),
      policy,
    );
    expect(account.modifier.requests).toHaveLength(1);
    expect(outcomes).toMatchObject([{ state: 'upgrading' }, { state: 'announced' }]);
    expect((await account.cases.ledger()).committed).toBeCloseTo(67.5);
  });

  test('serve the earliest wall first', async () => {
    const account = draining100GiB(3);
    account.almanac.censuses.push(someCensus({ watched: 20 }));
    account.metrics.setBalance(numbered(2), level(0));
    await account.respond(account.volumes.ids.map((each) => lookAt(each)));
    expect(account.modifier.requests.map(({ volumeId }) => volumeId)).toEqual([numbered(2)]);
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

describe('a step that was overtaken', () => {
  test('on an open case is finished: the other worker has seen at least as much', async () => {
    const account = draining100GiB();
    account.cases.hold(watching());
    account.cases.beforeCommit = async () => account.cases.hold(watching({ version: 2 }));
    expect(await account.respond([lookAt(id)], { mode: 'notify' })).toEqual([
      { kind: 'overtaken', volumeId: id, by: 'case' },
    ]);
  });

  test('on a new case is not, by word or by act: its place may hold an item that nobody can read', async () => {
    for (const mode of ['notify', 'act'] as const) {
      const account = draining100GiB();
      account.cases.beforeCommit = async () => account.cases.hold(watching());
      expect(await account.respond([lookAt(id)], { mode })).toMatchObject([{ kind: 'failed' }]);
    }
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
  test('are one balance for a volume that needs nobody, and all only for one that does', async () => {
    const account = draining100GiB(2);
    account.metrics.setBalance(numbered(0), level(100));
    await account.respond(account.volumes.ids.map((each) => lookAt(each)));
    expect(account.metrics.wishes.map(({ volume }) => volume.id)).toEqual([numbered(1)]);
    expect(await account.almanac.metricReads('2026-11-22')).toBe(2 + metricsPerStudy);
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
  const muted = () => {
    const account = draining100GiB();
    account.cases.hold(announced({ mutedUntil: ahead(minutes(30)) }));
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
    expect(account.cases.of(id)).toMatchObject({ state: 'announced', mutedUntil: ahead(minutes(30)) });
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

test('a release of cost survives another write to the ledger in between', async () => {
  const account = draining100GiB();
  account.cases.setLedger({ version: 7, committed: dollars(90), recentClaims: [] });
  const costly = fix({ price: { ...fix().price, difference: dollars(90) } });
  account.cases.hold(upgrading({ plan: costly, acceptedAt: noon }));
  account.volumes.startModifying(id, fix().to);
  account.volumes.endModifying(id, 'failed');
  account.cases.beforeCommit = async () =>
    account.cases.setLedger({ version: 8, committed: dollars(95), recentClaims: [] });
  expect(await account.respond([lookAt(id, 'sweep')])).toMatchObject([{ state: 'closed', said: 'ended' }]);
  expect(await account.cases.ledger()).toMatchObject({ version: 9, committed: 5 });
});
