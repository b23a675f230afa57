import { describe, expect, test } from 'vitest';
import { answerCase, type ModifyAnswer } from '../../../core/domain/cases/answer-case.ts';
import type { Intended, OpenCase, Told } from '../../../core/domain/cases/case.ts';
import { mayPassInMoments, untilOver } from '../../../core/domain/cases/throttling.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import type { AwsRefusal, Refusal } from '../../../core/domain/reasons.ts';
import { minutes } from '../../../core/domain/units.ts';
import { announced, bridged, intended, watching } from '../some-case.ts';
import { ago, ahead } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { act, dueAt, step, telling, watch } from './stepping.ts';

const throttled = { code: 'aws-throttled' } as const;
const radius: Refusal = { code: 'over-blast-radius', used: 10, limit: 10 };
const told = (minutesAgo: number, rest: Partial<Told> = {}): Told => ({
  what: 'warned',
  at: ago(minutes(minutesAgo)),
  codes: ['aws-throttled'],
  easedAt: undefined,
  ...rest,
});

test('throttling is asked about again in a minute, anything else when its own time has come', () => {
  expect(untilOver(throttled, minutes(15))).toBe(minutes(1));
  expect(untilOver({ code: 'aws-no-capacity' }, minutes(15))).toBe(minutes(15));
});

describe('nobody is called for throttling', () => {
  const since = (minutesAgo: number) => ({ told: told(90), throttledSince: ago(minutes(minutesAgo)) });

  test('before it has lasted two minutes, but from then on', () => {
    expect(mayPassInMoments(throttled, undefined, noon)).toBe(true);
    expect(mayPassInMoments(throttled, since(1.9), noon)).toBe(true);
    expect(mayPassInMoments(throttled, since(2), noon)).toBe(false);
  });

  test('that has just begun, whatever they were told before it', () => {
    expect(mayPassInMoments(throttled, { told: told(90, { codes: ['muted'] }) }, noon)).toBe(true);
    const wallBefore = told(90, { what: 'needed', easedAt: ago(minutes(80)) });
    expect(mayPassInMoments(throttled, { told: wallBefore }, noon)).toBe(true);
    expect(mayPassInMoments(throttled, { ...since(2), told: wallBefore }, noon)).toBe(false);
  });

  test('which does not hold for who was called to this wall already, nor for any other refusal', () => {
    expect(mayPassInMoments(throttled, { told: told(1, { what: 'needed' }) }, noon)).toBe(false);
    expect(mayPassInMoments({ code: 'aws-no-capacity' }, undefined, noon)).toBe(false);
  });
});

describe('since when AWS throttles', () => {
  const throttledSince = ago(minutes(1));
  const toldNext = (
    held: OpenCase,
    refusals: readonly (Refusal | AwsRefusal)[],
    kind: 'warn' | 'page' = 'warn',
  ) => step(held, { ...telling(kind), refusals } as Decision)?.next;
  const answeredBy = (answer: ModifyAnswer, rest: Partial<Intended> = {}) =>
    answerCase(intended({ throttledSince, ...rest }), answer, minutes(15), noon)?.next;
  const refusedWith = (refusal: AwsRefusal): ModifyAnswer => ({
    kind: 'refused',
    refusal,
    message: 'no',
    requestId: undefined,
  });

  test('is the first look that was refused so, kept while the next ones are and while AWS is asked again', () => {
    expect(toldNext(watching(), [throttled])).toMatchObject({ throttledSince: noon });
    expect(toldNext(announced(), [radius, throttled])).toMatchObject({ throttledSince: noon });
    expect(toldNext(announced({ throttledSince }), [throttled], 'page')).toMatchObject({ throttledSince });
    expect(step(announced({ throttledSince }), act)?.next).toMatchObject({
      state: 'intended',
      throttledSince,
    });
    expect(answeredBy(refusedWith(throttled))).toMatchObject({ state: 'announced', throttledSince });
    const first = answerCase(intended(), refusedWith(throttled), minutes(15), noon);
    expect(first?.next).toMatchObject({ state: 'announced', throttledSince: noon });
  });

  test('is forgotten as soon as anything else is in the way, or nothing', () => {
    const accepted = { kind: 'accepted', at: noon, requestId: 'req-1' } as const;
    for (const next of [
      toldNext(announced({ throttledSince }), [radius]),
      step(announced({ throttledSince }), watch)?.next,
      answeredBy(refusedWith({ code: 'aws-no-capacity' })),
      answeredBy({ kind: 'stop', refusal: { code: 'switched-off', got: 'off' } }),
      answeredBy(accepted),
    ]) {
      expect(next).toBeDefined();
      expect(next).not.toHaveProperty('throttledSince');
    }
  });

  test('is no matter of an intent or a word that was not throttled', () => {
    expect(step(announced(), act)?.next).not.toHaveProperty('throttledSince');
    expect(toldNext(announced(), [radius])).not.toHaveProperty('throttledSince');
  });
});

