import { describe, expect, test } from 'vitest';
import type { Attention, Observed } from '../../core/application/observe.ts';
import { observe } from '../../core/application/observe.ts';
import { unsaid } from '../../core/domain/look-at.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { read, unread } from '../../core/domain/reading.ts';
import { hours, minutes } from '../../core/domain/units.ts';
import { announced, bridged, intended, upgrading, watching } from '../domain/some-case.ts';
import {
  ago,
  ahead,
  bridge,
  consent,
  fallingTo,
  fix,
  level,
  someSituation,
} from '../domain/some-situation.ts';
import { noon, somePolicy, someVolume } from '../domain/some-volume.ts';
import { type FakeAccount, fakeAccount } from '../fakes/fake-account.ts';

const id = someVolume().id;
const draining = (rest: Parameters<typeof someVolume>[0] = {}) => {
  const account = fakeAccount(someVolume({ tags: consent, ...rest }));
  account.metrics.setBalance(id, fallingTo(30, 3));
  return account;
};
const look = async (
  account: FakeAccount,
  wish: Partial<Attention> = {},
  policy: Parameters<typeof somePolicy>[0] = {},
): Promise<Observed | undefined> => {
  const wanted: Attention = { volumeId: id, opensCases: 'may-open', mute: unsaid, ...wish };
  const settings = { policy: somePolicy(policy), prices: usEast1Prices };
  return (await observe([wanted], settings, account.ports)).observed[0];
};

describe('a look at a volume', () => {
  test('asks nothing for nobody', async () => {
    const account = draining();
    const settings = { policy: somePolicy(), prices: usEast1Prices };
    expect(await observe([], settings, account.ports)).toEqual({
      observed: [],
      mutes: new Map(),
      metricsRequested: 0,
    });
    expect(account.volumes.calls).toEqual([]);
  });

  test('reads everything a guard needs before anything is decided on it', async () => {
    const seen = await look(draining());
    expect(seen).toMatchObject({
      kind: 'situation',
      situation: {
        now: noon,
        modification: { kind: 'read', value: 'never' },
        health: { kind: 'read', value: { kind: 'ok' } },
        instanceLimit: { kind: 'read', value: { kind: 'clear' } },
        stack: { kind: 'read', value: { kind: 'no-stack' } },
        quota: { kind: 'read' },
        ledger: { kind: 'read' },
        watchedVolumes: { kind: 'read', value: 100 },
        memory: { kind: 'whole' },
        slots: { ours: [], others: [] },
      },
    });
  });

  test('leaves no fact out silently: what was not asked for is unread and says so', async () => {
    const account = draining();
    account.metrics.setBalance(id, level(100));
    expect(await look(account)).toMatchObject({
      situation: { quota: { kind: 'unread', why: 'not asked: nothing was to be decided from it' } },
    });
  });

  test('says that a table without genesis may have lost cases', async () => {
    const account = draining();
    account.cases.genesisAt = undefined;
    expect(await look(account)).toMatchObject({ situation: { memory: { kind: 'no-genesis' } } });
  });

  test('carries on without a ledger, which the guard on caps then refuses', async () => {
    const account = draining();
    account.cases.failNext('ledger');
    expect(await look(account)).toMatchObject({
      situation: { ledger: { kind: 'unread', why: 'ledger failed' } },
    });
  });

  test('does not ask for stacks and quotas while a modification is only followed', async () => {
    const account = draining();
    account.cases.hold(upgrading());
    expect(await look(account)).toMatchObject({
      situation: {
        openCase: { state: 'upgrading' },
        stack: { kind: 'unread', why: 'not asked: nothing was to be decided from it' },
        quota: { kind: 'unread', why: 'not asked: nothing was to be decided from it' },
      },
    });
    expect(account.surroundings.count('quotaUse')).toBe(0);
  });

  test('asks for them before a bridge may go back', async () => {
    const account = draining();
    account.cases.hold(bridged());
    expect(await look(account)).toMatchObject({ situation: { quota: { kind: 'read' } } });
  });

  test('does not ask for stacks and quotas in a deployment that only notifies', async () => {
    const account = draining();
    expect(await look(account, {}, { mode: 'notify' })).toMatchObject({
      situation: { quota: { kind: 'unread', why: 'not asked: this deployment only notifies' } },
    });
    expect(account.surroundings.count('quotaUse')).toBe(0);
  });
});

