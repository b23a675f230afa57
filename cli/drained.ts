import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Once more may be written without it piling up in memory. */
export async function drained(stream: Writable): Promise<void> {
  if (stream.writableNeedDrain) await once(stream, 'drain');
}
