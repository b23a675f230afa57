import { describe, expect, test } from 'vitest';
import { type MuteWord, unsaid } from '../../core/domain/look-at.ts';
import { type Instant, minutes } from '../../core/domain/units.ts';
import { announced, watching } from '../domain/some-case.ts';
import { ahead, fallingTo, level } from '../domain/some-situation.ts';
import { noon } from '../domain/some-volume.ts';
import { type FakeAccount, lookAt } from '../fakes/fake-account.ts';
import { draining100GiB, id } from './draining-account.ts';

const end = { at: ahead(minutes(30)), end: 'told' } as const;
const mutedAt = (saidAt: Instant): MuteWord => ({ kind: 'muted', saidAt, until: end.at, end: 'told' });
const liftedAt = (saidAt: Instant): MuteWord => ({ kind: 'not-muted', saidAt });
const saying = (mute: MuteWord) => [lookAt(id, 'alarm', { mute })];
const afterAlarm = (mute: MuteWord) => [lookAt(id, 'not-in-alarm', { mute })];
const sweeping = [lookAt(id, 'sweep')];

/** EC2 lacks the volume in one answer, which ends the case; the sweep finds its alarm without one. */
async function endedWhileMuted() {
  const account = draining100GiB();
  const volume = account.volumes.of(id);
  await account.respond(saying(mutedAt(noon)));
  account.volumes.remove(id);
  expect(await account.respond(sweeping)).toMatchObject([{ state: 'closed' }]);
  account.volumes.put(volume);
  return account;
}

/** Whatever happened until then, the volume drains a minute later, and no event tells of it. */
function thenDrains(account: FakeAccount) {
  account.clock.wait(minutes(1));
  account.metrics.setBalance(id, fallingTo(30, 3));
  return account.respond(sweeping);
}

describe('a mute', () => {
  test('outlives the case that knew of it', async () => {
    const account = await endedWhileMuted();
    expect(await account.respond(sweeping)).toMatchObject([{ state: 'announced', said: 'warned' }]);
    expect(account.cases.of(id)).toMatchObject({ mutedUntil: end });
    expect(account.modifier.requests).toEqual([]);
  });

  test.each([
    ['its end', minutes(30), unsaid],
    ['an event that says it is over', minutes(1), liftedAt(ahead(minutes(1)))],
  ])('that outlived its case does not outlive %s', async (_what, wait, mute) => {
    const account = await endedWhileMuted();
    account.clock.wait(wait);
    account.metrics.setBalance(id, fallingTo(30, 3));
    expect(await account.respond([lookAt(id, 'alarm', { mute })])).toMatchObject([{ state: 'upgrading' }]);
    expect(account.cases.of(id)?.mutedUntil).toBeUndefined();
  });

  const muted = async () => {
    const account = draining100GiB();
    account.cases.hold(announced({ mutedUntil: end }));
    await account.cases.rememberMute(id, mutedAt(noon));
    return account;
  };

  test('is lifted by an alarm event that says it is over', async () => {
    const account = await muted();
    const lifted = saying(liftedAt(ahead(minutes(1))));
    expect(await account.respond(lifted)).toMatchObject([{ state: 'upgrading' }]);
    expect(account.cases.of(id)?.mutedUntil).toBeUndefined();
  });

  test('is lifted where the event that says so comes together with that of the mute', async () => {
    const account = draining100GiB();
    const together = [...saying(liftedAt(ahead(minutes(1)))), ...saying(mutedAt(noon))];
    expect(await account.respond(together)).toMatchObject([{ state: 'upgrading' }]);
  });

  test.each([
    ['the sweep', sweeping],
    ['an event of the volume', [lookAt(id, 'volume-event')]],
    [
      'two events of one moment that contradict each other',
      [...saying(mutedAt(noon)), ...saying(liftedAt(noon))],
    ],
    ['an event from before it that comes late', saying(liftedAt(ahead(minutes(-1))))],
  ])('is not lifted by %s', async (_what, wakeUps) => {
    const account = await muted();
    await account.respond(wakeUps);
    expect(account.cases.of(id)).toMatchObject({ state: 'announced', mutedUntil: end });
  });
});

