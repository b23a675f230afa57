import { describe, expect, test } from 'vitest';
import type { Situation } from '../../../core/domain/deciding/situation.ts';
import { read } from '../../../core/domain/reading.ts';
import { hours, iops, mebibytesPerSecond, minutes, percent, seconds } from '../../../core/domain/units.ts';
import { announced, watching } from '../some-case.ts';
import { ahead, consent, fallingTo, fix, level, minutely } from '../some-situation.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';
import { answer, balance, notifyOnly } from './rescue-answers.ts';

describe('a volume of 100 GiB, whose threshold is 75 %', () => {
  test('is left alone above it, as after a forged or late event', () => {
    expect(answer(balance(level(75.5)))).toEqual({
      kind: 'leave',
      reason: { code: 'above-threshold', balance: 75.5, threshold: 75 },
    });
  });

  test('is watched in silence at it', () => {
    expect(answer(balance(level(75)))).toMatchObject({
      kind: 'watch',
      reason: { code: 'not-heading-for-wall' },
    });
  });

  test('is watched in silence while its balance rises', () => {
    const rising = fallingTo(40, -1);
    expect(answer(balance(rising))).toMatchObject({ kind: 'watch', reason: { code: 'recovering' } });
  });

  test('is watched in silence while it drains towards a wall more than 21 minutes away', () => {
    expect(answer(balance(fallingTo(43, 2)))).toMatchObject({ kind: 'watch' });
  });

  test('is moved to gp3 at the last responsible moment: lead time, a period and five minutes ahead', () => {
    expect(answer(balance(fallingTo(42, 2)))).toMatchObject({
      kind: 'act',
      reason: { code: 'heading-for-wall' },
      forecast: { kind: 'draining', wall: { likely: ahead(minutes(21)) } },
      plan: {
        purpose: 'fix',
        from: { type: 'gp2' },
        to: { type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(128) },
        slowerThanBurst: undefined,
      },
    });
  });

  test('is moved to gp3 when it is at the wall already', () => {
    expect(answer(balance(level(0)))).toMatchObject({ kind: 'act', reason: { code: 'at-wall' } });
  });
});

describe('when we may not act', () => {
  test('a wall that comes soon after the lead time is a quiet warning with the refusal and what we would do', () => {
    expect(answer(balance(fallingTo(32, 2)), notifyOnly)).toMatchObject({
      kind: 'warn',
      reason: { code: 'heading-for-wall' },
      refusals: [{ code: 'notify-mode' }],
      wouldDo: fix({ price: expect.anything() }),
      dueAt: ahead(minutes(1)),
    });
  });

  test('a wall within the lead time calls a person', () => {
    expect(answer(balance(fallingTo(30, 2)), notifyOnly)).toMatchObject({
      kind: 'page',
      reason: { code: 'heading-for-wall' },
      refusals: [{ code: 'notify-mode' }],
      dueAt: ahead(minutes(5)),
    });
  });

  test('the wall itself calls a person', () => {
    expect(answer(balance(level(0)), notifyOnly)).toMatchObject({
      kind: 'page',
      reason: { code: 'at-wall' },
    });
  });

  test('a lead time of an hour is called for an hour ahead, and warned of just before', () => {
    const policy = { ...notifyOnly, leadTime: minutes(60) };
    expect(answer(balance(fallingTo(59, 1)), policy)).toMatchObject({ kind: 'page' });
    expect(answer(balance(fallingTo(63, 1)), policy)).toMatchObject({ kind: 'warn' });
    expect(answer(balance(fallingTo(67, 1)), policy)).toMatchObject({ kind: 'watch' });
  });

  test('a target that does not fit is told without a plan', () => {
    const volume = someVolume({ size: 2, tags: { ...consent, 'ebs-burst:target': 'io2' } });
    expect(answer({ volume, ...balance(level(0)) })).toMatchObject({
      kind: 'page',
      refusals: [
        { code: 'no-fitting-target', wish: 'io2', why: 'io2 takes 4 to 65536 GiB, the volume has 2' },
      ],
      wouldDo: undefined,
    });
  });
});

