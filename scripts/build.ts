/**
 * `npm run build`: what the package is made of, below dist/. The folders mirror the clone's, so that every path a file takes
 * from its own place leads to the same thing; dist/handlers, which a clone has not, holds the bundled handlers.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledHandlers } from './build/bundled-handlers.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** JSON that code reads at run time: the version, and the feature flags of `ebs-burst … --demo`. */
const readAtRunTime = ['package.json', 'cdk.json'];

rmSync(dist, { recursive: true, force: true });

const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
for (const file of readAtRunTime) copyFileSync(join(root, file), join(dist, file));

const assembly = mkdtempSync(join(tmpdir(), 'ebs-burst-build-'));
try {
  for (const { name, folder } of bundledHandlers(assembly)) {
    cpSync(folder, join(dist, 'handlers', name), { recursive: true });
  }
} finally {
  rmSync(assembly, { recursive: true });
}

const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
console.log(`dist: ${files.length} files, handlers ${readdirSync(join(dist, 'handlers')).join(', ')}`);
