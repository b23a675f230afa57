import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { drained } from '../../cli/drained.ts';

test('waits until a reader has taken what was written', async () => {
  const stream = new PassThrough({ highWaterMark: 10 });
  stream.write('longer than ten');
  let isDrained = false;
  const waiting = drained(stream).then(() => {
    isDrained = true;
  });
  await delay(10);
  expect(isDrained).toBe(false);
  stream.resume();
  await waiting;
  expect(isDrained).toBe(true);
});

test('does not wait while there is room', async () => {
  const stream = new PassThrough({ highWaterMark: 100 });
  stream.write('short');
  await drained(stream);
});
