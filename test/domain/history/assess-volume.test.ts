import { describe, expect, test } from 'vitest';
import { announcedAhead } from '../../../core/domain/history/announced-ahead.ts';
import { assessVolume } from '../../../core/domain/history/assess-volume.ts';
import type { NoAlarm } from '../../../core/domain/history/no-alarm.ts';
import { quantilesOf } from '../../../core/domain/history/quantiles.ts';
import type { RecordedVolume } from '../../../core/domain/history/recording.ts';
import type { Replayed, VolumeReplay } from '../../../core/domain/history/replayed.ts';
import { delivery } from '../../../core/domain/history/words.ts';
import { usEast1Prices } from '../../../core/domain/prices.ts';
import { type Reading, read, type Series, unread } from '../../../core/domain/reading.ts';
import {
  before,
  days,
  gibibytes,
  type Instant,
  after as later,
  minutes,
} from '../../../core/domain/units.ts';
import { noon, somePolicy, someVolume } from '../some-volume.ts';

const { id: volumeId } = someVolume();
const from = before(noon, days(1));

/** One sample a minute from `from` on. */
const byMinute = (...values: readonly number[]): Reading<Series> =>
  read(
    values.map((value, index) => ({ at: later(from, minutes(index)), period: minutes(1), value })),
    noon,
  );

const byHour = (...values: readonly number[]): Reading<Series> =>
  read(
    values.map((value, index) => ({ at: later(from, minutes(60 * index)), period: minutes(60), value })),
    noon,
  );
const onlyHours = unread(
  'only the lowest balance of each hour was read of it, and when in the hour it was so low is not known',
);

const replayOf = (...timeline: Replayed[]): VolumeReplay => ({
  volumeId,
  timeline,
  stallMinutes: 0,
  extraCost: 0 as VolumeReplay['extraCost'],
});

const announced = (at: Instant): Replayed => ({
  kind: 'announced',
  at,
  volumeId,
  said: 'warned',
  wall: undefined,
  refusals: [],
});
const ended = (at: Instant): Replayed => ({ kind: 'ended', at, volumeId, ending: 'averted' });

function assessed(recorded: Partial<RecordedVolume>, replay = replayOf(), noAlarm?: NoAlarm) {
  const whole: RecordedVolume = {
    volume: someVolume(),
    balance: byMinute(100),
    iops: unread('not asked'),
    throughput: unread('not asked'),
    ...recorded,
  };
  const terms = { policy: somePolicy(), prices: usEast1Prices, from, until: noon };
  const assessment = assessVolume(whole, read(replay, noon), noAlarm, terms);
  if (assessment === undefined) throw new Error('expected an assessment');
  return assessment;
}

describe('quantiles', () => {
  test('are values that were seen, by nearest rank', () => {
    const series = Array.from({ length: 200 }, (_, index) => ({
      at: later(from, minutes(index)),
      period: minutes(1),
      value: 200 - index,
    }));
    expect(quantilesOf(series)).toEqual({ p50: 100, p95: 190, p995: 199, max: 200 });
  });

  test('of one sample are that sample, of none there are none', () => {
    expect(quantilesOf([{ at: from, period: minutes(1), value: 7 }])).toEqual({
      p50: 7,
      p95: 7,
      p995: 7,
      max: 7,
    });
    expect(quantilesOf([])).toBeUndefined();
  });
});

describe('the lead of an announcement', () => {
  const wall = later(from, minutes(60));

  test('counts from the first word about the wall', () => {
    const told = [announced(later(from, minutes(35))), announced(later(from, minutes(50)))];
    expect(announcedAhead(told, wall)).toBe(minutes(25) - delivery);
  });

  test('does not count words about a case that had ended', () => {
    const told = [
      announced(later(from, minutes(5))),
      ended(later(from, minutes(20))),
      announced(later(from, minutes(50))),
    ];
    expect(announcedAhead(told, wall)).toBe(minutes(10) - delivery);
  });

  test('is nothing where the word came after the wall, or never', () => {
    expect(announcedAhead([announced(later(wall, minutes(1)))], wall)).toBe(0);
    expect(announcedAhead([], wall)).toBe(0);
  });

  test('is not asked for where there was no wall', () => {
    expect(announcedAhead([announced(from)], undefined)).toBeUndefined();
  });
});

