import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  account.ebs.volumes.setTag(busy, 'team', 'storage');
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
    version: '1.2.3',
    columns: undefined,
  });
  return { code, ...written };
}

const at = (minutes: number): string => new Date(first + minutes * 60_000).toISOString();

test('explains the record at that time, with what the responder knew by then', async () => {
  const asked = [busy, '--history', folder, '--at', at(60), '--consent', 'as-tagged'];
  const { code, out, error } = await explained(...asked);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(out).toContain(`${at(60).slice(0, 16).replace('T', ' ')} UTC`);
  expect(out).toContain('It calls for help and does not act: its burst credits are gone');
  expect(out).toMatch(/case {5}EB-00000001 is announced/);
  expect(out).toMatch(/pass {6}notify mode/);
  expect(out.replaceAll(/\s+/g, ' ')).toContain("the policy was the construct's defaults, but in mode act");
});

test('and not what it knew later', async () => {
  const { out } = await explained(busy, '--history', folder, '--at', at(8));
  expect(out).toContain('case     none is open');
  expect(out).toContain('It leaves the volume alone');
});

test('under another policy', async () => {
  const policy = join(folder, 'policy.json');
  await writeFile(policy, '{"mode":"notify"}');
  const { out } = await explained(busy, '--history', folder, '--at', at(60), '--policy', policy);
  expect(out).toMatch(/refuse {4}notify mode/);
  expect(out).toContain(policy);
});

describe('consent', () => {
  const acting = async (): Promise<string> => {
    const policy = join(folder, 'acting.json');
    await writeFile(policy, '{"mode":"act"}');
    return policy;
  };
  const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

  const asTagged = ['--consent', 'as-tagged'] as const;
  const then = async (time: string, ...rest: readonly string[]) =>
    JSON.parse((await explained(busy, '--history', folder, '--at', time, ...rest, '--json')).out);
  const sawOf = ({ guards }: Awaited<ReturnType<typeof then>>, name: string): string =>
    guards.answers.find(({ guard }: { guard: string }) => guard === name)?.saw;
  /** When it is moved with consent. */
  const movedAt = async (...rest: readonly string[]): Promise<string> =>
    (await then(at(60), ...rest)).case.openedAt;

  test('is assumed as in a replay, and whatever saw the tag says so', async () => {
    const moment = await then(await movedAt());
    expect(moment).toMatchObject({ decision: { kind: 'act' }, withConsent: null });
    expect(sawOf(moment, 'no consent')).toBe('ebs-burst:mode=act (assumed); wanted ebs-burst:mode=act');
    expect(sawOf(moment, 'opted out')).toBe('mode act; ebs-burst:mode=act (assumed)');
    expect(moment.assumed).toContain(
      'every volume without a tag of consent carried it, as ebs-burst assess and replay take it; --consent as-tagged believes the tags alone',
    );
  });

  test('is not said to be assumed where the tags alone are believed', async () => {
    const moment = await then(await movedAt(), ...asTagged);
    expect(moment).toMatchObject({ decision: { kind: 'warn', refusals: [{ code: 'no-consent' }] } });
    expect(sawOf(moment, 'no consent')).toBe('no tag ebs-burst:mode; wanted ebs-burst:mode=act');
    expect(moment.assumed.join()).not.toContain('without a tag of consent');
  });

  test('is not said to be assumed of a volume that carries it', async () => {
    const policy = join(folder, 'storage.json');
    await writeFile(policy, '{"mode":"act","act":{"tagKey":"team","values":["storage"]}}');
    const moment = await then(await movedAt('--policy', policy), '--policy', policy);
    expect(moment.decision.kind).toBe('act');
    expect(sawOf(moment, 'no consent')).toBe('team=storage; wanted team=storage');
  });

  test('is what the tags say where they are asked for, and one line tells what it would have been with the tag', async () => {
    const asked = ['--at', at(60), '--policy', await acting(), ...asTagged];
    const { out } = await explained(busy, '--history', folder, ...asked);
    expect(flat(out)).toContain('the volume does not carry ebs-burst:mode=act');
    expect(flat(out)).toMatch(
      /With ebs-burst:mode=act on this volume alone it would have moved it to gp3, 3,000 IOPS, \d+ MiB\/s at \d\d:\d\d UTC\./,
    );
    expect(flat(out)).toContain(
      'volumes were moved only where their tags consent to it; ebs-burst assess assumes that all do, as does this without --consent',
    );
  });

  test('changes nothing where the policy only notifies, which is said as well', async () => {
    const notify = join(folder, 'notify.json');
    await writeFile(notify, '{"mode":"notify"}');
    const { out } = await explained(
      busy,
      '--history',
      folder,
      '--at',
      at(60),
      '--policy',
      notify,
      ...asTagged,
    );
    expect(flat(out)).toContain(
      'With ebs-burst:mode=act on this volume alone it would have not moved it either: this deployment only notifies.',
    );
  });

  test('changes nothing where nothing presses', async () => {
    const asked = ['--at', at(1), '--policy', await acting(), ...asTagged];
    const { out } = await explained(busy, '--history', folder, ...asked);
    expect(flat(out)).toContain('With ebs-burst:mode=act on this volume alone it would have done the same.');
  });

  test('is in the JSON as well', async () => {
    const asked = [
      busy,
      '--history',
      folder,
      '--at',
      at(60),
      '--policy',
      await acting(),
      ...asTagged,
      '--json',
    ];
    const { code, out } = await explained(...asked);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: 'ebs-burst/explanation',
      at: at(60),
      decision: { kind: 'page', stopped: null },
      withConsent: expect.stringMatching(
        /^With ebs-burst:mode=act on this volume alone it would have moved it to gp3/,
      ),
      killSwitch: null,
      said: [],
    });
  });
});

