#!/usr/bin/env node
// A clone runs its source as it is, never an older build of it. A package has no source, because Node strips no types
// below node_modules. Plain JavaScript, which also starts on the Node versions that are turned away.
import { existsSync } from 'node:fs';

const beside = (path) => new URL(path, import.meta.url).href;
const inClone = existsSync(new URL('./ebs-burst.ts', import.meta.url));

if (inClone) await import(beside('../scripts/require-node.mjs'));
else requireNode();
await import(beside(inClone ? './ebs-burst.ts' : '../dist/bin/ebs-burst.js'));

/** As `engines` in package.json. */
function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  console.error(
    `ebs-burst needs Node >= 22.18, got ${process.versions.node} at ${process.execPath}; put a newer one on the PATH`,
  );
  process.exit(1);
}