describe('a muted alarm', () => {
  const mutedUntil = { at: ahead(hours(1)), end: 'told' } as const;

  test('is never acted on nor paged about, but told quietly', () => {
    expect(answer({ ...balance(level(0)), mutedUntil })).toMatchObject({
      kind: 'warn',
      refusals: [{ code: 'muted', until: mutedUntil.at }],
    });
  });

  test('is not paged about either where another refusal comes first', () => {
    expect(answer({ ...balance(level(0)), mutedUntil }, notifyOnly)).toMatchObject({
      kind: 'warn',
      refusals: [{ code: 'notify-mode' }],
    });
  });

  test('is paged about once the mute has ended', () => {
    expect(answer({ ...balance(level(0)), mutedUntil: { at: noon, end: 'told' } }, notifyOnly)).toMatchObject(
      { kind: 'page' },
    );
  });
});

describe('what stands in the way for long', () => {
  const standing = (toldAgo: number, given: Partial<Situation> = {}) =>
    answer({
      ...balance(level(0)),
      openCase: announced({ told: { ...announced().told, what: 'needed', at: ahead(minutes(-toldAgo)) } }),
      stack: read({ kind: 'updating', stack: 'shop', status: 'UPDATE_IN_PROGRESS' }, noon),
      ...given,
    });

  test('is studied every hour from an hour after the word on, and every five minutes before', () => {
    expect(standing(60)).toMatchObject({ kind: 'page', dueAt: ahead(minutes(5)) });
    expect(standing(61)).toMatchObject({ kind: 'page', dueAt: ahead(minutes(60)) });
  });

  test('is asked about every five minutes where a glance tells', () => {
    expect(standing(61, { volume: someVolume() })).toMatchObject({
      refusals: [{ code: 'no-consent' }],
      dueAt: ahead(minutes(5)),
    });
  });
});

describe('a latency-critical volume', () => {
  const volume = someVolume({ tags: { ...consent, 'ebs-burst:tier': 'latency-critical' } });
  const generous = { caps: { ...somePolicy().caps, maxMonthlyIncrease: 1_000 as never } };
  const fresh: Partial<Situation> = { volume, balance: read([], noon) };

  test('is moved before it has published anything', () => {
    expect(answer(fresh, generous)).toMatchObject({
      kind: 'act',
      reason: { code: 'born-right' },
      plan: { purpose: 'keep', to: { type: 'io2' } },
    });
  });

  test('is left in peace when we may not act and it has published nothing yet', () => {
    expect(answer(fresh, { ...generous, ...notifyOnly })).toEqual({
      kind: 'leave',
      reason: { code: 'notify-mode' },
    });
  });

  test('is left in peace until its snapshot is loaded', () => {
    const loading = { ...fresh, health: read({ kind: 'initialising' as const }, noon) };
    expect(answer(loading, generous)).toEqual({ kind: 'leave', reason: { code: 'volume-initialising' } });
  });

  test('that AWS put off stays announced though it is calm, and heads for no other end', () => {
    const refusal = { code: 'aws-slots-used', nextSlotAt: ahead(hours(9)) } as const;
    const putOff = announced({ putOff: { until: refusal.nextSlotAt, refusal } });
    const calm = { volume, ...balance(level(100)) };
    expect(answer({ ...calm, openCase: putOff }, generous)).toMatchObject({
      kind: 'warn',
      reason: { code: 'born-right' },
      refusals: [refusal],
      dueAt: ahead(minutes(5)),
    });
    expect(answer({ volume, openCase: putOff }, generous)).toMatchObject({
      kind: 'page',
      refusals: [refusal],
    });
    expect(answer({ ...calm, openCase: announced() }, generous)).toMatchObject({ kind: 'act' });
  });

  test('is told of like any other when it heads for the wall and we may not act', () => {
    expect(answer({ volume }, { ...generous, ...notifyOnly })).toMatchObject({
      kind: 'page',
      reason: { code: 'heading-for-wall' },
    });
  });
});

