import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureGroups } from '../../../scripts/failure-modes/failure-groups.ts';
import { type FailureMode, inFile, outOfScope } from '../../../scripts/failure-modes/failure-mode.ts';
import { missingTests } from '../../../scripts/failure-modes/missing-tests.ts';
import { failureModesPage } from '../../../scripts/reference/failure-modes-page.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const modes = failureGroups.flatMap((group) => group.modes);
const read = (file: string): string | undefined =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined;

describe('the failure modes', () => {
  test('are 1 to 104, each once and in order, in nine groups', () => {
    expect(modes.map(({ number }) => number)).toEqual(Array.from({ length: 104 }, (_, index) => index + 1));
    expect(failureGroups).toHaveLength(9);
  });

  test('name tests that exist and run', () => {
    expect(missingTests(modes, read)).toEqual([]);
  });

  test('have a row each on their page, in one line', () => {
    const page = failureModesPage.render();
    for (const { number, failure } of modes) expect(page).toContain(`\n| ${number} | ${failure} | `);
  });
});

describe('a failure mode whose test', () => {
  const source = [
    "import { describe, test } from 'vitest';",
    "describe('a disk', () => { test.each(['small'])('of %s drains', () => {}); });",
  ].join('\n');
  const faultsOf = (name: string, row?: string, file = 'test/a.test.ts') => {
    const mode: FailureMode = {
      number: 7,
      failure: 'f',
      answer: 'a',
      tests: [inFile(file)(name, row)],
    };
    return missingTests([mode], (wanted) => (wanted === 'test/a.test.ts' ? source : undefined));
  };

  test('exists is fine', () => {
    expect(faultsOf('a disk of %s drains')).toEqual([]);
    expect(faultsOf('a disk of %s drains', 'small')).toEqual([]);
  });

  test.each([
    ['a disk of %s drain', undefined, 'test/a.test.ts has no test "a disk of %s drain" that runs'],
    ['of %s drains', undefined, 'test/a.test.ts has no test "of %s drains" that runs'],
    ['a disk of %s drains', 'large', '"a disk of %s drains" in test/a.test.ts has no row "large"'],
  ])('is named %s, row %s, is found out', (name, row, fault) => {
    expect(faultsOf(name, row)).toEqual([`failure mode 7: ${fault}; correct scripts/failure-modes`]);
  });

  test('is in a file that is not there is found out', () => {
    expect(faultsOf('a disk of %s drains', undefined, 'test/b.test.ts')).toEqual([
      'failure mode 7: there is no file test/b.test.ts; correct scripts/failure-modes',
    ]);
  });

  test('is none, for a reason, is fine', () => {
    const mode: FailureMode = { number: 7, failure: 'f', answer: 'a', gap: outOfScope('no') };
    expect(missingTests([mode], read)).toEqual([]);
  });
});
