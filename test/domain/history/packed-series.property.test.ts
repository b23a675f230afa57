import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PackedSeries } from '../../../core/domain/history/packed-series.ts';
import { packedVolume, samplesBetween } from '../../../core/domain/history/packed-volume.ts';
import { read, type Series, unread } from '../../../core/domain/reading.ts';
import { instant, after as later, minutes } from '../../../core/domain/units.ts';
import { noon, someVolume } from '../some-volume.ts';

/** Minutes, five-minute values and hours, with gaps. */
const anySeries: fc.Arbitrary<Series> = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 0, 0, 0, 1, 4, 37),
      period: fc.constantFrom(1, 1, 1, 5, 60),
      value: fc.double({ min: 0, max: 1e6, noNaN: true }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let minute = 0;
    return steps.map(({ gap, period, value }) => {
      const at = instant((minute + gap) * 60_000);
      minute += gap + period;
      return { at, period: minutes(period), value };
    });
  });

describe('a packed series', () => {
  test('gives out what was put in', () => {
    fc.assert(
      fc.property(anySeries, (series) => {
        expect(new PackedSeries(series).all).toEqual(series);
      }),
    );
  });

  test('gives out of a time the samples that begin in it, and no others', () => {
    const minute = fc.integer({ min: -10, max: 900 });
    fc.assert(
      fc.property(anySeries, minute, minute, (series, first, last) => {
        const [from, until] = [instant(first * 60_000), instant(last * 60_000)];
        const wanted = series.filter(({ at }) => at >= from && at < until);
        expect(new PackedSeries(series).between(from, until)).toEqual(wanted);
      }),
    );
  });

  test('gives out more samples than a function takes arguments', () => {
    const many = Array.from({ length: 200_000 }, (_, minute) => ({
      at: instant(minute * 60_000),
      period: minutes(1),
      value: minute,
    }));
    expect(new PackedSeries(many).between(instant(0), instant(1e12))).toHaveLength(200_000);
  });

  test('holds samples that are five minutes apart and tell of one minute', () => {
    const sparse = [0, 5, 10].map((at) => ({ at: instant(at * 60_000), period: minutes(1), value: at }));
    expect(new PackedSeries(sparse).between(instant(1), instant(600_001))).toEqual(sparse.slice(1));
  });
});

describe('a packed volume', () => {
  const whole = {
    volume: someVolume(),
    balance: read([{ at: noon, period: minutes(1), value: 50 }], noon),
    iops: unread('not read'),
    throughput: unread('not read'),
  };

  test('is the volume that was packed', () => {
    expect(packedVolume(whole)).toEqual(whole);
    expect({ ...packedVolume(whole) }).toEqual(whole);
  });

  test('is not packed twice', () => {
    const packed = packedVolume(whole);
    expect(packed).not.toBe(whole);
    expect(packedVolume(packed)).toBe(packed);
  });

  test('gives out samples between two moments, packed or not', () => {
    for (const one of [whole, packedVolume(whole)]) {
      expect(samplesBetween(one, 'balance', noon, later(noon, minutes(1)))).toEqual(whole.balance);
      expect(samplesBetween(one, 'balance', later(noon, minutes(1)), later(noon, minutes(2)))).toEqual(
        read([], noon),
      );
      expect(samplesBetween(one, 'iops', noon, noon)).toEqual(whole.iops);
    }
  });
});
