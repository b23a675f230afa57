import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Modification, Situation } from '../../../core/domain/deciding/situation.ts';
import { type Reading, read, type Series, unread } from '../../../core/domain/reading.ts';
import { hours, type Instant, minutes } from '../../../core/domain/units.ts';
import { announced, watching } from '../some-case.ts';
import { ago, ahead, consent, level, minutely } from '../some-situation.ts';
import { noon, someVolume } from '../some-volume.ts';
import { answer, notifyOnly } from './rescue-answers.ts';

/** One point a minute down, two up, from 100 % and back. */
const dip = (depth: number): readonly number[] => [
  ...Array.from({ length: depth }, (_none, index) => 100 - index),
  ...Array.from({ length: depth / 2 }, (_none, index) => 100 - depth + 2 * index),
];
const fallTo = (balance: number): readonly number[] =>
  Array.from({ length: 100 - balance + 1 }, (_none, index) => 100 - index);

/** Two earlier falls of 94 points, hours of calm, and one that is under way, at a point a minute. */
const past = [...dip(94), ...dip(94), ...level(100, 200)];
const falling = (to: number, before: readonly number[] = past): Partial<Situation> => ({
  balance: read(minutely(fallTo(to).slice(-60)), noon),
  pastBalance: read(minutely([...before, ...fallTo(to)]), noon),
});
const held = { kind: 'watch', reason: { code: 'falls-turn-around' } };

function dueAt(given: Partial<Situation>): Instant {
  const decision = answer(given, notifyOnly);
  if (decision.kind !== 'watch') throw new Error(`expected it to be watched, got ${decision.kind}`);
  return decision.dueAt;
}

/** The Minimum of every five minutes back from noon. */
function inFives(minutely: Reading<Series> | undefined): Reading<Series> {
  if (minutely?.kind !== 'read') throw new Error('expected a balance that was read');
  const whole = minutely.value.slice(minutely.value.length % 5);
  const value = Array.from({ length: whole.length / 5 }, (_none, index) => ({
    at: ago(minutes(whole.length - 5 * index)),
    period: minutes(5),
    value: Math.min(...whole.slice(5 * index, 5 * index + 5).map((sample) => sample.value)),
  }));
  return read(value, noon);
}

describe('a fall that earlier ones went as deep as and turned around', () => {
  test('is watched in silence, with what the past says', () => {
    expect(answer(falling(15), notifyOnly)).toMatchObject({
      kind: 'watch',
      reason: { code: 'falls-turn-around', asDeep: 2, toWall: 0, downTo: 6 },
    });
  });

  test('is not moved either', () => {
    expect(answer(falling(15))).toMatchObject(held);
  });

  test('is announced as soon as it goes deeper', () => {
    expect(answer(falling(6), notifyOnly)).toMatchObject(held);
    expect(answer(falling(5), notifyOnly)).toMatchObject({
      kind: 'page',
      reason: { code: 'heading-for-wall' },
    });
  });

  test('is looked at again when full burst can have brought it there, and not before', () => {
    // 12 points above the line at 3 points a minute.
    expect(dueAt(falling(18))).toBe(ahead(minutes(4)));
  });

  test('nor before there can be a sample that was not seen', () => {
    const { balance, pastBalance } = falling(20);
    // 14 points above the line at 3 points a minute, or less.
    expect(dueAt(falling(20))).toBe(ahead(minutes(14 / 3)));
    expect(dueAt({ balance: inFives(balance), pastBalance: inFives(pastBalance) })).toBe(ahead(minutes(5)));
  });
});

describe('nothing is held back', () => {
  const word = { kind: 'page', reason: { code: 'heading-for-wall' } };

  test.each([
    ['of which the past was not read', { ...falling(15), pastBalance: unread('Throttling') }],
    ['that has one precedent only', falling(15, [...dip(94), ...level(100, 200)])],
    ['that is deeper than any before', falling(15, [...dip(50), ...dip(50), ...level(100, 200)])],
    [
      'of which one like it went to the wall',
      falling(15, [...dip(94), ...dip(94), ...dip(100), ...level(100, 200)]),
    ],
  ])('%s', (_what, given) => {
    expect(answer(given, notifyOnly)).toMatchObject(word);
  });

  test('that was announced already, until it has eased', () => {
    const told = (easedAt?: Instant) => ({
      openCase: announced({ told: { what: 'needed', at: ago(hours(2)), codes: [], easedAt } }),
    });
    expect(answer({ ...falling(15), ...told() }, notifyOnly)).toMatchObject(word);
    expect(answer({ ...falling(15), ...told(ago(hours(1))) }, notifyOnly)).toMatchObject(held);
    expect(answer({ ...falling(15), openCase: watching() }, notifyOnly)).toMatchObject(held);
  });

  test('that was announced in this very fall, also where it eased for a moment', () => {
    const told = { what: 'warned', at: ago(minutes(20)), codes: [], easedAt: ago(minutes(19)) } as const;
    expect(answer({ ...falling(15), openCase: announced({ told }) }, notifyOnly)).toMatchObject(word);
  });

  describe('by a past that is not that of the volume as it is', () => {
    const done = { state: 'completed', startedAt: ago(hours(80)), progress: 100 } as const;
    const sides = { from: { type: 'gp2' }, to: { type: 'gp2' } } as const;
    const modified = (rest: Partial<Modification>): Partial<Situation> => ({
      ...falling(15),
      modification: read({ ...done, ...sides, ...rest }, noon),
    });

    test('it was modified since: a point was another number of credits, and the falls ended with it', () => {
      expect(answer(modified({ endedAt: ago(minutes(500)) }), notifyOnly)).toMatchObject(word);
    });
    test('or is being modified', () => {
      expect(answer(modified({ state: 'optimizing' }), notifyOnly)).toMatchObject(word);
    });
    test('or nobody knows whether it was', () => {
      const unknown = { ...falling(15), modification: unread('Throttling') };
      expect(answer(unknown, notifyOnly)).toMatchObject(word);
    });
    test('but a modification before all that counts changes nothing', () => {
      expect(answer(modified({ endedAt: ago(hours(73)) }), notifyOnly)).toMatchObject(held);
    });
  });

  test('by a past that does not reach up to the newest sample', () => {
    const { pastBalance } = falling(15);
    if (pastBalance?.kind !== 'read') throw new Error('expected a past');
    const behind = { ...pastBalance, value: pastBalance.value.slice(0, -1) };
    expect(answer({ ...falling(15), pastBalance: behind }, notifyOnly)).toMatchObject(word);
  });

  test('that is latency-critical', () => {
    const volume = someVolume({ tags: { ...consent, 'ebs-burst:tier': 'latency-critical' } });
    expect(answer({ ...falling(15), volume }, notifyOnly).kind).not.toBe('watch');
  });

  test('that is at the wall', () => {
    const empty = { ...falling(15), balance: read(minutely(level(0)), noon) };
    expect(answer(empty, notifyOnly)).toMatchObject({ kind: 'page', reason: { code: 'at-wall' } });
  });
});

const depth = fc.integer({ min: 40, max: 50 }).map((half) => 2 * half);

property.prop([fc.array(depth, { maxLength: 6 }), fc.integer({ min: 1, max: 15 })])(
  'the law: what no two falls of three days went as deep as is announced the lead time ahead, whatever else they did',
  (depths, left) => {
    const given = falling(left, [...depths.flatMap(dip), ...level(100, 200)]);
    const asDeep = depths.filter((each) => each >= 100 - left).length;
    if (asDeep < 2) expect(answer(given, notifyOnly).kind).toBe('page');
  },
);
