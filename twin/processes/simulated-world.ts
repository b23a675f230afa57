import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/**
 * Loaded into a function's process before anything else: its clock is the simulated account's, what it waits for passes
 * there, and what it fetches from outside of AWS goes to the stand-in; where they are stands in the address it is imported
 * by. The bundle itself is not touched, and the SDK finds the account by AWS_ENDPOINT_URL.
 */
const { searchParams } = new URL(import.meta.url);
const clockFile = searchParams.get('clock') ?? '';
const standIn = searchParams.get('outside') ?? '';
const pauses = searchParams.get('pause') ?? '';

const RealDate = Date;
const realNow = Date.now;
const realFetch = fetch;

/** The file holds a simulated moment and the real one in which it was written. */
function now(): number {
  const [simulated, written] = readFileSync(clockFile, 'utf8').split(' ').map(Number);
  return (simulated ?? 0) + realNow() - (written ?? 0);
}

globalThis.Date = class extends RealDate {
  constructor(...given: [] | ConstructorParameters<typeof RealDate>) {
    if (given.length === 0) super(now());
    else super(...given);
  }

  static override now(): number {
    return now();
  }
} as DateConstructor;

globalThis.fetch = async (input, init) => {
  const { url, method, headers, signal, body } = new Request(input, init);
  const outside = new Headers(headers);
  outside.set('x-outside-url', url);
  return realFetch(standIn, {
    method,
    headers: outside,
    signal,
    ...(body !== null && { body, duplex: 'half' }),
  });
};

/** Of the ways to wait only this one is the handlers' own; timers that guard a connection go on in real time. */
timers.setTimeout = async <Value>(milliseconds = 0, value?: Value): Promise<Value> => {
  const { status } = await realFetch(`${pauses}?ms=${milliseconds}`);
  if (status !== 204) throw new Error(`a pause of ${milliseconds} ms: the invocation is over (${status})`);
  return value as Value;
};
syncBuiltinESMExports();
