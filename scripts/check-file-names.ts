import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that hold what others wrote or what a run left behind. */
const foreign = new Set(['node_modules', '.git', 'cdk.out', 'coverage', 'reports']);

const names = globSync(['**/*', '.*', '.*/**/*'], {
  cwd: process.cwd(),
  exclude: (path) => foreign.has(path),
});
if (names.length === 0) throw new Error(`expected files below ${process.cwd()}, found none`);

const cspell = join('node_modules', '.bin', 'cspell');
const { status } = spawnSync(cspell, ['lint', '--no-progress', '--no-summary', 'stdin://file-names.txt'], {
  input: names.join('\n'),
  stdio: ['pipe', 'inherit', 'inherit'],
});
if (status === 0) console.log(`spelling of ${names.length} file and folder names is fine`);
else process.exitCode = 1;
