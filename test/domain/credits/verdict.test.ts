import { describe, expect, test } from 'vitest';
import { verdictOn } from '../../../core/domain/credits/verdict.ts';
import type { Symptom } from '../../../core/domain/deciding/situation.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { minutes } from '../../../core/domain/units.ts';
import { ago, calm, level, minutely } from '../some-situation.ts';
import { noon } from '../some-volume.ts';

const treated = { acceptedAt: ago(minutes(40)), predictedWall: ago(minutes(40)) };
const judge = (symptom: Partial<Symptom>, treatment: Parameters<typeof verdictOn>[1] = treated) =>
  verdictOn(read({ ...calm(), ...symptom }, noon), treatment, noon);
/** What `calm` is. */
const usual = { latency: 1, queue: 0.5 };
/** Two hours of calm, then these minutes up to noon. */
const lately = (values: readonly number[], usual = 1) => minutely([...level(usual, 120), ...values]);

describe('the verdict on a symptom', () => {
  test('is averted when latency and queue never left their band until ten minutes after the wall', () => {
    expect(judge({})).toEqual({ kind: 'averted', usual });
    expect(judge({}, { acceptedAt: ago(minutes(40)), predictedWall: ago(minutes(10)) })).toEqual({
      kind: 'averted',
      usual,
    });
  });

  test('is too early before that', () => {
    const treatment = { acceptedAt: ago(minutes(40)), predictedWall: ago(minutes(9)) };
    expect(judge({}, treatment)).toEqual({ kind: 'too-early' });
  });

  test('is not averted by the clock alone: it goes by what was published', () => {
    const published = calm(ago(minutes(1)));
    const treatment = { acceptedAt: ago(minutes(40)), predictedWall: ago(minutes(10)) };
    expect(judge(published, treatment)).toEqual({ kind: 'too-early' });
  });

  test('is not averted when the wall had come before the change, even where nobody felt it', () => {
    const late = { acceptedAt: ago(minutes(10)), predictedWall: ago(minutes(40)) };
    expect(judge({}, late)).toEqual({ kind: 'relieved', usual });
    expect(judge({}, { ...late, acceptedAt: ago(minutes(9)) })).toEqual({ kind: 'too-early' });
  });

  test('is relieved when latency left the band and has been back for ten minutes', () => {
    expect(judge({ latency: lately([...level(80, 30), ...level(1, 10)]) })).toEqual({
      kind: 'relieved',
      usual,
    });
  });

  test('is relieved when the queue left the band and has been back for ten minutes', () => {
    expect(judge({ queue: lately([...level(31, 30), ...level(0.5, 10)], 0.5) })).toEqual({
      kind: 'relieved',
      usual,
    });
  });

  test('is not relieved a minute before, and says by how much', () => {
    expect(judge({ latency: lately([...level(80, 31), ...level(2, 9)]) })).toEqual({
      kind: 'not-relieved',
      latency: 2,
      queue: 0.5,
      usualLatency: 1,
      usualQueue: 0.5,
    });
  });

  test('is too early, not "not relieved", within half an hour of the change', () => {
    const within = { acceptedAt: ago(minutes(29)), predictedWall: ago(minutes(29)) };
    const since = { acceptedAt: ago(minutes(30)), predictedWall: ago(minutes(30)) };
    const slow = { latency: lately(level(80, 35)) };
    expect(judge(slow, within)).toEqual({ kind: 'too-early' });
    expect(judge(slow, since)).toMatchObject({ kind: 'not-relieved' });
  });
});

