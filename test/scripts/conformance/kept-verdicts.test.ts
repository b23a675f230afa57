import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Column, fidelityPage } from '../../../scripts/conformance/fidelity-page.ts';
import { changedVerdicts, keptVerdicts, toldBy, turned } from '../../../scripts/conformance/kept-verdicts.ts';
import type { Verdict } from '../../conformance/run-cases.ts';
import { suite } from '../../conformance/suite.ts';

const fact = (text: string) => ({
  fact: text,
  source: 'a page',
  confidence: 'verified' as const,
  public: true as const,
  check: async () => undefined,
});

const SUITE = [
  { api: 'Numbers', cases: [fact('One | two.'), fact('Three.'), fact('A lever.')] },
  { api: 'Letters', cases: [fact('Three.')] },
];

const column = (name: string, numbers: readonly Verdict[], letters: readonly Verdict[]): Column => ({
  name,
  results: [
    { api: 'Numbers', verdicts: numbers },
    { api: 'Letters', verdicts: letters },
  ],
});

const accepted = { deviation: 'a | b: accepted, expected a refusal' };
const twin = column('twin', ['faithful', 'faithful', 'faithful'], ['faithful']);
const moto = column('moto 1', ['faithful', accepted, 'not asked'], ['faithful']);
const kept = keptVerdicts(fidelityPage(SUITE, [twin, moto]));

test('a run that repeats what the page keeps has changed nothing', () => {
  expect(changedVerdicts(SUITE, twin, kept)).toEqual([]);
  expect(changedVerdicts(SUITE, moto, kept)).toEqual([]);
});

test('a fact that an emulator now has right, and one that it now has wrong, are told with both verdicts', () => {
  const later = column('moto 1', [{ deviation: 'it is 2' }, 'faithful', 'not asked'], ['faithful']);
  expect(changedVerdicts(SUITE, later, kept)).toEqual([
    { api: 'Numbers', fact: 'One | two.', before: 'yes', now: '**no**: it is 2' },
    {
      api: 'Numbers',
      fact: 'Three.',
      before: '**no**: a | b: accepted, expected a refusal',
      now: 'yes',
    },
  ]);
});

test('facts of one name are kept apart by their API', () => {
  const later = column('moto 1', ['faithful', accepted, 'not asked'], [{ deviation: 'none' }]);
  expect(changedVerdicts(SUITE, later, kept)).toEqual([
    { api: 'Letters', fact: 'Three.', before: 'yes', now: '**no**: none' },
  ]);
});

test('what differs from run to run only, ids and marks, is no change', () => {
  const named = (id: string) => column('moto 1', [{ deviation: `${id} is large` }], ['faithful']);
  const page = keptVerdicts(fidelityPage(SUITE, [named('vol-0123456789abcdef0')]));
  expect(changedVerdicts(SUITE, named('vol-00000000000000001'), page)).toEqual([]);
});

test('a version and a fact that the page does not have are told', () => {
  const changed = changedVerdicts(SUITE, column('moto 2', [], ['faithful']), kept);
  expect(changed).toEqual([{ api: 'Letters', fact: 'Three.', before: 'nothing', now: 'yes' }]);
});

test('the twin over HTTP is held against the twin of the same run, in what it was asked', () => {
  const told = toldBy(SUITE, twin);
  const overHttp = column('twin over HTTP', ['faithful', accepted, 'not asked'], ['faithful']);
  expect(changedVerdicts(SUITE, overHttp, told, 'twin').map(({ fact: text }) => text)).toEqual(['Three.']);
  const same = column('twin over HTTP', ['faithful', 'faithful', 'not asked'], ['faithful']);
  expect(changedVerdicts(SUITE, same, told, 'twin')).toEqual([]);
});

test('what is as wrong as before in other words has not turned, what is now right or wrong has', () => {
  const later = column('moto 1', [{ deviation: 'it is 2' }, { deviation: 'other words' }], []);
  const changes = changedVerdicts(SUITE, later, kept);
  expect(changes).toHaveLength(2);
  expect(turned(changes).map(({ fact: text }) => text)).toEqual(['One | two.']);
  const right = changedVerdicts(SUITE, column('moto 1', ['faithful', 'faithful'], []), kept);
  expect(turned(right).map(({ fact: text }) => text)).toEqual(['Three.']);
});

test('docs/fidelity.md itself is read: the twin has a verdict on every fact of the suite', () => {
  const page = keptVerdicts(readFileSync('docs/fidelity.md', 'utf8'));
  const unread = suite.flatMap(({ api, cases }) =>
    cases.filter((one) => page(api, one.fact, 'twin') === undefined).map((one) => one.fact),
  );
  expect(unread).toEqual([]);
});
