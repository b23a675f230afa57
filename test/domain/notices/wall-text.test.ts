import { expect, test } from 'vitest';
import { isVague, wallTime } from '../../../core/domain/notices/wall-text.ts';
import { time } from '../../fakes/case-notices.ts';

const at = time('03:11');
const wall = (earliest: string, likely: string, latest?: string, day?: string) => ({
  earliest: time(earliest),
  likely: time(likely),
  latest: latest === undefined ? undefined : time(latest, day),
});

test.each([
  ['about 03:27 UTC', wall('03:24', '03:27', '03:31')],
  ['about 03:27 UTC', wall('03:24', '03:27', '04:24')],
  ['between 03:24 and 04:25 UTC', wall('03:24', '03:27', '04:25')],
  ['between 03:24 and 2026-11-23 02:00 UTC', wall('03:24', '03:27', '02:00', '2026-11-23')],
  ['about 03:27 UTC', wall('03:24', '03:27')],
  ['03:24 UTC at the earliest', wall('03:24', '04:25')],
  ['by 04:12 UTC', wall('03:05', '03:27', '04:12')],
  ['about 03:27 UTC', wall('03:05', '03:27', '04:11')],
  ['any minute or much later', wall('03:05', '04:12')],
] as const)('a wall is told as %s', (words, range) => {
  expect(wallTime(range, at)).toBe(words);
  expect(isVague(range, at)).toBe(!words.startsWith('about'));
});
