import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNamedTests } from './proof/named-tests.ts';
import { type Removal, removals } from './proof/removals.ts';
import { withoutIt } from './proof/remove.ts';

/**
 * Takes each safety out of a copy of the tree, one at a time, and shows the named test that turns red. Fails when a test
 * stays green, was red before, does not exist, or when a removal no longer finds what it removes.
 */
const root = join(import.meta.dirname, '..');
const copied = ['core', 'lambda', 'twin', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

function copyOfTree(): string {
  const tree = mkdtempSync(join(tmpdir(), 'ebs-burst-proof-'));
  for (const name of copied) cpSync(join(root, name), join(tree, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
}

type Proof =
  | { readonly kind: 'red'; readonly test: string }
  | { readonly kind: 'unproven'; readonly why: string };

async function proofOf(removal: Removal, tree: string): Promise<Proof> {
  const path = join(tree, removal.file);
  const source = readFileSync(path, 'utf8');
  try {
    writeFileSync(path, withoutIt(source, removal));
    const { passed, failed } = await runNamedTests(tree, removal.test);
    const [first] = failed;
    if (first !== undefined) return { kind: 'red', test: first };
    return { kind: 'unproven', why: passed.length > 0 ? 'its test stayed green' : 'its test was not run' };
  } catch (error) {
    return { kind: 'unproven', why: error instanceof Error ? error.message : String(error) };
  } finally {
    writeFileSync(path, source);
  }
}

/** A test that is red anyway proves nothing. */
async function redAnyway(tree: string): Promise<readonly string[]> {
  const tests = new Map(removals.map(({ test }) => [`${test.file} ${test.name}`, test]));
  const red: string[] = [];
  const files = Map.groupBy(tests.values(), ({ file }) => file);
  for (const [file, named] of files) {
    const { passed, failed } = await runNamedTests(tree, { file, name: '' });
    for (const { name } of named) {
      const broken = failed.some((test) => test.startsWith(name));
      if (broken) red.push(`${file}: "${name}" is red before anything is removed`);
      if (!passed.some((test) => test.startsWith(name)) && !broken) red.push(`${file} has no test "${name}"`);
    }
  }
  return red;
}

async function prove(tree: string): Promise<number> {
  const broken = await redAnyway(tree);
  for (const each of broken) console.error(each);
  if (broken.length > 0) return 1;
  let unproven = 0;
  for (const removal of removals) {
    const proof = await proofOf(removal, tree);
    if (proof.kind === 'red')
      console.log(`red     ${removal.name}\n        ${removal.test.file}: ${proof.test}`);
    else {
      unproven += 1;
      console.log(`UNPROVEN ${removal.name}\n        ${proof.why}`);
    }
  }
  console.log(`\n${removals.length - unproven} of ${removals.length} removals turn their named test red`);
  return unproven === 0 ? 0 : 1;
}

const tree = copyOfTree();
try {
  process.exitCode = await prove(tree);
} finally {
  rmSync(tree, { recursive: true });
}
