import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Removal } from './removals.ts';

const report = v.object({
  testResults: v.array(
    v.object({
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

export interface NamedTests {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/** What became of the tests whose full name begins so, when their file is run in this tree. */
export async function runNamedTests(tree: string, { file, name }: Removal['test']): Promise<NamedTests> {
  const output = join(tree, 'report.json');
  rmSync(output, { force: true });
  await vitest(tree, ['run', file, '--reporter=json', `--outputFile=${output}`]);
  const { testResults } = v.parse(report, JSON.parse(readFileSync(output, 'utf8')));
  const named = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName }) => fullName.startsWith(name));
  const withStatus = (status: string) =>
    named.filter((each) => each.status === status).map(({ fullName }) => fullName);
  return { passed: withStatus('passed'), failed: withStatus('failed') };
}

/** Vitest's own exit code says less than its report: a test that does not exist is no failure to it. */
function vitest(tree: string, options: readonly string[]): Promise<void> {
  const executable = join(tree, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [executable, ...options], { cwd: tree, stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
