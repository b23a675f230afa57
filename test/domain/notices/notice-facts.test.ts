import { expect, test } from 'vitest';
import { storiesOf } from '../../../core/domain/notices/case-story.ts';
import { bestStep } from '../../../core/domain/notices/facts-of-refusals.ts';
import { factsOf } from '../../../core/domain/notices/notice-facts.ts';
import { messageOf } from '../../../core/domain/notices/notice-message.ts';
import { read, unread } from '../../../core/domain/reading.ts';
import { minutes } from '../../../core/domain/units.ts';
import { atWall, caseNotice, draining, said, time, toGp3, vague } from '../../fakes/case-notices.ts';
import { labels, lines, stamp } from './facts-under-test.ts';

test('the facts stand in their order, whatever was read first', () => {
  expect(labels(caseNotice(said.acted))).toEqual([
    'What',
    'Did',
    'Expect',
    'Not done',
    'Where',
    'Credits',
    'Cause',
    'Cost',
    'Limits',
    'Lock',
    'Undo',
    'Next',
    'Owner',
    'Graph',
    'Console',
    'Runbook',
  ]);
  expect(labels(caseNotice(said.needed))).toEqual([
    'What',
    'Did',
    'Not done',
    'By hand',
    'Where',
    'Credits',
    'Cause',
    'Cost',
    'Limits',
    'Next',
    'Owner',
    'Graph',
    'Console',
    'Runbook',
  ]);
});

test('a fact without a source is left out', () => {
  const bare = caseNotice(
    { ...said.needed, wouldDo: undefined },
    {
      about: {
        owner: undefined,
        environment: undefined,
        stack: undefined,
        device: undefined,
        instanceIds: [],
      },
    },
  );
  expect(labels(bare)).not.toContain('Owner');
  expect(labels(bare)).not.toContain('Cost');
  expect(lines('Where', bare)[0]).toBe('vol-0a1b2c3d4e5f67890 checkout-db-2, 200 GiB gp2, not attached.');
});

test('a source that failed says unknown, and why', () => {
  const blind = caseNotice(said.acted, {
    other: {
      felt: unread('Throttling'),
      slotsUsed: unread('no answer'),
      caps: unread('no census yet'),
      otherCauses: {
        instanceLimit: unread('AccessDenied'),
        health: read({ kind: 'impaired', status: 'io-disabled' }, time('03:11')),
      },
    },
  });
  expect(lines('What', blind)[0]).toContain('Latency and queue unknown (Throttling).');
  expect(lines('Limits', blind)).toEqual(['Unknown (no census yet).']);
  expect(lines('Undo', blind).at(-1)).toBe('Changes used of the 4 in 24 h: unknown (no answer).');
  expect(lines('Cause', blind)).toEqual([
    'Burst credits. NOT ruled out: instance limit (unknown, AccessDenied), volume fault (status io-disabled).',
  ]);
});

test.each([
  ['draining', draining, '34 %, falling 2.1 %/min; 13-20 min to empty. '],
  ['at the wall', atWall, '0 %: empty. '],
  ['steady', { ...atWall, kind: 'steady' }, '0 %, steady. '],
  [
    'seen once',
    { ...atWall, kind: 'first-sight', earliestWall: time('03:22') },
    '0 %, one reading only: no trend yet; at full burst empty at 03:22 UTC. ',
  ],
  [
    'unknown',
    { kind: 'unknown', why: 'no-data', detail: 'no reading since 02:50' },
    'Balance unknown (no reading since 02:50). ',
  ],
] as const)('credits that are %s are told with the demand', (_what, forecast, text) => {
  expect(lines('Credits', caseNotice(said.warned, { forecast }))).toEqual([
    `${text}Demand 2,450 IOPS, baseline 600 IOPS, burst 3,000 IOPS.`,
  ]);
});

test('a wall that only full burst would reach has no latest time', () => {
  const forecast = {
    ...draining,
    kind: 'draining',
    percentPerMinute: 2,
    wall: { earliest: time('03:24'), likely: time('03:27'), latest: undefined },
  } as const;
  expect(lines('What', caseNotice(said.warned, { forecast }))[0]).toContain('(03:24 at the earliest)');
});

