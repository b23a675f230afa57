import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Account, createAccount } from '../../twin/account.ts';
import type { Invocation } from '../../twin/lambda/functions.ts';
import { Processes } from '../../twin/processes/implementations.ts';
import { type ServedAccount, serveAccount } from '../../twin/wire/served-account.ts';
import { runtimeClient } from './installed-from-npm.ts';

const startAt = Date.parse('2026-03-02T09:00:00Z');

let account: Account;
let served: ServedAccount;
let processes: Processes;
let folder: string;

beforeEach(async () => {
  account = createAccount({ accountId: '123456789012', region: 'us-east-1', startAt, seed: 1 });
  const options = { host: '127.0.0.1', port: 0, beyondLoopback: false, speed: 0, clock: () => 0 };
  served = await serveAccount(account, options);
  const runtime = { node: process.execPath, client: runtimeClient() };
  processes = new Processes({ account, url: served.url, runtime });
  folder = mkdtempSync(join(tmpdir(), 'ebs-burst-function-'));
});

afterEach(async () => {
  await processes.stop();
  await served.stop();
  rmSync(folder, { recursive: true });
});

/** A function of the account whose whole code is this module. */
function deployed(code: string): void {
  writeFileSync(join(folder, 'index.mjs'), code);
  const bundle = { folder, handler: 'index.handler', memoryMebibytes: 128, timeoutSeconds: 30 };
  account.functions.create({ name: 'any', environment: {}, timeout: 30 });
  account.functions.implement('any', processes.implementation('any', bundle));
}

/** Invokes it; answers as soon as it pauses or has ended, with a list that gets its outcome. */
async function started(): Promise<readonly Invocation['outcome'][]> {
  const outcomes: Invocation['outcome'][] = [];
  await account.functions.start({
    functionName: 'any',
    trigger: 'direct',
    event: {},
    onEnd: (outcome) => void outcomes.push(outcome),
  });
  return outcomes;
}

describe('a function in a process', () => {
  test('lives in the simulated time of the event that it handles', async () => {
    deployed(
      'export const handler = async () => [Date.now(), new Date().getTime(), Date.parse("2020-01-01")];',
    );
    await account.simulation.runUntil(startAt + 3_600_000);
    const [now = 0, date = 0, parsed] = (await account.functions.invoke('any', {})) as readonly number[];
    expect(now - startAt).toBeGreaterThanOrEqual(3_600_000);
    expect(now - startAt).toBeLessThan(3_660_000);
    expect(date - now).toBeLessThan(1_000);
    expect(parsed).toBe(Date.parse('2020-01-01'));
  });

  test('speaks to Slack’s stand-in whatever it gives fetch', async () => {
    const channel = account.slackWorkspace.addChannel('storage');
    deployed(`const headers = { authorization: 'Bearer ${account.slackBotToken}', 'content-type': 'application/json' };
      const url = 'https://slack.com/api/chat.postMessage';
      const message = (text) => ({ method: 'POST', headers, body: JSON.stringify({ channel: '${channel}', text }) });
      export const handler = async () => {
        const replies = [await fetch(url, message('ä')), await fetch(new URL(url), message('b')),
          await fetch(new Request(url, message('c')))];
        return Promise.all(replies.map(async (reply) => [reply.status, (await reply.json()).ok]));
      };`);
    const ok = [200, true];
    expect(await account.functions.invoke('any', {})).toEqual([ok, ok, ok]);
    expect(account.slackWorkspace.messages(channel).map(({ text }) => text)).toEqual(['ä', 'b', 'c']);
  });

  test('reaches nothing outside that is not imitated', async () => {
    deployed(
      'export const handler = () => fetch("https://example.com", { method: "POST" }).then(({ status }) => status);',
    );
    expect(await account.functions.invoke('any', {})).toBe(500);
  });

  test('pauses in simulated time, in which the account lives on', async () => {
    deployed(`import { setTimeout } from 'node:timers/promises';
      export const handler = async () => { const began = Date.now(); await setTimeout(20_000); return Date.now() - began; };`);
    const lived: number[] = [];
    account.simulation.at(startAt + 10_000, () => void lived.push(account.simulation.now));
    const outcomes = await started();
    expect(outcomes).toEqual([]);
    await account.simulation.runFor(20_000);
    expect(lived).toEqual([startAt + 10_000]);
    expect(outcomes).toMatchObject([{ kind: 'succeeded' }]);
    const [outcome] = outcomes;
    const passed = outcome?.kind === 'succeeded' ? Number(outcome.result) : 0;
    expect(passed).toBeGreaterThanOrEqual(20_000);
    expect(passed).toBeLessThan(25_000);
  });

  test('that pauses beyond its timeout is gone, and does nothing more', async () => {
    const channel = account.slackWorkspace.addChannel('storage');
    deployed(`import { setTimeout } from 'node:timers/promises';
      const headers = { authorization: 'Bearer ${account.slackBotToken}', 'content-type': 'application/json' };
      const body = JSON.stringify({ channel: '${channel}', text: 'late' });
      export const handler = async () => {
        await setTimeout(60_000).catch(() => undefined);
        await fetch('https://slack.com/api/chat.postMessage', { method: 'POST', headers, body });
      };`);
    const outcomes = await started();
    await account.simulation.runFor(90_000);
    expect(outcomes).toEqual([{ kind: 'timed out' }]);
    expect(account.slackWorkspace.messages(channel)).toEqual([]);
  });

  test('starts anew after it has died, and only then', async () => {
    deployed(`let calls = 0;
      export const handler = async ({ exit }) => { if (exit) process.exit(1); return ++calls; };`);
    expect(await account.functions.invoke('any', {})).toBe(1);
    expect(await account.functions.invoke('any', {})).toBe(2);
    await expect(account.functions.invoke('any', { exit: true })).rejects.toThrow(
      'Runtime exited with status 1',
    );
    expect(await account.functions.invoke('any', {})).toBe(1);
    expect(processes.coldStarts).toBe(2);
  });
});

