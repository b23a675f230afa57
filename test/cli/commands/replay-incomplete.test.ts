import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replayCommand } from '../../../cli/commands/replay.ts';
import { paint } from '../../../cli/render/paint.ts';
import { replay } from '../../../core/application/replay/replay.ts';
import { addVolume, simulatedAccount } from '../../application/assess/simulated-fleet.ts';
import { runAssess } from './assess-world.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-incomplete-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function replayed() {
  const written = { out: '', error: '' };
  const code = await replayCommand(['--history', folder], {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    progress: { show: () => undefined, end: () => undefined },
    paint: paint(false),
    columns: undefined,
    demoRecording: () => Promise.reject(new Error('no demo here')),
    replay,
    breathe: async () => undefined,
    heedCtrlC: () => new AbortController().signal,
    version: '0.1.0',
  });
  return { code, ...written };
}

test('a history that Ctrl-C cut short replays what is there, and says what is missing and what completes it', async () => {
  const account = simulatedAccount();
  for (const iops of [2_500, 2_500, 50]) addVolume(account, iops);
  await account.simulation.runFor(3 * 3_600_000);
  const stopping = new AbortController();
  const progress = {
    show: (text: string) => {
      if (text.includes('survey')) stopping.abort();
    },
    end: () => undefined,
  };
  const accounts = { 'us-east-1': account };
  await runAssess(['--save', folder], accounts, { signal: stopping.signal, progress });

  const { code, out, error } = await replayed();
  expect(code).toBe(1);
  expect(out).toContain('123456789012 in us-east-1');
  expect(error).toMatch(
    /^missing: of 3 volumes in us-east-1, 2 read by the hour only \(vol-.*\); ebs-burst assess --save \S+ --region us-east-1 --days 14 \(with credentials of 123456789012\) reads them, as long as CloudWatch has these minutes: until 2026-03-03\n$/,
  );

  await runAssess(['--save', folder], accounts);
  expect(await replayed()).toMatchObject({ code: 0, error: '' });
});
