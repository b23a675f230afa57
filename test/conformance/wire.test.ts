import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../../twin/account.ts';
import { answer } from '../../twin/wire/front.ts';
import { type Listening, listen } from '../../twin/wire/server.ts';
import { accountOfTwin, twinAccount } from './account.ts';
import { type Clients, clientsAt } from './clients.ts';
import { suite } from './suite.ts';

// The same facts as in twin.test.ts, with a real socket between the SDK and the account.
let account: Account;
let listening: Listening;
let clients: Clients;

beforeAll(async () => {
  listening = await listen((request) => answer(account, request), {
    host: '127.0.0.1',
    port: 0,
    beyondLoopback: false,
  });
  clients = clientsAt(listening.url, 'respond');
});

afterAll(() => listening.stop());

const asked = suite.map(({ api, cases }) => ({
  api,
  cases: cases.filter((one) => one.public && one.gap === undefined),
}));

describe.each(asked.filter(({ cases }) => cases.length > 0))('$api over HTTP', ({ cases }) => {
  test.each(cases)('$fact', async (one) => {
    account = accountOfTwin({ throttling: 'none' });
    if (one.public) await expect(one.check(twinAccount(account, clients))).resolves.toBeUndefined();
  });
});

test('most facts are asked over HTTP', () => {
  expect(asked.flatMap(({ cases }) => cases).length).toBeGreaterThan(150);
});
