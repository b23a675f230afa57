import type { FailureMode, NamedTest } from './failure-mode.ts';
import { type TitledTest, titledTests } from './titled-tests.ts';

/** The source of a test file, `undefined` where there is no such file. */
type ReadSource = (file: string) => string | undefined;

/** One sentence for each test that a failure mode names and that does not exist, or would not run. */
export function missingTests(modes: readonly FailureMode[], read: ReadSource): readonly string[] {
  const known = new Map<string, readonly TitledTest[] | undefined>();
  const testsOf = (file: string): readonly TitledTest[] | undefined => {
    if (!known.has(file)) {
      const source = read(file);
      known.set(file, source === undefined ? undefined : titledTests(source));
    }
    return known.get(file);
  };
  return modes.flatMap(({ number, tests = [] }) =>
    tests.flatMap((named) => {
      const fault = faultOf(named, testsOf(named.file));
      return fault === undefined ? [] : [`failure mode ${number}: ${fault}; correct scripts/failure-modes`];
    }),
  );
}

function faultOf(
  { file, name, row }: NamedTest,
  tests: readonly TitledTest[] | undefined,
): string | undefined {
  if (tests === undefined) return `there is no file ${file}`;
  const named = tests.filter((test) => test.name === name);
  if (named.length === 0) return `${file} has no test "${name}" that runs`;
  if (row === undefined || named.some(({ rows }) => rows.has(row))) return undefined;
  return `"${name}" in ${file} has no row "${row}"`;
}
