import { describe, expect, test } from 'vitest';
import { unread } from '../../../core/domain/reading.ts';
import { dollars, hours, minutes } from '../../../core/domain/units.ts';
import { announced, watching } from '../some-case.ts';
import { ahead, consent, level } from '../some-situation.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';
import { answer, balance, notifyOnly } from './rescue-answers.ts';

describe('while AWS throttles', () => {
  const throttledFor = (lasted: number) => announced({ throttledSince: ahead(minutes(-lasted)) });
  const atWall = { ...balance(level(0)), awsThrottles: true };

  test('nobody is called before it has lasted two minutes, and we look every minute', () => {
    for (const openCase of [undefined, watching(), announced(), throttledFor(1.9)]) {
      const word = answer({ ...atWall, openCase });
      expect(word).toMatchObject({ kind: 'warn', dueAt: ahead(minutes(1)) });
      expect(word).not.toHaveProperty('promisedAt');
    }
    expect(answer({ ...atWall, openCase: throttledFor(2) })).toMatchObject({
      kind: 'page',
      dueAt: ahead(minutes(1)),
    });
  });

  test('who was called is not told that it was for nothing', () => {
    const openCase = announced({ told: { ...announced().told, what: 'needed', at: noon } });
    expect(answer({ ...atWall, openCase })).toMatchObject({ kind: 'page' });
  });

  test('a person is called at once for any other reason', () => {
    expect(answer(atWall, notifyOnly)).toMatchObject({ kind: 'page', refusals: [{ code: 'notify-mode' }] });
  });
});

describe('a latency-critical volume', () => {
  const volume = someVolume({ tags: { ...consent, 'ebs-burst:tier': 'latency-critical' } });
  const generous = { caps: { ...somePolicy().caps, maxMonthlyIncrease: dollars(1_000) } };

  test('that waits only for AWS to throttle no more is due in a minute, and calm and new it opens no case', () => {
    const throttled = { volume, ...balance(level(100)), awsThrottles: true };
    const refusals = [{ code: 'aws-throttled' }];
    const dueAt = ahead(minutes(1));
    expect(answer({ ...throttled, openCase: announced() }, generous)).toMatchObject({
      kind: 'warn',
      refusals,
      dueAt,
    });
    expect(answer({ ...throttled, openCase: watching() }, generous)).toMatchObject({ kind: 'watch', dueAt });
    expect(answer(throttled, generous)).toEqual({ kind: 'leave', reason: { code: 'aws-throttled' } });
    expect(answer({ ...throttled, ...balance(level(60)) }, generous)).toMatchObject({ kind: 'leave' });
  });

  test('that something else keeps is not told to wait for AWS', () => {
    const muted = {
      volume,
      ...balance(level(100)),
      mutedUntil: { at: ahead(hours(1)), end: 'told' } as const,
    };
    const throttled = { ...muted, awsThrottles: true, openCase: announced() };
    expect(answer(throttled, generous)).toEqual(answer({ ...muted, openCase: announced() }, generous));
    expect(answer(throttled, generous)).toMatchObject({ kind: 'conclude' });
    const blind = { volume, balance: unread('Throttling'), awsThrottles: true };
    expect(answer(blind, generous)).toMatchObject({ reason: { code: 'blind' } });
  });

  test('that heads for the wall is told of like any other while AWS throttles', () => {
    expect(answer({ volume, awsThrottles: true }, generous)).toMatchObject({
      kind: 'warn',
      reason: { code: 'heading-for-wall' },
      refusals: [{ code: 'aws-throttled' }],
      dueAt: ahead(minutes(1)),
    });
  });
});
