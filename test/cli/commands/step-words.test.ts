import { expect, test } from 'vitest';
import { stepDetails, stepTitle } from '../../../cli/commands/step-words.ts';
import { type AuditRecord, auditTrail } from '../../../core/domain/auditing/audit-trail.ts';
import type { SilentStep } from '../../../core/domain/auditing/silent-step.ts';
import { factsOf, factsOfGone } from '../../../core/domain/notices/case-notice.ts';
import type { Asked, CaseNotice, Said } from '../../../core/domain/notices/notice.ts';
import { upgrading } from '../../domain/some-case.ts';
import { fix, policyFor, someSituation } from '../../domain/some-situation.ts';
import { noon } from '../../domain/some-volume.ts';

const situation = someSituation();
const facts = factsOf(upgrading(), situation, policyFor(situation));

function only(records: readonly AuditRecord[]): AuditRecord {
  const [record] = records;
  if (record === undefined) throw new Error('expected a step');
  return record;
}

const told = (said: Said): AuditRecord => {
  const notice: CaseNotice = { ...facts, kind: 'case', incident: 'IN-1', said };
  return only(auditTrail({ case: upgrading(), notices: [notice], silent: [] }));
};

const silent = (rest: Partial<SilentStep>): AuditRecord => {
  const step: SilentStep = {
    ...facts,
    became: 'announced',
    reason: { code: 'heading-for-wall' },
    asked: undefined,
    ...rest,
  };
  return only(auditTrail({ case: upgrading(), notices: [], silent: [step] }));
};

const whyOf = (record: AuditRecord): string | undefined =>
  stepDetails(record, noon).find(([label]) => label === 'why')?.[1];

const change = 'gp2 -> gp3, 3,000 IOPS, 128 MiB/s (-$1.88 a month)';
const needed = (asked?: Asked): Said => ({
  kind: 'needed',
  reason: { code: 'heading-for-wall' },
  refusals: [{ code: 'aws-throttled' }],
  wouldDo: fix(),
  ...(asked !== undefined && { asked }),
});
const askedFor = (state: Asked['state']): Asked => ({ plan: fix(), state, requestId: undefined });

test.each<[string, Asked | undefined]>([
  ['which it did not ask for', undefined],
  ['which AWS refused', askedFor('refused')],
  ['to which no answer of AWS came', askedFor('unanswered')],
  ['which AWS accepted and failed to do', askedFor('given-up')],
])('a call for help names the move %s', (words, asked) => {
  expect(stepTitle(told(needed(asked)), noon)).toBe(
    `called for help, did not move the volume: ${change}, ${words}`,
  );
});

test('a move is told with the time at which AWS accepted it', () => {
  const acted: Said = {
    kind: 'acted',
    reason: { code: 'heading-for-wall' },
    plan: fix(),
    acceptedAt: noon,
    requestId: 'r-1',
  };
  expect(stepTitle(told(acted), noon)).toBe(
    `moved the volume: ${change}, which AWS accepted at 12:00:00 UTC`,
  );
  expect(stepDetails(told(acted), noon).at(-1)).toEqual(['request', 'r-1']);
});

test('a step that nobody heard of says so, and one without a change names none', () => {
  expect(stepTitle(silent({ became: 'watching' }), noon)).toBe('watched the volume, told nobody');
  const asked = { plan: fix(), state: 'intended', requestId: undefined } as const;
  expect(stepTitle(silent({ became: 'intended', asked }), noon)).toBe(
    `wrote down what it would ask AWS for, told nobody: ${change}, not asked for yet`,
  );
});

test('why has what stood against the move, but a refusal that is the reason only once', () => {
  expect(whyOf(told(needed()))).toMatch(/^its burst credits are about to run out; not moved: \S/);
  const why = whyOf(silent({ reason: { code: 'aws-throttled' }, asked: askedFor('refused') }));
  expect(why).toEqual(expect.any(String));
  expect(why).not.toContain('not moved');
});

test('why has the verdict on the move', () => {
  const judged: Said = { kind: 'judged', plan: fix(), verdict: { kind: 'relieved' } };
  expect(whyOf(told(judged))).toBe('Latency and queue came back.');
});

test('by is the mode, the tag and the caps', () => {
  const details = stepDetails(told(needed()), noon);
  expect(details.find(([label]) => label === 'by')).toEqual([
    'by',
    'mode act, consent by ebs-burst:mode=act, $0.00 of $100.00 a month committed, 0 of 5 changes within the hour',
  ]);
});

test('of a volume that is gone nothing is made up', () => {
  const gone = factsOfGone(upgrading(), noon, 'act');
  const details = stepDetails(silent({ ...gone, became: 'closed', reason: { code: 'volume-gone' } }), noon);
  expect(details.map(([label]) => label)).toEqual(['why', 'saw', 'by']);
  expect(details.slice(1)).toEqual([
    ['saw', 'a balance that nobody knew'],
    ['by', 'mode act, no tag of consent seen'],
  ]);
});
