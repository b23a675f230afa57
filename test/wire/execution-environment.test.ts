import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { ExecutionEnvironment, type ProcessFunction } from '../../twin/processes/execution-environment.ts';
import type { RuntimeEvent } from '../../twin/processes/runtime-api.ts';
import { runtimeClient } from './installed-from-npm.ts';

const folders: string[] = [];
const running: ExecutionEnvironment[] = [];
const logs: string[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  logs.length = 0;
});

/** A function whose whole code is this module. */
async function started(code: string, settings: Partial<ProcessFunction> = {}): Promise<ExecutionEnvironment> {
  const folder = mkdtempSync(join(tmpdir(), 'ebs-burst-function-'));
  folders.push(folder);
  writeFileSync(join(folder, 'index.mjs'), code);
  writeFileSync(join(folder, 'nothing.mjs'), '');
  const environment = await ExecutionEnvironment.start({
    runtime: { node: process.execPath, client: runtimeClient() },
    folder,
    handler: 'index.handler',
    memoryMebibytes: 128,
    timeoutSeconds: 3,
    environment: { AWS_LAMBDA_FUNCTION_NAME: 'any', AWS_REGION: 'us-east-1', COLOUR: 'blue' },
    preload: join(folder, 'nothing.mjs'),
    onLog: (line) => void logs.push(line),
    ...settings,
  });
  running.push(environment);
  return environment;
}

const event = (content: unknown, requestId = 'r-1'): RuntimeEvent => ({
  requestId,
  functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:any',
  deadline: Date.now() + 3_000,
  event: content,
});

describe('a function in a process', () => {
  test('gets the event, its context and its environment, and its answer comes back', async () => {
    const environment = await started(`export const handler = async (event, context) => ({
      event, id: context.awsRequestId, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() > 0,
      colour: process.env.COLOUR, home: process.env.HOME })`);
    expect(await environment.invoke(event({ a: [1, 'ä'] }))).toEqual({
      event: { a: [1, 'ä'] },
      id: 'r-1',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:any',
      left: true,
      colour: 'blue',
    });
  });

  test('keeps what it cached from one event to the next', async () => {
    const environment = await started('let calls = 0; export const handler = async () => ++calls;');
    expect([await environment.invoke(event({})), await environment.invoke(event({}, 'r-2'))]).toEqual([1, 2]);
  });

  test('that answers nothing answers null', async () => {
    const environment = await started('export const handler = async () => {};');
    expect(await environment.invoke(event({}))).toBeNull();
  });

  test('that throws is told by the name of its error', async () => {
    const environment = await started(
      'class NoDisk extends Error { name = "NoDisk" }; export const handler = async () => { throw new NoDisk("gone") };',
    );
    await expect(environment.invoke(event({}))).rejects.toMatchObject({ name: 'NoDisk', message: 'gone' });
  });

  test('that does not end in its time is ended', async () => {
    const environment = await started(
      'export const handler = () => new Promise(() => setInterval(() => {}, 99));',
      {
        timeoutSeconds: 0.5,
      },
    );
    await expect(environment.invoke(event({}))).rejects.toMatchObject({
      name: 'Sandbox.Timedout',
      message: 'r-1 Task timed out after 0.50 seconds',
    });
  });

  test('that exits in the middle of an event has failed', async () => {
    const environment = await started('export const handler = async () => process.exit(3);');
    await expect(environment.invoke(event({}))).rejects.toMatchObject({
      name: 'Runtime.ExitError',
      message: 'Runtime exited with status 3',
    });
  });

  test('that exits between two events fails the next one at once', async () => {
    const environment = await started(
      'export const handler = async () => { setTimeout(() => process.exit(4), 20); };',
      { timeoutSeconds: 60 },
    );
    expect(await environment.invoke(event({}))).toBeNull();
    await setTimeout(500);
    await expect(environment.invoke(event({}, 'r-2'))).rejects.toMatchObject({
      name: 'Runtime.ExitError',
      message: 'Runtime exited with status 4',
    });
  });

  test('keeps its own options of Node.js beside those it runs under', async () => {
    const environment = await started('export const handler = async () => process.env.NODE_OPTIONS;', {
      environment: {
        AWS_LAMBDA_FUNCTION_NAME: 'any',
        AWS_REGION: 'us-east-1',
        NODE_OPTIONS: '--no-warnings',
      },
    });
    expect(await environment.invoke(event({}))).toMatch(/^--no-warnings --max-old-space-size=128 --import=/);
  });

  test('that needs more memory than it has does not get it', async () => {
    const environment = await started(
      'export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({}).map(() => ({}))) };',
      { memoryMebibytes: 32, timeoutSeconds: 60 },
    );
    await expect(environment.invoke(event({}))).rejects.toMatchObject({
      name: 'Runtime.ExitError',
      message: expect.stringContaining('SIG'),
    });
  });

  test('tells what it logs, line by line', async () => {
    const environment = await started(
      'export const handler = async () => { console.log("one"); console.log("two"); };',
    );
    await environment.invoke(event({}));
    await expect
      .poll(() => logs.map((line) => (JSON.parse(line) as { message: string }).message))
      .toEqual(['one', 'two']);
  });
});

describe('a function that cannot start', () => {
  test('because there is no such Node.js says so', async () => {
    const runtime = { node: '/nonexistent/node', client: runtimeClient() };
    await expect(started('', { runtime })).rejects.toMatchObject({
      name: 'Runtime.ExitError',
      message: 'spawn /nonexistent/node ENOENT',
    });
  });

  test.each([
    ['has an error in its code', 'throw new RangeError("no environment")', 'RangeError', 'no environment'],
    [
      'has no handler',
      'export const other = 1;',
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
    [
      'has a syntax error',
      'export const handler = async () => {',
      'Runtime.UserCodeSyntaxError',
      'Unexpected end of input',
    ],
  ])('because it %s says so before any event', async (_why, code, name, message) => {
    await expect(started(code)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });
});