describe('an assessment', () => {
  test('counts the minutes in which an empty bucket held demand back', () => {
    const {
      minutesAtWall,
      lowest,
      iops,
      announcedAhead: ahead,
    } = assessed(
      { balance: byMinute(50, 20, 0, 0, 0), iops: byMinute(3_000, 3_000, 300, 300, 10) },
      replayOf(announced(later(from, minutes(1)))),
    );
    expect(minutesAtWall).toEqual(read(2, noon));
    expect(lowest).toMatchObject({ value: 0 });
    expect(iops).toMatchObject({ value: { p50: 300, max: 3_000 } });
    expect(ahead).toBe(minutes(1) - delivery);
  });

  test('takes an empty bucket for a wall where the demand was not read', () => {
    expect(assessed({ balance: byMinute(50, 0, 0, 0) }).minutesAtWall).toEqual(read(3, noon));
  });

  test('does not take a missing balance for a full one', () => {
    expect(assessed({ balance: unread('AccessDenied') }).lowest).toEqual(unread('AccessDenied'));
    expect(assessed({ balance: byMinute() }).lowest).toEqual(
      unread('CloudWatch has no sample of these days'),
    );
  });

  test('is none for a volume that cannot run out', () => {
    const terms = { policy: somePolicy(), prices: usEast1Prices, from, until: noon };
    const recorded = { volume: someVolume({ size: 1_000 }), ...blank };
    expect(assessVolume(recorded, read(replayOf(), noon), undefined, terms)).toBeUndefined();
  });

  test('does not judge what was read by the hour only', () => {
    const surveyed = assessed({ balance: byHour(100, 0, 95) }, replayOf(announced(from)));
    expect(surveyed.lowest).toMatchObject({ value: 0 });
    expect([surveyed.minutesAtWall, surveyed.replay]).toEqual([onlyHours, onlyHours]);
    expect(surveyed.announcedAhead).toBeUndefined();
  });

  test('judges what never fell under 90 % by its hours', () => {
    const calm = assessed({ balance: byHour(100, 90, 95) });
    expect(calm.minutesAtWall).toEqual(read(0, noon));
    expect(calm.replay.kind).toBe('read');
  });

  test('does not price watching what has no alarm', () => {
    const { watching, noAlarm } = assessed({ balance: byMinute(10) }, replayOf(), 'over-max-alarms');
    expect([watching, noAlarm]).toEqual([0, 'over-max-alarms']);
  });

  test('prices the volume as it is, as the policy would have it, and as io1 and io2', () => {
    const { monthly } = assessed({ iops: byMinute(800), throughput: byMinute(10) });
    // 100 GiB: gp2 $0.10; gp3 $0.08 and 3 MiB/s over its 125; 960 IOPS at $0.065 and $0.125 a GiB.
    expect(monthly.now).toBe(10);
    expect(monthly.chosen).toBeCloseTo(8.12);
    expect(monthly.io1).toBeCloseTo(12.5 + 960 * 0.065);
    expect(monthly.io2).toBeCloseTo(12.5 + 960 * 0.065);
  });

  test('does not price what would have to be sized by a demand that was not read', () => {
    const { monthly } = assessed({});
    expect(monthly.chosen).toBeCloseTo(8.12);
    expect([monthly.io1, monthly.io2]).toEqual([undefined, undefined]);
  });

  test('prices watching as one alarm, and a look a minute under its threshold', () => {
    expect(assessed({}).watching).toBe(0.1);
    // Six of 1,440 minutes, as many of a month's 43,800.
    const { watching } = assessed({ balance: byMinute(10, 10, 10, 10, 10, 10) });
    expect(watching).toBeCloseTo(0.1 + ((6 * 43_800) / 1_440) * 0.000_01);
  });

  test('prices watching at its most where the balance was not read, or there was none', () => {
    for (const balance of [unread('AccessDenied'), byMinute()])
      expect(assessed({ balance }).watching).toBeCloseTo(0.1 + 43_800 * 0.000_01);
  });

  test('takes what is missing of a balance for low only where the volume worked meanwhile', () => {
    const balance = byMinute(100, 100, 100, 100, 100, 100);
    expect(assessed({ balance }).watching).toBe(0.1);
    expect(assessed({ balance, unseen: 'lost' }).watching).toBeCloseTo(
      0.1 + ((1_434 * 43_800) / 1_440) * 0.000_01,
    );
  });

  test('does not judge a balance of which there is no sample', () => {
    const { minutesAtWall, replay } = assessed({ balance: byMinute() });
    const none = unread('there is no sample of its balance in these days');
    expect([minutesAtWall, replay]).toEqual([none, none]);
  });

  test('judges an HDD by its throughput', () => {
    const volume = { ...someVolume(), size: gibibytes(500), configuration: { type: 'st1' as const } };
    const { minutesAtWall, bucket } = assessed({
      volume,
      balance: byMinute(0, 0),
      iops: byMinute(1, 1),
      throughput: byMinute(19.5, 2),
    });
    expect([bucket.unit, minutesAtWall]).toEqual(['MiB/s', read(1, noon)]);
  });
});

const blank = { balance: byMinute(100), iops: unread('not asked'), throughput: unread('not asked') } as const;
