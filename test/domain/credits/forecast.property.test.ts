import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { creditBucketOf, percentPerMinute } from '../../../core/domain/credits/credit-bucket.ts';
import { earliestWithin, forecast, likelyWithin } from '../../../core/domain/credits/forecast.ts';
import { read, type Series } from '../../../core/domain/reading.ts';
import { after, type Duration, gibibytes, instant, minutes } from '../../../core/domain/units.ts';

const start = instant(Date.UTC(2026, 10, 22));

const buckets = fc
  .integer({ min: 1, max: 999 })
  .map((size) => creditBucketOf({ configuration: { type: 'gp2' }, size: gibibytes(size) }))
  .filter((bucket) => bucket !== undefined);

/** Any balances at all, with gaps: also ones that no volume could produce. */
const anySeries: fc.Arbitrary<Series> = fc
  .tuple(
    fc.constantFrom(1, 5),
    fc.array(fc.option(fc.double({ min: 0, max: 100, noNaN: true })), { maxLength: 40 }),
  )
  .map(([period, values]) =>
    values.flatMap((value, index) =>
      value === null ? [] : [{ at: after(start, minutes(index * period)), period: minutes(period), value }],
    ),
  );

const looks = fc.record({
  bucket: buckets,
  series: anySeries,
  late: fc.integer({ min: -10, max: 20 }),
});

const look = ({ bucket, series, late }: typeof looks extends fc.Arbitrary<infer Value> ? Value : never) => {
  const newest = series.at(-1);
  const now = after(newest === undefined ? start : after(newest.at, newest.period), minutes(late));
  return { seen: forecast({ balance: read(series, now), bucket, now }), now, bucket };
};

const horizons = fc.integer({ min: 0, max: 600 }).map(minutes);

describe('every forecast', () => {
  test.prop([looks])('is a range in order, from full burst on', (input) => {
    const { seen } = look(input);
    if (seen.kind !== 'draining') return;
    expect(seen.wall.earliest).toBe(seen.earliestWall);
    expect(seen.wall.likely).toBeGreaterThanOrEqual(seen.wall.earliest);
    if (seen.wall.latest !== undefined) expect(seen.wall.latest).toBeGreaterThanOrEqual(seen.wall.likely);
  });

  test.prop([looks])('is a range in order, from idle on, while it recovers', (input) => {
    const { seen } = look(input);
    if (seen.kind !== 'recovering') return;
    expect(seen.full.likely).toBeGreaterThanOrEqual(seen.full.earliest);
    if (seen.full.latest !== undefined) expect(seen.full.latest).toBeGreaterThanOrEqual(seen.full.likely);
  });

  test.prop([looks])('claims no slope that the bucket cannot have', (input) => {
    const { seen, bucket } = look(input);
    if (seen.kind !== 'draining' && seen.kind !== 'recovering') return;
    expect(seen.percentPerMinute).toBeGreaterThanOrEqual(percentPerMinute(bucket, bucket.burst));
    expect(seen.percentPerMinute).toBeLessThanOrEqual(percentPerMinute(bucket, 0));
  });

  test.prop([looks, horizons])(
    'has a likely wall only where full burst could bring one',
    (input, horizon) => {
      const { seen, now } = look(input);
      if (likelyWithin(seen, now, horizon)) {
        const rounding = minutes(0.3);
        expect(earliestWithin(seen, now, (horizon + rounding) as Duration)).toBe(true);
      }
    },
  );

  test.prop([looks, horizons, horizons])(
    'that is likely within a horizon is so within a longer one',
    (input, a, b) => {
      const { seen, now } = look(input);
      const [shorter, longer] = a < b ? [a, b] : [b, a];
      if (likelyWithin(seen, now, shorter)) expect(likelyWithin(seen, now, longer)).toBe(true);
    },
  );

  test.prop([looks])('is as old as it says, and never from the future', (input) => {
    const { seen, now } = look(input);
    if (seen.kind === 'unknown') return;
    expect(seen.asOf + seen.age).toBe(now);
    expect(seen.age).toBeGreaterThanOrEqual(0);
    expect(seen.age).toBeLessThanOrEqual(minutes(10));
  });
});