describe('an intent that AWS throttled ahead of a near wall', () => {
  const answered = (held: Partial<Intended> = {}, refusal: AwsRefusal = throttled) =>
    answerCase(
      intended(held),
      { kind: 'refused', refusal, message: 'no', requestId: undefined },
      minutes(15),
      noon,
    );

  test('is a warning that promises no call, and a call once it has lasted', () => {
    const first = answered();
    expect(first).toMatchObject({
      next: { state: 'announced', told: { what: 'warned' }, dueAt: ahead(minutes(1)) },
      said: { kind: 'warned' },
    });
    expect(first?.next.told).not.toHaveProperty('promisedAt');
    const lasting = (throttledFor: number) =>
      answered({ told: told(throttledFor), throttledSince: ago(minutes(throttledFor)) });
    expect(lasting(1.9)).toMatchObject({ said: undefined, next: { told: { what: 'warned' } } });
    expect(lasting(2)).toMatchObject({ said: { kind: 'needed' } });
  });

  test('is a warning also where anything was told long before', () => {
    expect(answered({ told: told(59, { codes: ['muted'] }) })).toMatchObject({ said: { kind: 'warned' } });
  });

  test('is a call at once where AWS refused for another reason', () => {
    expect(answered({}, { code: 'aws-no-capacity' })).toMatchObject({ said: { kind: 'needed' } });
  });

  test('takes back no call, and promises one where it is not time yet', () => {
    const called = told(1, { what: 'needed' });
    expect(answered({ told: called })).toMatchObject({ said: undefined, next: { told: called } });
    expect(answered({ predictedWall: ahead(minutes(25)) })?.next.told).toMatchObject({
      what: 'warned',
      promisedAt: ahead(minutes(15)),
    });
  });
});

describe('what was told of throttling alone', () => {
  const next = (held: Told, kind: 'warn' | 'page', ...refusals: readonly (Refusal | AwsRefusal)[]) =>
    step(announced({ told: held }), { ...telling(kind), refusals } as Decision);

  test.each([
    { what: 'warned', kind: 'warn' },
    { what: 'needed', kind: 'page' },
  ] as const)('keeps no other reason from being told at once: $what', ({ what, kind }) => {
    expect(next(told(3, { what }), kind, radius)).toMatchObject({
      said: { kind: what, refusals: [radius] },
      next: { told: { what, at: noon, codes: ['aws-throttled', 'over-blast-radius'] } },
    });
  });

  test('is not told again, and a third reason waits for the hour as ever', () => {
    expect(next(told(3), 'warn', throttled)).toMatchObject({ said: undefined });
    const both = told(3, { codes: ['aws-throttled', 'over-blast-radius'] });
    expect(next(both, 'warn', { code: 'notify-mode' })).toMatchObject({ said: undefined });
    expect(next(told(3, { codes: ['muted'] }), 'warn', radius)).toMatchObject({ said: undefined });
  });

  test('still becomes a call for help, and no call becomes a warning', () => {
    expect(next(told(3), 'page', throttled)).toMatchObject({ said: { kind: 'needed' } });
    expect(next(told(3, { what: 'needed' }), 'warn', radius)).toMatchObject({ said: undefined });
  });
});

test('a way back that is held back while AWS throttles keeps what was told', () => {
  const held = bridged({ told: told(90, { codes: ['muted'] }) });
  const hold: Decision = {
    kind: 'hold',
    reason: throttled,
    verdict: { kind: 'relieved' },
    refused: undefined,
    dueAt,
  };
  expect(step(held, hold)).toMatchObject({ said: undefined, next: { told: held.told, dueAt } });
});
