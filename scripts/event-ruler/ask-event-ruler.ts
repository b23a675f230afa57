import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from './corpus.ts';

export interface Pair {
  readonly pattern: Json;
  readonly event: Json;
}

/** The reason is the library's. */
export type Verdict = boolean | { readonly invalidPattern: string };

const HERE = import.meta.dirname;
export const ENGINE = 'software.amazon.event.ruler:event-ruler:2.0.1';

/**
 * The verdict of AWS's event-ruler on each pair. Fetches it with Maven, once a machine.
 * @throws Error that says why it cannot be asked: no Java, no Maven, no network
 */
export function askEventRuler(pairs: readonly Pair[]): readonly Verdict[] {
  const jars = libraries();
  const input = pairs.map((pair) => `${JSON.stringify(pair)}\n`).join('');
  const classPath = ['-cp', join(jars, '*')];
  const output = run('java', [...classPath, join(HERE, 'EventRulerVerdicts.java')], input)
    .trimEnd()
    .split('\n');
  if (output.length !== pairs.length) {
    throw new Error(`expected ${pairs.length} verdicts of event-ruler, got ${output.length}`);
  }
  return output.map(verdict);
}

function verdict(line: string): Verdict {
  const [word, ...reason] = line.split(' ');
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'invalid-pattern') return { invalidPattern: reason.join(' ') };
  throw new Error(`expected true, false or invalid-pattern of event-ruler, got "${line}"`);
}

/** Where Maven put them the first time, all or none. */
function libraries(): string {
  const folder = join(tmpdir(), ENGINE.replaceAll(':', '-'));
  if (existsSync(folder)) return folder;
  const unfinished = mkdtempSync(`${folder}-`);
  const copy = [
    'dependency:copy-dependencies',
    '-D',
    'includeScope=runtime',
    '-D',
    `outputDirectory=${unfinished}`,
  ];
  run('mvn', ['--batch-mode', '--quiet', '--file', join(HERE, 'pom.xml'), ...copy]);
  renameSync(unfinished, folder);
  return folder;
}

/** @throws Error with the last lines of what the command complained about. */
function run(command: string, args: readonly string[], input = ''): string {
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1e8,
    timeout: 600_000,
  });
  if (error !== undefined) {
    throw new Error(
      `${command} cannot be run (${error.message}); the corpus is made with Java 17 and Maven, see docs/event-patterns.md`,
    );
  }
  if (status === 0) return stdout;
  const complaint = `${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n');
  throw new Error(`${command} ended with ${status}:\n${complaint}`);
}
