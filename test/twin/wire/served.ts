import { afterEach } from 'vitest';
import { type Account, createAccount } from '../../../twin/account.ts';
import { type ServedAccount, serveAccount } from '../../../twin/wire/served-account.ts';

export const START = Date.parse('2026-11-22T10:00:00Z');

const running: ServedAccount[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

export interface Served extends ServedAccount {
  readonly account: Account;
  /** What a client of the SDK needs to find it; without retries. */
  readonly config: {
    readonly region: string;
    readonly endpoint: string;
    readonly maxAttempts: number;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/** An account on a free port whose time stands still, until the end of the test. */
export async function served(speed = 0, clock: () => number = () => 0): Promise<Served> {
  const account = createAccount({ accountId: '123456789012', region: 'us-east-1', startAt: START, seed: 1 });
  const options = { host: '127.0.0.1', port: 0, beyondLoopback: false, speed, clock };
  const serving = await serveAccount(account, options);
  running.push(serving);
  const credentials = { accessKeyId: 'anna', secretAccessKey: 'any' };
  const config = { region: 'us-east-1', endpoint: serving.url, maxAttempts: 1, credentials };
  return { ...serving, account, config };
}
