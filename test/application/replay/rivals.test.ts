import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Assumptions, usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import { ReplayedVolume } from '../../../core/application/replay/replayed-volume.ts';
import { askedOfAws } from '../../../core/application/replay/rivals/asked-of-aws.ts';
import { replayRival } from '../../../core/application/replay/rivals/replay-rival.ts';
import { rivals } from '../../../core/application/replay/rivals/rivals.ts';
import { creditBucketOf } from '../../../core/domain/credits/credit-bucket.ts';
import type { RecordedVolume } from '../../../core/domain/history/recording.ts';
import type { Replayed, VolumeReplay } from '../../../core/domain/history/replayed.ts';
import { wallsIn } from '../../../core/domain/history/walls.ts';
import { usEast1Prices } from '../../../core/domain/prices.ts';
import { unread } from '../../../core/domain/reading.ts';
import { after, hours, iops, mebibytesPerSecond, minutes } from '../../../core/domain/units.ts';
import { somePolicy, someVolume } from '../../domain/some-volume.ts';
import { aDayOf, minutesAfterMidnight, nightlyBatch, recorded } from './some-recording.ts';

function lived(
  name: string,
  volume: RecordedVolume,
  assumptions: Partial<Assumptions> = {},
): VolumeReplay & { readonly at: (kind: Replayed['kind']) => readonly number[] } {
  const rival = rivals.find((one) => one.name === name);
  if (rival === undefined) throw new Error(`there is no rival ${name}`);
  const [only] = replayRival(aDayOf(volume), rival, {
    policy: somePolicy(),
    prices: usEast1Prices,
    assumptions: { ...usualAssumptions, ...assumptions },
  });
  if (only === undefined) throw new Error('a rival answers for every volume');
  const at = (kind: Replayed['kind']) =>
    only.timeline.flatMap((one) => (one.kind === kind ? [minutesAfterMidnight(one.at)] : []));
  return { ...only, at };
}

const targets = ({ timeline }: VolumeReplay) =>
  timeline.flatMap((one) => (one.kind === 'acted' ? [one.plan.to] : []));

/** Its wall is at 221 minutes. */
const batch = recorded(nightlyBatch);
const calm = recorded(() => 50);
const disk = recorded(
  (minute) => (minute >= 180 && minute < 900 ? 60 : 2),
  someVolume({ configuration: { type: 'st1' }, size: 500 }),
);

test('each names where it can be read, and no two have a name', () => {
  expect(new Set(rivals.map(({ name }) => name)).size).toBe(rivals.length);
  for (const { source } of rivals) expect(source).toMatch(/^(http|none, |the threshold .* https:)/);
});

test('whoever does nothing leaves the record as it was', () => {
  const { timeline, stallMinutes, extraCost } = lived('do nothing', batch);
  expect(timeline.map(({ kind }) => kind)).toEqual(['hit-wall', 'left-wall']);
  expect([stallMinutes > 75, extraCost]).toEqual([true, 0]);
});

describe('an alarm at a fixed threshold', () => {
  test('tells people when it is crossed, and moves nothing', () => {
    const early = lived('alarm at 75 %', batch);
    const late = lived('alarm at 20 %', batch);
    expect([early.at('announced'), late.at('announced')]).toEqual([[199], [219]]);
    expect([early.at('acted'), early.at('hit-wall')]).toEqual([[], [220]]);
  });

  test('says nothing of a volume that stays above it', () => {
    expect(lived('alarm at 20 %', calm).timeline).toEqual([]);
  });

  test('of the module that knows gp2 only says nothing of a hard disk', () => {
    expect(lived('alarm at 75 %', disk).at('announced')).toEqual([]);
    expect(lived('alarm at 20 %', disk).at('announced')).not.toEqual([]);
  });
});

