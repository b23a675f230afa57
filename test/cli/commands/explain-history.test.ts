import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explain } from '../../../cli/commands/explain.ts';
import { paint } from '../../../cli/render/paint.ts';
import { replayUntil } from '../../../core/application/replay/replay.ts';
import { usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import { busyAccount, runAssess } from './assess-world.ts';

let folder = '';
/** The volume that spends three hours on its way to the wall and at it. */
let busy = '';
let first = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ebs-burst-explain-'));
  const account = await busyAccount();
  first = account.simulation.now - 3 * 3_600_000;
  busy = account.ebs.volumes.volumes[0]?.id ?? '';
  await runAssess(['--days', '1', '--save', folder], { 'us-east-1': account });
});
afterAll(() => rm(folder, { recursive: true }));

const noAws = () => {
  throw new Error('a record asks no AWS');
};

async function explained(...args: readonly string[]) {
  const written = { out: '', error: '' };
  const code = await explain(args, {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    paint: paint(false),
    open: noAws,
    openDemo: noAws,
    replayUntil,
    assumptions: usualAssumptions,
  });
  return { code, ...written };
}

const at = (minutes: number): string => new Date(first + minutes * 60_000).toISOString();

test('explains the record at that time, with what the responder knew by then', async () => {
  const { code, out, error } = await explained(busy, '--history', folder, '--at', at(60));
  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(out).toContain(`${at(60).slice(0, 16).replace('T', ' ')} UTC`);
  expect(out).toContain('It calls for help and does not act: its burst credits are gone');
  expect(out).toMatch(/case {5}EB-00000001 is announced/);
  expect(out).toMatch(/refuse {4}notify mode/);
  expect(out).toContain("the policy was the construct's defaults");
});

test('and not what it knew later', async () => {
  const { out } = await explained(busy, '--history', folder, '--at', at(8));
  expect(out).toContain('case     none is open');
  expect(out).toContain('It leaves the volume alone');
});

test('under another policy', async () => {
  const policy = join(folder, 'policy.json');
  await writeFile(policy, '{"mode":"act"}');
  const { out } = await explained(busy, '--history', folder, '--at', at(60), '--policy', policy);
  expect(out).toMatch(/pass {6}notify mode/);
  expect(out).toContain(policy);
});

test('names the times it knows, where another was asked for', async () => {
  const { code, error } = await explained(busy, '--history', folder, '--at', '2020-01-01T00:00Z');
  expect(code).toBe(2);
  expect(error).toMatch(/holds .* to .*, got --at 2020-01-01T00:00:00.000Z; name a time within\n$/);
});
