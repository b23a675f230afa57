import { once } from 'node:events';
import { createServer } from 'node:http';
import { get } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';

const refusal =
  'a test tried to connect to 192.0.2.1; tests may reach loopback only: use the twin or a fake instead';

test('fetch outside loopback fails and names the host', async () => {
  await expect(fetch('http://192.0.2.1/')).rejects.toMatchObject({ cause: { message: refusal } });
});

test('https outside loopback fails and names the host', async () => {
  const [error] = await once(get('https://192.0.2.1/'), 'error').catch((reason: unknown) => [reason]);
  expect(error).toMatchObject({ message: refusal });
});

test.each([
  ['port and host', () => connect(443, '192.0.2.1')],
  ['options', () => connect({ port: 443, host: '192.0.2.1' })],
])('a socket given %s outside loopback fails', async (_form, open) => {
  await expect(once(open(), 'connect')).rejects.toThrow(refusal);
});

test('a name that is not loopback fails before it is looked up', async () => {
  await expect(once(connect(443, 'ec2.eu-west-1.amazonaws.com'), 'connect')).rejects.toThrow(
    'a test tried to connect to ec2.eu-west-1.amazonaws.com',
  );
});

test('loopback stays reachable', async () => {
  const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(fetch(`http://localhost:${port}/`).then((response) => response.text())).resolves.toBe('here');
  server.close();
});