describe('the end of a mute that no case is open to hear of', () => {
  test.each([
    ['because its alarm is no longer in ALARM', afterAlarm],
    ['because there is nothing to open one for', saying],
  ])('is known to the next case: %s', async (_why, event) => {
    const account = await endedWhileMuted();
    account.clock.wait(minutes(1));
    account.metrics.setBalance(id, level(100));
    expect(await account.respond(event(liftedAt(ahead(minutes(1)))))).toMatchObject([{ kind: 'nothing' }]);
    expect(await thenDrains(account)).toMatchObject([{ state: 'upgrading' }]);
  });

  test.each([
    ['is older than the mute', [liftedAt(ahead(minutes(-1)))]],
    ['is followed by another mute', [liftedAt(ahead(minutes(1))), mutedAt(ahead(minutes(2)))]],
    ['is overtaken by a later mute', [mutedAt(ahead(minutes(2))), liftedAt(ahead(minutes(1)))]],
  ])('does not lift it where it %s', async (_what, words) => {
    const account = await endedWhileMuted();
    account.metrics.setBalance(id, level(100));
    for (const word of words) await account.respond(afterAlarm(word));
    expect(await thenDrains(account)).toMatchObject([{ state: 'announced', said: 'warned' }]);
    expect(account.cases.of(id)).toMatchObject({ mutedUntil: end });
  });

  test('is not undone by the event of the mute coming a second time', async () => {
    const account = await endedWhileMuted();
    account.metrics.setBalance(id, level(100));
    await account.respond(afterAlarm(liftedAt(ahead(minutes(1)))));
    await account.respond(saying(mutedAt(noon)));
    expect(await thenDrains(account)).toMatchObject([{ state: 'upgrading' }]);
  });
});

describe('a mute that no case is open to hear of', () => {
  const calm = () => {
    const account = draining100GiB();
    account.metrics.setBalance(id, level(100));
    return account;
  };

  test.each([
    ['its alarm is no longer in ALARM', afterAlarm, 'no-open-case'],
    ['its balance is above the threshold', saying, 'above-threshold'],
  ])('holds for the case of a later drain, and tells nobody: %s', async (_why, event, reason) => {
    const account = calm();
    expect(await account.respond(event(mutedAt(noon)))).toMatchObject([{ kind: 'nothing', reason }]);
    expect(account.cases.commits).toEqual([]);
    expect(await thenDrains(account)).toMatchObject([{ state: 'announced', said: 'warned' }]);
    expect(account.cases.of(id)).toMatchObject({ mutedUntil: end });
    expect(account.modifier.requests).toEqual([]);
  });

  test('does not hold for a drain after its end', async () => {
    const account = calm();
    await account.respond(saying(mutedAt(noon)));
    account.clock.wait(minutes(29));
    expect(await thenDrains(account)).toMatchObject([{ state: 'upgrading' }]);
  });

  test('comes back by the queue where it could not be kept, and keeps nothing else from being done', async () => {
    const account = calm();
    account.cases.failNext('rememberMute');
    expect(await account.respond(saying(mutedAt(noon)))).toMatchObject([
      { kind: 'nothing' },
      { kind: 'failed', volumeId: id, error: 'Error: rememberMute failed' },
    ]);
    await account.respond(saying(mutedAt(noon)));
    expect(await thenDrains(account)).toMatchObject([{ state: 'announced' }]);
  });
});

describe('an event that says no alarm is muted', () => {
  test('is not written down where nobody said that one is', async () => {
    const account = draining100GiB();
    account.cases.hold(watching());
    await account.respond(saying(liftedAt(noon)));
    expect(account.cases.count('rememberMute')).toBe(0);
  });
});
