import { isIP, Socket } from 'node:net';

/**
 * A test that reaches the network passes or fails by somebody else's machine. Every TCP, TLS and fetch connection
 * of Node goes through Socket.connect; local pipes and loopback stay open.
 */
const connect = Socket.prototype.connect;

function connectToLoopback(this: Socket, ...args: unknown[]): Socket {
  const host = targetHost(args);
  if (host === undefined || isLoopback(host)) return Reflect.apply(connect, this, args);
  return this.destroy(
    new Error(
      `a test tried to connect to ${host}; tests may reach loopback only: use the twin or a fake instead`,
    ),
  );
}
Object.assign(Socket.prototype, { connect: connectToLoopback });

/** The host a call of `Socket.connect` asks for; undefined for a local pipe. */
function targetHost(args: readonly unknown[]): string | undefined {
  // net.connect passes the arguments it has normalised as one array.
  const [target, host] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof target === 'object' && target !== null) return hostOfOptions(target);
  if (typeof target === 'string' && Number.isNaN(Number(target))) return undefined;
  return hostOfOptions({ host });
}

function hostOfOptions(options: { readonly path?: unknown; readonly host?: unknown }): string | undefined {
  if (typeof options.path === 'string') return undefined;
  // Node's own default when only a port is given.
  return typeof options.host === 'string' ? options.host : 'localhost';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