describe('the demand profile', () => {
  test.each(['act', 'notify'] as const)(
    'is read in mode %s, as the plan by hand needs it too',
    async (mode) => {
      const account = draining();
      const { profile } = someSituation();
      if (profile.kind === 'read') await account.almanac.recordProfile(id, profile.value);
      expect(await look(account, {}, { mode })).toMatchObject({ situation: { profile: { kind: 'read' } } });
    },
  );

  test('that was not computed is unread in either mode', async () => {
    const withoutProfile = { situation: { profile: { kind: 'unread' } } };
    expect(await look(draining(), {}, { mode: 'notify' })).toMatchObject(withoutProfile);
    expect(await look(draining())).toMatchObject(withoutProfile);
  });
});

describe('the health of a volume', () => {
  const stalled = (account: FakeAccount, state: 'stalled' | 'flowing' | 'not-published') =>
    account.metrics.set(id, (now) => ({ stalled: read(state, now) }));

  test.each([
    { state: 'stalled', health: { kind: 'read', value: { kind: 'stalled' } } },
    { state: 'flowing', health: { kind: 'read', value: { kind: 'ok' } } },
    { state: 'not-published', health: { kind: 'read', value: { kind: 'ok' } } },
  ] as const)('is judged by the stall check as well: $state', async ({ state, health }) => {
    const account = draining();
    stalled(account, state);
    expect(await look(account)).toMatchObject({ situation: { health } });
  });

  test('is unknown when the stall check cannot be read and EC2 says nothing is wrong', async () => {
    const account = draining();
    account.metrics.set(id, () => ({ stalled: unread('Throttling') }));
    expect(await look(account)).toMatchObject({
      situation: { health: { kind: 'unread', why: 'Throttling' } },
    });
    account.volumes.setHealth(id, read({ kind: 'impaired', status: 'impaired' }, noon));
    expect(await look(account)).toMatchObject({ situation: { health: { value: { kind: 'impaired' } } } });
  });
});

describe('the modifications of 24 hours', () => {
  const modifiedAt = (account: FakeAccount) => {
    account.volumes.startModifying(id, { type: 'st1' });
    account.volumes.endModifying(id);
    account.volumes.put(someVolume({ tags: consent }));
  };

  test('count one that nobody of us asked for as somebody else’s', async () => {
    const account = draining();
    modifiedAt(account);
    account.clock.wait(hours(3));
    expect(await look(account)).toMatchObject({ situation: { slots: { ours: [], others: [noon] } } });
  });

  test('do not count it after 24 hours', async () => {
    const account = draining();
    modifiedAt(account);
    account.clock.wait(hours(24));
    expect(await look(account)).toMatchObject({ situation: { slots: { others: [] } } });
  });

  const st1 = { type: 'st1' } as const;

  test('know our own by the time of the request, give or take five minutes', async () => {
    const account = draining();
    modifiedAt(account);
    const ours = [{ at: ago(minutes(5)), to: st1 }];
    account.cases.hold(announced({ requests: ours }));
    expect(await look(account)).toMatchObject({ situation: { slots: { ours, others: [] } } });
    account.cases.hold(announced({ requests: [{ at: ago(minutes(5.1)), to: st1 }] }));
    expect(await look(account)).toMatchObject({ situation: { slots: { others: [noon] } } });
  });

  test('are counted of a case that was closing during the glance, in neither of its reads', async () => {
    const account = draining();
    const request = { at: ago(minutes(60)), to: st1 };
    const recent = account.cases.recentPast.bind(account.cases);
    const answers = [new Map(), new Map([[id, [request]]])];
    account.cases.recentPast = async (ids) => ({
      ...(await recent(ids)),
      requests: answers.shift() ?? new Map(),
    });
    expect(await look(account)).toMatchObject({ situation: { slots: { ours: [request] } } });
  });

  test('do not take for ours what leads elsewhere, within the same minute', async () => {
    const account = draining();
    modifiedAt(account);
    account.cases.hold(announced({ requests: [{ at: noon, to: { type: 'sc1' } }] }));
    expect(await look(account)).toMatchObject({ situation: { slots: { others: [noon] } } });
  });
});

