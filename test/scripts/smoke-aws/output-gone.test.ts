import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const command = join(import.meta.dirname, '..', '..', '..', 'scripts', 'smoke-aws.ts');
/** Nothing listens there. */
const nowhere = {
  PATH: process.env['PATH'],
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
};

test.each(['read', 'gone'])('goes on to its own end where its output is %s', async (output) => {
  const args = [command, '--account', '123456789012', '--region', 'eu-west-1', '--yes'];
  const child = spawn(process.execPath, args, { env: nowhere, stdio: ['ignore', 'pipe', 'pipe'] });
  if (output === 'gone') child.stdout.destroy();
  const said = child.stderr.setEncoding('utf8').toArray();
  child.stdout.resume();
  expect(await once(child, 'close')).toEqual([2, null]);
  expect((await said).join('')).not.toContain('EPIPE');
});