test('when the next word comes is always said', () => {
  expect(lines('Next', caseNotice(said.acted))).toEqual(['When it changes, or at 03:40 UTC at the latest.']);
  expect(
    lines('Next', caseNotice(said.acted, { other: { nextNewsAt: time('00:10', '2026-11-23') } })),
  ).toEqual(['When it changes, or at 2026-11-23 00:10 UTC at the latest.']);
  expect(lines('Next', caseNotice(said.acted, { other: { nextNewsAt: undefined } }))).toEqual([
    'When it changes; nothing is scheduled.',
  ]);
  expect(lines('Next', caseNotice(said.recovered))).toEqual(['Nothing more: this case is closed.']);
});

test('the graph is of the right volume and window, and ends in what a mail program keeps', () => {
  const [graph] = lines('Graph', caseNotice(said.warned));
  expect(graph).toContain(
    "~(~'AWS*2fEBS~'BurstBalance~'VolumeId~'vol-0a1b2c3d4e5f67890~(stat~'Minimum~yAxis~'left))",
  );
  expect(graph).toContain("~start~'2026-11-22T00*3a11*3a00.000Z~end~'2026-11-22T04*3a11*3a00.000Z)");
  expect(graph).toMatch(/vol-0a1b2c3d4e5f67890$/);
  expect(graph).not.toMatch(/[\s<>|"]/);
});

test('a deleted volume has no graph', () => {
  const gone = caseNotice({
    kind: 'ended',
    ending: 'gone',
    reason: { code: 'volume-gone' },
    plan: undefined,
  });
  expect(labels(gone)).not.toContain('Graph');
});

test('the footer names case, evidence, version and mode', () => {
  expect(messageOf([caseNotice(said.acted)], stamp).footer).toBe(
    'case EB-7Q2F81KD, evidence 70 s old, ebs-burst-responder 1.2.3, mode act',
  );
});

test('old evidence shows its age in minutes', () => {
  const forecast = { ...atWall, age: minutes(9) };
  expect(messageOf([caseNotice(said.acted, { forecast })], stamp).footer).toContain('evidence 9 min old');
});

test.each([
  [
    1,
    'Shed load; if it still runs out we try once more. If that fails too, move it by hand with the command below.',
  ],
  [2, 'Move it by hand with the command below, or shed load: we do not try again within 24 hours.'],
])('after a failed modification and %i used, the step says whether we try again', (used, step) => {
  const failed = {
    kind: 'ended',
    ending: 'failed',
    reason: { code: 'modification-failed' },
    plan: toGp3,
  } as const;
  const [story] = storiesOf([{ ...caseNotice(failed), slotsUsed: read(used, time('03:25')) }]);
  expect(story && bestStep(story)).toBe(step);
});

test('a runbook is named where there is a link to it, and not where nobody could follow one', () => {
  const [story] = storiesOf([caseNotice(said.warned)]);
  const shows = (runbook: string | undefined) =>
    story && factsOf(story, { version: '1.2.3', runbook }).some(({ label }) => label === 'Runbook');
  expect(shows('https://example.org/runbook.md')).toBe(true);
  expect(shows(undefined)).toBe(false);
});

test('a wall that nobody can time is told as a range with what the present rate says', () => {
  const when = 'unclear when: between 03:40 and 09:30 UTC, at the present rate about 05:04 UTC.';
  expect(lines('What', caseNotice(said.warned, { forecast: vague }))[0]).toContain(
    `runs out of burst credits and then drops to 600 IOPS; ${when}`,
  );
  expect(lines('What', caseNotice(said.acted, { forecast: vague }))[0]).toContain(
    `would have run out of burst credits; ${when}`,
  );
  expect(lines('Credits', caseNotice(said.warned, { forecast: vague }))[0]).toContain(
    '29 min to 6 h 19 min to empty',
  );
});

test('a wall within the hour is told by its time', () => {
  const forecast = { ...vague, wall: { ...vague.wall, likely: time('04:00'), latest: time('04:40') } };
  expect(lines('What', caseNotice(said.warned, { forecast }))[0]).toContain(
    'about 04:00 UTC (03:40-04:40) and then',
  );
});

test('a mute whose end is ours is not told as known', () => {
  const until = time('03:09', '2026-11-23');
  const whatOf = (end: 'told' | 'assumed') =>
    lines('What', caseNotice(said.needed, { other: { mutedUntil: { at: until, end } } })).join(' ');
  expect(whatOf('assumed')).toContain(
    'Its alarm is muted, its event did not say until when; we take it for muted until 2026-11-23 03:09 UTC.',
  );
  expect(whatOf('told')).toContain('Its alarm is muted until 2026-11-23 03:09 UTC.');
});
