import { request } from 'node:http';
import { expect, test } from 'vitest';
import { isLoopback } from '../../../twin/wire/loopback.ts';
import { listen } from '../../../twin/wire/server.ts';
import { LARGEST_BODY } from '../../../twin/wire/wire-message.ts';

const nothing = async () => ({ status: 204, headers: {}, body: '' });

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['::ffff:127.0.0.1', true],
  ['localhost', true],
  ['bucket.localhost', true],
  ['::ffff:192.0.2.1', false],
  ['127.0.0.1.example.com', false],
  ['127.999.0.1', false],
  ['localhost.example.com', false],
  ['2130706433', false],
  ['', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

/** As a browser or a client of another name would send it; `fetch` sets `Host` by itself. */
const answered = (
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<readonly [number, string]> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, async (reply) => {
      resolve([reply.statusCode ?? 0, (await reply.toArray()).join('')]);
    });
    sent.on('error', reject).end('{}');
  });

test.each(['127.0.0.1', 'localhost:4567', '[::1]:4567'])('answers who calls it %s', async (host) => {
  const { url, stop } = await listen(nothing, { host: '127.0.0.1', port: 0, beyondLoopback: false });
  expect(await answered(url, { host })).toEqual([204, '']);
  await stop();
});

test('does not answer a page that lets its own name point to loopback', async () => {
  const { url, stop } = await listen(nothing, { host: '127.0.0.1', port: 0, beyondLoopback: false });
  expect(await answered(url, { host: 'evil.example:4567' })).toEqual([
    403,
    'Host: got evil.example:4567, expected an address of loopback such as 127.0.0.1; to be called by another name, say --beyond-loopback\n',
  ]);
  await stop();
});

test('answers to every name when it listens beyond loopback', async () => {
  const { url, stop } = await listen(nothing, { host: '127.0.0.1', port: 0, beyondLoopback: true });
  expect(await answered(url, { host: 'twin.example:4567' })).toEqual([204, '']);
  await stop();
});

test.each(['https://evil.example', 'null'])('does not answer a page of %s', async (origin) => {
  const { url, stop } = await listen(nothing, { host: '127.0.0.1', port: 0, beyondLoopback: true });
  expect(await answered(url, { origin })).toEqual([
    403,
    `Origin: got ${origin}, expected none: pages in a browser may not call the twin\n`,
  ]);
  await stop();
});

test('reads a body of the most that an API takes, and no byte more', async () => {
  const length = async ({ body }: { body: Uint8Array }) => ({
    status: 200,
    headers: {},
    body: `${body.byteLength}`,
  });
  const { url, stop } = await listen(length, { host: '127.0.0.1', port: 0, beyondLoopback: false });
  const sent = async (bytes: number) => {
    const reply = await fetch(url, { method: 'POST', body: new Uint8Array(bytes) });
    return [reply.status, await reply.text()];
  };
  expect(await sent(LARGEST_BODY)).toEqual([200, '16777216']);
  expect(await sent(LARGEST_BODY + 1)).toEqual([413, 'body: got more than the 16777216 bytes that are read']);
  expect(await sent(1)).toEqual([200, '1']);
  await stop();
});

test.each(['0.0.0.0', '::', '192.0.2.1', 'example.com'])('does not listen on %s by itself', async (host) => {
  await expect(listen(nothing, { host, port: 0, beyondLoopback: false })).rejects.toThrow(
    `host: got ${host}, expected an address of loopback such as 127.0.0.1, because signatures are not checked; to listen there all the same, say --beyond-loopback`,
  );
});

test('listens beyond loopback when it is told to', async () => {
  const { url, stop } = await listen(nothing, { host: '0.0.0.0', port: 0, beyondLoopback: true });
  expect((await fetch(url.replace('0.0.0.0', '127.0.0.1'))).status).toBe(204);
  await stop();
});

test('a defect of its own is a 500 with its stack, and the next request is answered', async () => {
  let calls = 0;
  const handle = async () => {
    calls += 1;
    if (calls === 1) throw new TypeError('a defect');
    return nothing();
  };
  const { url, stop } = await listen(handle, { host: '127.0.0.1', port: 0, beyondLoopback: false });
  const reply = await fetch(url);
  expect([reply.status, await reply.text()]).toEqual([500, expect.stringContaining('TypeError: a defect')]);
  expect((await fetch(url)).status).toBe(204);
  await stop();
});

test('a port that is taken is an error, not a second server', async () => {
  const { url, stop } = await listen(nothing, { host: '127.0.0.1', port: 0, beyondLoopback: false });
  const port = Number(new URL(url).port);
  await expect(listen(nothing, { host: '127.0.0.1', port, beyondLoopback: false })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await stop();
});
