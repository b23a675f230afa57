import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { whyNoRegistry } from './registry.ts';

export const clone: string = join(import.meta.dirname, '..', '..');

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A program that ends, on the Node of this run, told nothing of the npm script that runs the tests. */
export function run(
  cwd: string,
  program: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle)_|VITEST)/.test(name),
  );
  const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  const env = { ...Object.fromEntries(inherited), PATH, ...variables };
  return new Promise((ended) => {
    execFile(program, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (failure, out, error) =>
      ended({ code: failure === null ? 0 : Number(failure.code ?? -1), out, error }),
    );
  });
}

/** @throws Error with everything the program said, unless it ended well */
export async function runWell(...[cwd, program, args, variables]: Parameters<typeof run>): Promise<Ended> {
  const ended = await run(cwd, program, args, variables);
  if (ended.code === 0) return ended;
  throw new Error(
    `expected ${program} ${args.join(' ')} to end well, got exit code ${ended.code}:\n${ended.out}\n${ended.error}`,
  );
}

export interface InstalledApp {
  readonly folder: string;
  /** Paths of the package's files, from its folder. */
  readonly files: readonly string[];
  readonly remove: () => void;
}

/**
 * Packs the clone as `npm pack` does, which builds it, and installs the tarball into an empty CDK app.
 * @throws Error where a step fails, or no registry can be reached
 */
export async function installedApp(): Promise<InstalledApp> {
  if (whyNoRegistry !== undefined) throw new Error(whyNoRegistry);
  const folder = mkdtempSync(join(tmpdir(), 'ebs-burst-package-'));
  await runWell(clone, 'npm', ['pack', '--pack-destination', folder]);
  const tarballs = (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
  const { devDependencies } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'));
  const manifest = {
    name: 'storage',
    private: true,
    dependencies: { 'aws-cdk-lib': devDependencies['aws-cdk-lib'], constructs: devDependencies.constructs },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund'];
  await runWell(folder, 'npm', ['install', ...quietly, ...tarballs.map((file) => `./${file}`)]);
  const inside = join(folder, 'node_modules', 'ebs-burst-responder');
  const entries = await readdir(inside, { recursive: true, withFileTypes: true });
  return {
    folder,
    files: entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(inside.length + 1)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
