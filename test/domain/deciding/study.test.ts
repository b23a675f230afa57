import { describe, expect, test } from 'vitest';
import { restsOnStudy, wantsStudy } from '../../../core/domain/deciding/study.ts';
import type { FactName, Refusal } from '../../../core/domain/reasons.ts';
import { dollars } from '../../../core/domain/units.ts';

const unreadFact = (fact: FactName): Refusal => ({ code: 'unread-fact', fact, why: 'not asked' });

describe('a study', () => {
  test.each(['volume status', 'instance limit', 'CloudFormation stack', 'quota'] as const)(
    'is wanted where %s was left out, and would see that it no longer stands in the way',
    (fact) => {
      expect(wantsStudy(unreadFact(fact))).toBe(true);
      expect(restsOnStudy(unreadFact(fact))).toBe(true);
    },
  );

  test.each(['balance', 'modifications', 'ledger', 'census'] as const)(
    'is not wanted for %s, which a glance reads',
    (fact) => {
      expect(wantsStudy(unreadFact(fact))).toBe(false);
      expect(restsOnStudy(unreadFact(fact))).toBe(false);
    },
  );

  const found: readonly Refusal[] = [
    { code: 'volume-impaired' } as Refusal,
    { code: 'volume-stalled' } as Refusal,
    { code: 'volume-initialising' } as Refusal,
    { code: 'instance-bottleneck' } as Refusal,
    { code: 'stack-updating', stack: 'shop', status: 'UPDATE_IN_PROGRESS' },
    { code: 'quota-exhausted', quota: 'Storage', used: 1, needed: 1, limit: 1 },
    { code: 'over-budget', committed: dollars(1), increase: dollars(1), cap: dollars(1) },
    { code: 'over-blast-radius', used: 1, limit: 1 },
  ];

  test.each(found)('has found $code, and has to look again', (refusal) => {
    expect(wantsStudy(refusal)).toBe(false);
    expect(restsOnStudy(refusal)).toBe(true);
  });

  test('has no part in what a glance sees gone', () => {
    expect(restsOnStudy({ code: 'notify-mode' })).toBe(false);
  });
});
