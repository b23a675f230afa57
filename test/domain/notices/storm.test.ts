import { expect, test } from 'vitest';
import { storiesOf } from '../../../core/domain/notices/case-story.ts';
import { messageOf } from '../../../core/domain/notices/notice-message.ts';
import { titleOf } from '../../../core/domain/notices/notice-title.ts';
import { stormTable } from '../../../core/domain/notices/storm-table.ts';
import type { Refusal } from '../../../core/domain/reasons.ts';
import { caseNotice, draining, noConsent, said, vague } from '../../fakes/case-notices.ts';

const other = { caseId: 'EB-2', about: { name: 'db-9' } } as const;
const emptyOf = (forecast: typeof draining | typeof vague) =>
  stormTable(storiesOf([caseNotice(said.warned, { forecast })])).rows[0]?.[3];

test('the table tells a wall by its time, and by its earliest where nobody can time it', () => {
  expect(emptyOf(draining)).toBe('03:27');
  expect(emptyOf(vague)).toBe('>03:40');
});

test('disks are moving until AWS has completed every one, and moved then', () => {
  const acted = [caseNotice(said.acted), caseNotice(said.acted, other)];
  const one = caseNotice(said.completed, { version: 2 });
  expect(titleOf([...acted, one])).toMatch(/, 2 moving$/);
  expect(titleOf([...acted, one, caseNotice(said.completed, { ...other, version: 2 })])).toMatch(
    /, 2 moved$/,
  );
});

test('a disk that was moved and still needs a person is counted as needing one alone', () => {
  const notices = [
    caseNotice(said.acted),
    caseNotice(said.notRelieved, { version: 2 }),
    caseNotice(said.acted, other),
  ];
  expect(titleOf(notices)).toMatch(/, 1 needs you, 1 moving$/);
});

const leadOf = (refusals: readonly Refusal[]) =>
  messageOf([caseNotice({ ...said.needed, refusals }), caseNotice(said.acted, other)], {
    version: '1.2.3',
    runbook: undefined,
  }).lead;

test('the disk to start with is started with by hand where more than one thing keeps us from it', () => {
  expect(leadOf([noConsent, noConsent])).toBe(
    'Start with checkout-db-2: move it by hand with the command below; more than one thing keeps us from it.',
  );
  expect(leadOf([noConsent])).toBe(
    'Start with checkout-db-2: tag it ebs-burst:mode=act to let us act, or modify it by hand.',
  );
});

test('nobody is counted as throttled where nobody is', () => {
  const { facts } = messageOf([caseNotice(said.warned), caseNotice(said.warned, other)], {
    version: '1.2.3',
    runbook: undefined,
  });
  expect(JSON.stringify(facts)).not.toContain('throttled now');
});
