import { storiesOf } from '../../../core/domain/notices/case-story.ts';
import type { FactLabel } from '../../../core/domain/notices/fact.ts';
import type { CaseNotice } from '../../../core/domain/notices/notice.ts';
import { factsOf } from '../../../core/domain/notices/notice-facts.ts';

export const stamp = { version: '1.2.3', runbook: 'docs/runbook.md' };

/** Of a message about the cases of these notices. */
const facts = (...notices: readonly CaseNotice[]) =>
  storiesOf(notices).flatMap((story) => factsOf(story, stamp));

export const labels = (...notices: readonly CaseNotice[]) => facts(...notices).map(({ label }) => label);

/** What the fact with this label says; nothing where there is none. */
export function lines(label: FactLabel, ...notices: readonly CaseNotice[]): readonly string[] {
  const value = facts(...notices).find((fact) => fact.label === label)?.value;
  if (value === undefined) return [];
  return value.kind === 'link' ? [value.url] : value.lines;
}
