import { describe, expect, test } from 'vitest';
import type { OpenCase } from '../../../core/domain/cases/case.ts';
import { decide } from '../../../core/domain/deciding/decide.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import type { Modification, Situation } from '../../../core/domain/deciding/situation.ts';
import { type Reading, read, unread } from '../../../core/domain/reading.ts';
import { hours, minutes } from '../../../core/domain/units.ts';
import { bridged, intended, returning, upgrading } from '../some-case.ts';
import {
  ago,
  ahead,
  bridge,
  calm,
  consent,
  fix,
  level,
  minutely,
  rulesFor,
  someSituation,
  wayBack,
} from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';

const answer = (openCase: OpenCase, given: Partial<Situation> = {}): Decision => {
  const situation = someSituation({ openCase, ...given });
  return decide(situation, rulesFor(situation));
};
const shown = (rest: Partial<Modification> = {}): { modification: Reading<Modification> } => ({
  modification: read(
    {
      state: 'completed',
      startedAt: ago(minutes(61)),
      progress: 100,
      from: fix().from,
      to: fix().to,
      ...rest,
    },
    noon,
  ),
});
const onto = (to = fix().to, rest: Partial<Modification> = {}) => ({
  ...shown({ to, ...rest }),
  volume: someVolume({ configuration: to, tags: consent }),
});
const never: Partial<Situation> = { modification: read('never', noon) };

/** Accepted an hour and a minute ago: the promised verdict is due. */
const overdue = { acceptedAt: ago(minutes(61)), predictedWall: ago(minutes(61)) };
/** Calm, but last published before ten minutes of it had passed. */
const unsettled = { symptom: read(calm(ago(minutes(55))), noon) };
/** Too short to know what is usual. */
const young = { symptom: read(calm(noon, 20), noon) };

describe('an intent whose outcome nobody can tell', () => {
  test('is awaited without any verdict', () => {
    const held = intended({ predictedWall: ahead(minutes(16)) });
    expect(answer(held)).toStrictEqual({
      kind: 'await',
      reason: { code: 'intent-unresolved' },
      progress: { modification: 'unknown', percent: 0, verdict: { kind: 'too-early' } },
      dueAt: ahead(minutes(1)),
    });
  });

  test('is told with what is known: that EC2 shows nothing, and where the bucket is heading', () => {
    expect(answer(intended())).toMatchObject({
      kind: 'page',
      forecast: { kind: 'draining' },
      refusals: [{ code: 'unread-fact', fact: 'modifications', why: 'EC2 shows nothing of our request yet' }],
    });
    expect(answer(intended(), { modification: unread('Throttling') })).toMatchObject({
      refusals: [{ why: 'Throttling' }],
    });
  });

  test('has no forecast where it leaves a type without a bucket', () => {
    const back = intended({ plan: wayBack(), bridge: bridged().bridge, intendedAt: ago(minutes(6)) });
    const volume = someVolume({ configuration: bridge().to, tags: consent });
    expect(answer(back, { volume, modification: unread('Throttling') })).toMatchObject({
      kind: 'warn',
      forecast: { kind: 'unknown', why: 'no-data', detail: 'io1 has no burst bucket' },
    });
  });

  test('is adopted from a modification that began as long before as clocks may differ, and no longer', () => {
    const held = intended({ intendedAt: ago(minutes(1)) });
    expect(answer(held, shown({ startedAt: ago(minutes(3)) }))).toMatchObject({ kind: 'adopt' });
    expect(answer(held, shown({ startedAt: ago(minutes(3.01)) }))).not.toMatchObject({ kind: 'adopt' });
  });
});

describe('a modification of ours', () => {
  test('is unknown while AWS shows none at all', () => {
    expect(answer(upgrading(), never)).toMatchObject({
      kind: 'await',
      progress: { modification: 'unknown', percent: 0 },
    });
  });

  test('is the one that began as long before its acceptance as clocks may differ, and no earlier one', () => {
    const at = (minutesBefore: number) =>
      answer(upgrading(), shown({ state: 'optimizing', startedAt: ago(minutes(1 + minutesBefore)) }));
    expect(at(2)).toMatchObject({ progress: { modification: 'optimizing' } });
    expect(at(2.01)).toMatchObject({ progress: { modification: 'unknown' } });
  });

  test('is not one that leads nowhere we know', () => {
    expect(answer(upgrading(), shown({ to: undefined, startedAt: ago(minutes(1)) }))).toMatchObject({
      kind: 'conclude',
      ending: 'yielded',
      reason: { code: 'changed-by-others' },
    });
  });
});

