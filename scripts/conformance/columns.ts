import { randomUUID } from 'node:crypto';
import { accountOfTwin, remoteAccount, twinAccount } from '../../test/conformance/account.ts';
import { clientsAt } from '../../test/conformance/clients.ts';
import { runCases } from '../../test/conformance/run-cases.ts';
import { suite } from '../../test/conformance/suite.ts';
import type { Account } from '../../twin/account.ts';
import { answer } from '../../twin/wire/front.ts';
import { listen } from '../../twin/wire/server.ts';
import { type Emulator, startEmulator } from './emulators.ts';
import type { Column } from './fidelity-page.ts';

/** In this process, every fact. */
export const twinColumn = async (): Promise<Column> => ({
  name: 'twin',
  results: await runCases(suite, () => twinAccount(), 'all'),
});

/** With a socket between the SDK and a new account for each fact; those that need no lever. */
export async function twinOverHttpColumn(): Promise<Column> {
  let account: Account = accountOfTwin();
  const { url, stop } = await listen((request) => answer(account, request), {
    host: '127.0.0.1',
    port: 0,
    beyondLoopback: false,
  });
  const clients = clientsAt(url, 'respond');
  const open = () => {
    account = accountOfTwin({ throttling: 'none' });
    return twinAccount(account, clients);
  };
  try {
    return { name: 'twin over HTTP', results: await runCases(suite, open, 'public') };
  } finally {
    await stop();
  }
}

/** @throws Error that says why it cannot run */
export async function emulatorColumn(emulator: Emulator): Promise<Column> {
  const { endpoint, stop } = await startEmulator(emulator);
  try {
    return await columnAt(endpoint, nameOf(emulator));
  } finally {
    await stop();
  }
}

/** As the page names it. */
export const nameOf = ({ name, version }: Emulator): string => `${name} ${version}`;

/** Whatever speaks AWS's protocols there. */
export async function columnAt(endpoint: string, name = endpoint): Promise<Column> {
  const clients = clientsAt(endpoint);
  const run = randomUUID().slice(0, 8);
  const open = (number: number) =>
    remoteAccount({ ...clients, availabilityZone: 'us-east-1a', mark: `conformance-${run}-${number}` });
  return { name, results: await runCases(suite, open, 'public') };
}
