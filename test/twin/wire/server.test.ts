import { expect, test } from 'vitest';
import { listen } from '../../../twin/wire/server.ts';

const nothing = async () => ({ status: 204, headers: {}, body: '' });

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
