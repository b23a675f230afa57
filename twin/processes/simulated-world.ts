import { readFileSync } from 'node:fs';

/**
 * Loaded into a function's process before anything else: its clock is the simulated account's, and what it fetches from
 * outside of AWS goes to the stand-in; both stand in the address it is imported by. The bundle itself is not touched, and the SDK finds the account by AWS_ENDPOINT_URL.
 */
const { searchParams } = new URL(import.meta.url);
const clockFile = searchParams.get('clock') ?? '';
const standIn = searchParams.get('outside') ?? '';

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
