import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The steps are the `check:*` scripts of package.json in their order; each can be run alone by that name. */
function steps(): readonly string[] {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
  return Object.keys(scripts).filter((name) => name.startsWith('check:'));
}

interface StepResult {
  readonly step: string;
  readonly passed: boolean;
  readonly seconds: string;
}

function run(step: string): StepResult {
  console.log(`\n── ${step}`);
  const start = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', step], { stdio: 'inherit' });
  return { step, passed: status === 0, seconds: ((performance.now() - start) / 1000).toFixed(1) };
}

const results = steps().map(run);
console.log('');
for (const { step, passed, seconds } of results) {
  console.log(
    `${passed ? 'ok    ' : 'FAILED'}  ${step} (${seconds} s)${passed ? '' : `; alone: npm run ${step}`}`,
  );
}
if (results.length === 0 || results.some(({ passed }) => !passed)) process.exitCode = 1;
