import { describe, expect, test } from 'vitest';
import { read, unread } from '../../../core/domain/reading.ts';
import { minutes } from '../../../core/domain/units.ts';
import { announced, watching } from '../some-case.ts';
import { ahead, minutely } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { answer } from './rescue-answers.ts';

describe('a balance that cannot be judged', () => {
  test.each([
    {
      what: 'unread',
      evidence: unread('AccessDenied on cloudwatch:GetMetricData'),
      why: 'AccessDenied on cloudwatch:GetMetricData',
    },
    {
      what: 'stale',
      evidence: read(minutely([50], ahead(minutes(-11))), noon),
      why: 'the newest datapoint is 11 minutes old',
    },
  ])('is told with what could not be learned: $what', ({ evidence, why }) => {
    expect(answer({ balance: evidence })).toEqual({
      kind: 'warn',
      reason: { code: 'blind' },
      forecast: expect.objectContaining({ kind: 'unknown', detail: why }),
      refusals: [{ code: 'unread-fact', fact: 'balance', why }],
      wouldDo: undefined,
      dueAt: ahead(minutes(5)),
    });
  });

  test.each([
    { what: 'nothing was published', evidence: read([], noon) },
    {
      what: 'it was not low when last seen',
      evidence: read(minutely([75.5], ahead(minutes(-11))), noon),
    },
  ])('is left alone, as a volume nobody uses, when $what', ({ evidence }) => {
    expect(answer({ balance: evidence })).toEqual({
      kind: 'leave',
      reason: { code: 'no-data-and-not-low' },
    });
  });

  test('ends a silent watch when it was not low when last seen, and is told when it was', () => {
    const lastAt = (value: number) => ({
      openCase: watching(),
      balance: read(minutely([value], ahead(minutes(-11))), noon),
    });
    expect(answer(lastAt(75.5))).toEqual({
      kind: 'conclude',
      ending: 'recovered',
      reason: { code: 'no-data-and-not-low' },
    });
    expect(answer(lastAt(75))).toMatchObject({ kind: 'warn', reason: { code: 'blind' } });
  });

  test.each([watching(), announced()])('is told while a case waits for its end: $state', (openCase) => {
    expect(answer({ openCase, balance: read([], noon) })).toMatchObject({ reason: { code: 'blind' } });
  });
});

describe('a warned volume that cannot be seen any more', () => {
  const lost = unread('Throttling');
  /** Its wall was predicted `wallIn` minutes from now; the lead time is 15. */
  const warnedOf = (wallIn: number | undefined, what: 'warned' | 'needed' = 'warned') =>
    announced({
      told: { ...announced().told, what },
      lastSeen: { at: noon, wall: wallIn === undefined ? undefined : ahead(minutes(wallIn)) },
    });

  test.each([
    { what: 'when it is time for its wall', openCase: warnedOf(15), kind: 'page' },
    { what: 'not a minute before', openCase: warnedOf(16), kind: 'warn' },
    { what: 'not where it had eased', openCase: warnedOf(undefined), kind: 'warn' },
    { what: 'not where a person was called already', openCase: warnedOf(15, 'needed'), kind: 'warn' },
  ])('is a call for help: $what', ({ openCase, kind }) => {
    expect(answer({ openCase, balance: lost })).toMatchObject({ kind, reason: { code: 'blind' } });
  });

  test('calls nobody whose alarm is muted', () => {
    const mutedUntil = { at: ahead(minutes(60)), end: 'told' } as const;
    expect(answer({ openCase: warnedOf(15), balance: lost, mutedUntil })).toMatchObject({ kind: 'warn' });
  });

  test('is looked at when it is time', () => {
    expect(answer({ openCase: warnedOf(17), balance: lost })).toMatchObject({ dueAt: ahead(minutes(2)) });
    expect(answer({ openCase: warnedOf(25), balance: lost })).toMatchObject({ dueAt: ahead(minutes(5)) });
  });

  test('ends after a day without a datapoint, and not where nothing could be read', () => {
    const seenAgo = (count: number) =>
      announced({ lastSeen: { at: ahead(minutes(-count)), wall: undefined } });
    const nothing = read([], noon);
    expect(answer({ openCase: seenAgo(24 * 60), balance: nothing })).toEqual({
      kind: 'conclude',
      ending: 'silent',
      reason: { code: 'silent-for-long' },
    });
    expect(answer({ openCase: seenAgo(24 * 60 - 1), balance: nothing })).toMatchObject({ kind: 'warn' });
    expect(answer({ openCase: seenAgo(24 * 60), balance: lost })).toMatchObject({ kind: 'warn' });
  });
});
