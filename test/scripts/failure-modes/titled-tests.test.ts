import { describe, expect, test } from 'vitest';
import { titledTests } from '../../../scripts/failure-modes/titled-tests.ts';

const imports = "import { describe, expect, it, test } from 'vitest';\n";
const namesIn = (source: string) => titledTests(imports + source).map(({ name }) => name);
const rowsOf = (source: string) => titledTests(imports + source).map(({ rows }) => [...rows].toSorted());

describe('titledTests', () => {
  test.each([
    ["test('a', () => {});", ['a']],
    ["it('a', async () => {});", ['a']],
    ['test(`a`, () => {});', ['a']],
    [
      "describe('a', () => { describe('b', () => { test('c', () => {}); }); test('d', () => {}); });",
      ['a b c', 'a d'],
    ],
    ["describe.each([1])('of %i', () => { test('b', () => {}); });", ['of %i b']],
    ["test.each(table as const)('of $name', (row) => {});", ['of $name']],
    ["test.prop([numbers], { numRuns: 9 })('always', (n) => {});", ['always']],
    ["for (const kind of kinds) test('a', () => use(kind));", ['a']],
    ["test.only('a', () => {});", ['a']],
    ["import { test as property } from '@fast-check/vitest'; property.prop([n])('a', () => {});", ['a']],
  ])('finds the tests of %s', (source, names) => {
    expect(namesIn(source)).toEqual(names);
  });

  test.each([
    ["test.skip('a', () => {});"],
    ["test.todo('a');"],
    ["test.skip.each([1])('a %i', () => {});"],
    ["test.runIf(slow)('a', () => {});"],
    ["describe.skip('a', () => { test('b', () => {}); });"],
    ['test(`a $' + '{n}`, () => {});'],
    ["test('a' + n, () => {});"],
    ["expect(/a/.test('a')).toBe(true);"],
    ["// test('a', () => {});"],
    ["import { test as other } from './fakes.ts'; other('a', () => {});"],
    ["vetoes(guard, [{ refuses: 'a' }]);"],
  ])('finds no test in %s', (source) => {
    expect(namesIn(source)).toEqual([]);
  });

  test('takes rows from the table, from what it names, and from the tables of its groups', () => {
    expect(rowsOf("test.each(['a', { what: 'b', size: 3 }])('%s', () => { use('c'); });")).toEqual([
      ['3', 'a', 'b'],
    ]);
    expect(rowsOf("const rows = ['a']; test.each(rows.filter(Boolean))('%s', () => {});")).toEqual([['a']]);
    expect(rowsOf("describe.each(['a'])('%s', () => { test('b', () => {}); });")).toEqual([['a']]);
  });

  test('takes no rows from other tables, nor for a test without one', () => {
    expect(rowsOf("const rows = ['a']; const more = ['b']; test.each(more)('%s', () => {});")).toEqual([
      ['b'],
    ]);
    expect(rowsOf("const rows = ['a']; test('b', () => {});")).toEqual([[]]);
  });
});