describe('what of its metrics is read', () => {
  const told = announced().told;

  test.each([
    {
      what: 'a wall that the team was called for',
      openCase: announced({ told: { ...told, what: 'needed' } }),
    },
    { what: 'a warning that becomes a call for help', openCase: announced(), studies: 1 },
    { what: 'a wall that is news', openCase: undefined, studies: 1 },
  ])('is no more than a glance unless there is news or we could act: $what', async (one) => {
    const account = draining();
    account.metrics.setBalance(id, level(0));
    if (one.openCase !== undefined) account.cases.hold(one.openCase);
    await look(account, {}, { mode: 'notify' });
    expect(account.metrics.wishes).toHaveLength(one.studies ?? 0);
  });

  test('is studied although all was told where only a study can find that we may act now', async () => {
    const account = draining();
    account.metrics.setBalance(id, level(0));
    account.cases.hold(announced({ told: { ...told, what: 'needed' } }));
    await look(account);
    expect(account.metrics.wishes).toHaveLength(1);
  });

  test('is no more than a glance where what was told stands whatever a study would find', async () => {
    const account = draining();
    account.metrics.setBalance(id, level(0));
    const codes = ['our-slots-used'];
    const requests = [ago(hours(2)), ago(hours(1))].map((at) => ({ at, to: { type: 'st1' as const } }));
    account.cases.hold(announced({ told: { ...told, what: 'needed', codes }, requests }));
    await look(account);
    expect(account.metrics.wishes).toEqual([]);
  });

  test.each([
    { what: 'lost sight of and told so', openCase: announced(), studies: 0 },
    { what: 'lost sight of just now', openCase: watching(), studies: 1 },
  ])('is no more than a glance for a volume that we $what', async ({ openCase, studies }) => {
    const account = draining();
    account.metrics.setBalanceReading(id, read([], noon));
    account.cases.hold(openCase);
    await look(account);
    expect(account.metrics.wishes).toHaveLength(studies);
  });

  test.each([
    { what: 'three hours at least', at: ago(minutes(30)), wall: undefined, since: ago(hours(3)) },
    {
      what: 'from an hour before acceptance',
      at: ago(hours(6)),
      wall: ahead(hours(1)),
      since: ago(hours(7)),
    },
    { what: 'from an hour before the wall', at: ago(hours(6)), wall: ago(hours(7)), since: ago(hours(8)) },
    { what: 'a day at most', at: ago(hours(30)), wall: undefined, since: ago(hours(25)) },
  ])('is $what while an upgrade runs', async ({ at, wall, since }) => {
    const account = draining();
    account.cases.hold(upgrading({ acceptedAt: at, predictedWall: wall }));
    await look(account);
    expect(account.metrics.wishes).toMatchObject([{ since }]);
  });

  test('is three hours, in what its bucket pays for', async () => {
    const account = draining();
    await look(account);
    expect(account.metrics.wishes).toMatchObject([{ since: ago(hours(3)), demandIn: 'IOPS' }]);
  });

  test('is a whole day for a bridge, in what the bucket it goes back to pays for', async () => {
    const account = draining({ configuration: bridge().to, size: 500 });
    const plan = bridge({ from: { type: 'st1' } });
    account.cases.hold(bridged({ bridge: { ...bridged().bridge, plan } }));
    await look(account);
    expect(account.metrics.wishes).toMatchObject([{ since: ago(hours(25)), demandIn: 'MiB/s' }]);
  });

  test('is what the type before paid for while an intent is open', async () => {
    const account = draining({ configuration: fix().to, size: 500 });
    account.cases.hold(intended({ plan: fix({ from: { type: 'sc1' } }) }));
    await look(account);
    expect(account.metrics.wishes).toMatchObject([{ demandIn: 'MiB/s' }]);
  });
});

describe('the mute of an alarm', () => {
  test('is that of the latest event, else what the case remembers', async () => {
    const account = draining();
    account.cases.hold(watching({ mutedUntil: { at: ahead(minutes(5)), end: 'told' } }));
    expect(await look(account)).toMatchObject({
      situation: { mutedUntil: { at: ahead(minutes(5)), end: 'told' } },
    });
    expect(
      await look(account, { mute: { kind: 'muted', saidAt: noon, until: ahead(hours(1)), end: 'told' } }),
    ).toMatchObject({
      situation: { mutedUntil: { at: ahead(hours(1)), end: 'told' } },
    });
    expect(
      await look(account, { mute: { kind: 'muted', saidAt: noon, until: ahead(hours(24)), end: 'assumed' } }),
    ).toMatchObject({ situation: { mutedUntil: { at: ahead(hours(24)), end: 'assumed' } } });
    expect(await look(account, { mute: { kind: 'not-muted', saidAt: noon } })).toMatchObject({
      situation: { mutedUntil: undefined },
    });
  });
});
