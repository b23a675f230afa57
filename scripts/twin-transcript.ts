import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createAccount } from '../twin/account.ts';
import { serveAccount } from '../twin/wire/served-account.ts';
import { pythonWith } from './conformance/python-environment.ts';
import { TRANSCRIPT } from './twin/transcript.ts';

/**
 * Lets the AWS CLI and boto3 talk to the twin over HTTP and writes what they were told into docs/twin-over-http.md. With
 * --check it writes nothing, and exits 1 when the page tells something else.
 */
const PAGE = join(import.meta.dirname, '..', 'docs', 'twin-over-http.md');
const BEGIN = '<!-- from here: npm run twin:transcript -->\n';
const END = '<!-- to here -->\n';

const CLIENTS = ['awscli==1.46.3', 'boto3==1.44.3'];
const startAt = Date.parse('2026-03-02T09:00:00Z');

const transcript = async (): Promise<string> => {
  const bin = pythonWith(...CLIENTS);
  const account = createAccount({ accountId: '123456789012', region: 'us-east-1', startAt, seed: 1 });
  const served = await serveAccount(account, {
    host: '127.0.0.1',
    port: 0,
    beyondLoopback: false,
    speed: 0,
    clock: Date.now,
  });
  try {
    const told: string[] = [];
    for (const line of TRANSCRIPT) told.push(`$ ${line}\n${await typed(line, bin, served.url)}`);
    return `\`\`\`console\n${told.join('\n')}\`\`\`\n`;
  } finally {
    await served.stop();
  }
};

/** What a terminal shows of one command line, whether it succeeds or not. */
const typed = (line: string, bin: string, url: string): Promise<string> =>
  new Promise((resolve) => {
    const env = {
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      HOME: '/nonexistent',
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'me',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_PAGER: '',
    };
    execFile('bash', ['-c', `${line} 2>&1`], { env }, (_error, output) => resolve(tidy(output)));
  });

/** The AWS CLI begins its complaints with an empty line. */
const tidy = (output: string): string => (output.trim() === '' ? '' : `${output.trim()}\n`);

const page = readFileSync(PAGE, 'utf8');
const [before = '', rest = ''] = page.split(BEGIN);
const [, after = ''] = rest.split(END);
if (after === '') throw new Error(`${PAGE}: expected a part between ${BEGIN.trim()} and ${END.trim()}`);
const fresh = `${before}${BEGIN}${await transcript()}${END}${after}`;
if (!process.argv.includes('--check')) writeFileSync(PAGE, fresh);
else if (fresh !== page) {
  process.stderr.write('docs/twin-over-http.md tells something else; run npm run twin:transcript\n');
  process.exitCode = 1;
}
