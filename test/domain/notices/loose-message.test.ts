import { describe, expect, test } from 'vitest';
import type { FactLabel } from '../../../core/domain/notices/fact.ts';
import type { CoverageNotice, FarewellNotice, Notice } from '../../../core/domain/notices/notice.ts';
import { messageOf } from '../../../core/domain/notices/notice-message.ts';
import { type UnwatchedVolume, unwatchedOf } from '../../../core/domain/notices/unwatched.ts';
import { dollars } from '../../../core/domain/units.ts';
import type { VolumeId } from '../../../core/domain/volume.ts';
import { time, toGp3, toIo1 } from '../../fakes/case-notices.ts';

const runbook = 'https://example.org/runbook.md';
const message = (...notices: readonly Notice[]) => messageOf(notices, { version: '1.2.3', runbook });
const values = (label: FactLabel, notice: Notice) =>
  message(notice)
    .facts.filter((fact) => fact.label === label)
    .map(({ value }) => (value.kind === 'link' ? [value.url] : value.lines));
const labels = (notice: Notice) => message(notice).facts.map(({ label }) => label);
const house = { account: '111122223333', region: 'eu-west-1', at: time('08:00') } as const;
const volume = (index: number): VolumeId => `vol-${String(index).padStart(8, '0')}`;
const unwatched = (count: number, why: UnwatchedVolume['why']): readonly UnwatchedVolume[] =>
  Array.from({ length: count }, (_, index) => ({ volumeId: volume(index), why }));

const coverage = (rest: Partial<CoverageNotice> = {}): CoverageNotice => ({
  ...house,
  kind: 'coverage',
  id: 'coverage#1',
  watched: 412,
  unwatched: unwatchedOf([]),
  cannotRunOut: 1_588,
  monthlyCost: dollars(41.2),
  ...rest,
});

describe('the word on coverage', () => {
  test('says that all are watched, and what they cost', () => {
    expect(message(coverage()).lead).toBe('Every disk that can run out is watched.');
    expect(labels(coverage())).toEqual(['What', 'Where', 'Cost', 'Next', 'Runbook']);
    expect(values('What', coverage())).toEqual([
      [
        '412 disks can run out of burst credits and have an alarm.',
        '1,588 disks cannot run out and need none.',
      ],
    ]);
    expect(values('Where', coverage())).toEqual([['Account 111122223333, eu-west-1.']]);
    expect(values('Cost', coverage())).toEqual([['$41.20 a month for the alarms.']]);
    expect(values('Next', coverage())).toEqual([['A line every day; this again when the coverage changes.']]);
    expect(values('Runbook', coverage())).toEqual([[runbook]]);
  });

  test('says that some are not', () => {
    const some = coverage({ unwatched: unwatchedOf(unwatched(1, 'opted-out')) });
    expect(message(some).lead).toBe('Some disks that can run out are not watched.');
    expect(labels(some)).toEqual(['What', 'Not done', 'Where', 'Cost', 'Next', 'Runbook']);
  });

  test('speaks of one disk as of one', () => {
    expect(values('What', coverage({ watched: 1, cannotRunOut: 1 }))).toEqual([
      ['1 disk can run out of burst credits and has an alarm.', '1 disk cannot run out and needs none.'],
    ]);
  });

  test('names no runbook where nobody could follow one', () => {
    const { facts } = messageOf([coverage()], { version: '1.2.3', runbook: undefined });
    expect(facts.map(({ label }) => label)).toEqual(['What', 'Where', 'Cost', 'Next']);
  });

  test.each<[UnwatchedVolume['why'], string]>([
    ['over-max-alarms', 'over maxAlarms; raise it to watch them'],
    ['opted-out', 'tag ebs-burst:mode says off'],
    ['alarm-write-failed', 'the alarm could not be written; we try again every 15 min'],
    ['alarm-not-yet-written', 'the alarm waits for its turn; the next census, within 15 min, writes it'],
    [
      'foreign-alarm',
      'somebody else has an alarm of our name, which we never touch; delete it and we write ours',
    ],
    ['unjudgeable', 'described by EC2 in a way we do not know; update ebs-burst-responder'],
  ])('says why, which and what to do: %s', (why, words) => {
    expect(values('Not done', coverage({ unwatched: unwatchedOf(unwatched(2, why)) }))).toEqual([
      [`2 disks: ${words}. vol-00000000, vol-00000001`],
    ]);
  });

  test('names only the disks of a reason with that reason', () => {
    const [one, other] = unwatched(2, 'opted-out') as [UnwatchedVolume, UnwatchedVolume];
    expect(
      values('Not done', coverage({ unwatched: unwatchedOf([{ ...one, why: 'unjudgeable' }, other]) })),
    ).toEqual([
      [
        '1 disk: described by EC2 in a way we do not know; update ebs-burst-responder. vol-00000000',
        '1 disk: tag ebs-burst:mode says off. vol-00000001',
      ],
    ]);
  });

  test('names ten disks of a reason at most, and none where its excerpt holds none', () => {
    const names = Array.from({ length: 10 }, (_, index) => volume(index)).join(', ');
    const shown = (count: number) =>
      values('Not done', coverage({ unwatched: unwatchedOf(unwatched(count, 'opted-out')) }));
    expect(shown(10)).toEqual([[`10 disks: tag ebs-burst:mode says off. ${names}`]]);
    expect(shown(1_512)).toEqual([[`1,512 disks: tag ebs-burst:mode says off. ${names} and 1,502 more`]]);
    const unnamed = { total: 3, first: [], byReason: [{ why: 'opted-out', count: 3 }] } as const;
    expect(values('Not done', coverage({ unwatched: unnamed }))).toEqual([
      ['3 disks: tag ebs-burst:mode says off.'],
    ]);
  });
});

