import { describe, expect, test } from 'vitest';
import { storiesOf } from '../../../core/domain/notices/case-story.ts';
import { bestStep, byHandFact, notDoneFact } from '../../../core/domain/notices/facts-of-refusals.ts';
import type { CaseNotice, Said } from '../../../core/domain/notices/notice.ts';
import { unread } from '../../../core/domain/reading.ts';
import type { AwsRefusal, Refusal } from '../../../core/domain/reasons.ts';
import { dollars } from '../../../core/domain/units.ts';
import { caseNotice, noConsent, said, time, toGp3 } from '../../fakes/case-notices.ts';

const byHand = (...notices: readonly CaseNotice[]) => storiesOf(notices).map(byHandFact)[0];
const stepOf = (...notices: readonly CaseNotice[]) => storiesOf(notices).map(bestStep)[0];
const refusedBy = (refusal: Refusal | AwsRefusal) => caseNotice({ ...said.needed, refusals: [refusal] });
const toMove = {
  label: 'By hand',
  value: {
    kind: 'command',
    lines: [
      'aws ec2 modify-volume --region eu-west-1 \\',
      '  --volume-id vol-0a1b2c3d4e5f67890 \\',
      '  --volume-type gp3 --iops 3000 --throughput 250',
    ],
  },
};

describe('the command to move it by hand', () => {
  test.each<Refusal | AwsRefusal>([
    { code: 'notify-mode' },
    noConsent,
    { code: 'opted-out' },
    { code: 'invalid-tag', key: 'ebs-burst:mode', got: 'yes', expected: 'act, notify or off' },
    { code: 'muted', until: time('06:00') },
    { code: 'no-genesis' },
    { code: 'unknown-case-tag', tag: 'EB-1' },
    { code: 'multi-attach' },
    { code: 'slots-used', used: 3, nextSlotAt: undefined },
    { code: 'our-slots-used', used: 2 },
    { code: 'foreign-change', at: time('02:00') },
    { code: 'stack-updating', stack: 'shop', status: 'UPDATE_IN_PROGRESS' },
    { code: 'volume-initialising' },
    { code: 'over-budget', committed: dollars(90), increase: dollars(20), cap: dollars(100) },
    { code: 'over-blast-radius', used: 10, limit: 10 },
    { code: 'stale-evidence', ageMinutes: 14 },
    { code: 'unread-fact', fact: 'ledger', why: 'Throttling' },
    { code: 'switched-off', got: 'stop' },
    { code: 'state-untagged', why: 'TagLimitExceeded' },
    { code: 'aws-not-permitted' },
    { code: 'aws-unclassified', awsCode: 'Strange' },
  ])('is given where a person may overrule us: $code', (refusal) => {
    expect(byHand(refusedBy(refusal))).toEqual(toMove);
  });

  test.each<Refusal | AwsRefusal>([
    { code: 'detached' },
    { code: 'not-burstable', type: 'gp3' },
    { code: 'baseline-covers-burst' },
    { code: 'magnetic' },
    { code: 'unjudgeable', got: 'state error' },
    { code: 'kubernetes-owned', tag: 'kubernetes.io/created-for/pvc/name' },
    { code: 'volume-impaired', status: 'impaired' },
    { code: 'quota-exhausted', quota: 'Storage for gp3 volumes', used: 50, needed: 1, limit: 50 },
    { code: 'already-there', configuration: toGp3.to },
    { code: 'aws-modification-in-flight' },
    { code: 'aws-no-capacity' },
    { code: 'aws-throttled' },
  ])('is not given where AWS would refuse or it cannot help: $code', (refusal) => {
    expect(byHand(refusedBy(refusal))).toBeUndefined();
  });

  test('is given with a warning as with a call', () => {
    expect(byHand(caseNotice(said.warned))).toEqual(toMove);
    expect(byHand(caseNotice(said.acted))).toBeUndefined();
  });

  test('is given for a move that failed, and not where a case ended otherwise', () => {
    const ended = (ending: 'failed' | 'not-relieved'): Said => ({
      kind: 'ended',
      ending,
      reason: { code: 'modification-failed' },
      plan: toGp3,
    });
    expect(byHand(caseNotice(ended('failed')))).toEqual(toMove);
    expect(byHand(caseNotice(ended('not-relieved')))).toBeUndefined();
  });
});

test.each([said.warned, said.needed])('where we are blind, the command only looks: $kind', (what) => {
  const blind = caseNotice({ ...what, reason: { code: 'blind' }, wouldDo: undefined });
  expect(byHand(blind)?.value).toMatchObject({
    lines: expect.arrayContaining(['  --namespace AWS/EBS --metric-name BurstBalance \\']),
  });
});

describe('what was not done', () => {
  const notDone = (what: Said) => storiesOf([caseNotice(what)]).map(notDoneFact)[0]?.value;

  test('is told without a target where none fits, and without a reason where there is none', () => {
    expect(notDone({ ...said.warned, wouldDo: undefined })).toMatchObject({
      lines: [
        'Not moved: this deployment only notifies. Next: modify the volume by hand, or deploy with mode act and tag the volume.',
      ],
    });
    expect(notDone({ ...said.warned, refusals: [] })).toMatchObject({ lines: ['Not moved to gp3.'] });
  });

  test('is not called undone where AWS may be doing it', () => {
    expect(notDone({ ...said.warned, reason: { code: 'intent-unresolved' }, refusals: [] })).toMatchObject({
      lines: ['Not known to be moved to gp3.'],
    });
  });

  test('is the size of a disk that we moved, and nothing of one that we never did', () => {
    expect(notDone(said.acted)).toMatchObject({ lines: ['Its size was not changed.'] });
    expect(notDone(said.recovered)).toBeUndefined();
  });
});

describe('the first thing to do', () => {
  const elsewhere =
    'More IOPS did not cure it: look at what is not ruled out below and at the application, and shed load.';
  const acted = caseNotice(said.acted);
  const notRelieved = caseNotice(said.notRelieved, { version: 3 });

  test('about a disk that stays slow is to wait for AWS, and once completed to look elsewhere', () => {
    expect(stepOf(acted, notRelieved)).toBe(
      'AWS is still working on the change: shed load if this cannot wait. If it stays slow after completion, look elsewhere.',
    );
    expect(stepOf(acted, caseNotice(said.completed, { version: 2 }), notRelieved)).toBe(elsewhere);
  });

  test('about a case that closed without relief is to look elsewhere', () => {
    const ended: Said = {
      kind: 'ended',
      ending: 'not-relieved',
      reason: { code: 'symptom-stays' },
      plan: toGp3,
    };
    expect(stepOf(acted, caseNotice(ended, { version: 4 }))).toBe(elsewhere);
  });

  test('after a failure promises no second try where the slots are not known', () => {
    const failed: Said = {
      kind: 'ended',
      ending: 'failed',
      reason: { code: 'modification-failed' },
      plan: toGp3,
    };
    expect(
      stepOf(acted, caseNotice(failed, { version: 2, other: { slotsUsed: unread('Throttling') } })),
    ).toBe('Move it by hand with the command below, or shed load: we do not try again within 24 hours.');
  });

  test('is that of the reason where nothing refused', () => {
    expect(stepOf(caseNotice({ ...said.needed, reason: { code: 'at-wall' }, refusals: [] }))).toBe(
      'Shed load or modify it.',
    );
  });

  test('is nothing where nobody is needed', () => {
    expect(stepOf(caseNotice(said.warned))).toBeUndefined();
    expect(stepOf(acted)).toBeUndefined();
  });
});
