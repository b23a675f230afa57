import { beforeAll, describe, expect, test } from 'vitest';
import { RegionalQuotas } from '../../twin/ebs/regional-quotas.ts';
import { lambdaNamed } from '../scenarios/lambdas.ts';
import { type AskingLambda, asks } from './asks.ts';
import { breachesNow } from './breaches.ts';
import { Breach, drawn, type History, live } from './history.ts';
import { drainedVolume, rescue } from './rescue.ts';
import { runSlice, type SliceResult } from './run-slice.ts';
import type { Step } from './step.ts';
import { timelineOf } from './timeline.ts';
import type { World } from './world.ts';

const requests = ({ account }: World['responder']) =>
  account.endpoint.calls.filter(({ operation }) => operation === 'ModifyVolume');
const asked = ({ responder }: World): number => requests(responder).length;
const accepted = (responder: World['responder']) =>
  requests(responder).filter(({ error }) => error === undefined);

const seedsTo = (last: number): readonly number[] =>
  Array.from({ length: last }, (_none, index) => index + 1);

const callsOf = ({ responder }: World): readonly string[] =>
  responder.account.endpoint.calls.map(({ at, operation, error = '' }) => `${at} ${operation} ${error}`);

describe('random histories', () => {
  let small: SliceResult;
  beforeAll(async () => {
    small = await runSlice({ firstSeed: 101, count: 60 });
  }, 60_000);

  test('keep every invariant: a small fixed set, of which npm run torture lives through as many as wanted', () => {
    const { tally, broken } = small;
    expect(broken).toEqual([]);
    expect(tally.histories).toBe(60);
    expect(tally.acts).toBeGreaterThan(5);
    expect(Object.keys(tally.struck).length).toBeGreaterThan(20);
  });

  test.each([
    [
      'refusals',
      [
        'notify-mode',
        'no-consent',
        'over-budget',
        'over-budget with something committed',
        'over-blast-radius',
      ],
    ],
    ['endings', ['yielded', 'averted']],
    ['acts', ['fix gp2 → gp3', 'bridge gp2 → io2', 'keep gp2 → io2']],
  ] as const)('meet what the checks are to judge: %s', (kind, names) => {
    for (const name of names) expect(small.tally.met[kind][name], name).toBeGreaterThan(0);
  });

  test('are the same again from the same seed, call by call', async () => {
    const history = await drawn(14);
    expect(await drawn(14)).toEqual(history);
    const [first, second] = [await live(history), await live(history)];
    expect(callsOf(first).length).toBeGreaterThan(50);
    expect(callsOf(second)).toEqual(callsOf(first));
  });

  test('die at what matters, too', async () => {
    const all = (await Promise.all(seedsTo(500).map(drawn))).flatMap(({ steps }) => steps);
    expect(all).toContainEqual(expect.objectContaining({ kind: 'crash', call: 'ModifyVolume' }));
  });

  test('make every call that can be made to fail, and no other', () => {
    const made = (name: AskingLambda) =>
      Object.keys(small.tally.callsBy).flatMap((key) =>
        key.startsWith(`${name} `) ? [key.slice(name.length + 1)] : [],
      );
    for (const [name, { aws }] of Object.entries(asks))
      expect(made(name as AskingLambda).sort(), name).toEqual(aws);
  });

  test('set quotas that AWS has, and none that it lacks', async () => {
    const known = new RegionalQuotas().all.map(({ kind, volumeType }) => `${kind} of ${volumeType}`);
    const set = (await Promise.all(seedsTo(500).map(drawn)))
      .flatMap(({ steps }) => steps)
      .flatMap((step) => (step.kind === 'quota' ? [`${step.of} of ${step.type}`] : []));
    expect(new Set(set).size).toBeGreaterThan(10);
    expect(known).toEqual(expect.arrayContaining([...new Set(set)]));
    expect(known).not.toContain('iops of gp2');
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
        volumes: [{ ...drainedVolume, sizeGiB: 1, demand: 1.2 }],
        profiled: true,
        headStart: 32,
        describeLag: 120,
      },
      steps: [
        { kind: 'live', minutes: 1 },
        { kind: 'restore table', stepsAgo: 1 },
      ],
    };
    expect(asked(await live(restored))).toBe(1);
  });

  test('of a table whose restore would end seconds after an act ends with that act only', async () => {
    const restored: History = {
      setting: {
        ...rescue.setting,
        volumes: [{ ...drainedVolume, sizeGiB: 1, inStack: true, demand: 1 }],
        seed: 1,
        profiled: true,
        headStart: 0,
        describeLag: 120,
      },
      steps: [
        { kind: 'live', minutes: 11 },
        { kind: 'live', minutes: 1 },
        { kind: 'restore table', stepsAgo: 1 },
      ],
    };
    expect(asked(await live(restored))).toBe(1);
  });

  test('of a volume whose stack is being updated ends without a request, of one whose stack is settled with it', async () => {
    const setting = { ...rescue.setting, volumes: [{ ...drainedVolume, inStack: true }] };
    const turned = (status: 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE'): Promise<World> =>
      live({ setting, steps: [{ kind: 'stack', status }, ...rescue.steps] });
    expect(asked(await turned('UPDATE_IN_PROGRESS'))).toBe(0);
    expect(asked(await turned('UPDATE_COMPLETE'))).toBe(1);
  });

  test('in which a person grows the volume while it is decided on asks for nothing that AWS would refuse', async () => {
    const quiet = { ...drainedVolume, sizeGiB: 1, demand: 0.02 };
    const grown: History = {
      setting: {
        ...rescue.setting,
        seed: 2,
        volumes: [quiet, { ...quiet, sizeGiB: 125, demand: 0.8 }],
        profiled: true,
        headStart: 8,
        describeLag: 2,
        callLatency: 2_000,
      },
      steps: [
        { kind: 'live', minutes: 12 },
        { kind: 'grow', volume: 1, by: 1 },
        { kind: 'live', minutes: 1 },
      ],
    };
    expect(asked(await live(grown))).toBe(0);
    const undisturbed = grown.steps.filter(({ kind }) => kind !== 'grow');
    expect(asked(await live({ ...grown, steps: undisturbed }))).toBe(1);
  });

  test('in which AWS gives up a person’s change of what was moved ends within the cap', async () => {
    const drained = { ...drainedVolume, sizeGiB: 33, demand: 1 };
    const within: History = {
      setting: {
        ...rescue.setting,
        props: 'purse',
        volumes: [drained, drained, drained],
        profiled: true,
        schedulesLost: 80,
      },
      steps: [
        { kind: 'live', minutes: 6 },
        { kind: 'fail modification', volume: 1 },
        { kind: 'live', minutes: 1 },
        { kind: 'person modifies', volume: 1, to: 'gp2' },
        { kind: 'live', minutes: 8 },
      ],
    };
    expect(asked(await live(within))).toBe(1);
  });

  test.each(['before', 'after'] as const)(
    'in which the responder dies %s its request ends with one that was accepted',
    async (moment) => {
      const died: History = {
        ...rescue,
        steps: [{ kind: 'crash', lambda: 'respond', moment, call: 'ModifyVolume' }, ...rescue.steps],
      };
      const { responder } = await live(died);
      const outcomes = responder.account.functions.log.map(({ outcome }) => outcome.kind);
      expect(outcomes.filter((kind) => kind === 'crashed')).toHaveLength(1);
      expect(accepted(responder)).toHaveLength(1);
    },
  );

  test.each(asks['deliver-notice'].slack)('in which a notice dies at Slack’s %s ends well', async (call) => {
    const crash = { kind: 'crash', lambda: 'deliver-notice', moment: 'before', call } as const;
    const { responder } = await live({ ...rescue, steps: [crash, ...rescue.steps] });
    const { log } = responder.account.functions;
    expect(log.filter(({ outcome }) => outcome.kind === 'crashed')).toHaveLength(1);
  });

  test('that throws is a breach, with the history that led there', async () => {
    const nowhere: Step = JSON.parse('{"kind":"skew","lambda":"nobody","minutes":1}');
    const error = await live({ ...rescue, steps: [nowhere] }).catch((thrown: unknown) => thrown);
    if (!(error instanceof Breach)) throw new Error('expected a breach');
    expect(error.message).toContain('nobody');
    expect(error.lived.steps).toEqual([nowhere]);
  });

  test('is told with its request, also where calls take their time', async () => {
    const slow = { ...rescue, setting: { ...rescue.setting, callLatency: 50 } };
    for (const history of [rescue, slow]) {
      const texts = timelineOf(await live(history)).map(({ text }) => text);
      expect(texts.filter((text) => text.includes('asked EC2 for'))).toHaveLength(1);
    }
  });

  test('in which something asks behind our back is a breach, and says which', async () => {
    const world = await live(rescue);
    const { endpoint } = world.responder.account;
    const [volumeId] = world.volumeIds;
    const request = { VolumeId: volumeId, VolumeType: 'gp3', Iops: 4_000 };
    await endpoint('EC2', 'ModifyVolume', request, lambdaNamed(world.responder, 'respond'));
    expect(breachesNow(world).map((line) => line.split(':')[0])).toEqual(['I5', 'I6', 'I12', 'I12']);
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
