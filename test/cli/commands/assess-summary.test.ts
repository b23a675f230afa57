import { describe, expect, test } from 'vitest';
import { assessSummary } from '../../../cli/commands/assess-summary.ts';
import { paint } from '../../../cli/render/paint.ts';
import { htmlReport } from '../../../cli/report/html-report.ts';
import type { Assessment } from '../../../core/domain/history/assessment.ts';
import type { NoAlarm } from '../../../core/domain/history/no-alarm.ts';
import { dollars } from '../../../core/domain/units.ts';
import type { VolumeId } from '../../../core/domain/volume.ts';
import {
  avertedVolume,
  calmVolume,
  made,
  partlySparedVolume,
  replayedAs,
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
const partlySpared = partlySparedVolume();

const stalled134 = 'ran out of burst credits and stalled for 2 h 14 min; under the policy';
test.each([
  [
    '2 of 3 volumes ran out of burst credits and stalled for 3 h 45 min; under the policy 2 h 14 min would be left.',
    [hit, averted, calm],
  ],
  [`1 of 1 volume ${stalled134} 6 min would be left.`, [partlySpared]],
  [`1 of 2 volumes ${stalled134} 2 h 14 min would be left.`, [hit, unread]],
  ['None of 1 volume was seen to run out of burst credits.', [calm]],
  ['None of 2 volumes was seen to run out of burst credits.', [calm, unread]],
])('says "%s"', (words, volumes) => {
  expect(summaryOf(...volumes).split('\n')).toContain(words);
});

test('says it in the words of the page', () => {
  const volumes = [hit, averted, calm];
  const page = htmlReport([someRegion({ volumes })], made);
  const [, sentence = 'no sentence'] = /class="lead">([^<]*)</.exec(page) ?? [];
  expect(summaryOf(...volumes).split('\n')).toContain(sentence);
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
  const tableOf = (columns: number | undefined, volumes: readonly Assessment[] = all) => {
    const lines = textOf(volumes, made, columns).split('\n');
    const head = lines.findIndex((line) => line.startsWith('volume '));
    const rows = lines.slice(head + 2, head + 2 + volumes.length);
    return { head: lines[head]?.split(/ {2,}/), rows, lines };
  };

  test('tells which volume, when it would have been moved or told of, and what came of it', () => {
    const { rows } = tableOf(undefined);
    expect(rows[0]).toMatch(
      /^vol-0a11a11a11a11a111 {2,}orders-db-data .* 27 min ahead {2,}told 11-11 01:26 {2,}still stalls /,
    );
    expect(rows[1]).toMatch(/ search-index .* moved 11-13 01:32 {2,}stall averted /);
    expect(rows[2]).toMatch(/ log-archive .* told 11-16 01:52 {2,}told, no stall /);
  });

  test('shows the move where people were told before it, and what is left where it spared some', () => {
    const { rows } = tableOf(80, [partlySpared]);
    expect(rows[0]).toMatch(/ moved 11-11 01:43 {2,}6 min left$/);
    expect(tableOf(80, [hit]).rows[0]).toMatch(/ told 11-11 01:26 {2,}still stalls$/);
  });

  test('names no step where there was none, and does not call none what nobody knows', () => {
    const { rows } = tableOf(undefined);
    expect(rows[3]).toMatch(/ build-cache .* no wall {2,}- {2,}never in danger /);
    expect(rows[4]).toMatch(/^vol-0e55e55e55e55e555 {2,}- .* unknown {2,}unknown {2,}unknown {2,}\$3\.00/);
  });

  test('shows all where there is room, and where no terminal limits it', () => {
    for (const columns of [200, undefined]) {
      expect(tableOf(columns).head?.join(' | ')).toBe(
        'volume | name | size | p99.5 of baseline | lowest | at the wall | first wall | moved/told, UTC | with the policy | now/mo | moved/mo',
      );
    }
  });

  test.each([
    [110, 'volume | name | lowest | at the wall | first wall | moved/told, UTC | with the policy'],
    [80, 'volume | name | at the wall | moved/told, UTC | with the policy'],
    [70, 'volume | name | moved/told, UTC | with the policy'],
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

/** As one line, however the terminal breaks it. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('under the table', () => {
  test('stands what a narrow terminal has no room for, and nothing where there is room', () => {
    expect(flat(textOf([hit], made, 80))).toContain(
      'No room for size, p99.5 of baseline, lowest, first wall, now/mo and moved/mo; a wider terminal, --html, --csv and --json have them.',
    );
    for (const columns of [200, undefined]) expect(textOf([hit], made, columns)).not.toContain('No room');
  });

  test('a question mark is explained where one is shown', () => {
    const words =
      '?: its demand was not read: its balance never fell below 90 %, so the detail was not asked for.';
    expect(flat(textOf([hit, calm]))).toContain(words);
    expect(textOf([hit])).not.toContain('?:');
    expect(textOf([hit, calm], made, 80)).not.toContain('?:');
  });

  test('a price of moving is explained where nothing calls for a move', () => {
    expect(textOf([hit, calm])).toContain('moved/mo: ');
    expect(textOf([hit])).not.toContain('moved/mo: ');
    expect(textOf([hit, calm], made, 80)).not.toContain('moved/mo: ');
  });

  test('it says that only the first wall is meant, where there was one', () => {
    expect(textOf([hit])).toContain(
      'first wall: how long before it people were told; later walls are not judged here.',
    );
    expect(textOf([calm])).not.toContain('first wall: ');
  });
});

describe('a stall that is left', () => {
  test('has its steps and why they came late', () => {
    expect(flat(summaryOf(partlySpared))).toContain(
      `Still stalls: ${partlySpared.volume.id} (told 11-11 01:27, moved 11-11 01:43): not moved at first, as others had used up blastRadius within the hour.`,
    );
  });

  test('is told once for each reason, of three volumes by name', () => {
    const ids = ['a', 'b', 'c', 'd'].map((letter) => `vol-0${letter.repeat(16)}` as const);
    const volumes = ids.map((id) => ({ ...hit, volume: { ...hit.volume, id } }));
    const told = ids.slice(0, 3).map((id) => `${id} (told 11-11 01:26)`);
    expect(flat(summaryOf(...volumes))).toContain(
      `Still stall: ${told.join(', ')} and 1 more: not moved, as no tag consents.`,
    );
  });

  test('says that nobody would have heard where nothing was said', () => {
    const silent = replayedAs(hit, []);
    expect(flat(summaryOf(silent))).toContain(
      `Still stalls: ${hit.volume.id}: nothing would have been said.`,
    );
    expect(flat(summaryOf({ ...silent, noAlarm: 'opted-out' }))).toContain('it would have no alarm.');
  });

  test('is not told of where none is left', () => {
    expect(summaryOf(averted, calm, unread)).not.toContain('Still stall');
  });
});

describe('what was not assessed', () => {
  const why = 'CloudWatch has nothing of it';
  const told = (...ids: readonly VolumeId[]): string => {
    const unassessed = ids.map((volumeId) => ({ volumeId, why }));
    return flat(
      assessSummary(
        { regions: [someRegion({ volumes: [calm], unassessed })], missing: [], notes: [] },
        made,
        plain,
      ),
    );
  };

  test('is named, up to three of them', () => {
    expect(told('vol-1')).toContain(`Not assessed: 1 volume (vol-1): ${why}.`);
    expect(told('vol-1', 'vol-2')).toContain(`Not assessed: 2 volumes (vol-1, vol-2), of each: ${why}.`);
    expect(told('vol-1', 'vol-2', 'vol-3', 'vol-4', 'vol-5')).toContain(
      `Not assessed: 5 volumes (vol-1, vol-2, vol-3 and 2 more), of each: ${why}.`,
    );
  });

  test('is not mentioned where all was', () => {
    expect(told()).not.toContain('Not assessed');
  });
});