test('explains the moment that was asked for, before anything that is done then', async () => {
  const policy = join(folder, 'acting.json');
  await writeFile(policy, '{"mode":"act","act":{"tagKey":"team","values":["storage"]}}');
  const explainedAt = async (time: string) => {
    const asked = [busy, '--history', folder, '--at', time, '--policy', policy, '--json'];
    return JSON.parse((await explained(...asked)).out);
  };
  const later = await explainedAt(at(60));
  expect(later).toMatchObject({ case: { state: 'upgrading' }, decision: { kind: 'await' } });
  const movedAt: string = later.case.openedAt;
  const then = await explainedAt(movedAt);
  expect(then).toMatchObject({ case: null, decision: { kind: 'act' } });
  const quota = then.guards.answers.find(({ guard }: { guard: string }) => guard === 'regional quota');
  expect(quota.saw).toBe('+100 GiB, taken to have room');
  const aMinuteLater = new Date(Date.parse(movedAt) + 60_000).toISOString();
  expect(await explainedAt(aMinuteLater)).toMatchObject({ case: { state: 'upgrading' } });
});

test('names the times it knows, where another was asked for', async () => {
  const { code, error } = await explained(busy, '--history', folder, '--at', '2020-01-01T00:00Z');
  expect(code).toBe(2);
  expect(error).toMatch(/holds .* to .*, got --at 2020-01-01T00:00:00.000Z; name a time within\n$/);
});

test('lives through what was seen where hours of the balance are missing, and says that they are', async () => {
  const file = join(folder, 'us-east-1', 'volumes', `${busy}.json`);
  const whole = await readFile(file, 'utf8');
  await writeFile(file, JSON.stringify({ ...JSON.parse(whole), unseen: 'its balance is missing for 5 h' }));
  const { out } = await explained(busy, '--history', folder, '--at', at(60));
  await writeFile(file, whole);
  const words = 'nothing happened in the hours that nobody saw: its balance is missing for 5 h';
  expect(out).toMatch(/case {5}EB-00000001 is /);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(words);
  expect((await explained(busy, '--history', folder, '--at', at(60))).out).not.toContain('that nobody saw');
});
