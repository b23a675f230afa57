import { describe, expect, test } from 'vitest';
import { laterWord, type Mute, unsaid, wordToRemember } from '../../core/domain/look-at.ts';
import { minutes } from '../../core/domain/units.ts';
import { ahead } from './some-situation.ts';

const muted = (said: number, until: number): Mute => ({
  kind: 'muted',
  saidAt: ahead(minutes(said)),
  until: ahead(minutes(until)),
  end: 'told',
});
const lifted = (said: number): Mute => ({ kind: 'not-muted', saidAt: ahead(minutes(said)) });

describe('of two words about a mute', () => {
  test.each<[string, Mute, Mute]>([
    ['the later counts, though it lifts the mute', lifted(2), muted(1, 30)],
    ['the later counts, though it ends sooner', muted(2, 10), muted(1, 30)],
    ['any counts rather than silence', lifted(1), unsaid],
    ['of one moment the one that mutes counts', muted(1, 30), lifted(1)],
    ['of one moment the one that mutes for longer counts', muted(1, 30), muted(1, 10)],
  ])('%s, in whichever order they come', (_what, counts, other) => {
    expect(laterWord(counts, other)).toBe(counts);
    expect(laterWord(other, counts)).toBe(counts);
  });

  test('there is none where both say nothing', () => {
    expect(laterWord(unsaid, unsaid)).toEqual(unsaid);
  });
});

describe('what an event said about a mute', () => {
  test.each<[string, Mute, Mute]>([
    ['a mute where none was known', muted(0, 30), unsaid],
    ['a later mute', muted(1, 30), muted(0, 30)],
    ['a mute after one that was lifted', muted(1, 30), lifted(0)],
    ['the end of a mute', lifted(1), muted(0, 30)],
  ])('is remembered: %s', (_what, said, remembered) => {
    expect(wordToRemember(said, remembered)).toBe(said);
  });

  test.each<[string, Mute, Mute]>([
    ['silence', unsaid, muted(0, 30)],
    ['no mute where none was known', lifted(0), unsaid],
    ['no mute where it was lifted before', lifted(1), lifted(0)],
    ['an end that is older than the mute', lifted(-1), muted(0, 30)],
    ['an end of the same moment as the mute', lifted(0), muted(0, 30)],
    ['a mute that was lifted since', muted(0, 30), lifted(1)],
    ['the same event a second time', muted(0, 30), muted(0, 30)],
  ])('is not remembered: %s', (_what, said, remembered) => {
    expect(wordToRemember(said, remembered)).toBeUndefined();
  });
});