describe('the verdict on an upgrade', () => {
  test('that was averted stands when nothing more can be read', () => {
    const held = upgrading({ ...overdue, verdict: { kind: 'averted' } });
    expect(answer(held, { ...onto(), symptom: unread('Throttling') })).toStrictEqual({
      kind: 'conclude',
      ending: 'averted',
      reason: { code: 'symptom-gone' },
    });
  });

  test('is open until its time has passed, and then unknown because nothing has settled', () => {
    const held = upgrading({ ...overdue, plan: bridge() });
    const due = { acceptedAt: ago(minutes(60)), predictedWall: ago(minutes(60)) };
    expect(answer(held, { ...onto(bridge().to), ...unsettled })).toMatchObject({
      kind: 'hold',
      verdict: { kind: 'unknown', why: 'latency and queue have not settled' },
    });
    expect(answer({ ...held, ...due }, { ...onto(bridge().to), ...unsettled })).toMatchObject({
      kind: 'await',
      reason: { code: 'symptom-not-settled' },
      progress: { verdict: { kind: 'too-early' } },
    });
  });

  test('that nothing is known of makes an early move averted only without a wall and without a history', () => {
    const ending = (held: Partial<Parameters<typeof upgrading>[0]>, symptom: Partial<Situation>) =>
      answer(upgrading({ ...overdue, ...held }), { ...onto(), ...symptom });
    expect(ending({ predictedWall: undefined }, young)).toMatchObject({
      ending: 'averted',
      reason: { code: 'born-right' },
    });
    expect(ending({}, young)).toMatchObject({ ending: 'unproved', reason: { code: 'symptom-unknown' } });
    expect(ending({ predictedWall: undefined }, unsettled)).toMatchObject({ ending: 'unproved' });
  });

  test('that was bad stands without a history as well', () => {
    const verdict = {
      kind: 'not-relieved',
      latency: 80,
      queue: 9,
      usualLatency: 1,
      usualQueue: 0.5,
    } as const;
    expect(
      answer(upgrading({ ...overdue, predictedWall: undefined, verdict }), { ...onto(), ...young }),
    ).toMatchObject({
      ending: 'not-relieved',
      reason: { code: 'symptom-stays' },
    });
  });
});

describe('a way back', () => {
  const home = { type: 'gp2' } as const;
  const goingHome = (rest: Partial<Modification> = {}) =>
    onto(home, { startedAt: ago(minutes(30)), ...rest });

  test('is followed with the verdict that its bridge had', () => {
    const running = goingHome({ state: 'optimizing', progress: 40 });
    expect(answer(returning(), { ...running, balance: read([], noon) })).toMatchObject({
      kind: 'await',
      reason: { code: 'modification-running' },
      progress: { modification: 'optimizing', percent: 40, verdict: { kind: 'relieved' } },
    });
  });

  test('yields to somebody who changed the volume meanwhile', () => {
    expect(answer(returning(), goingHome({ to: bridge().to }))).toMatchObject({
      kind: 'conclude',
      ending: 'yielded',
      reason: { code: 'changed-by-others' },
    });
  });

  test('ends with the first balance since it was accepted, and not while none can be read', () => {
    const balanceAt = (minutesAgo: number) => ({
      balance: read(minutely(level(0, 1), ago(minutes(minutesAgo - 1))), noon),
    });
    const awaited = { kind: 'await', reason: { code: 'first-balance-awaited' } };
    expect(answer(returning(), { ...goingHome(), ...balanceAt(30) })).toMatchObject({ ending: 'put-back' });
    expect(answer(returning(), { ...goingHome(), ...balanceAt(31) })).toMatchObject(awaited);
    expect(answer(returning(), { ...goingHome(), balance: unread('Throttling') })).toMatchObject(awaited);
  });
});

describe('a bridge', () => {
  const onBridge = { volume: someVolume({ configuration: bridge().to, tags: consent }) };
  const demandOf = (values: readonly number[], end = noon) => ({ demand: read(minutely(values, end), noon) });

  test('of less than a day is still needed', () => {
    const held = bridged({ bridge: { ...bridged().bridge, since: ago(hours(23)) } });
    expect(answer(held, { ...onBridge, ...demandOf(level(100, 1_440)) })).toMatchObject({
      kind: 'hold',
      reason: { code: 'bridge-still-needed' },
    });
  });

  test('goes back without a forecast: what it is on has no bucket', () => {
    expect(answer(bridged(), { ...onBridge, ...demandOf(level(100, 1_440)) })).toMatchObject({
      kind: 'act',
      forecast: { kind: 'unknown', why: 'no-data', detail: 'io1 has no burst bucket' },
    });
  });

  test('is judged by the last 24 hours alone, of which 23 have to be known', () => {
    const known = (endedAgo: number, count: number) =>
      answer(bridged(), { ...onBridge, ...demandOf(level(100, count), ago(minutes(endedAgo))) });
    expect(known(60, 1_380)).toMatchObject({ kind: 'act' });
    expect(known(61, 1_440)).toMatchObject({
      kind: 'hold',
      refused: { refusal: { code: 'unread-fact', why: 'only 23 of 24 hours were recorded' } },
    });
  });

  test('of a detached volume earns credits around what was asked for, in the order of time', () => {
    const detached = someVolume({
      configuration: bridge().to,
      tags: consent,
      attachment: { kind: 'detached' },
    });
    const asked = (endedAgo: number) =>
      answer(bridged(), { volume: detached, ...demandOf(level(3_000, 5), ago(hours(endedAgo))) });
    expect(asked(6)).toMatchObject({ kind: 'act', reason: { code: 'demand-fits-bucket-again' } });
    expect(asked(23.9)).toMatchObject({ kind: 'hold', reason: { code: 'bridge-still-needed' } });
  });
});
