import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Notice, Said } from '../../../core/domain/notices/notice.ts';
import { titleOf } from '../../../core/domain/notices/notice-title.ts';
import type { Subject } from '../../../core/domain/notices/subject.ts';
import type { Refusal } from '../../../core/domain/reasons.ts';
import { atWall, backToGp2, caseNotice, said, time, toGp3, toIo1, vague } from '../../fakes/case-notices.ts';

const unknown = { kind: 'unknown', why: 'stale', detail: 'newest reading 14 min old' } as const;

test.each<[string, Notice[]]>([
  ['FYI: prod checkout-db-2 disk runs out of burst credits about 03:27 UTC', [caseNotice(said.warned)]],
  ['YOU ARE NEEDED: prod checkout-db-2 disk throttles about 03:27 UTC', [caseNotice(said.needed)]],
  [
    'YOU ARE NEEDED: prod checkout-db-2 disk throttled to 600 IOPS',
    [caseNotice(said.needed, { forecast: atWall })],
  ],
  [
    'FYI: prod checkout-db-2 disk may run out of burst credits, they cannot be read',
    [caseNotice(said.warned, { forecast: unknown })],
  ],
  ['NO ACTION NEEDED: prod checkout-db-2 disk moving to gp3 before it throttles', [caseNotice(said.acted)]],
  [
    'NO ACTION NEEDED: prod checkout-db-2 throttled disk moving to gp3',
    [caseNotice(said.acted, { forecast: atWall })],
  ],
  [
    'NO ACTION NEEDED: prod checkout-db-2 latency-critical disk moving to gp3',
    [caseNotice({ ...said.acted, plan: { ...toGp3, purpose: 'keep' } })],
  ],
  [
    'NO ACTION NEEDED: prod checkout-db-2 disk moved to gp3',
    [caseNotice(said.acted), caseNotice(said.completed, { version: 2 })],
  ],
  [
    'NO ACTION NEEDED: prod checkout-db-2 disk moved to gp3 before throttling',
    [caseNotice(said.acted), caseNotice(said.averted, { version: 2 })],
  ],
  [
    'NO ACTION NEEDED: prod checkout-db-2 disk is fast again on gp3',
    [caseNotice(said.acted, { forecast: atWall }), caseNotice(said.relieved, { version: 2 })],
  ],
  [
    'NO ACTION NEEDED: prod checkout-db-2 disk moved to gp3, latency as usual',
    [caseNotice(said.acted), caseNotice(said.relieved, { version: 2 })],
  ],
  [
    'FYI: prod checkout-db-2 disk throttles between 03:40 and 09:30 UTC',
    [caseNotice(said.warned, { forecast: vague })],
  ],
  [
    'NO ACTION NEEDED: prod checkout-db-2 disk moving to gp3 before it throttles',
    [caseNotice(said.acted, { forecast: vague })],
  ],
  [
    'YOU ARE NEEDED: prod checkout-db-2 disk is still slow after its move to gp3',
    [caseNotice(said.acted), caseNotice(said.notRelieved, { version: 2 })],
  ],
  [
    'FYI: prod checkout-db-2 disk moved to gp3, its effect could not be measured',
    [caseNotice({ kind: 'judged', plan: toGp3, verdict: { kind: 'unknown', why: 'no data' } })],
  ],
  [
    'NO ACTION NEEDED: prod checkout-db-2 disk going back to gp2',
    [caseNotice({ kind: 'returning', plan: backToGp2, acceptedAt: time('10:00'), requestId: undefined })],
  ],
  [
    'NO ACTION NEEDED: prod checkout-db-2 disk has recovered, nothing was changed',
    [caseNotice(said.recovered)],
  ],
])('the title reads: %s', (title, notices) => {
  expect(titleOf(notices)).toBe(title);
});

const ending = (which: Extract<Said, { kind: 'ended' }>['ending']) =>
  titleOf([caseNotice({ kind: 'ended', ending: which, reason: { code: 'recovered' }, plan: toGp3 })]);

