import { expect, test } from 'vitest';
import { assessSummary } from '../../../cli/commands/assess-summary.ts';
import { paint } from '../../../cli/render/paint.ts';
import type { Assessment } from '../../../core/domain/history/assessment.ts';
import type { NoAlarm } from '../../../core/domain/history/no-alarm.ts';
import { dollars } from '../../../core/domain/units.ts';
import {
  avertedVolume,
  calmVolume,
  made,
  someRegion,
  stalledVolume,
  unreadVolume,
} from '../../report/some-assessment.ts';

const summaryOf = (...volumes: readonly Assessment[]): string =>
  assessSummary(
    { regions: [someRegion({ volumes })], missing: [], notes: [] },
    made,
    paint(false),
    undefined,
  );

const [hit, averted, calm, unread] = [stalledVolume(), avertedVolume(), calmVolume(), unreadVolume()];

test.each([
  ['2 volumes hit the wall.', [hit, averted, calm]],
  ['No volume hit the wall.', [calm]],
  ['1 volume hit the wall; of 1 other it is unknown.', [hit, unread]],
  ['No volume was seen to hit the wall; of 1 volume it is unknown.', [calm, unread]],
  ['No volume was seen to hit the wall; of 2 volumes it is unknown.', [unread, unread]],
])('says "%s"', (words, volumes) => {
  expect(summaryOf(...volumes).split('\n')).toContain(words);
});

test('prices watching what has an alarm, and nobody where there is none', () => {
  const without = (noAlarm: NoAlarm): Assessment => ({ ...calm, noAlarm, watching: dollars(0) });
  expect(summaryOf(calm, hit)).toContain('Watching all of them costs at most $0.21 a month.');
  expect(summaryOf(calm, without('opted-out'))).toContain('Watching the others costs at most $0.10 a month.');
  expect(summaryOf(without('opted-out'))).toContain('would have no alarm');
  expect(summaryOf(without('opted-out'))).not.toContain('Watching');
});

test('names what the replay takes for granted, as it was', () => {
  const tagged = { ...made, assumptions: { ...made.assumptions, consent: 'as-tagged' as const } };
  const regions = [someRegion()];
  const text = assessSummary({ regions, missing: [], notes: [] }, tagged, paint(false), undefined);
  expect(text).toContain('only tagged volumes may be moved');
  expect(summaryOf(hit)).toContain('every volume carries the consent tag');
});
