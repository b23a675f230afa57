import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../cli/main.ts';

const program = join(import.meta.dirname, '../../bin/ebs-burst.ts');

interface Answer {
  readonly ok: boolean;
  readonly out: string;
  readonly error: string;
}

/** As a person types it: some commands set up signals and timers, which are no business of a test's process. */
const run = (...args: readonly string[]): Promise<Answer> =>
  new Promise((answered) => {
    execFile(process.execPath, [program, ...args], (failure, out, error) =>
      answered({ ok: failure === null, out, error }),
    );
  });

describe.each(Object.keys(commands))('ebs-burst %s --help', (name) => {
  let help: Answer;
  /** Tells which options there are. */
  let refusal: Answer;

  beforeAll(async () => {
    [help, refusal] = await Promise.all([run(name, '--help'), run(name, '--no-such-option')]);
  });

  test('is well, and fits a terminal of 80 columns', () => {
    expect(help).toMatchObject({ ok: true, error: '', out: expect.stringMatching(/^usage: /) });
    expect(help.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('names every option that is taken, and no other', () => {
    const [, taken] = /expected one of (.*); see --help/.exec(refusal.error) ?? [];
    const named = [...help.out.matchAll(/^ {2}(--\S+)/gm)].map(([, option]) => option);
    expect(named.join(', ')).toBe(taken);
  });
});
