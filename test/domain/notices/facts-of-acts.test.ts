import { expect, test } from 'vitest';
import { storiesOf } from '../../../core/domain/notices/case-story.ts';
import type { FactLabel } from '../../../core/domain/notices/fact.ts';
import type { CaseNotice } from '../../../core/domain/notices/notice.ts';
import { factsOf } from '../../../core/domain/notices/notice-facts.ts';
import { caseNotice, requestId, said } from '../../fakes/case-notices.ts';

function lines(label: FactLabel, ...notices: readonly CaseNotice[]): readonly string[] | undefined {
  const facts = storiesOf(notices).flatMap((story) =>
    factsOf(story, { version: '1.2.3', runbook: undefined }),
  );
  const value = facts.find((fact) => fact.label === label)?.value;
  return value?.kind === 'link' ? [value.url] : value?.lines;
}
const move = `03:11:22 UTC gp2 -> gp3, 3,000 IOPS, 250 MiB/s. Accepted by AWS, request id ${requestId}.`;
const acted = caseNotice(said.acted);
const completed = caseNotice(said.completed, { version: 2 });

test('what we did names who allowed it, and no tag where there is none', () => {
  expect(lines('Did', acted)).toEqual([move, 'Authority: mode act, tag ebs-burst:mode=act.']);
  expect(lines('Did', caseNotice(said.acted, { other: { consent: undefined } }))).toEqual([
    move,
    'Authority: mode act.',
  ]);
});

test('what we did is told with its completion, and says so where it was nothing', () => {
  expect(lines('Did', acted, completed)).toEqual([
    move,
    '03:11 UTC completed after 85 min.',
    'Authority: mode act, tag ebs-burst:mode=act.',
  ]);
  expect(lines('Did', caseNotice(said.warned))).toEqual(['Nothing was changed.']);
});

test('what to expect is told while AWS works, and not once it is completed or judged', () => {
  expect(lines('Expect', acted)).toEqual([
    'Never slower than now while AWS works on it; the speed of gp3, 3,000 IOPS, 250 MiB/s in minutes to hours.',
    'Whether it helped is judged by latency and queue.',
  ]);
  expect(lines('Expect', acted, completed)).toBeUndefined();
  expect(lines('Expect', acted, caseNotice(said.averted, { version: 2 }))).toBeUndefined();
});

test.each([
  [{}, '/dev/sdf on i-0f9e8d7c6b5a43210'],
  [{ device: undefined }, 'attached on i-0f9e8d7c6b5a43210'],
  [{ instanceIds: ['i-1', 'i-2'] }, '/dev/sdf on i-1, i-2'],
  [{ instanceIds: [] }, 'not attached'],
])('where a disk of %j is attached is told', (about, attached) => {
  expect(lines('Where', caseNotice(said.warned, { about }))).toEqual([
    `vol-0a1b2c3d4e5f67890 checkout-db-2, 200 GiB gp2, ${attached}.`,
    'Account 111122223333, eu-west-1b.',
  ]);
});

test('a disk without a name is not named by its id twice', () => {
  expect(lines('Where', caseNotice(said.warned, { about: { name: 'vol-0a1b2c3d4e5f67890' } }))?.[0]).toBe(
    'vol-0a1b2c3d4e5f67890, 200 GiB gp2, /dev/sdf on i-0f9e8d7c6b5a43210.',
  );
});
