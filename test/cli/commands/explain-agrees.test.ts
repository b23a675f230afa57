import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explain } from '../../../cli/commands/explain.ts';
import { replayCommand } from '../../../cli/commands/replay.ts';
import { paint } from '../../../cli/render/paint.ts';
import { replay, replayUntil } from '../../../core/application/replay/replay.ts';
import { usualAssumptions } from '../../../core/application/replay/replay-settings.ts';
import { addVolume, simulatedAccount } from '../../application/assess/simulated-fleet.ts';
import { runAssess } from './assess-world.ts';

interface Event {
  readonly at: string;
  readonly kind: string;
  readonly said?: string;
  readonly refusals?: readonly string[];
}

let folder = '';

/** Two volumes on their way to the wall, the second a little later, and one change allowed within the hour. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ebs-burst-agrees-'));
  const account = simulatedAccount();
  addVolume(account, 2_500);
  addVolume(account, 2_000);
  await account.simulation.runFor(3 * 3_600_000);
  await runAssess(['--days', '1', '--save', folder], { 'us-east-1': account });
});
afterAll(() => rm(folder, { recursive: true }));

/** What either command wrote; whatever else it wants, it does not get. */
async function written(
  command: (world: Parameters<typeof explain>[1] & Parameters<typeof replayCommand>[1]) => Promise<number>,
) {
  const noAws = () => Promise.reject(new Error('a record asks no AWS'));
  let out = '';
  const code = await command({
    out: (text) => {
      out += text;
    },
    error: (text) => {
      throw new Error(text);
    },
    paint: paint(false),
    progress: { show: () => undefined, end: () => undefined },
    open: noAws,
    openDemo: noAws,
    demoRecording: noAws,
    replay,
    replayUntil,
    assumptions: usualAssumptions,
    breathe: async () => undefined,
    heedCtrlC: () => new AbortController().signal,
    version: '1.2.3',
    columns: undefined,
  });
  expect(code).toBe(0);
  return JSON.parse(out);
}

const consents: readonly { readonly taken: string; readonly consent: readonly string[] }[] = [
  { taken: 'assumed', consent: [] },
  { taken: 'as tagged', consent: ['--consent', 'as-tagged'] },
];

/** Every word and every move of a replay of the folder. */
async function replayed(consent: readonly string[]) {
  const { recordings } = await written((world) =>
    replayCommand(['--history', folder, '--json', ...consent], world),
  );
  const { volumes } = recordings[0].runs[0] as {
    volumes: readonly { volumeId: string; timeline: readonly Event[] }[];
  };
  return volumes.flatMap(({ volumeId, timeline }) =>
    timeline
      .filter(({ kind }) => kind === 'announced' || kind === 'acted')
      .map((event) => ({ ...event, volumeId })),
  );
}

const explained = ({ volumeId, at }: { volumeId: string; at: string }, consent: readonly string[]) =>
  written((world) => explain([volumeId, '--history', folder, '--at', at, '--json', ...consent], world));

describe.each(consents)('with consent $taken', ({ consent }) => {
  test('explain --history names the move and the reasons that replay names at the same moment', async () => {
    const events = await replayed(consent);
    expect(events).not.toEqual([]);
    for (const event of events) {
      const { decision } = await explained(event, consent);
      const refusals = decision.refusals.map(({ code }: { code: string }) => code);
      const moved = { kind: 'act', refusals: [] };
      const told = { kind: event.said === 'needed' ? 'page' : 'warn', refusals: event.refusals };
      expect({ kind: decision.kind, refusals }).toEqual(event.kind === 'acted' ? moved : told);
    }
  });
});

test('what replay assumes moves both, the second once the first is an hour ago; the tags alone move neither', async () => {
  const assumed = await replayed([]);
  expect(assumed.filter(({ kind }) => kind === 'acted')).toHaveLength(2);
  const refused = assumed.flatMap(({ refusals }) => refusals ?? []);
  expect([...new Set(refused)]).toEqual(['over-blast-radius']);
  const asTagged = await replayed(['--consent', 'as-tagged']);
  expect(asTagged.filter(({ kind }) => kind === 'acted')).toEqual([]);
  expect([...new Set(asTagged.flatMap(({ refusals }) => refusals ?? []))]).toEqual(['no-consent']);
});