describe('an open watch', () => {
  const held = watching();
  /** `held` minutes at 81 % after a dip to 60 %; the closing line is 80 %. */
  const heldFor = (count: number) => ({ openCase: held, ...balance([...level(60, 5), ...level(81, count)]) });

  test('closes when the balance has held the closing line for 15 minutes', () => {
    expect(answer(heldFor(15))).toEqual({
      kind: 'conclude',
      ending: 'recovered',
      reason: { code: 'recovered' },
    });
  });

  test('does not close a minute before', () => {
    expect(answer(heldFor(14))).toMatchObject({ kind: 'watch' });
  });

  test('does not close between threshold and closing line', () => {
    expect(answer({ openCase: held, ...balance(level(79.9)) })).toMatchObject({ kind: 'watch' });
    expect(answer({ openCase: held, ...balance(level(80)) })).toMatchObject({ kind: 'conclude' });
  });

  test('does not close on a series that does not reach back 15 minutes', () => {
    expect(answer({ openCase: held, ...balance(level(100, 14)) })).toMatchObject({ kind: 'watch' });
  });

  test('closes an announced case as well', () => {
    expect(answer({ ...heldFor(15), openCase: announced() })).toMatchObject({
      ending: 'recovered',
      reason: { code: 'recovered' },
    });
  });

  test('has not recovered where it only could not be read', () => {
    const openCase = announced({ told: { ...announced().told, saw: 'nothing' } });
    expect(answer({ ...heldFor(15), openCase })).toMatchObject({
      ending: 'recovered',
      reason: { code: 'readable-again' },
    });
  });
});

describe('when a watched volume is asked about again', () => {
  /** At full burst 900 GiB lose 1 % in three minutes. */
  const large = { volume: someVolume({ size: 900, tags: consent }), openCase: watching() };

  test('is when full burst could bring the wall within lead time and detection lag', () => {
    const watch = answer({ ...large, ...balance(level(14)) });
    expect(watch).toMatchObject({
      kind: 'watch',
      forecast: { earliestWall: ahead(minutes(42)) },
      dueAt: ahead(minutes(42 - 25)),
    });
  });

  test('is at most once a minute', () => {
    expect(answer(balance(level(60)))).toMatchObject({ kind: 'watch', dueAt: ahead(minutes(1)) });
  });

  test('counts from the last known balance, not from now', () => {
    const old = { balance: read(minutely(level(14), ahead(minutes(-4))), noon) };
    expect(answer({ ...large, ...old })).toMatchObject({ dueAt: ahead(minutes(42 - 25 - 4)) });
  });
});

describe('a volume that needs nobody', () => {
  test.each([
    {
      code: 'opted-out',
      ending: 'yielded',
      given: { volume: someVolume({ tags: { 'ebs-burst:mode': 'off' } }) },
    },
    {
      code: 'cannot-run-out',
      ending: 'cannot-run-out',
      given: { volume: someVolume({ size: 1_000, tags: consent }) },
    },
    {
      code: 'detached',
      ending: 'detached',
      given: { volume: someVolume({ attachment: { kind: 'detached' }, tags: consent }) },
    },
  ])('opens no case and ends an open one: $code', ({ code, ending, given }) => {
    expect(answer(given)).toEqual({ kind: 'leave', reason: { code } });
    expect(answer({ ...given, openCase: watching() })).toEqual({
      kind: 'conclude',
      ending,
      reason: { code },
    });
  });
});

test('the forecast carries its age and never one bare number', () => {
  const decision = answer({ balance: read(minutely(fallingTo(30, 2), ahead(seconds(-90))), noon) });
  expect(decision).toMatchObject({
    forecast: {
      balance: percent(30),
      age: seconds(90),
      wall: { earliest: ahead(seconds(600 - 90)), likely: ahead(seconds(900 - 90)) },
    },
  });
});
