import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../cli/report/html-report.ts';
import { totalsOf } from '../../cli/report/totals.ts';
import type { Assessment } from '../../core/domain/history/assessment.ts';
import { unread } from '../../core/domain/reading.ts';
import {
  avertedVolume,
  calmVolume,
  made,
  someRegion,
  stalledVolume,
  unreadVolume,
} from './some-assessment.ts';

/** As it is where Ctrl-C came before the policy was lived through. */
const notReplayed = (assessment: Assessment): Assessment => ({
  ...assessment,
  replay: unread('it was stopped by Ctrl-C'),
  announcedAhead: undefined,
});

const summaryOf = (...volumes: readonly Assessment[]): string => {
  const [summary = ''] =
    htmlReport([someRegion({ volumes })], made).match(/<h2 id="summary".*?<\/section>/s) ?? [];
  return summary.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
};
const tonesOf = (...volumes: readonly Assessment[]): readonly string[] =>
  [...htmlReport([someRegion({ volumes })], made).matchAll(/<div class="tile (\w+)">/g)].map(
    ([, tone]) => tone ?? '',
  );

describe('where no policy was lived through, the page', () => {
  const hit = [notReplayed(stalledVolume()), notReplayed(avertedVolume())] as const;

  it('tells the walls, and promises nothing about what would be left, announced or needed', () => {
    const summary = summaryOf(...hit);
    for (const words of [
      '2 of 2 volumes ran out of burst credits and stalled for 3 h 45 min; how much of it the policy would have left is unknown. 2 volumes could not be judged.',
      'Hit the wall 2 of 2 volumes ',
      'Stalled 3 h 45 min under the policy unknown',
      'First wall announced unknown of 2 volumes that hit the wall',
      'What help 2 volumes would have needed, and at what cost, is unknown; no other needed any.',
    ])
      expect(summary).toContain(words);
    for (const words of ['none of it', '0 of', 'no wall', 'No volume needed', '0 min'])
      expect(summary).not.toContain(words);
    expect(tonesOf(...hit)).toEqual(['plain', 'bad', 'bad', 'plain', 'plain']);
  });

  it('does not let what is known of one Region speak for another', () => {
    const summary = summaryOf(stalledVolume(), notReplayed(avertedVolume()));
    for (const words of [
      'under the policy 2 h 14 min would be left (of 1 of them that is unknown).',
      'under the policy 2 h 14 min, 0 volumes moved; of 1 volume unknown',
      'First wall announced 1 of 1 volumes; median 27 min ahead, least 27 min; of 1 more unknown',
      'the 1 volume that needed help; 1 unknown left out, the others cost the same in every case',
    ])
      expect(summary).toContain(words);
  });

  it('counts a wall as unannounced where that is known', () => {
    const unheard = { ...stalledVolume(), announcedAhead: undefined };
    expect(summaryOf(unheard)).toContain('First wall announced 0 of 1 no first wall was announced');
  });
});

describe('where a balance was not read, the page', () => {
  it('is not green, and says of how many volumes nobody knows', () => {
    const summary = summaryOf(calmVolume(), unreadVolume());
    for (const words of [
      'None of 2 volumes was seen to run out of burst credits. 1 volume could not be judged.',
      'Hit the wall 0 of 2 volumes, 1 of them unknown',
      'First wall announced 0 of 0 no wall was seen',
      'What help 1 volume would have needed',
    ])
      expect(summary).toContain(words);
    expect(tonesOf(calmVolume(), unreadVolume())).not.toContain('good');
  });

  it('is green where all were read', () => {
    expect(summaryOf(calmVolume())).toContain('0 of 0 no wall to announce');
    expect(tonesOf(calmVolume()).filter((tone) => tone === 'good')).toHaveLength(3);
  });
});

it('the unknown is in no sum', () => {
  const totals = totalsOf([someRegion({ volumes: [notReplayed(stalledVolume()), unreadVolume()] })]);
  expect(totals).toMatchObject({ hitWall: 1, hitUnjudged: 1, wallUnknown: 1, leads: [], moved: 0 });
  expect(totals).toMatchObject({ wallMinutes: 134, stallMinutes: 0, bills: { volumes: 0, now: 0 } });
});