describe('the band of what is usual', () => {
  test.each([
    { usual: 0.2, top: 5.2 },
    { usual: 5, top: 10 },
    { usual: 30, top: 60 },
  ])('reaches from $usual ms to $top ms: above both twice the usual and 5 ms more', ({ usual, top }) => {
    const inside = { latency: lately([top, ...level(usual, 5)], usual) };
    const outside = { latency: lately([top + 0.1, ...level(usual, 5)], usual) };
    const treatment = { acceptedAt: ago(minutes(20)), predictedWall: ago(minutes(16)) };
    expect(judge(inside, treatment)).toMatchObject({ kind: 'averted' });
    expect(judge(outside, treatment)).toEqual({ kind: 'too-early' });
  });

  test('is not moved by a few spikes of the quiet time before', () => {
    const spiky = Array.from({ length: 120 }, (_, index) => (index % 20 === 0 ? 200 : 1));
    const latency = minutely([...spiky, ...level(80, 40)]);
    expect(judge({ latency })).toMatchObject({ kind: 'not-relieved', usualLatency: 1 });
  });

  test('takes nothing from the five minutes before the trouble', () => {
    const treatment = { acceptedAt: ago(minutes(35)), predictedWall: ago(minutes(35)) };
    const latency = minutely([...level(1, 10), ...level(80, 40)]);
    expect(judge({ latency }, treatment)).toMatchObject({ usualLatency: 1 });
  });
});

describe('a symptom that cannot be judged', () => {
  test('is unknown when it cannot be read', () => {
    expect(verdictOn(unread('Throttling'), treated, noon)).toEqual({ kind: 'unknown', why: 'Throttling' });
  });

  test('is unknown when too little was recorded before', () => {
    const young = calm(noon, 54);
    expect(judge(young)).toEqual({
      kind: 'unknown',
      why: 'too little was recorded before to know what is usual',
    });
    expect(judge(calm(noon, 55))).toMatchObject({ kind: 'averted' });
  });

  test('counts minutes without I/O, which have no latency, as calm', () => {
    const latency = minutely(level(1, 100), ago(minutes(60)));
    expect(judge({ latency })).toMatchObject({ kind: 'averted' });
  });

  test('without a predicted wall goes by the time of the change', () => {
    const treatment = { acceptedAt: ago(minutes(10)), predictedWall: undefined };
    expect(judge({}, treatment)).toMatchObject({ kind: 'averted' });
    expect(judge({}, { ...treatment, acceptedAt: ago(minutes(9)) })).toEqual({
      kind: 'too-early',
    });
  });
});

describe('what is usual, and from when on a symptom counts', () => {
  const calmLatency = [...level(50, 20), ...level(1, 140)];

  test('is the 90th percentile of the values, in whatever order they came', () => {
    expect(judge({ latency: minutely(calmLatency) })).toEqual({
      kind: 'averted',
      usual: { latency: 50, queue: 0.5 },
    });
  });

  test.each(['latency', 'queue'] as const)('is not known from nine minutes of %s, but from ten', (series) => {
    expect(judge({ [series]: minutely(level(1, 54)) })).toMatchObject({ kind: 'unknown' });
    expect(judge({ [series]: minutely(level(1, 55)) })).toMatchObject({ kind: 'averted' });
  });

  /** Calm but for one minute, so many minutes before noon. */
  const spikeAt = (minutesAgo: number) => ({
    latency: minutely([...level(1, 180 - minutesAgo), 80, ...level(1, minutesAgo - 1)]),
  });

  test('is what came before the trouble: a spike then is no symptom, one in its first minute is', () => {
    expect(judge(spikeAt(41))).toMatchObject({ kind: 'averted' });
    expect(judge(spikeAt(40))).toMatchObject({ kind: 'relieved' });
  });

  test('ends with the change, where that came before the wall', () => {
    const early = { acceptedAt: ago(minutes(40)), predictedWall: ago(minutes(20)) };
    expect(judge(spikeAt(30), early)).toMatchObject({ kind: 'relieved' });
    expect(judge(spikeAt(41), early)).toMatchObject({ kind: 'averted' });
  });

  test('ends with the wall, where the change came after it', () => {
    const late = { acceptedAt: ago(minutes(5)), predictedWall: ago(minutes(40)) };
    expect(judge(spikeAt(30), late)).toMatchObject({ kind: 'relieved' });
    expect(judge({}, late)).toMatchObject({ kind: 'too-early' });
  });

  test('is told with the latest queue where that has not come down', () => {
    expect(judge({ queue: lately(level(31, 45), 0.5) })).toMatchObject({
      kind: 'not-relieved',
      queue: 31,
      latency: 1,
    });
  });
});
