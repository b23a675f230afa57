import { once } from 'node:events';
import { createAccount } from '../twin/account.ts';
import { serveAccount } from '../twin/wire/served-account.ts';
import { twinOptions, usage } from './twin/twin-options.ts';

/** Serves a simulated account until it is interrupted. */
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(args: readonly string[]): Promise<number> {
  const options = twinOptions(args);
  if (options === 'help') {
    say(usage);
    return 0;
  }
  const { accountId, region, seed } = options;
  const account = createAccount({ accountId, region, seed, startAt: Date.now() });
  const { url, stop } = await serveAccount(account, { ...options, clock: Date.now });
  say(`Account ${accountId} in ${region}: ${url}

  aws --endpoint-url ${url} --region ${region} ec2 describe-volumes      (any credentials)
  curl ${url}/_twin                                                  (time, load, faults: docs/twin-over-http.md)

Ctrl-C ends it, and everything in it is gone.`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await stop();
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const advice = isTaken ? '; something listens there already: end it, or take another with --port 0' : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${advice}\n`);
  process.exitCode = isTaken ? 1 : 2;
}
