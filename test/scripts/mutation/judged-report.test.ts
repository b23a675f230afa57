import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Equivalents } from '../../../scripts/mutation/equivalents/mutant.ts';
import { equivalents } from '../../../scripts/mutation/equivalents.ts';
import { judged } from '../../../scripts/mutation/judged-report.ts';
import { strykerPlugins } from '../../../scripts/mutation/prose-of-guards.ts';

const source = ['function f(a) {', '  if (a > 1) {', '    return 2;', '  }', '}'].join('\n');
const condition = { start: { line: 2, column: 7 }, end: { line: 2, column: 12 } };
const block = { start: { line: 2, column: 14 }, end: { line: 4, column: 4 } };
const guard = 'core/domain/deciding/guards/caps.ts';
const mutant = (status: string, location = condition, replacement = 'true') => ({
  status,
  location,
  replacement,
});
const report = (file: string, ...mutants: readonly ReturnType<typeof mutant>[]) => ({
  files: { [file]: { source, mutants } },
});
const because = (becomes: string): readonly Equivalents[] => [
  {
    because: 'x',
    mutants: [{ file: 'deciding/guards/caps.ts', line: 'if (a > 1) {', was: 'a > 1', becomes }],
  },
];

describe('a report of mutants', () => {
  test('counts what timed out as killed, what no test ran as alive, and what was ignored not at all', () => {
    const all = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored', 'CompileError', 'RuntimeError'];
    const { rooms, unexplained } = judged(
      report('core/domain/cost.ts', ...all.map((each) => mutant(each))),
      [],
    );
    expect(rooms).toEqual([{ room: 'core/domain', killed: 2, equivalent: 0, of: 4 }]);
    expect(unexplained).toHaveLength(2);
  });

  test('shows a survivor with its place and text, over several lines too', () => {
    const { unexplained } = judged(report('core/domain/cost.ts', mutant('Survived', block, '{}')), []);
    expect(unexplained).toEqual([
      {
        file: 'cost.ts',
        where: 'core/domain/cost.ts:2',
        line: 'if (a > 1) {',
        was: '{\n    return 2;\n  }',
        becomes: '{}',
      },
    ]);
  });

  test('fails for a survivor among the guards, and not for one that is listed as equivalent', () => {
    expect(judged(report(guard, mutant('Survived')), []).inStrictRoom).toHaveLength(1);
    expect(judged(report(guard, mutant('Survived')), because('false')).inStrictRoom).toHaveLength(1);
    const { rooms, inStrictRoom } = judged(report(guard, mutant('Survived')), because('true'));
    expect(inStrictRoom).toEqual([]);
    expect(rooms).toEqual([{ room: 'core/domain/deciding/guards', killed: 0, equivalent: 1, of: 1 }]);
  });

  test('does not fail for a survivor elsewhere: there Stryker holds the bar', () => {
    expect(judged(report('core/domain/cost.ts', mutant('Survived')), []).inStrictRoom).toEqual([]);
  });
});

describe('the list of equivalent mutants', () => {
  test('has each once, changed into something else', () => {
    const keys = equivalents.flatMap(({ mutants }) => mutants).map((each) => JSON.stringify(each));
    expect(new Set(keys).size).toBe(keys.length);
    expect(
      equivalents.flatMap(({ mutants }) => mutants).filter(({ was, becomes }) => was === becomes),
    ).toEqual([]);
  });
});

describe('a line in that list', () => {
  const domain = join(import.meta.dirname, '..', '..', '..', 'core', 'domain');

  test('still stands in its file, so that nothing is excused for what has changed', () => {
    const stale = equivalents
      .flatMap(({ mutants }) => mutants)
      .filter(({ file, line }) => !linesOf(join(domain, file)).includes(line))
      .map(({ file, line }) => `${file}: ${line}`);
    expect(stale).toEqual([]);
  });
});

const linesOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim());

describe('what is spared', () => {
  const [plugin] = strykerPlugins;
  const ignored = (declared: string, key: string, type = 'StringLiteral') => {
    const typeAnnotation = { typeAnnotation: { typeName: { name: declared } } };
    const declarator = { node: { type: 'VariableDeclarator', id: { typeAnnotation } }, parentPath: null };
    const object = { node: { type: 'ObjectExpression' }, parentPath: declarator };
    const property = { node: { type: 'ObjectProperty', key: { name: key } }, parentPath: object };
    return plugin?.value.shouldIgnore({ node: { type }, parentPath: property });
  };

  test.each(['name', 'fact', 'source', 'unknown'])("is a guard's %s", (key) => {
    expect(ignored('Guard', key)).toBe('a cell of docs/reference/guards.md, compared there');
  });

  test('is nothing that a guard decides on, and no text of anything else', () => {
    expect(ignored('Guard', 'scope')).toBeUndefined();
    expect(ignored('Guard', 'fact', 'ArrowFunctionExpression')).toBeUndefined();
    expect(ignored('Notice', 'fact')).toBeUndefined();
  });
});
