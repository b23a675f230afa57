import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { htmlReport, MOST_CHARTS } from '../../cli/report/html-report.ts';
import type { Assessment } from '../../core/domain/history/assessment.ts';
import type { Replayed } from '../../core/domain/history/replayed.ts';
import { read } from '../../core/domain/reading.ts';
import { dollars } from '../../core/domain/units.ts';
import { someVolume } from '../domain/some-volume.ts';
import {
  at,
  batch,
  calmVolume,
  hostileName,
  made,
  partlySparedVolume,
  someAssessment,
  someRegion,
  stalledVolume,
  unreadVolume,
  until,
} from './some-assessment.ts';

const pageOf = (volumes: readonly Assessment[]): string => htmlReport([someRegion({ volumes })], made);
const count = (page: string, part: string): number => page.split(part).length - 1;
const page = htmlReport([someRegion()], made);

/** What a reader sees of it. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<(style|script)>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('the page', () => {
  it('is the same bytes for the same input', () => {
    expect(htmlReport([someRegion()], made)).toBe(page);
  });

  it('says in one sentence what happened and what would be left', () => {
    expect(textOf(page)).toContain(
      '2 of 6 volumes ran out of burst credits and stalled for 3 h 45 min; under the policy 2 h 14 min would be left. 1 volume could not be judged.',
    );
  });

  it('shows the figures of ten seconds', () => {
    for (const words of [
      'Can run out 6 volumes, 1 of them unknown',
      'Hit the wall 2 of 6 volumes, 1 of them unknown',
      'Stalled 3 h 45 min under the policy 2 h 14 min, 1 volume moved; of 1 volume unknown',
      'First wall announced 2 of 2 volumes; median 27 min ahead, least 27 min; 1 volume told of without a wall',
      'Watching costs $0.62 a month',
      'As they are now $76.08 +$0.00',
      'Under the policy: moved while it is needed $90.59 +$14.51',
      'Moved, and never put back $105.92 +$29.84',
      'io1 (1 at the present price: none fits, or unknown) $473.58 +$397.50',
    ])
      expect(textOf(page)).toContain(words);
  });

  it('says that acting was assumed where no policy was named, and only there', () => {
    const words =
      'As if acting were allowed where no tag forbids it; --policy FILE judges yours. A deployment without settings only tells (mode notify) and moves nothing.';
    const assumed = { ...made, acting: 'assumed' as const };
    expect(textOf(htmlReport([someRegion()], assumed))).toContain(words);
    expect(textOf(page)).not.toContain('As if acting');
    expect(textOf(htmlReport([someRegion({ volumes: [] })], assumed))).not.toContain('As if acting');
  });

  it('tells in words why it was not moved and how a case ended, not in codes', () => {
    const told = textOf(pageOf([partlySparedVolume()]));
    expect(told).toContain('; not moved: others had used up blastRadius within the hour');
    expect(told).toContain('case ended: whether it helped is not in this record');
    expect(told).not.toMatch(/over-blast-radius|unproved/);
  });

  it('says so when nobody ran out, and when nothing can', () => {
    expect(textOf(pageOf([calmVolume()]))).toContain(
      'None of 1 volume was seen to run out of burst credits.',
    );
    expect(textOf(pageOf([]))).toContain('No volume here can run out of burst credits.');
    expect(pageOf([])).not.toContain('<table id="table"');
    expect(textOf(htmlReport([], made))).toContain('No Region was read.');
  });

  it('names what was not assessed, what it rests on and what it took', () => {
    for (const words of [
      'vol-0777777777777777a us-east-1: deleted while it was read',
      'Policy replayed: mode act, target auto, lead time 15 min, detection lag 10 min.',
      'us-east-1 (checked 2026-10-07)',
      'Reading this took 5 API calls and 18 billed metrics; nothing was changed.',
      'Made by ebs-burst 0.1.0 on Nov 22, 00:05 UTC',
    ])
      expect(textOf(page)).toContain(words);
  });

  it('has a row and a chart for each volume, worst first, and a place to jump to', () => {
    const ids = [...page.matchAll(/<tr role="row" data-row="(v\d+)">.*?<a href="#(v\d+)">(vol-\w+)<\/a>/g)];
    expect(ids.map(([, row, target]) => row === target)).toEqual(new Array(6).fill(true));
    expect(ids.slice(0, 3).map(([, , , id]) => id)).toEqual([
      'vol-0a11a11a11a11a111',
      'vol-0b22b22b22b22b222',
      'vol-0e55e55e55e55e555',
    ]);
    expect(count(page, '<details ')).toBe(6);
    expect(count(page, 'role="img"')).toBe(6);
  });

  it('tells Regions apart where there are several, and does not repeat the only one', () => {
    const two = htmlReport([someRegion(), someRegion({ region: 'eu-west-1' })], made);
    expect(count(two, 'data-title="Where"')).toBe(12);
    expect(page).not.toContain('data-title="Where"');
    expect(textOf(two)).toContain('1 account, 2 Regions');
  });
});

describe('the chart', () => {
  const stalled = pageOf([stalledVolume()]);

  it('has its lines, its marks and the ground of the empty bucket', () => {
    for (const words of [
      'alarm below 75 %',
      'burst 3,000',
      'baseline 300',
      'Burst balance, %',
      'Operations, IOPS',
    ])
      expect(stalled).toContain(`>${words}</text>`);
    expect(stalled).toMatch(/<path class="lane alarmed" d="M[\d.]+ 0v10M[\d.]+ 0v10"\/>/);
    expect(stalled).toMatch(/<path class="lane hit-wall" d="M[\d.]+ 0h[\d.]+v10h-[\d.]+z/);
    expect(stalled).toContain('<path class="empty"');
  });

  it('does not have marks or ground for what did not happen', () => {
    const calm = pageOf([calmVolume()]);
    expect(calm).not.toContain('class="lane');
    expect(calm).not.toContain('<path class="empty"');
    expect(textOf(calm)).toContain('The policy would have said and done nothing.');
  });

  it('says for those who do not see it what it shows', () => {
    expect(stalled).toContain(
      'aria-label="vol-0a11a11a11a11a111 over time: burst balance at its lowest 0 %; 2 h 14 min at the wall; baseline 300, burst 3,000 IOPS."',
    );
  });
});

describe('what was not read', () => {
  it('is unknown with the reason, and never 0', () => {
    const unread = pageOf([unreadVolume()]);
    const row = /<tr role="row" data-row="v1">.*?<\/tr>/s.exec(unread)?.[0] ?? '';
    expect(
      count(row, '<abbr class="unread" title="AccessDenied on cloudwatch:GetMetricData">unknown</abbr>'),
    ).toBe(9);
    expect(textOf(row)).not.toContain('0 min');
    expect(textOf(unread)).toContain('Lowest balance unknown : AccessDenied on cloudwatch:GetMetricData');
    expect(count(unread, '>unknown, not read</text>')).toBe(2);
    expect(textOf(unread)).toContain(
      'What the policy would have done unknown : AccessDenied on cloudwatch:GetMetricData',
    );
    expect(textOf(unread)).not.toContain('The policy would have said and done nothing.');
    expect(textOf(unread)).toContain('1 volume could not be judged.');
  });
});

describe('a hostile tag', () => {
  it('stays text', () => {
    expect(page).toContain('=HYPERLINK(&quot;https://evil.example&quot;,&quot;x&quot;)&lt;script&gt;');
    expect(count(page, '<script')).toBe(1);
    expect(count(page, '<style')).toBe(1);
    expect(page).not.toContain('<img');
    expect(page).not.toContain(hostileName);
  });

  it('cannot fill the page', () => {
    const long = someAssessment(
      someVolume({
        tags: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, 'x'.repeat(256)])),
      }),
      batch(1, 1, () => 0),
    );
    expect(pageOf([long]).length).toBeLessThan(30_000);
    expect(textOf(pageOf([long]))).toContain('and 42 more');
  });
});

describe('the content policy', () => {
  it('lets nothing run or load but the one script and the one style of the page', () => {
    const hash = (name: string): string => {
      const text = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(page)?.[1] ?? '';
      return createHash('sha256').update(text).digest('base64');
    };
    expect(page).toContain(
      `content="default-src &#39;none&#39;; script-src &#39;sha256-${hash('script')}&#39;; style-src &#39;sha256-${hash('style')}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(page).not.toMatch(/\s(style|on\w+)="/);
    expect(page).not.toMatch(/(src|href)="(?!#v\d)/);
  });
});

describe('the size', () => {
  /** No two minutes alike, a full list of events: what costs the most bytes. */
  function restless(): Assessment {
    const volume = someVolume({ size: 100, tags: { Name: 'a-volume-with-a-name-of-usual-length' } });
    const noise = (minute: number, span: number) =>
      span * Math.abs((Math.sin(minute * 12.9898) * 43_758.5453) % 1);
    const quiet = someAssessment(volume, (minute) => noise(minute, 3_000));
    const balance = Array.from({ length: 14 * 288 }, (_, index) => ({
      at: at(0, 0, index * 5),
      period:
        quiet.recorded.balance.kind === 'read'
          ? (quiet.recorded.balance.value[0]?.period ?? never())
          : never(),
      value: noise(index, 100),
    }));
    const timeline = Array.from({ length: 14 }, (_, day): readonly Replayed[] => [
      { volumeId: volume.id, kind: 'alarmed', at: at(day, 1) },
      {
        volumeId: volume.id,
        kind: 'announced',
        said: 'needed',
        at: at(day, 1, 3),
        wall: at(day, 2),
        refusals: ['no-consent'],
      },
      { volumeId: volume.id, kind: 'hit-wall', at: at(day, 2) },
      { volumeId: volume.id, kind: 'left-wall', at: at(day, 3) },
      { volumeId: volume.id, kind: 'ended', ending: 'recovered', at: at(day, 8) },
    ]).flat();
    return {
      ...quiet,
      recorded: { ...quiet.recorded, balance: read(balance, until) },
      replay: read({ volumeId: volume.id, timeline, stallMinutes: 840, extraCost: dollars(0) }, until),
    };
  }
  const never = (): never => {
    throw new Error('expected a recorded balance');
  };

  it('of 500 restless volumes over 14 days stays below 10 MB', () => {
    const page = pageOf(new Array(500).fill(restless()));
    expect(count(page, '<details ')).toBe(500);
    expect(Buffer.byteLength(page)).toBeLessThan(10_000_000);
  });

  it('of a thousand more grows by their rows only, and the page says so', () => {
    const all = new Array(MOST_CHARTS + 1_000).fill(calmVolume());
    const page = pageOf(all);
    expect(count(page, '<details ')).toBe(MOST_CHARTS);
    expect(count(page, '<tr role="row" data-row=')).toBe(MOST_CHARTS + 1_000);
    expect(textOf(page)).toContain('the other 1,000 are in the table');
    expect(Buffer.byteLength(page)).toBeLessThan(10_000_000);
  });
});