const farewell = (count: number): FarewellNotice => ({
  ...house,
  kind: 'farewell',
  id: 'farewell#1',
  deletedAlarms: 1_412,
  stillUpgraded: Array.from({ length: count }, (_, index) => ({
    volumeId: volume(index),
    was: { type: 'gp2' },
    is: index === 0 ? toIo1.to : toGp3.to,
  })),
});

describe('the farewell', () => {
  test('asks for nothing where nothing of ours is left', () => {
    expect(message(farewell(0))).toMatchObject({
      title: 'FYI: ebs-burst-responder is gone from eu-west-1, no disk is watched',
      lead: 'No action needed: nothing of ours is left.',
    });
    expect(labels(farewell(0))).toEqual(['What', 'Did', 'Where']);
    expect(values('Did', farewell(0))).toEqual([['1,412 alarms of ours deleted.']]);
    expect(values('Where', farewell(0))).toEqual([['Account 111122223333, eu-west-1.']]);
    expect(values('What', farewell(0))).toEqual([
      ['The stack was deleted. From now on nobody watches the disks of this account and Region.'],
    ]);
  });

  test('asks to put back what is left, with the command', () => {
    expect(message(farewell(1))).toMatchObject({
      title: 'FYI: ebs-burst-responder is gone from eu-west-1, 1 disk left upgraded',
      lead: 'When you have time: nobody will put these disks back but you.',
    });
    expect(values('Not done', farewell(1))).toEqual([
      ['vol-00000000 was not put back: it is io1, 1,000 IOPS, was gp2.'],
    ]);
    expect(values('By hand', farewell(1))).toEqual([
      ['aws ec2 modify-volume --region eu-west-1 \\', '  --volume-id vol-00000000 \\', '  --volume-type gp2'],
    ]);
  });

  test('names ten at most, with three commands: the others follow the same form', () => {
    expect(values('Not done', farewell(10))[0]).toHaveLength(10);
    expect(values('Not done', farewell(13))[0]?.slice(9)).toEqual([
      'vol-00000009 was not put back: it is gp3, 3,000 IOPS, 250 MiB/s, was gp2.',
      'And 3 more: see the retained table.',
    ]);
    expect(values('By hand', farewell(13))).toHaveLength(3);
  });
});

test('the test message says that nothing is wrong', () => {
  expect(message({ ...house, kind: 'test', id: 'test#1' })).toEqual({
    form: 'letter',
    need: 'NO ACTION NEEDED',
    title: 'NO ACTION NEEDED: test notice, ebs-burst-responder reaches you from eu-west-1',
    reference: undefined,
    lead: 'This is a test: the channel works and nothing is wrong.',
    facts: [{ label: 'Where', value: { kind: 'text', lines: ['Account 111122223333, eu-west-1.'] } }],
    table: undefined,
    footer: 'ebs-burst-responder 1.2.3',
  });
});

test('no notice is nothing to tell', () => {
  expect(message()).toMatchObject({
    need: 'FYI',
    title: 'FYI: nothing to tell',
    lead: 'Nothing to tell.',
    facts: [],
  });
});
