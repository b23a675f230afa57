import { globSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

const config = join(import.meta.dirname, '..', '.dependency-cruiser.cjs');
const sources = ['bin', 'lib', 'core', 'lambda', 'twin', 'cli', 'scripts', 'bench', 'test'];

export interface LayerReport {
  /** One line per violation, e.g. `domain-is-pure: core/domain/volume.ts -> fs`, sorted. */
  readonly violations: readonly string[];
  /** TypeScript files on disk that the cruiser did not look at: not empty means the report proves nothing. */
  readonly unseen: readonly string[];
  readonly modules: readonly IModule[];
}

/**
 * Applies .dependency-cruiser.cjs to the tree at `root`.
 * @throws Error when there is nothing to look at, or no import was understood: silence would read as success.
 */
export async function cruiseLayers(root: string): Promise<LayerReport> {
  const onDisk = typeScriptFiles(root);
  if (onDisk.length === 0) throw new Error(`expected TypeScript files below ${root}, found none`);
  const rooms = sources.filter((source) => onDisk.some((file) => file.startsWith(`${source}/`)));
  const options = await extractDepcruiseOptions(config);
  const { modules, summary } = asResult(await cruise(rooms, { ...options, baseDir: root }));
  const seen = new Set(modules.map((module) => module.source));
  if (!modules.some((module) => module.dependencies.length > 0)) {
    throw new Error(
      `the cruiser found no import in ${onDisk.length} files; is its parser (@swc/core) installed?`,
    );
  }
  return {
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort(),
    unseen: onDisk.filter((file) => !seen.has(file)),
    modules,
  };
}

function typeScriptFiles(root: string): string[] {
  return globSync(`{${sources.join(',')}}/**/*.ts`, { cwd: root }).sort();
}

function asResult({ output }: Awaited<ReturnType<typeof cruise>>): ICruiseResult {
  if (typeof output === 'string')
    throw new Error(`expected a cruise result, got text: ${output.slice(0, 200)}`);
  return output;
}
