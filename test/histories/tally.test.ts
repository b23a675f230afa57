import { describe, expect, test } from 'vitest';
import { type History, live } from './history.ts';
import { rescue } from './rescue.ts';
import type { Step } from './step.ts';
import { added, noTally, type Tally, tallyOf } from './tally.ts';
import { timelineOf } from './timeline.ts';

const preceded = (...steps: readonly Step[]): History => ({ ...rescue, steps: [...steps, ...rescue.steps] });

async function tallied(history: History): Promise<Tally> {
  return tallyOf(await live(history), history.steps);
}

const stop: Step = { kind: 'switch', value: 'stop' };
const failure: Step = { kind: 'fail modification', volume: 0 };
const crash = { kind: 'crash', lambda: 'respond', moment: 'after' } as const;
const refusal = { kind: 'fail call', error: 'InternalError', times: 1 } as const;
const cut = { kind: 'cut reply', times: 1 } as const;
const update: Step = { kind: 'stack', status: 'UPDATE_IN_PROGRESS' };
const inStack = {
  ...rescue.setting,
  volumes: rescue.setting.volumes.map((one) => ({ ...one, inStack: true })),
};

const told: readonly (readonly [string, string, hits: History, misses: History])[] = [
  [
    'a crash at a call that is made',
    'one at a call that is not',
    preceded({ ...crash, call: 'ModifyVolume' }),
    preceded({ ...crash, call: 'DeleteTags' }),
  ],
  [
    'the refusal of a call that is made',
    'that of one that is not',
    preceded({ ...refusal, operation: 'ModifyVolume' }),
    preceded({ ...refusal, operation: 'DescribeStacks' }),
  ],
  [
    'a reply that is lost',
    'one that nobody waits for',
    preceded({ ...cut, operation: 'TransactWriteItems' }),
    preceded({ ...cut, operation: 'DeleteTags' }),
  ],
  ['a modification that fails', 'one that is not asked for', preceded(failure), preceded(stop, failure)],
  ['a switch that is thrown', 'one left as it was', preceded(stop), preceded({ ...stop, value: 'run' })],
  [
    'the update of a stack with volumes',
    'that of one without',
    { ...preceded(update), setting: inStack },
    preceded(update),
  ],
  [
    'a step at the volume after the last, which is the first,',
    'one at a volume that is gone',
    preceded({ kind: 'grow', volume: 2, by: 1 }),
    preceded({ kind: 'delete', volume: 0 }, { kind: 'grow', volume: 0, by: 1 }),
  ],
  [
    'events that come a second time',
    'those that would after the end',
    preceded({ kind: 'repeat events', newest: 1, later: 1 }),
    preceded({ kind: 'repeat events', newest: 1, later: 1_440 }),
  ],
];

/** The kind of the last step that is not time. */
const kindOf = ({ steps }: History): string => steps.findLast(({ kind }) => kind !== 'live')?.kind ?? '';

describe('of the steps of a history', () => {
  test.each(told)('%s counts as struck, %s as drawn only', async (_struck, _drawn, hits, misses) => {
    expect((await tallied(hits)).struck[kindOf(hits)]).toBe(1);
    const { drawn, struck } = await tallied(misses);
    expect(drawn[kindOf(misses)]).toBe(1);
    expect(struck[kindOf(misses)]).toBeUndefined();
  });

  test('two crashes at one call strike twice where two runs come to it, once where one does', async () => {
    const twice = (call: 'ModifyVolume' | 'DescribeVolumes') =>
      tallied(preceded({ ...crash, call }, { ...crash, call }));
    expect(await twice('DescribeVolumes')).toMatchObject({ crashes: 2, struck: { crash: 2 } });
    expect(await twice('ModifyVolume')).toMatchObject({ crashes: 1, struck: { crash: 1 } });
  });

  test('a table restored to what it was strikes, to what it is already does not', async () => {
    const restored = (stepsAgo: number): Step => ({ kind: 'restore table', stepsAgo });
    const twice = await tallied({ ...rescue, steps: [...rescue.steps, restored(1), restored(2)] });
    expect(twice).toMatchObject({ drawn: { 'restore table': 2 }, struck: { 'restore table': 1 } });
  });

  test('calls that a fault hit are counted, those it was left for are not', async () => {
    const failing = await tallied(preceded({ ...refusal, operation: 'ModifyVolume', times: 40 }));
    expect(failing.faultsTaken).toBeGreaterThan(0);
    expect(failing.faultsTaken).toBe(failing.refusedActs);
    expect((await tallied(rescue)).faultsTaken).toBe(0);
  });

  test('what had no effect says so in the timeline, what had one does not', async () => {
    const texts = async (history: History) =>
      timelineOf(await live(history)).flatMap(({ who, text }) => (who === 'fate' ? [text] : []));
    expect(await texts(preceded(stop))).toEqual(['switch {"value":"stop"}']);
    expect(await texts(preceded({ ...stop, value: 'run' }))).toEqual([
      'switch {"value":"run"}, without effect',
    ]);
  });
});

describe('the tally of several histories', () => {
  test('is that of each, added up', async () => {
    const [one, other] = [await tallied(preceded(stop)), await tallied(rescue)];
    const both = added(added(noTally, one), other);
    expect(both).toMatchObject({ histories: 2, acts: 1, drawn: { switch: 1 }, struck: { switch: 1 } });
    expect(both.calls).toBe(one.calls + other.calls);
  });
});

describe('of the acts that AWS accepted', () => {
  const bridging: History = {
    setting: {
      ...rescue.setting,
      props: 'generous',
      profiled: true,
      loadEnds: 30,
    },
    steps: [{ kind: 'live', minutes: 21 }],
  };

  test('the one that puts a volume back is a return, the one that moves it is not', async () => {
    expect(await tallied(bridging)).toMatchObject({ acts: 1, returns: 0 });
    const longer = { ...bridging, steps: [{ kind: 'live', minutes: 3_000 }] as const };
    expect(await tallied(longer)).toMatchObject({ acts: 2, returns: 1 });
  });
});

describe('of what was met', () => {
  test('an end and an act are counted, and what did not come is a zero', async () => {
    const { met } = await tallied({ ...rescue, setting: { ...rescue.setting, longCalm: true } });
    expect(met.acts).toMatchObject({ 'fix gp2 → gp3': 1, 'bridge gp2 → io2': 0 });
    expect(met.endings).toMatchObject({ averted: 1, failed: 0 });
    expect(Object.values(met.refusals).every((times) => times === 0)).toBe(true);
  });

  test.each([
    ['purse', 'over-budget with something committed', 'over-blast-radius with a limit above 1'],
    ['pairs', 'over-blast-radius with a limit above 1', 'over-budget with something committed'],
  ] as const)(
    'three volumes that drain meet %s’s own cap, not the other’s',
    async (props, reached, spared) => {
      const [drained] = rescue.setting.volumes;
      if (drained === undefined) throw new Error('the rescue has no volume; expected one');
      const volumes = [drained, drained, drained].map((one) => ({ ...one, demand: 1 }));
      const { met } = await tallied({
        ...rescue,
        setting: { ...rescue.setting, props, volumes, profiled: true },
      });
      expect(met.refusals[reached]).toBeGreaterThan(0);
      expect(met.refusals[spared]).toBe(0);
    },
  );
});
