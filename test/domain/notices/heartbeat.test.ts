import { describe, expect, test } from 'vitest';
import { heartbeatFacts, heartbeatTitles } from '../../../core/domain/notices/heartbeat.ts';
import type { HeartbeatNotice } from '../../../core/domain/notices/notice.ts';
import { titleOf } from '../../../core/domain/notices/notice-title.ts';
import { invalidTagsOf } from '../../../core/domain/notices/unwatched.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { dollars, hours, minutes } from '../../../core/domain/units.ts';
import { mailOf } from '../../../lambda/adapters/sns-text.ts';
import { time } from '../../fakes/case-notices.ts';

const heartbeat = (given: Partial<HeartbeatNotice> = {}): HeartbeatNotice => ({
  kind: 'heartbeat',
  id: 'heartbeat#1',
  at: time('08:00'),
  account: '111122223333',
  region: 'eu-west-1',
  mode: 'act',
  watched: 412,
  unwatched: 0,
  openCases: 1,
  stillUpgraded: 2,
  committed: dollars(16),
  maxMonthlyIncrease: dollars(100),
  metricReads: 8_640,
  invalidTags: invalidTagsOf([]),
  census: read(minutes(15), time('08:00')),
  ...given,
});
const bodyOf = (notice: HeartbeatNotice): string =>
  mailOf({ kind: 'first', notices: [notice] }, { version: '1.2.3', runbook: undefined }).body;
const problems = (given: Partial<HeartbeatNotice>) =>
  heartbeatFacts(heartbeat(given)).flatMap(({ value }) => (value.kind === 'text' ? value.lines : []));

describe('the heartbeat', () => {
  test('is one line where nothing is wrong', () => {
    expect(bodyOf(heartbeat())).toBe(
      'FYI: alive in eu-west-1, 412 disks watched, 1 open case. Account 111122223333, mode act; ' +
        '2 still upgraded, $16.00 a month; 8,640 metric reads ($0.09) in 24 h. ebs-burst-responder 1.2.3\n',
    );
  });

  test('is more than one line where something is', () => {
    const body = bodyOf(heartbeat({ census: read(hours(7), time('08:00')) }));
    expect(body.split('\n').slice(1)).toEqual([
      '',
      'LOOK AT  The census before this one was 7 h ago, not 15 min: disks',
      '         attached since then may have had no alarm.',
      '',
    ]);
  });

  test('says in its title that the census was late, and not when it was in time', () => {
    expect(titleOf([heartbeat({ census: read(hours(7), time('08:00')) })])).toBe(
      'FYI: alive in eu-west-1, census late (7 h), 412 disks watched, 1 open case',
    );
    expect(titleOf([heartbeat({ census: read(minutes(45), time('08:00')) })])).toBe(
      'FYI: alive in eu-west-1, 412 disks watched, 1 open case',
    );
  });

  test('keeps the late census in a title that has no room for all', () => {
    const long = {
      region: 'ap-southeast-2',
      watched: 100_000,
      openCases: 1_000,
      census: read(hours(7), time('08:00')),
    };
    expect(titleOf([heartbeat(long)])).toBe(
      'FYI: alive in ap-southeast-2, census late (7 h), 100,000 disks watched',
    );
    expect(heartbeatTitles(heartbeat(long)).at(-1)).toBe('alive in ap-southeast-2, census late (7 h)');
  });

  test('names what somebody should look at, and nothing else', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ census: unread('Throttling') })).toEqual([
      'When the last census was is unknown (Throttling).',
    ]);
    const tag = { volumeId: 'vol-0123456789abcdef3', key: 'ebs-burst:mode', got: 'yes' } as const;
    expect(problems({ invalidTags: invalidTagsOf([tag]) })).toEqual([
      'Tags we do not understand: vol-0123456789abcdef3 ebs-burst:mode=yes.',
    ]);
  });

  test('warns of the cap from four fifths on, and not below or where nothing was spent', () => {
    expect(problems({ committed: dollars(80) })).toEqual([
      '$80.00 of the cap of $100.00 a month is committed: soon we move nothing more.',
    ]);
    expect(problems({ committed: dollars(79.99) })).toEqual([]);
    expect(problems({ committed: dollars(0), maxMonthlyIncrease: dollars(0) })).toEqual([]);
  });
});
