import { describe, expect, test } from 'vitest';
import { newsIn } from '../../../core/domain/notices/fresh-news.ts';
import type { CaseNotice, Notice, Said } from '../../../core/domain/notices/notice.ts';
import { messageOf } from '../../../core/domain/notices/notice-message.ts';
import { backToGp2, caseNotice, said, time, toGp3 } from '../../fakes/case-notices.ts';

const message = (...notices: readonly CaseNotice[]) =>
  messageOf(notices, { version: '1.2.3', runbook: undefined });
const leadOf = (...notices: readonly CaseNotice[]) => message(...notices).lead;
const other = (what: Said, version = 1) =>
  caseNotice(what, { caseId: 'EB-2', about: { name: 'db-9' }, version });
const unknown = { kind: 'unknown', why: 'stale', detail: 'newest reading 14 min old' } as const;
const muted = { mutedUntil: { at: time('06:00'), end: 'told' } } as const;
const withoutPromise = { other: { nextNewsAt: undefined } } as const;

describe('the lead of a message about one disk', () => {
  test('says that nothing is to be done, and until when', () => {
    expect(leadOf(caseNotice(said.acted))).toBe('No action needed. Next word by 03:40 UTC.');
    expect(leadOf(caseNotice(said.acted, withoutPromise))).toBe('No action needed.');
  });

  test('says that we call, and does not say so of a muted disk', () => {
    expect(leadOf(caseNotice(said.warned))).toBe(
      'For your information: we call you when a person is needed. Next word by 03:40 UTC.',
    );
    expect(leadOf(caseNotice(said.warned, { other: muted }))).toBe(
      'For your information: the alarm is muted, so nobody is called. Next word by 03:40 UTC.',
    );
  });

  test('is the last word where the case is over', () => {
    expect(leadOf(caseNotice(said.recovered))).toBe('No action needed; this is the last word on it.');
  });

  const blind = { forecast: unknown, ...withoutPromise } as const;
  const gaveUp = { ...said.warned, reason: { code: 'modification-failed' }, refusals: [] } as const;

  test.each<[Said, string]>([
    [{ ...said.warned, reason: { code: 'blind' } }, 'Look at its BurstBalance in CloudWatch by hand.'],
    [
      { ...gaveUp, wouldDo: backToGp2 },
      'It costs money every day; we try again by ourselves as soon as we may.',
    ],
    [gaveUp, 'Nothing if a slot is left, we try once more; else modify it by hand.'],
    [
      { ...gaveUp, wouldDo: undefined },
      'Nothing if a slot is left, we try once more; else modify it by hand.',
    ],
    [
      { ...said.warned, reason: { code: 'return-unproved' }, wouldDo: backToGp2 },
      'Put it back by hand if it can do without; it costs money every day.',
    ],
    [
      { kind: 'judged', plan: toGp3, verdict: { kind: 'unknown', why: 'Throttling' } },
      'Look at its latency and queue by hand.',
    ],
  ])('promises no call without a balance: %o', (what, lead) => {
    expect(leadOf(caseNotice(what, blind))).toBe(lead);
  });
});

describe('a message about several disks', () => {
  test('leads with what to do, or that nothing is to be done', () => {
    expect(leadOf(caseNotice(said.acted), other(said.acted))).toBe('No action needed.');
    expect(leadOf(caseNotice(said.acted), other(said.warned))).toBe(
      'For your information: we call you when a person is needed.',
    );
    expect(leadOf(caseNotice(said.acted), other(said.needed))).toMatch(/^Start with db-9: /);
  });

  test('is a letter like any other, and is quoted by its incident', () => {
    expect(message(caseNotice(said.acted), other(said.acted))).toMatchObject({
      form: 'letter',
      need: 'NO ACTION NEEDED',
      reference: undefined,
      footer: 'incident incident-1, ebs-burst-responder 1.2.3, mode act',
    });
  });

  test('is not written about one disk, which is quoted by its case', () => {
    expect(message(caseNotice(said.acted))).toMatchObject({
      form: 'letter',
      reference: 'EB-7Q2F81KD',
      table: undefined,
    });
  });
});

describe('what is new since the last message', () => {
  const acted = caseNotice(said.acted);
  const averted = caseNotice(said.averted, { version: 2 });
  const moving = '03:11 UTC MOVING. gp2 -> gp3, 3,000 IOPS, 250 MiB/s, accepted by AWS.';
  const loose: Notice = { kind: 'test', id: 'test#1', at: time('03:11'), account: '1', region: 'eu-west-1' };

  const digestNews = (fresh: readonly Notice[], all: readonly Notice[]) =>
    newsIn({ kind: 'digest', fresh, all });

  test('leaves out the newest about one disk, which the message itself is about', () => {
    expect(digestNews([acted, averted], [acted, averted])).toEqual([moving]);
    expect(digestNews([averted], [acted, averted])).toEqual([]);
  });

  test('names every disk where there are several', () => {
    expect(digestNews([acted, other(said.acted)], [acted, other(said.acted)])).toEqual([
      `checkout-db-2: ${moving}`,
      `db-9: ${moving}`,
    ]);
  });

  test('is in a first message only how a case ended whose disk has a newer one', () => {
    const ended = caseNotice(said.recovered, { caseId: 'EB-1' });
    const newer = caseNotice(said.needed, { caseId: 'EB-2', about: { volumeId: ended.subject.volumeId } });
    expect(newsIn({ kind: 'first', notices: [ended, newer] })).toEqual([
      'earlier case EB-1: 03:11 UTC RECOVERED. Its credits came back, nothing was changed.',
    ]);
    expect(newsIn({ kind: 'first', notices: [acted, averted] })).toEqual([]);
    expect(newsIn({ kind: 'first', notices: [loose] })).toEqual([]);
  });

  test('does not tell of a notice that belongs to no case', () => {
    expect(digestNews([loose, acted, averted], [acted, averted])).toEqual([moving]);
  });
});
