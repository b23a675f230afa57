import { expect, test } from 'vitest';
import { fidelityPage } from '../../scripts/conformance/fidelity-page.ts';
import type { ApiCases } from './case.ts';
import { runCases } from './run-cases.ts';

const FACT = { source: 'a page', confidence: 'verified' } as const;

/** The account is a number: the one of its case. */
const SUITE: readonly ApiCases<number>[] = [
  {
    api: 'Numbers',
    cases: [
      {
        ...FACT,
        fact: 'It is one | or so.',
        public: true,
        check: async (account) => {
          if (account !== 1) throw new Error(`it is ${account}`);
        },
      },
      {
        ...FACT,
        fact: 'It is small.',
        public: true,
        check: async () => {
          throw new RangeError('vol-0123456789abcdef0 of conformance-1f-2 is too large');
        },
      },
      { ...FACT, fact: 'It has a lever.', public: false, check: async () => undefined },
    ],
  },
];

const identity = (number: number): number => number;

test('the twin is asked everything, others what is public', async () => {
  const deviation = 'RangeError: vol-0123456789abcdef0 of conformance-1f-2 is too large';
  expect(await runCases(SUITE, identity, 'all')).toEqual([
    { api: 'Numbers', verdicts: ['faithful', { deviation }, 'faithful'] },
  ]);
  expect(await runCases(SUITE, (number) => number + 1, 'public')).toEqual([
    { api: 'Numbers', verdicts: [{ deviation: 'it is 2' }, { deviation }, 'not asked'] },
  ]);
});

test('the page counts what was asked and tells deviations without what differs from run to run', async () => {
  const columns = [
    { name: 'twin', results: await runCases(SUITE, identity, 'all') },
    { name: 'other', results: await runCases(SUITE, identity, 'public') },
  ];
  const page = fidelityPage(SUITE, columns);
  expect(page).toContain('| Numbers | 3 | 2 of 3 | 1 of 2 |');
  expect(page).toContain('| It is one \\| or so. | a page | verified | yes | yes |');
  expect(page).toContain('**no**: RangeError: vol-… of conformance-… is too large |');
  expect(page).toContain('| It has a lever. | a page | verified | yes | – |');
});
