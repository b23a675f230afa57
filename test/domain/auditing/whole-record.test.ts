import { describe, expect, test } from 'vitest';
import { auditTrail } from '../../../core/domain/auditing/audit-trail.ts';
import { factsOf } from '../../../core/domain/notices/case-notice.ts';
import type { Said } from '../../../core/domain/notices/notice.ts';
import { unread } from '../../../core/domain/reading.ts';
import { upgrading } from '../some-case.ts';
import { fix, policyFor, someSituation } from '../some-situation.ts';
import { someVolume } from '../some-volume.ts';
import { acted, closed, intent, told } from './some-trail.ts';

describe('a record, whole', () => {
  const recordOf = (file: Parameters<typeof auditTrail>[0]) => auditTrail(file)[0];

  test('of a warning has what was seen, what stood against acting and who allowed it', () => {
    const said: Said = {
      kind: 'warned',
      reason: { code: 'heading-for-wall' },
      refusals: [{ code: 'aws-throttled' }],
      wouldDo: fix(),
    };
    expect(recordOf({ case: upgrading(), notices: [told(4, said)], silent: [] })).toMatchInlineSnapshot(`
      {
        "account": "111122223333",
        "at": 1795348800000,
        "authority": {
          "changedThisHour": 0,
          "changesAllowed": 5,
          "committedMonthly": 0,
          "consent": "ebs-burst:mode=act",
          "maxMonthlyIncrease": 100,
          "mode": "act",
        },
        "caseId": "EB-00000001",
        "change": {
          "acceptedAt": undefined,
          "from": "gp2",
          "monthlyDifference": -1.88,
          "request": "wished",
          "to": "gp3, 3,000 IOPS, 128 MiB/s",
        },
        "decision": {
          "did": "warned",
          "reason": "heading-for-wall",
          "refusals": [
            "AWS throttles our requests to modify volumes",
          ],
          "told": true,
          "verdict": undefined,
          "words": "its burst credits are about to run out",
        },
        "evidence": {
          "balanceAsOf": 1795348800000,
          "balancePercent": 30,
          "demand": 3000,
          "forecast": "draining",
          "latencyMilliseconds": 1,
          "queue": 0.5,
          "unit": "IOPS",
          "wallLikely": 1795349400000,
        },
        "incident": "IN-00000001",
        "name": "vol-0123456789abcdef0",
        "outcome": {
          "kind": "open",
          "state": "upgrading",
        },
        "region": "us-east-1",
        "requestId": undefined,
        "step": "EB-00000001#4",
        "volumeId": "vol-0123456789abcdef0",
      }
    `);
  });

  test('of a verdict has it, and no change of its own', () => {
    const said: Said = { kind: 'judged', plan: fix(), verdict: { kind: 'too-early' } };
    expect(recordOf({ case: upgrading(), notices: [told(4, said)], silent: [] })).toMatchObject({
      decision: { did: 'judged', reason: undefined, words: undefined, refusals: [], verdict: 'too-early' },
      change: undefined,
      outcome: { kind: 'open', state: 'upgrading' },
    });
  });

  test('of a silent refusal has the refusal, of any other silent step none', () => {
    const reason = { code: 'aws-throttled' } as const;
    const refused = {
      ...intent,
      reason,
      asked: { plan: fix(), state: 'refused', requestId: 'r-9' },
    } as const;
    const ofRefused = recordOf({ case: upgrading(), notices: [], silent: [refused] });
    expect(ofRefused?.decision.refusals).toEqual([ofRefused?.decision.words]);
    expect(ofRefused?.decision.words).toMatchInlineSnapshot(`"AWS throttles our requests to modify volumes"`);
    expect(recordOf({ case: upgrading(), notices: [], silent: [intent] })?.decision.refusals).toEqual([]);
  });

  test('of a volume of which nothing could be read says so, and names no consent where there is none', () => {
    const blind = someSituation({
      balance: unread('Throttling'),
      demand: unread('Throttling'),
      symptom: unread('Throttling'),
      ledger: unread('Throttling'),
      volume: someVolume(),
    });
    const unseen = factsOf(upgrading({ version: 4 }), blind, policyFor(blind));
    const notice = { ...told(4, acted), ...unseen };
    expect(recordOf({ case: upgrading(), notices: [notice], silent: [] })).toMatchObject({
      evidence: {
        forecast: 'unknown',
        balancePercent: undefined,
        demand: undefined,
        unit: undefined,
        latencyMilliseconds: undefined,
        queue: undefined,
        wallLikely: undefined,
      },
      authority: { consent: undefined, committedMonthly: undefined, changesAllowed: undefined },
    });
  });

  test('of which only the end is left knows nobody who decided', () => {
    expect(recordOf({ case: closed(), notices: [], silent: [] })).toMatchInlineSnapshot(`
      {
        "account": "111122223333",
        "at": 1795348800000,
        "authority": {
          "changedThisHour": undefined,
          "changesAllowed": undefined,
          "committedMonthly": undefined,
          "consent": undefined,
          "maxMonthlyIncrease": undefined,
          "mode": undefined,
        },
        "caseId": "EB-00000001",
        "change": undefined,
        "decision": {
          "did": "closed",
          "reason": undefined,
          "refusals": [],
          "told": false,
          "verdict": undefined,
          "words": undefined,
        },
        "evidence": {
          "balanceAsOf": undefined,
          "balancePercent": undefined,
          "demand": undefined,
          "forecast": undefined,
          "latencyMilliseconds": undefined,
          "queue": undefined,
          "unit": undefined,
          "wallLikely": undefined,
        },
        "incident": undefined,
        "name": "vol-0123456789abcdef0",
        "outcome": {
          "closedAt": 1795348800000,
          "ending": "recovered",
          "kind": "closed",
        },
        "region": "us-east-1",
        "requestId": undefined,
        "step": "EB-00000001#1",
        "volumeId": "vol-0123456789abcdef0",
      }
    `);
  });
});
