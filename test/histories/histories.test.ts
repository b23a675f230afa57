import { describe, expect, test } from 'vitest';
import { lambdaNamed } from '../scenarios/lambdas.ts';
import { breachesNow } from './breaches.ts';
import { Breach, drawn, type History, live } from './history.ts';
import { runSlice } from './run-slice.ts';
import type { World } from './world.ts';

/** A rescue that goes well, as a history. */
const rescue: History = {
  setting: {
    seed: 3,
    props: 'act',
    volumes: [{ type: 'gp2', sizeGiB: 100, consents: true, latencyCritical: false, demand: 0.9 }],
    balanceAfterReturn: 'zero',
    balanceWithoutBurst: 'absent',
    profiled: false,
    headStart: 14,
    optimizing: 5,
    describeLag: 0,
    callLatency: 0,
    schedulesLost: 0,
  },
  steps: [{ kind: 'live', minutes: 21 }],
};

const asked = ({ responder }: World): number =>
  responder.account.endpoint.calls.filter(({ operation }) => operation === 'ModifyVolume').length;

const callsOf = ({ responder }: World): readonly string[] =>
  responder.account.endpoint.calls.map(({ at, operation, error = '' }) => `${at} ${operation} ${error}`);

describe('random histories', () => {
  test('keep every invariant: a small fixed set, of which npm run torture lives through as many as wanted', async () => {
    const { tally, broken } = await runSlice({ firstSeed: 1, count: 40 });
    expect(broken).toEqual([]);
    expect(tally.histories).toBe(40);
    expect(tally.acts).toBeGreaterThan(5);
    expect(Object.keys(tally.kinds).length).toBeGreaterThan(20);
  });

  test('are the same again from the same seed, call by call', async () => {
    const history = await drawn(14);
    expect(await drawn(14)).toEqual(history);
    const [first, second] = [await live(history), await live(history)];
    expect(callsOf(first).length).toBeGreaterThan(50);
    expect(callsOf(second)).toEqual(callsOf(first));
  });

  test('differ from seed to seed', async () => {
    expect(await drawn(15)).not.toEqual(await drawn(14));
  });
});

describe('a history', () => {
  test('of a volume that drains ends with its rescue', async () => {
    expect(asked(await live(rescue))).toBe(1);
  });

  test('of a volume that drains with the switch thrown ends without', async () => {
    const stopped: History = {
      ...rescue,
      steps: [{ kind: 'switch', value: 'stop' }, ...rescue.steps],
    };
    expect(asked(await live(stopped))).toBe(0);
  });

  test('of a table restored right after an act, where AWS’s lists lag, ends without a second request', async () => {
    const restored: History = {
      setting: {
        ...rescue.setting,
        volumes: [{ type: 'gp2', sizeGiB: 1, consents: true, latencyCritical: false, demand: 1.2 }],
        profiled: true,
        headStart: 32,
        describeLag: 120,
      },
      steps: [
        { kind: 'table', what: 'back up' },
        { kind: 'live', minutes: 1 },
        { kind: 'table', what: 'restore' },
      ],
    };
    expect(asked(await live(restored))).toBe(1);
  });

  test('in which something asks behind our back is a breach, and says which', async () => {
    const world = await live(rescue);
    const { endpoint } = world.responder.account;
    const [volumeId] = world.volumeIds;
    const request = { VolumeId: volumeId, VolumeType: 'gp3', Iops: 4_000 };
    await endpoint('EC2', 'ModifyVolume', request, lambdaNamed(world.responder, 'respond'));
    expect(breachesNow(world).map((line) => line.split(':')[0])).toEqual(['I6', 'I12']);
  });
});

describe('a breach', () => {
  test('carries the history that led to it', async () => {
    const world = await live(rescue);
    const breach = new Breach(rescue, world, ['I1: once', 'I2: twice']);
    expect(breach.message).toBe('2 breaches of an invariant:\n  I1: once\n  I2: twice');
    expect(breach.lived).toBe(rescue);
  });
});
