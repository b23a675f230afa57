import { expect, test } from 'vitest';
import { demoRecording } from '../../../cli/demo/demo-recording.ts';

test('the demo’s record holds what assess reads of its account: balances of all, detail of those that dipped', async () => {
  const { account, region, from, until, volumes } = await demoRecording(2);
  expect([account, region, (until - from) / 3_600_000]).toEqual(['123456789012', 'us-east-1', 48]);
  expect(volumes.map(({ balance }) => balance.kind)).toEqual(Array.from({ length: 7 }, () => 'read'));
  expect(new Set(volumes.map(({ iops }) => iops.kind))).toEqual(new Set(['read', 'unread']));
}, 60_000);
