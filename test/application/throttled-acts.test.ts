import { describe, expect, test } from 'vitest';
import { read } from '../../core/domain/reading.ts';
import type { AwsRefusal } from '../../core/domain/reasons.ts';
import { dollars, minutes } from '../../core/domain/units.ts';
import { announced, bridged } from '../domain/some-case.ts';
import { ago, bridge, consent, level, minutely } from '../domain/some-situation.ts';
import { someVolume } from '../domain/some-volume.ts';
import { lookAt, saidIn } from '../fakes/fake-account.ts';
import { draining100GiB, numbered } from './draining-account.ts';

const refusedWith = (refusal: AwsRefusal) =>
  ({ kind: 'refused', refusal, message: 'no', requestId: undefined }) as const;
const throttled = refusedWith({ code: 'aws-throttled' });
const times = (count: number, answer: ReturnType<typeof refusedWith> = throttled) =>
  Array(count).fill(answer);
const generous = {
  caps: { maxMonthlyIncrease: dollars(1_000), blastRadius: { volumes: 9, percentOfWatched: 9 } },
};

/** Volumes that run out in ten minutes; AWS refuses so many requests before it takes one. */
function storm(volumes: number, ...answers: readonly ReturnType<typeof refusedWith>[]) {
  const account = draining100GiB(volumes);
  account.modifier.answerNext(...answers);
  const run = () =>
    account.respond(
      account.volumes.ids.map((each) => lookAt(each)),
      generous,
    );
  const asked = () => account.modifier.requests.map(({ volumeId }) => volumeId);
  const nextMinute = () => {
    account.clock.wait(minutes(1));
    return run();
  };
  return { ...account, run, nextMinute, asked };
}

describe('when AWS throttled three acts', () => {
  test('no other is begun in that run, and no volume tagged for one', async () => {
    const { run, asked, modifier } = storm(5, ...times(3));
    await run();
    expect(asked()).toEqual([numbered(0), numbered(1), numbered(2)]);
    expect(modifier.count('markState')).toBe(3);
    expect(modifier.count('clearState')).toBe(3);
  });

  test('the others are told why, and all are due again a minute later', async () => {
    const { run, volumes, cases, clock } = storm(5, ...times(3));
    expect(await run()).toMatchObject([
      ...Array(3).fill({ kind: 'stepped', state: 'announced', decision: 'act', said: 'warned' }),
      ...Array(2).fill({ kind: 'stepped', state: 'announced', decision: 'warn', said: 'warned' }),
    ]);
    for (const each of volumes.ids)
      expect(cases.of(each)).toMatchObject({
        told: { codes: ['aws-throttled'] },
        dueAt: clock.now() + minutes(1),
      });
  });

  test('they count though recording the answer failed', async () => {
    const { run, asked, modifier } = storm(5, ...times(3));
    modifier.failNext('clearState', 3);
    const outcomes = await run();
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed', 'stepped', 'stepped']);
    expect(asked()).toHaveLength(3);
  });

  test('the next run asks three times again, and moves all once AWS takes it', async () => {
    const account = storm(5, ...times(6));
    await account.run();
    await account.nextMinute();
    expect(account.asked()).toHaveLength(6);
    await account.nextMinute();
    expect(account.asked()).toHaveLength(11);
    expect(saidIn(account)).toEqual([...Array(5).fill('warned'), ...Array(5).fill('acted')]);
  });

  test('nobody is called in the first two minutes, and everybody once it lasts, once', async () => {
    const account = storm(5, ...times(99));
    const calls = () => saidIn(account).filter((said) => said === 'needed').length;
    await account.run();
    await account.nextMinute();
    expect(calls()).toBe(0);
    await account.nextMinute();
    await account.nextMinute();
    expect(calls()).toBe(5);
    expect(saidIn(account)).toHaveLength(10);
  });

  test('who was told of anything before is not called for that moment either, but once it lasts', async () => {
    const account = storm(1, ...times(99));
    const told = { ...announced().told, at: ago(minutes(50)) };
    account.cases.hold(announced({ volumeId: numbered(0), told }));
    await account.run();
    await account.nextMinute();
    expect(saidIn(account)).toEqual(['warned']);
    await account.nextMinute();
    expect(saidIn(account)).toEqual(['warned', 'needed']);
  });
});

describe('when AWS throttled fewer', () => {
  test('the others of the run are begun', async () => {
    const { run, asked } = storm(5, ...times(2));
    expect(await run()).toMatchObject([
      ...Array(2).fill({ state: 'announced' }),
      ...Array(3).fill({ state: 'upgrading' }),
    ]);
    expect(asked()).toHaveLength(5);
  });

  test('none of an earlier run counts', async () => {
    const account = storm(5, ...times(2));
    await account.run();
    account.modifier.answerNext(throttled);
    await account.nextMinute();
    expect(account.asked()).toHaveLength(7);
  });
});

test.each<AwsRefusal>([{ code: 'aws-wrong-volume-state' }, { code: 'aws-no-capacity' }])(
  'when AWS refused three acts with $code, the others of the run are begun',
  async (refusal) => {
    const { run, asked } = storm(5, ...times(3, refusedWith(refusal)));
    const outcomes = await run();
    expect(asked()).toHaveLength(5);
    expect(outcomes.slice(3)).toMatchObject([{ state: 'upgrading' }, { state: 'upgrading' }]);
  },
);

describe('what nobody waits for while AWS throttles', () => {
  test('is a way back: it is due in a minute and says nothing', async () => {
    const account = storm(3, ...times(3));
    const volume = someVolume({ id: numbered(7), configuration: bridge().to, tags: consent });
    account.volumes.put(volume);
    account.cases.hold(bridged({ volumeId: volume.id }));
    account.metrics.set(volume.id, (now) => ({ demand: read(minutely(level(10, 1_500), now), now) }));
    const outcomes = await account.run();
    expect(outcomes.at(-1)).toMatchObject({ volumeId: volume.id, state: 'bridged', reason: 'aws-throttled' });
    expect(outcomes.at(-1)).toMatchObject({ said: undefined });
    expect(account.cases.of(volume.id)).toMatchObject({
      told: undefined,
      dueAt: account.clock.now() + minutes(1),
    });
    await account.nextMinute();
    expect(account.cases.of(volume.id)).toMatchObject({ state: 'returning' });
  });

  test('is a new latency-critical volume that is calm: it opens no case', async () => {
    const account = storm(3, ...times(3));
    const tags = { ...consent, 'ebs-burst:tier': 'latency-critical' };
    const volume = someVolume({ id: numbered(7), tags });
    account.volumes.put(volume);
    account.metrics.setBalance(volume.id, level(100));
    expect((await account.run()).at(-1)).toEqual({
      kind: 'nothing',
      volumeId: volume.id,
      reason: 'aws-throttled',
    });
    expect(account.cases.of(volume.id)).toBeUndefined();
    await account.nextMinute();
    expect(account.cases.of(volume.id)).toMatchObject({ state: 'upgrading' });
  });
});
