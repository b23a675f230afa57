import { describe, expect, test } from 'vitest';
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
  throughputVolume,
  unreadVolume,
} from '../../report/some-assessment.ts';

const plain = { paint: paint(false), columns: undefined, html: undefined };
const textOf = (volumes: readonly Assessment[], how = made, columns?: number): string =>
  assessSummary({ regions: [someRegion({ volumes })], missing: [], notes: [] }, how, { ...plain, columns });
const summaryOf = (...volumes: readonly Assessment[]): string => textOf(volumes);

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
  expect(textOf([hit], tagged)).toContain('only tagged volumes may be moved');
  expect(summaryOf(hit)).toContain('every volume carries the consent tag');
});

test('says that acting was assumed where no policy was named, and not where one was', () => {
  const words = 'As if acting were allowed where no tag forbids it; --policy FILE judges yours.';
  const assumed = { ...made, acting: 'assumed' as const };
  expect(textOf([hit], assumed).split('\n')).toContain(words);
  expect(summaryOf(hit)).not.toContain(words);
  expect(textOf([], assumed)).not.toContain(words);
});

describe('the table', () => {
  const all = [hit, averted, throughputVolume(), calm, unread];
  const tableOf = (columns: number | undefined) => {
    const lines = textOf(all, made, columns).split('\n');
    const head = lines.findIndex((line) => line.startsWith('volume '));
    const rows = lines.slice(head + 2, head + 2 + all.length);
    return { head: lines[head]?.split(/ {2,}/), rows, lines };
  };

  test('tells which volume, when the first step would have been, and what came of it', () => {
    const { rows } = tableOf(undefined);
    expect(rows[0]).toMatch(
      /^vol-0a11a11a11a11a111 {2,}orders-db-data .* 27 min ahead {2,}told 11-11 01:26 {2,}still stalls /,
    );
    expect(rows[1]).toMatch(/ search-index .* moved 11-13 01:32 {2,}stall averted /);
    expect(rows[2]).toMatch(/ log-archive .* told 11-16 01:52 {2,}told, no stall /);
  });

  test('names no step where there was none, and does not call none what nobody knows', () => {
    const { rows } = tableOf(undefined);
    expect(rows[3]).toMatch(/ build-cache .* no wall {2,}- {2,}never in danger /);
    expect(rows[4]).toMatch(/^vol-0e55e55e55e55e555 {2,}- .* unknown {2,}unknown {2,}unknown {2,}\$3\.00/);
  });

  test('shows all where there is room, and where no terminal limits it', () => {
    for (const columns of [200, undefined]) {
      expect(tableOf(columns).head?.join(' | ')).toBe(
        'volume | name | size | p99.5 of baseline | lowest | at the wall | announced | first step, UTC | with the policy | now/mo | moved/mo',
      );
    }
  });

  test.each([
    [110, 'volume | name | lowest | at the wall | announced | first step, UTC | with the policy'],
    [80, 'volume | name | at the wall | first step, UTC | with the policy'],
    [70, 'volume | name | first step, UTC | with the policy'],
  ])('on %d columns keeps what matters most, and no line is wider', (columns, titles) => {
    const { head, rows, lines } = tableOf(columns);
    expect(head?.join(' | ')).toBe(titles);
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(rows[0]).toMatch(/^vol-0a11a11a11a11a111 +orders-.* told 11-11 01:26 {2,}still stalls$/);
  });

  test('says of how many volumes nobody knows, and why of one of them, and nothing of the kind where all is known', () => {
    expect(textOf([hit, unread])).toContain(
      `Not judged: 1 volume, e.g. ${unread.volume.id}: AccessDenied on cloudwatch:GetMetricData.`,
    );
    expect(textOf([hit, calm])).not.toContain('Not judged');
  });

  test('says "at least" of a wall beside which hours are missing, and of no other', () => {
    const gapped: Assessment = { ...hit, recorded: { ...hit.recorded, unseen: 'lost' } };
    expect(textOf([gapped])).toMatch(/ at least \d+ h/);
    expect(textOf([hit])).not.toContain('at least');
  });

  test('breaks no sentence after every word where a terminal tells no width that could be read', () => {
    expect(textOf(all, made, 1).split('\n')).toContain(
      'Prices are list prices of us-east-1 (checked 2026-10-07).',
    );
  });

  test('cuts a name where there is no room for it, and not where there is', () => {
    expect(tableOf(80).rows[0]).toContain(' orders-… ');
    expect(tableOf(110).rows[0]).not.toContain('…');
  });

  test('does not let a name write to the terminal', () => {
    const evil = { ...hit, volume: { ...hit.volume, tags: { Name: 'db\u001b[2J' } } };
    expect(summaryOf(evil)).toContain(' db [2J ');
    expect(summaryOf(evil)).not.toContain('\u001b');
  });
});
