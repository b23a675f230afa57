import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type AccountCase, twinAccount } from './account.ts';
import { suite } from './suite.ts';

const page = readFileSync('docs/fidelity.md', 'utf8');

const checked = (one: AccountCase): Promise<void> => (one.public ? one.check(twinAccount()) : one.check());

describe.each(suite)('$api', ({ api, cases }) => {
  test.each(cases.filter(({ gap }) => gap === undefined))('$fact', async (one) => {
    await expect(checked(one)).resolves.toBeUndefined();
  });

  test('the twin’s gaps are still gaps', async () => {
    for (const one of cases.filter(({ gap }) => gap !== undefined))
      await expect(checked(one), `no longer a gap: ${one.fact}`).rejects.toThrow();
  });

  test('states no fact twice', () => {
    const facts = cases.map(({ fact }) => fact);
    expect(facts.filter((fact, index) => facts.indexOf(fact) !== index)).toEqual([]);
  });

  test('docs/fidelity.md tells its facts in this order, with their sources; else run npm run conformance', () => {
    const section = page.split(`\n## ${api}\n`)[1]?.split('\n## ')[0] ?? '';
    const rows = section
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(2);
    const told = rows.map((row) => row.split(' | ').slice(0, 3).join(' | '));
    expect(told).toEqual(
      cases.map(({ fact, source, confidence }) => `| ${fact} | ${source} | ${confidence}`),
    );
  });
});
