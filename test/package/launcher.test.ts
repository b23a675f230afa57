import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clone, run, runWell } from './installed-app.ts';

describe('the command ebs-burst', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ebs-burst-launcher-'));
    for (const name of ['bin', 'dist/bin', 'scripts']) mkdirSync(join(folder, name), { recursive: true });
    cpSync(join(clone, 'bin', 'ebs-burst.mjs'), join(folder, 'bin', 'ebs-burst.mjs'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const launched = () => run(folder, 'node', ['bin/ebs-burst.mjs']);
  const write = (file: string, says: string) =>
    writeFileSync(join(folder, file), `process.stdout.write('${says}');\n`);

  test('runs the source in a clone, and not an older build of it', async () => {
    write('scripts/require-node.mjs', 'node is new enough, ');
    write('bin/ebs-burst.ts', 'source');
    write('dist/bin/ebs-burst.js', 'build');
    expect(await launched()).toEqual({ code: 0, out: 'node is new enough, source', error: '' });
  });

  test('runs the build in a package, which has no source', async () => {
    write('dist/bin/ebs-burst.js', 'build');
    expect(await launched()).toEqual({ code: 0, out: 'build', error: '' });
  });

  test('answers in this clone by the name that npx takes', async () => {
    expect((await runWell(clone, 'npx', ['ebs-burst', '--help'])).out).toMatch(/^usage: ebs-burst COMMAND/);
  });

  test('says which Node it needs where the package meets an older one', async () => {
    write('dist/bin/ebs-burst.js', 'build');
    const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.20.2'})`;
    expect(await run(folder, 'node', ['--import', pretend, 'bin/ebs-burst.mjs'])).toEqual({
      code: 1,
      out: '',
      error: expect.stringMatching(
        /^ebs-burst needs Node >= 22\.18, got 20\.20\.2 at .*; put a newer one on the PATH\n$/,
      ),
    });
  });
});
