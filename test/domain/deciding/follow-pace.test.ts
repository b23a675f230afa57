import { describe, expect, test } from 'vitest';
import type { Upgrading } from '../../../core/domain/cases/case.ts';
import type { Situation } from '../../../core/domain/deciding/situation.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { between, hours, inMinutes, minutes } from '../../../core/domain/units.ts';
import { upgrading } from '../some-case.ts';
import { ago, ahead, calm, keep, level, minutely } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { answer, become, modification } from './follow-answers.ts';

const young = { symptom: read({ latency: [], queue: [] }, noon) };
const startedAt = ago(minutes(20));
const moved = (rest: Partial<Upgrading> = {}) => upgrading({ plan: keep(), acceptedAt: startedAt, ...rest });
const optimizing = modification({ startedAt, to: keep().to });

/** Minutes until it is looked at again; that it is only waited for is part of every answer. */
function nextIn(held: Upgrading, given: Partial<Situation>): number {
  const decision = answer(held, given);
  if (decision.kind !== 'await') throw new Error(`it was not awaited but: ${decision.kind}`);
  return inMinutes(between(noon, decision.dueAt));
}

describe('a volume that was moved before its wall was near', () => {
  const far = moved({ predictedWall: ahead(hours(5)) });

  test.each([
    { what: 'every five minutes once the change has taken effect', given: optimizing, pace: 5 },
    {
      what: 'every five minutes once it is completed',
      given: { ...modification({ startedAt, to: keep().to, state: 'completed' }), ...become(keep().to) },
      pace: 5,
    },
    {
      what: 'every minute while AWS may refuse it yet',
      given: modification({ startedAt, to: keep().to, state: 'modifying' }),
      pace: 1,
    },
    {
      what: 'every minute while nobody can tell how far AWS is',
      given: { modification: unread('Throttling') },
      pace: 1,
    },
  ])('is looked at $what', ({ given, pace }) => {
    expect(nextIn(far, given)).toBe(pace);
  });

  /** Fifteen minutes of lead, five of the balance's period where none is published, and five of slack. */
  test.each([
    { wallIn: 30, next: 5 },
    { wallIn: 28, next: 3 },
    { wallIn: 26, next: 1 },
    { wallIn: 24, next: 1 },
    { wallIn: -9, next: 1 },
  ])(
    'is looked at every minute from the time on at which that wall is announced: of $wallIn minutes left after $next',
    ({ wallIn, next }) => {
      const held = moved({ predictedWall: ahead(minutes(wallIn)) });
      expect(nextIn(held, { ...optimizing, balance: read([], noon) })).toBe(next);
    },
  );

  test('is looked at every minute while a symptom stays that was told, not while it only has no history', () => {
    const stays = { kind: 'not-relieved', latency: 80, queue: 9, usualLatency: 1, usualQueue: 0.5 } as const;
    expect(nextIn({ ...far, verdict: stays }, { ...optimizing, ...young })).toBe(1);
    expect(nextIn(far, { ...optimizing, ...young })).toBe(5);
  });
});

describe('a volume that was moved with no wall in sight', () => {
  const born = moved({ predictedWall: undefined });

  test('is looked at every five minutes where no history can bring a verdict, and every minute where one can', () => {
    expect(nextIn(born, { ...optimizing, ...young })).toBe(5);
    const restless = { ...calm(), latency: minutely([...level(1, 165), ...level(80, 15)]) };
    expect(nextIn(born, { ...optimizing, symptom: read(restless, noon) })).toBe(1);
    expect(nextIn(born, { ...optimizing, symptom: unread('Throttling') })).toBe(1);
  });

  test('is looked at when the promised time of its verdict comes, not minutes after it', () => {
    const acceptedMinutesAgo = (agoMinutes: number) => {
      const since = ago(minutes(agoMinutes));
      const held = moved({ predictedWall: undefined, acceptedAt: since });
      return nextIn(held, { ...modification({ startedAt: since, to: keep().to }), ...young });
    };
    expect(acceptedMinutesAgo(55)).toBe(5);
    expect(acceptedMinutesAgo(57)).toBe(3);
    expect(acceptedMinutesAgo(60)).toBe(1);
    expect(acceptedMinutesAgo(61)).toBe(5);
  });
});

describe('a volume that was moved when its wall was near', () => {
  test('is looked at every minute until that is over, without a history as well', () => {
    const near = moved({ predictedWall: ahead(minutes(9)) });
    expect(nextIn(near, optimizing)).toBe(1);
    expect(nextIn(near, { ...optimizing, ...young })).toBe(1);
  });
});
