import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replay, replayUntil } from '../../../core/application/replay/replay.ts';
import { usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import { packedVolume } from '../../../core/domain/history/packed-volume.ts';
import type { RecordedVolume, Recording } from '../../../core/domain/history/recording.ts';
import type { Replayed } from '../../../core/domain/history/replayed.ts';
import { usEast1Prices } from '../../../core/domain/prices.ts';
import { type Reading, read, type Series } from '../../../core/domain/reading.ts';
import { after, hours, type Instant, minutes } from '../../../core/domain/units.ts';
import { somePolicy, someVolume } from '../../domain/some-volume.ts';
import { recorded, recordingOf } from './some-recording.ts';

const length = hours(30);
const runs = { numRuns: 6, endOnFailure: true };

/** Thirty hours of a volume that is busy now and then; some drain, some do not. */
const anyVolume = (number: number): fc.Arbitrary<RecordedVolume> =>
  fc
    .record({
      size: fc.constantFrom(30, 100, 400),
      idle: fc.constantFrom(10, 80),
      bouts: fc.array(
        fc.record({
          from: fc.integer({ min: 0, max: 1_500 }),
          lasts: fc.integer({ min: 5, max: 400 }),
          asks: fc.constantFrom(600, 1_500, 2_900),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    })
    .map(({ size, idle, bouts }) =>
      recorded(
        (minute) => bouts.find(({ from, lasts }) => minute >= from && minute < from + lasts)?.asks ?? idle,
        someVolume({ id: `vol-0000000${number}`, size }),
        length,
      ),
    );

const anyMode = fc.constantFrom('act' as const, 'notify' as const);
const aMoment = fc.integer({ min: 60, max: 1_700 });
const settingsIn = (mode: 'act' | 'notify') => {
  const caps = { ...somePolicy().caps, blastRadius: { volumes: 1_000, percentOfWatched: 100 } };
  return { policy: somePolicy({ mode, caps }), prices: usEast1Prices, assumptions: usualAssumptions };
};

const fleetOf = (...volumes: readonly RecordedVolume[]): Recording => recordingOf(volumes, length);

/** The record as somebody would have it who read it at `until`. */
function cutAt(until: Instant, recording: Recording): Recording {
  const known = (reading: Reading<Series>): Reading<Series> =>
    reading.kind === 'unread'
      ? reading
      : read(
          reading.value.filter(({ at, period }) => after(at, period) <= until),
          until,
        );
  return {
    ...recording,
    until,
    volumes: recording.volumes.map(({ volume, balance, iops, throughput }) => ({
      volume,
      balance: known(balance),
      iops: known(iops),
      throughput: known(throughput),
    })),
  };
}

/** What somebody said or did, and not what physics made of it. */
const isDeed = ({ kind }: Replayed): boolean => !['hit-wall', 'left-wall', 'relieved'].includes(kind);

describe('a replay', () => {
  test('of one volume alone is the same as in a fleet where no cap binds', async () => {
    await fc.assert(
      fc.asyncProperty(anyVolume(1), anyVolume(2), anyVolume(3), anyMode, async (a, b, c, mode) => {
        const settings = settingsIn(mode);
        const fleet = await replay(fleetOf(a, b, c), settings);
        const alone = [];
        for (const one of [a, b, c]) alone.push(...(await replay(fleetOf(one), settings)));
        expect(fleet).toEqual(alone);
      }),
      runs,
    );
  });

  test('is the same of packed volumes, and in any order of volumes', async () => {
    await fc.assert(
      fc.asyncProperty(anyVolume(1), anyVolume(2), anyMode, async (a, b, mode) => {
        const settings = settingsIn(mode);
        const whole = await replay(fleetOf(a, b), settings);
        expect(await replay(fleetOf(packedVolume(a), packedVolume(b)), settings)).toEqual(whole);
        expect((await replay(fleetOf(b, a), settings)).toReversed()).toEqual(whole);
      }),
      runs,
    );
  });

  test('says and does nothing for what comes later: a record that ends there tells the same until there', async () => {
    await fc.assert(
      fc.asyncProperty(anyVolume(1), anyMode, aMoment, async (volume, mode, minute) => {
        const whole = fleetOf(volume);
        const end = after(whole.from, minutes(minute));
        const deeds = async (recording: Recording) =>
          (await replay(recording, settingsIn(mode))).flatMap(({ timeline }) =>
            timeline.filter((one) => isDeed(one) && one.at <= end),
          );
        expect(await deeds(cutAt(end, whole))).toEqual(await deeds(whole));
      }),
      runs,
    );
  });
});

describe('an account found in the middle of a replay', () => {
  test('has open the case that the whole replay has open then, and the volume as that left it', async () => {
    await fc.assert(
      fc.asyncProperty(anyVolume(1), anyMode, aMoment, async (volume, mode, minute) => {
        const recording = fleetOf(volume);
        const at = after(recording.from, minutes(minute));
        const settings = settingsIn(mode);
        const [told] = await replay(recording, settings);
        const before = (told?.timeline ?? []).filter((one) => isDeed(one) && one.at < at);
        const moved = before.findLast(({ kind }) => kind === 'acted' || kind === 'returned');
        const found = await replayUntil(at, recording, settings);
        const { id } = volume.volume;
        const described = (await found.volumes.describe([id])).get(id);
        const plan = moved !== undefined && 'plan' in moved ? moved.plan : undefined;
        expect(described?.configuration).toEqual(plan?.to ?? volume.volume.configuration);
        const spoken = before.findLast(({ kind }) => kind !== 'alarmed');
        if (spoken !== undefined && spoken.kind !== 'ended')
          expect((await found.cases.openCases([id])).has(id)).toBe(true);
      }),
      runs,
    );
  });
});
