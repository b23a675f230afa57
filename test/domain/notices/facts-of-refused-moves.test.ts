import { expect, test } from 'vitest';
import type { CaseNotice } from '../../../core/domain/notices/notice.ts';
import { messageOf } from '../../../core/domain/notices/notice-message.ts';
import { caseNotice, noConsent, said, time } from '../../fakes/case-notices.ts';
import { labels, lines, stamp } from './facts-under-test.ts';

test('every refusal has its sentence and its next step', () => {
  const refused = caseNotice({
    ...said.needed,
    refusals: [noConsent, { code: 'stale-evidence', ageMinutes: 14 }],
  });
  expect(lines('Not done', refused)).toEqual([
    'Not moved to gp3: the volume does not carry ebs-burst:mode=act (got no such tag). Next: tag it ebs-burst:mode=act to let us act, or modify it by hand.',
    'And: the newest reading is 14 minutes old. Next: look at the volume by hand; CloudWatch is late or the instance is stopping.',
  ]);
});

test('a command is offered where a person may overrule us', () => {
  expect(lines('By hand', caseNotice(said.needed))).toEqual([
    'aws ec2 modify-volume --region eu-west-1 \\',
    '  --volume-id vol-0a1b2c3d4e5f67890 \\',
    '  --volume-type gp3 --iops 3000 --throughput 250',
  ]);
});

test.each([
  { code: 'volume-stalled' },
  { code: 'instance-bottleneck', instanceId: 'i-1', sign: 'EBSIOBalance 0 %' },
  { code: 'modification-in-flight', state: 'optimizing' },
  { code: 'managed', operator: 'eks.amazonaws.com' },
  { code: 'aws-slots-used', nextSlotAt: undefined },
] as const)('no command is offered where it cannot help: $code', (refusal) => {
  expect(labels(caseNotice({ ...said.needed, refusals: [noConsent, refusal] }))).not.toContain('By hand');
});

test('times of refusals are those of a clock, with a date only where it is another day', () => {
  const until = (at: ReturnType<typeof time>) =>
    lines('Not done', caseNotice({ ...said.needed, refusals: [{ code: 'muted', until: at }] }))[0];
  expect(until(time('06:00'))).toContain('its alarm is muted until 06:00 UTC.');
  expect(until(time('06:00', '2026-11-23'))).toContain('its alarm is muted until 2026-11-23 06:00 UTC.');
});

const unreadable = { kind: 'unknown', why: 'unread', detail: 'AccessDenied' } as const;

test('where we are blind, the command shows what we could not see', () => {
  const notice = caseNotice(
    { ...said.warned, reason: { code: 'blind' }, wouldDo: undefined },
    { forecast: unreadable },
  );
  expect(lines('By hand', notice)).toEqual([
    'aws cloudwatch get-metric-statistics --region eu-west-1 \\',
    '  --namespace AWS/EBS --metric-name BurstBalance \\',
    '  --dimensions Name=VolumeId,Value=vol-0a1b2c3d4e5f67890 \\',
    '  --start-time 2026-11-22T02:11Z \\',
    '  --end-time 2026-11-22T06:11Z \\',
    '  --period 300 --statistics Minimum --output text \\',
    "  --query 'Datapoints[].[Timestamp,Minimum]' | sort",
  ]);
});

test('where we see the balance, no such command is given', () => {
  expect(labels(caseNotice({ ...said.warned, wouldDo: undefined }))).not.toContain('By hand');
});

const leadOf = (notice: CaseNotice) => messageOf([notice], stamp).lead;

test('one refusal is answered by its own step, several by the command that helps in spite of all', () => {
  expect(leadOf(caseNotice(said.needed))).toBe(
    'Tag it ebs-burst:mode=act to let us act, or modify it by hand.',
  );
  const refusals = [noConsent, { code: 'over-blast-radius', used: 10, limit: 10 }] as const;
  expect(leadOf(caseNotice({ ...said.needed, refusals }))).toBe(
    'Move it by hand with the command below; more than one thing keeps us from it.',
  );
});

test('several refusals of which one forbids the command are answered by the first step', () => {
  const refusals = [noConsent, { code: 'volume-stalled' }] as const;
  expect(leadOf(caseNotice({ ...said.needed, refusals }))).toBe(
    'Tag it ebs-burst:mode=act to let us act, or modify it by hand.',
  );
});
