import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Said } from '../../core/domain/notices/notice.ts';
import { storedNotice } from '../../lambda/adapters/stored-notice.ts';
import { caseNotice, said, toGp3, usual } from '../fakes/case-notices.ts';

const ended = { kind: 'ended', ending: 'averted', reason: { code: 'symptom-gone' }, plan: toGp3 } as const;

test.each<Said>([
  said.averted,
  { ...said.averted, verdict: { kind: 'averted' } },
  said.relieved,
  { ...ended, usual },
  ended,
])('what was usual is read back with its notice, and not made up: %o', (what) => {
  const notice = caseNotice(what);
  expect(v.parse(storedNotice, structuredClone(notice))).toStrictEqual(notice);
});

test('a usual that is no pair of numbers is not taken for one', () => {
  const spoilt = { ...caseNotice(ended), said: { ...ended, usual: { latency: 'fast' } } };
  expect(v.safeParse(storedNotice, spoilt).success).toBe(false);
});

test('the request that AWS refused is read back with its id, and none is made up where it was not asked', () => {
  const asked = { plan: toGp3, state: 'refused', requestId: 'r-1' } as const;
  for (const what of [{ ...said.needed, asked }, said.needed]) {
    const notice = caseNotice(what);
    expect(v.parse(storedNotice, structuredClone(notice))).toStrictEqual(notice);
  }
});
