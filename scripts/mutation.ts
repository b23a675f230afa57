import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { equivalents } from './mutation/equivalents.ts';
import { judged, strictRoom } from './mutation/judged-report.ts';
import type { MutationReport } from './mutation/mutation-report.ts';

const reportFile = join('reports', 'mutation.json');
const stryker = join('node_modules', '.bin', 'stryker');

rmSync(reportFile, { force: true });
const { status } = spawnSync(stryker, ['run', 'stryker.config.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (!existsSync(reportFile)) {
  throw new Error(`expected ${reportFile} of a whole run, found none; Stryker ended with ${status}`);
}
const report: MutationReport = JSON.parse(readFileSync(reportFile, 'utf8'));
const { rooms, unexplained, inStrictRoom } = judged(report, equivalents);

for (const { where, line, was, becomes } of unexplained) {
  console.log(`survived: ${where}\n    ${line}\n  - ${was}\n  + ${becomes}`);
}
console.log('');
for (const { room, killed, equivalent, of } of rooms) {
  const share = ((100 * killed) / of).toFixed(1);
  console.log(`${room}: ${killed} of ${of} killed (${share} %), ${equivalent} of the others equivalent`);
}
if (inStrictRoom.length > 0) {
  console.error(
    `FAILED  ${inStrictRoom.length} survivors in ${strictRoom}, expected none but equivalent ones`,
  );
}
if (status !== 0 || inStrictRoom.length > 0) process.exitCode = 1;
