import { describe, expect, test } from 'vitest';
import {
  historyWindow,
  planDetail,
  planProbe,
  planSurvey,
  timeFor,
  timeForAll,
} from '../../../core/application/assess/reading-plan.ts';
import { days, type Instant, inMinutes, inSeconds, instant } from '../../../core/domain/units.ts';
import type { VolumeId } from '../../../core/domain/volume.ts';

const now = instant(Date.UTC(2026, 2, 16, 8, 17, 33));
const fortnight = historyWindow(now, days(14));

const ids = (count: number): readonly VolumeId[] =>
  Array.from({ length: count }, (_, index): VolumeId => `vol-${index.toString(16).padStart(17, '0')}`);

const text = (at: Instant) => new Date(at).toISOString();

describe('the window of a reading', () => {
  test('begins with a whole hour, ends with a whole minute and is never longer than asked for', () => {
    expect(text(fortnight.from)).toBe('2026-03-02T09:00:00.000Z');
    expect(text(fortnight.until)).toBe('2026-03-16T08:17:00.000Z');
  });

  test('does not lose an hour where the time is one', () => {
    const { from, until } = historyWindow(instant(Date.UTC(2026, 2, 16, 8)), days(1));
    expect([text(from), text(until)]).toEqual(['2026-03-15T08:00:00.000Z', '2026-03-16T08:00:00.000Z']);
  });
});

describe('the plan of a reading', () => {
  test('surveys 300 volumes in one call, 336 hours of each', () => {
    const calls = planSurvey(ids(650), fortnight);
    expect(calls.map(({ parts, metrics, datapoints }) => [parts.length, metrics, datapoints])).toEqual([
      [300, 300, 100_800],
      [300, 300, 100_800],
      [50, 50, 16_800],
    ]);
  });

  test('asks for at most 500 metrics in a call, however short the window', () => {
    const calls = planSurvey(ids(501), historyWindow(now, days(1)));
    expect(calls.map(({ metrics }) => metrics)).toEqual([500, 1]);
  });

  test('probes with reads and writes of a volume in the same call', () => {
    const [first] = planProbe(ids(300), fortnight);
    expect(first).toMatchObject({ metrics: 300, datapoints: 100_800 });
    expect(first?.parts).toHaveLength(150);
  });

  test("reads a volume's fortnight by the minute in one call", () => {
    const window = historyWindow(instant(Date.UTC(2026, 2, 16, 8)), days(14));
    const [volumeId] = ids(1) as [VolumeId];
    expect(planDetail(volumeId, window)).toMatchObject([{ metrics: 5, datapoints: 100_800, period: 60_000 }]);
  });

  test('splits what does not fit into one page, and never the reads from the writes', () => {
    const [volumeId] = ids(1) as [VolumeId];
    const window = historyWindow(instant(Date.UTC(2026, 2, 16, 8)), days(15));
    const calls = planDetail(volumeId, window);
    expect(calls.map(({ parts }) => parts.map(({ part }) => part))).toEqual([
      ['balance', 'iops'],
      ['throughput'],
    ]);
  });

  test('plans no call for no volume', () => {
    expect(planSurvey([], fortnight)).toEqual([]);
  });
});

describe('the pace of a plan', () => {
  test('takes 100,800 datapoints at a fifth of 396,000 a second', () => {
    expect(inSeconds(timeFor({ datapoints: 100_800 }))).toBeCloseTo(100_800 / 79_200);
  });

  test('takes small calls at a fifth of 500 a second', () => {
    expect(inSeconds(timeFor({ datapoints: 1 }))).toBe(0.01);
  });

  test('asks 12,000 volumes that are switched off at night whether they did anything, in 1.7 minutes', () => {
    expect(inMinutes(timeForAll(planProbe(ids(12_000), fortnight)))).toBeCloseTo(1.7, 1);
  });

  test.each([
    { length: 14, dipped: 0, minutes: 0.8 },
    { length: 14, dipped: 120, minutes: 3.4 },
    { length: 14, dipped: 420, minutes: 9.7 },
    { length: 14, dipped: 1_200, minutes: 26.2 },
    // docs/limitations.md tells people so.
    { length: 7, dipped: 1_200, minutes: 13.1 },
    { length: 5, dipped: 1_200, minutes: 9.3 },
  ])('reads $length days of 12,000 volumes, $dipped of which dipped, in $minutes minutes', (reading) => {
    const { length, dipped, minutes } = reading;
    const window = historyWindow(now, days(length));
    const calls = [
      ...planSurvey(ids(12_000), window),
      ...ids(dipped).flatMap((id) => planDetail(id, window)),
    ];
    expect(inMinutes(timeForAll(calls))).toBeCloseTo(minutes, 1);
  });
});
