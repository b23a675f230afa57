import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NoAnswer } from './front.ts';
import type { WireAnswer, WireRequest } from './wire-message.ts';

export interface Listening {
  /** `http://127.0.0.1:4567` */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** Who listens beyond loopback says so: everybody who reaches the twin can do everything in it. */
  readonly beyondLoopback: boolean;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** @throws RangeError for an address beyond loopback that was not asked for expressly */
export async function listen(
  handle: (request: WireRequest) => Promise<WireAnswer>,
  { host, port, beyondLoopback }: ListenOptions,
): Promise<Listening> {
  if (!LOOPBACK.test(host) && !beyondLoopback) {
    throw new RangeError(
      `host: got ${host}, expected an address of loopback such as 127.0.0.1, because signatures are not checked; to listen there all the same, say --beyond-loopback`,
    );
  }
  const server = createServer((request, response) => void reply(handle, request, response));
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: bound, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function reply(
  handle: (request: WireRequest) => Promise<WireAnswer>,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { status, headers, body } = await handle(await received(incoming));
    response.writeHead(status, headers).end(body);
  } catch (error) {
    if (error instanceof NoAnswer) return void incoming.socket.destroy();
    // A defect of the twin: whoever calls must not take it for an answer of AWS.
    response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(error instanceof Error ? error.stack : String(error));
  }
}

async function received(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}