describe('500 IOPS more at 70 %', () => {
  test('leaves gp2 at the first busy minute, asks again at the next, and is refused while AWS is at work', () => {
    const steps = lived('+500 IOPS at 70 %', batch);
    expect(targets(steps)).toEqual([{ type: 'gp3', iops: 3_000, throughput: 125 }]);
    expect([steps.at('acted'), steps.at('announced')]).toEqual([[185], [185, 186]]);
    expect(steps.at('hit-wall')).toEqual([]);
  });

  test('climbs on where AWS is done by then', () => {
    const steps = lived('+500 IOPS at 70 %', batch, { completedAfter: minutes(1) });
    expect(targets(steps).map((to) => ('iops' in to ? to.iops : 0))).toEqual([3_000, 3_500, 4_000]);
  });

  test('rests below 70 %, on a disk that counts throughput, and without a record of its operations', () => {
    for (const one of [calm, disk, { ...batch, iops: unread('not read') }])
      expect(lived('+500 IOPS at 70 %', one).at('acted')).toEqual([]);
  });
});

test('AWS takes four modifications of a volume in 24 hours, a fifth when the first is a day old', () => {
  const volume = new ReplayedVolume(batch, usualAssumptions, {});
  const { from } = aDayOf(batch);
  const accepted = [0, 2, 4, 6, 8, 24].map((hour) => {
    const to = { type: 'io2', iops: iops(1_000 + hour) } as const;
    return askedOfAws(volume, { to, purpose: 'fix' }, after(from, hours(hour)), usEast1Prices) !== undefined;
  });
  expect(accepted).toEqual([true, true, true, true, false, true]);
});

describe('the daily batch', () => {
  test('moves every gp2 volume at six, needed or not, too late for a wall at night', () => {
    expect(lived('daily gp2 to gp3', calm).at('acted')).toEqual([360]);
    expect(lived('daily gp2 to gp3', batch).at('hit-wall')).toEqual([220]);
  });

  test('holds up who needs more than gp3 begins with', () => {
    const wide = someVolume({ size: 500 });
    const streaming = recorded((minute) => (minute >= 600 && minute < 700 ? 3_000 : 50), wide);
    expect(lived('daily gp2 to gp3', streaming).stallMinutes).toBe(100);
  });

  test('leaves hard disks', () => {
    expect(lived('daily gp2 to gp3', disk).at('acted')).toEqual([]);
  });
});

describe('who knows the record to its end', () => {
  test('acts once, at the last minute that averts the wall', () => {
    const known = lived('clairvoyant', batch);
    expect([known.at('acted'), known.at('relieved'), known.at('hit-wall')]).toEqual([[210], [220], []]);
    expect(known.stallMinutes).toBe(0);
  });

  test.each([
    [210, 0],
    [211, 1],
  ])('nobody who acts at minute %i averts it later: %i walls', (minute, walls) => {
    const volume = new ReplayedVolume(batch, usualAssumptions, {});
    const bucket = creditBucketOf(batch.volume);
    if (bucket === undefined) throw new Error('a batch drains a bucket');
    volume.modify(
      { type: 'gp3', iops: iops(3_000), throughput: mebibytesPerSecond(128) },
      after(aDayOf(batch).from, minutes(minute)),
    );
    expect(wallsIn(volume.balance, volume.demandIn('IOPS'), bucket)).toHaveLength(walls);
  });

  test('cannot avert what the record begins with', () => {
    const slow = lived('clairvoyant', batch, { relievedAfter: hours(4) });
    expect(slow.at('acted')).toEqual([0]);
    expect(slow.stallMinutes).toBeGreaterThan(0);
  });

  test('leaves what hits no wall', () => {
    expect(lived('clairvoyant', calm).timeline).toEqual([]);
  });

  test('sizes a hard disk’s bridge so that nothing is left of its wall', () => {
    expect(lived('do nothing', disk).stallMinutes).toBeGreaterThan(0);
    expect(lived('clairvoyant', disk).stallMinutes).toBe(0);
  });
});

property.prop(
  {
    first: fc.integer({ min: 30, max: 700 }),
    length: fc.integer({ min: 5, max: 600 }),
    rate: fc.integer({ min: 301, max: 3_000 }),
  },
  { numRuns: 25 },
)('nobody stalls less than who knows all, whatever the load', ({ first, length, rate }) => {
  const one = recorded((minute) => (minute >= first && minute < first + length ? rate : 40));
  expect(lived('clairvoyant', one).stallMinutes).toBe(0);
  expect(lived('clairvoyant', one).at('acted').length).toBe(lived('do nothing', one).at('hit-wall').length);
});