test.each([
  ['averted', 'NO ACTION NEEDED: prod checkout-db-2 disk moved to gp3 before throttling'],
  ['relieved', 'NO ACTION NEEDED: prod checkout-db-2 disk moved to gp3, latency as usual'],
  ['not-relieved', 'YOU ARE NEEDED: prod checkout-db-2 disk is still slow after its move to gp3'],
  ['unproved', 'FYI: prod checkout-db-2 disk moved to gp3, its effect could not be measured'],
  ['failed', 'YOU ARE NEEDED: prod checkout-db-2 disk could not be moved to gp3, still gp2'],
  ['put-back', 'NO ACTION NEEDED: prod checkout-db-2 disk is back on gp2'],
  ['gone', 'FYI: prod checkout-db-2 disk was deleted'],
  ['detached', 'FYI: prod checkout-db-2 disk was detached'],
  ['cannot-run-out', 'FYI: prod checkout-db-2 disk can no longer run out of burst credits'],
  ['yielded', 'FYI: prod checkout-db-2 disk was changed by somebody else, we stand back'],
] as const)('the ending %s has its title', (which, title) => {
  expect(ending(which)).toBe(title);
});

test('versions decide what is newest, not the order of arrival', () => {
  const acted = caseNotice(said.acted);
  const averted = caseNotice(said.averted, { version: 10 });
  expect(titleOf([averted, acted])).toBe(titleOf([acted, averted]));
});

test('a muted disk claims nobody', () => {
  const muted = caseNotice(said.needed, { other: { mutedUntil: { at: time('06:00'), end: 'told' } } });
  expect(titleOf([muted])).toBe(
    'FYI: prod checkout-db-2 disk runs out of burst credits about 03:27 UTC (muted)',
  );
});

test('a mute that is over claims again', () => {
  const unmuted = caseNotice(said.needed, { other: { mutedUntil: { at: time('03:10'), end: 'told' } } });
  expect(titleOf([unmuted])).toBe('YOU ARE NEEDED: prod checkout-db-2 disk throttles about 03:27 UTC');
});

test('a bridge that EC2 describes in an unknown way is named by what the case knows', () => {
  const unknown = { type: 'unjudgeable', got: 'state error' } as const;
  const reason = { code: 'return-unproved' } as const;
  const bridge = (refusals: readonly Refusal[], configuration: Subject['configuration']) =>
    caseNotice({ kind: 'warned', reason, refusals, wouldDo: backToGp2 }, { about: { configuration } });
  expect(titleOf([bridge([{ code: 'unjudgeable', got: 'state error' }], unknown)])).toBe(
    "FYI: prod checkout-db-2 disk stays on io1, EC2's answer is not understood",
  );
  expect(titleOf([bridge([], toIo1.to)])).toBe(
    'FYI: prod checkout-db-2 disk stays on io1, its last day is not known',
  );
});

test('a disk without environment is named alone', () => {
  const title = titleOf([caseNotice(said.warned, { about: { environment: undefined } })]);
  expect(title).toBe('FYI: checkout-db-2 disk runs out of burst credits about 03:27 UTC');
});

test('a long name is cut with a mark, the symptom is not', () => {
  const name = 'kubernetes-dynamic-pvc-3f1c2c1e-7a55-4f4e-9d0f-2b1a6d3a9e10';
  const title = titleOf([caseNotice(said.needed, { about: { name } })]);
  expect(title).toBe('YOU ARE NEEDED: prod kubernetes-dynamic-pvc-3f... disk throttles about 03:27 UTC');
  expect(title).toHaveLength(80);
});

test('several disks are counted, with what became of them', () => {
  const moved = caseNotice(said.acted, { caseId: 'EB-2' });
  const title = titleOf([caseNotice(said.needed), moved, caseNotice(said.needed, { caseId: 'EB-3' })]);
  expect(title).toBe('YOU ARE NEEDED: 3 prod disks low in eu-west-1, 2 need you, 1 moving');
});

test('several disks of several environments name none of them', () => {
  const dev = caseNotice(said.warned, { caseId: 'EB-2', about: { environment: 'dev' } });
  expect(titleOf([caseNotice(said.warned), dev])).toBe('FYI: 2 disks low on burst credits in eu-west-1');
});

test('several disks whose cases are over are settled', () => {
  const other = caseNotice(said.recovered, { caseId: 'EB-2' });
  expect(titleOf([caseNotice(said.recovered), other])).toBe(
    'NO ACTION NEEDED: all 2 prod disks in eu-west-1 are settled',
  );
});

property.prop([
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ maxLength: 60 }),
  fc.constantFrom(...Object.values(said)),
])(
  'no name, environment or notice makes a title longer than 80 characters or names a metric',
  (name, environment, what) => {
    const title = titleOf([caseNotice(what, { about: { name, environment } })]);
    expect([...title].length).toBeLessThanOrEqual(80);
    expect(title).toMatch(/^(YOU ARE NEEDED|FYI|NO ACTION NEEDED): /);
    expect(titleOf([caseNotice(what)])).not.toMatch(/BurstBalance|Volume[A-Z]/);
  },
);
