import { describe, expect, test } from 'vitest';
import { answerCase } from '../../../core/domain/cases/answer-case.ts';
import type { Intended, Told } from '../../../core/domain/cases/case.ts';
import { mayPassInMoments, untilOver } from '../../../core/domain/cases/throttling.ts';
import type { Decision } from '../../../core/domain/deciding/decision.ts';
import type { AwsRefusal, Refusal } from '../../../core/domain/reasons.ts';
import { minutes } from '../../../core/domain/units.ts';
import { announced, bridged, intended } from '../some-case.ts';
import { ago, ahead } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { dueAt, step, telling } from './stepping.ts';

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
  test('before two minutes after the first word, but from then on', () => {
    expect(mayPassInMoments(throttled, undefined, noon)).toBe(true);
    expect(mayPassInMoments(throttled, told(1.9), noon)).toBe(true);
    expect(mayPassInMoments(throttled, told(2), noon)).toBe(false);
  });

  test('which does not hold for who was called already, nor for any other refusal', () => {
    expect(mayPassInMoments(throttled, told(1, { what: 'needed' }), noon)).toBe(false);
    expect(mayPassInMoments({ code: 'aws-no-capacity' }, undefined, noon)).toBe(false);
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
    expect(answered({ told: told(1.9) })).toMatchObject({
      said: undefined,
      next: { told: { what: 'warned' } },
    });
    expect(answered({ told: told(2) })).toMatchObject({ said: { kind: 'needed' } });
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
