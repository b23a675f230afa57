import { expect, test } from 'vitest';
import { auditCsv, auditLine } from '../../../cli/report/audit-report.ts';
import { auditTrail } from '../../../core/domain/auditing/audit-trail.ts';
import type { Closed } from '../../../core/domain/cases/case.ts';
import { upgrading, watching } from '../some-case.ts';
import { noon } from '../some-volume.ts';

const closed = (rest: Partial<Closed> = {}): Closed => ({
  ...watching(),
  state: 'closed',
  ending: 'recovered',
  closedAt: noon,
  stays: undefined,
  ...rest,
});

test('a case that came and went without a word is told as such', () => {
  const [record, ...others] = auditTrail({ notices: [], closed: [closed()], open: [upgrading()] });
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    at: noon,
    step: 'EB-00000001#1',
    decision: { said: 'closed', refusals: [] },
    outcome: { kind: 'closed', ending: 'recovered', closedAt: noon },
  });
});

test('what was not known is null in JSON and empty in CSV, and a name is no formula', () => {
  const { subject } = closed();
  const [record] = auditTrail({
    notices: [],
    closed: [closed({ subject: { ...subject, name: '=1+1, "x"' } })],
    open: [],
  });
  if (record === undefined) throw new Error('no record');
  const { change, requestId, evidence } = JSON.parse(auditLine(record));
  expect({ change, requestId, demand: evidence.demand }).toEqual({
    change: null,
    requestId: null,
    demand: null,
  });
  expect(auditCsv([record])).toContain(`,"'=1+1, ""x""",,,`);
});
