import { describe, expect, test } from 'vitest';
import { auditHeader, auditLine, auditRow } from '../../../cli/report/audit-report.ts';
import { auditTrail } from '../../../core/domain/auditing/audit-trail.ts';
import { type SilentStep, silentStepOf } from '../../../core/domain/auditing/silent-step.ts';
import { factsOf, factsOfGone } from '../../../core/domain/notices/case-notice.ts';
import type { Said } from '../../../core/domain/notices/notice.ts';
import { minutes } from '../../../core/domain/units.ts';
import { bridged, intended, upgrading } from '../some-case.ts';
import { fix, policyFor } from '../some-situation.ts';
import { noon } from '../some-volume.ts';
import { acted, closed, facts, intent, situation, told } from './some-trail.ts';

describe('the trail of a case', () => {
  test('has the steps that were told and those that were not, as they were taken', () => {
    const notices = [told(10, { kind: 'completed', plan: fix(), took: minutes(20) }), told(4, acted)];
    const records = auditTrail({ case: upgrading({ incident: 'IN-1' }), notices, silent: [intent] });
    expect(records.map(({ step, decision: { did, told: wasTold } }) => [step, did, wasTold])).toEqual([
      ['EB-00000001#3', 'intended', false],
      ['EB-00000001#4', 'acted', true],
      ['EB-00000001#10', 'completed', true],
    ]);
    expect(records.map(({ incident }) => incident)).toEqual(['IN-1', 'IN-1', 'IN-1']);
    expect(records[0]).toMatchObject({ change: { request: 'intended' }, requestId: undefined });
    expect(records[1]).toMatchObject({
      change: { request: 'accepted', acceptedAt: noon },
      requestId: 'r-1',
    });
  });

  test('has a step once, however many channels told it', () => {
    const notices = [told(4, acted), told(4, acted)];
    expect(auditTrail({ case: upgrading(), notices, silent: [] })).toHaveLength(1);
  });

  test('tells what AWS was asked for, told or not, from what it was never asked for', () => {
    const said: Extract<Said, { kind: 'warned' | 'needed' }> = {
      kind: 'warned',
      reason: { code: 'heading-for-wall' },
      refusals: [{ code: 'aws-throttled' }],
      wouldDo: fix(),
    };
    const asked = { plan: fix(), state: 'refused', requestId: 'r-2' } as const;
    const ended: Said = { kind: 'ended', ending: 'gone', reason: { code: 'aws-volume-gone' }, plan: fix() };
    const notices = [
      told(4, said),
      told(5, { ...said, asked }),
      told(6, { ...said, asked: { ...asked, state: 'unanswered', requestId: undefined } }),
      told(7, { ...said, asked: { ...asked, state: 'given-up' } }),
      told(8, { ...ended, asked: { ...asked, requestId: undefined } }),
      told(10, ended),
    ];
    const silent: SilentStep = {
      ...facts(9),
      became: 'announced',
      reason: { code: 'aws-throttled' },
      asked,
    };
    const records = auditTrail({ case: upgrading(), notices, silent: [silent] });
    expect(records.map(({ change, requestId }) => [change?.request, requestId])).toEqual([
      ['wished', undefined],
      ['refused', 'r-2'],
      ['unanswered', undefined],
      ['given-up', 'r-2'],
      ['refused', undefined],
      ['refused', 'r-2'],
      [undefined, undefined],
    ]);
  });

  test('has its end also where nothing else is left of it', () => {
    const [record, ...others] = auditTrail({ case: closed(), notices: [], silent: [] });
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      at: noon,
      step: 'EB-00000001#1',
      decision: { did: 'closed', told: false, refusals: [] },
      outcome: { kind: 'closed', ending: 'recovered', closedAt: noon },
    });
  });

  test('has its end once, with what was seen, where that was written down', () => {
    const end: SilentStep = {
      ...factsOf(closed(), situation, policyFor(situation)),
      became: 'closed',
      reason: { code: 'recovering' },
      asked: undefined,
    };
    const records = auditTrail({ case: closed(), notices: [], silent: [end] });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      evidence: { forecast: 'draining' },
      decision: { did: 'closed', reason: 'recovering' },
    });
  });
});

describe('a silent step', () => {
  const origin = { from: 'watching', reason: { code: 'heading-for-wall' }, asked: undefined } as const;
  const step = { next: intended(), said: undefined };

  test('is written down where it takes the case to another state', () => {
    expect(silentStepOf(step, origin, facts(1))).toMatchObject({
      became: 'intended',
      asked: { plan: intended().plan, state: 'intended' },
    });
    const back = { ...step, next: bridged() };
    expect(silentStepOf(back, origin, facts(1))).toMatchObject({ became: 'bridged', asked: undefined });
    const asked = { plan: fix(), state: 'refused', requestId: 'r-2' } as const;
    expect(silentStepOf(back, { ...origin, asked }, facts(1))).toMatchObject({ became: 'bridged', asked });
  });

  test('is not where it only looked again, or where its notice tells of it', () => {
    expect(silentStepOf(step, { ...origin, from: 'intended' }, facts(1))).toBeUndefined();
    expect(silentStepOf({ ...step, said: acted }, origin, facts(1))).toBeUndefined();
  });

  test('of a volume that is gone knows nothing', () => {
    const gone = factsOfGone(closed(), noon, 'act');
    const [record] = auditTrail({
      case: closed(),
      notices: [],
      silent: [{ ...gone, became: 'closed', reason: { code: 'volume-gone' }, asked: undefined }],
    });
    expect(record).toMatchObject({ evidence: { forecast: 'unknown', balancePercent: undefined } });
  });
});

test('what was not known is null in JSON and empty in CSV, and a name is no formula', () => {
  const { subject } = closed();
  const named = closed({ subject: { ...subject, name: '=1+1, "x"' } });
  const [record] = auditTrail({ case: named, notices: [], silent: [] });
  if (record === undefined) throw new Error('no record');
  const { change, requestId, evidence } = JSON.parse(auditLine(record));
  expect({ change, requestId, demand: evidence.demand }).toEqual({
    change: null,
    requestId: null,
    demand: null,
  });
  expect(auditRow(record)).toContain(`,"'=1+1, ""x""",,,`);
  expect(auditRow(record).split(',').length).toBe(auditHeader.split(',').length + 1);
});
