import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NoAnswer } from './front.ts';
import { isLoopback } from './loopback.ts';
import { LARGEST_BODY, type WireAnswer, type WireRequest } from './wire-message.ts';

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

type Handle = (request: WireRequest) => Promise<WireAnswer>;

/** @throws RangeError for an address beyond loopback that was not asked for expressly */
export async function listen(
  handle: Handle,
  { host, port, beyondLoopback }: ListenOptions,
): Promise<Listening> {
  // Even localhost is what somebody's hosts file says.
  if (!beyondLoopback && !(isLoopback(host) && isLoopback((await lookup(host)).address))) {
    throw new RangeError(
      `host: got ${host}, expected an address of loopback such as 127.0.0.1, because signatures are not checked; to listen there all the same, say --beyond-loopback`,
    );
  }
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, beyondLoopback);
    if (refusal === undefined) void reply(handle, request, response);
    else response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' }).end(refusal);
  });
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

/**
 * Every page that a browser on this machine has open could send requests here: directly, which `Origin` tells, or under a
 * name of its own that it lets point to loopback, which `Host` tells. No SDK sends an `Origin`.
 */
function refusalOf({ headers }: IncomingMessage, beyondLoopback: boolean): string | undefined {
  const { origin, host = 'localhost' } = headers;
  if (origin !== undefined) {
    return `Origin: got ${origin}, expected none: pages in a browser may not call the twin\n`;
  }
  if (beyondLoopback || isLoopback(nameIn(host))) return undefined;
  return `Host: got ${host}, expected an address of loopback such as 127.0.0.1; to be called by another name, say --beyond-loopback\n`;
}

/** `127.0.0.1` of `127.0.0.1:4567`, `::1` of `[::1]:4567` */
const nameIn = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');

/** The connection cannot be used any more: the rest of the body was not read. */
class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

async function reply(handle: Handle, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { status, headers, body } = await handle(await received(incoming));
    response.writeHead(status, headers).end(body);
  } catch (error) {
    if (error instanceof NoAnswer) return void incoming.socket.destroy();
    if (error instanceof BodyTooLarge) {
      return void response
        .writeHead(413, { 'content-type': 'text/plain', connection: 'close' })
        .end(error.message);
    }
    // A defect of the twin: whoever calls must not take it for an answer of AWS.
    response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(error instanceof Error ? error.stack : String(error));
  }
}

async function received(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > LARGEST_BODY)
      throw new BodyTooLarge(`body: got more than the ${LARGEST_BODY} bytes that are read`);
    chunks.push(chunk);
  }
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
