import { describe, expect, test } from 'vitest';
import type { Replayed, VolumeReplay } from '../../../core/domain/history/replayed.ts';
import { scoreOf, scoreSum } from '../../../core/domain/history/score.ts';
import { after, dollars, gibibytes, instant, minutes } from '../../../core/domain/units.ts';
import { aDayOf, nightlyBatch, recorded } from '../../application/replay/some-recording.ts';

/** Hits its wall at 221 minutes after midnight. */
const batch = recorded(nightlyBatch);
const { from } = aDayOf(batch);
const at = (minute: number) => after(from, minutes(minute));
const { id: volumeId } = batch.volume;

const plan = {
  purpose: 'fix',
  from: { type: 'gp2' },
  to: { type: 'st1' },
  price: {
    now: dollars(1),
    after: dollars(2),
    difference: dollars(1),
    alternatives: [],
    listOf: { checked: '2026-10-07', region: 'us-east-1' },
  },
  slowerThanBurst: undefined,
} as const;

const word = (minute: number, wall?: number): Replayed => ({
  kind: 'announced',
  at: at(minute),
  volumeId,
  said: 'warned',
  wall: wall === undefined ? undefined : at(wall),
  refusals: [],
});
const act = (minute: number, wall?: number): Replayed => ({
  kind: 'acted',
  at: at(minute),
  volumeId,
  plan,
  wall: wall === undefined ? undefined : at(wall),
});
const wallAt = (minute: number): readonly Replayed[] => [
  { kind: 'hit-wall', at: at(minute), volumeId },
  { kind: 'left-wall', at: at(minute + 60), volumeId },
];
const cameTo = (...timeline: readonly Replayed[]): VolumeReplay => ({
  volumeId,
  timeline,
  stallMinutes: 7,
  extraCost: dollars(3),
});
const scored = (...timeline: readonly Replayed[]) => scoreOf(batch, cameTo(...timeline), from);

describe('a score', () => {
  test('counts a wall that came, and how long before it the first word was there', () => {
    const score = scored(word(190, 221), word(205, 221), ...wallAt(221));
    expect(score).toMatchObject({ walls: 1, averted: 0, due: 1, announced: 1, words: 2 });
    expect(score.leads).toEqual([minutes(31) - 20_000]);
    expect(score).toMatchObject({ groundless: 0, acts: 0, stallMinutes: 7, extraCost: 3 });
  });

  test('counts a wall that nobody was told of', () => {
    expect(scored(...wallAt(221))).toMatchObject({ walls: 1, due: 1, announced: 0, leads: [] });
  });

  test('takes an act because of a wall for a word about it, and the wall for averted', () => {
    const score = scored(act(205, 221));
    expect(score).toMatchObject({ walls: 0, averted: 1, due: 1, announced: 1, words: 1 });
    expect(score).toMatchObject({ groundless: 0, acts: 1 });
  });

  test('takes an act for another reason for no word', () => {
    const score = scored(act(30));
    expect(score).toMatchObject({ averted: 1, due: 0, announced: 0, words: 0, acts: 1 });
  });

  test('does not ask for a word about a wall that was averted for good long before', () => {
    const late = recorded((minute) => (minute >= 1_000 && minute < 1_100 ? 2_500 : 50));
    const score = scoreOf(late, cameTo(act(205, 221)), from);
    expect(score).toMatchObject({ averted: 1, due: 0, words: 1, groundless: 1 });
  });

  test('does not ask for a word about a wall that the record begins with', () => {
    expect(scored(...wallAt(59), ...wallAt(221))).toMatchObject({ walls: 2, due: 1 });
  });

  test.each([
    ['twice the time that was named', word(150, 180), 1],
    ['not longer', word(150, 187), 0],
    ['six hours where none was', word(0), 0],
    ['and back ten minutes after a wall', word(330), 1],
  ])('waits for the wall: %s', (_what, announcement, groundless) => {
    expect(scored(announcement, ...wallAt(221)).groundless).toBe(groundless);
  });

  test('of a volume that cannot run out is nothing but its bill', () => {
    const large = { ...batch, volume: { ...batch.volume, size: gibibytes(2_000) } };
    expect(scoreOf(large, cameTo(), instant(0))).toMatchObject({ walls: 0, averted: 0, extraCost: 3 });
  });
});

test('scores add up, and leads stay sorted', () => {
  const sum = scoreSum([
    scored(word(190, 221), ...wallAt(221)),
    scored(word(210, 221), ...wallAt(221)),
    scored(act(200, 221)),
  ]);
  expect(sum).toMatchObject({ walls: 2, averted: 1, announced: 3, acts: 1, stallMinutes: 21, extraCost: 9 });
  // The wall that was averted is one of the record, whose first empty minute begins at 220.
  expect(sum.leads).toEqual([11, 20, 31].map((lead) => minutes(lead) - 20_000));
});