test('a process ends by itself when the one that started it is killed', async () => {
  writeFileSync(join(folder, 'index.mjs'), 'console.log(process.pid); export const handler = async () => 1;');
  writeFileSync(join(folder, 'nothing.mjs'), '');
  const environment = new URL('../../twin/processes/execution-environment.ts', import.meta.url);
  const settings = {
    runtime: { node: process.execPath, client: runtimeClient() },
    folder,
    handler: 'index.handler',
    memoryMebibytes: 128,
    timeoutSeconds: 30,
    environment: { AWS_LAMBDA_FUNCTION_NAME: 'any', AWS_REGION: 'us-east-1' },
    preload: join(folder, 'nothing.mjs'),
  };
  const code = `import { ExecutionEnvironment } from '${environment.href}';
    await ExecutionEnvironment.start({ ...${JSON.stringify(settings)}, onLog: (line) => console.log(line) });`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const pid = Number((JSON.parse(line) as { readonly message: unknown }).message);
  const isAlive = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  expect(isAlive()).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(isAlive, { timeout: 10_000 }).toBe(false);
});

describe('once all processes have been stopped', () => {
  test('one that was still starting is gone too, and none starts any more', async () => {
    deployed('export const handler = async () => 1;');
    const starting = expect(account.functions.invoke('any', {})).rejects.toThrow(
      'Runtime exited with SIGKILL',
    );
    await expect.poll(() => processes.coldStarts).toBe(1);
    await processes.stop();
    await starting;
    await expect(account.functions.invoke('any', {})).rejects.toThrow(
      'any: all processes have been stopped for good',
    );
    expect(processes.coldStarts).toBe(1);
  });

  test('nothing of them is left in the temporary folder', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('twin-processes-'));
    const before = left();
    const other = new Processes({
      account,
      url: served.url,
      runtime: { node: process.execPath, client: '' },
    });
    expect(left().length).toBe(before.length + 1);
    await other.stop();
    await other.stop();
    expect(left()).toEqual(before);
  });
});
