import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { guards } from '../../core/domain/deciding/guards.ts';
import { guardRemovals, type Removal, removals } from '../../scripts/proof/removals.ts';
import { withoutIt } from '../../scripts/proof/remove.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the removals that npm run guards:prove makes', () => {
  test('name every guard of the list, in its order', () => {
    expect(guardRemovals.map(({ name }) => name)).toEqual(guards.map(({ name }) => name));
  });

  test('are named once each', () => {
    expect(new Set(removals.map(({ name }) => name)).size).toBe(removals.length);
  });

  test.each(removals)('still find what they remove: $name', (removal) => {
    const source = readFileSync(join(root, removal.file), 'utf8');
    expect(withoutIt(source, removal)).not.toBe(source);
  });

  test.each(removals)('name a test file that exists: $name', ({ test: { file } }) => {
    expect(existsSync(join(root, file))).toBe(true);
  });
});

describe('a removal', () => {
  const removal: Removal = {
    name: 'the guard',
    file: 'a.ts',
    after: 'list',
    find: 'one,',
    replace: '',
    test: { file: 'a.test.ts', name: 'a' },
  };

  test('takes out what it names, after the place it names, and nothing else', () => {
    expect(withoutIt('one, list [one, two]', removal)).toBe('one, list [ two]');
  });

  test.each([
    [
      'list [two]',
      'the guard: a.ts has "one," 0 times after "list", expected once; correct scripts/proof/removals.ts',
    ],
    [
      'list [one, one,]',
      'the guard: a.ts has "one," 2 times after "list", expected once; correct scripts/proof/removals.ts',
    ],
    ['[one,]', 'the guard: a.ts has no "list"; correct scripts/proof/removals.ts'],
  ])('says so when the code has moved: %s', (source, message) => {
    expect(() => withoutIt(source, removal)).toThrow(message);
  });
});
