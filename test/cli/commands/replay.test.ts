import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ReplayWorld, replayCommand } from '../../../cli/commands/replay.ts';
import { paint } from '../../../cli/render/paint.ts';
import { replay } from '../../../core/application/replay/replay.ts';
import { unread } from '../../../core/domain/reading.ts';
import { aDayOf, nightlyBatch, recorded } from '../../application/replay/some-recording.ts';
import { someVolume } from '../../domain/some-volume.ts';
import { busyAccount, runAssess } from './assess-world.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
});
afterEach(() => rm(folder, { recursive: true }));

const night = aDayOf(
  recorded(nightlyBatch, someVolume({ id: 'vol-00000001', tags: { Name: 'orders' } })),
  recorded(() => 50, someVolume({ id: 'vol-00000002' })),
);

async function run(args: readonly string[], rest: Partial<ReplayWorld> = {}) {
  const written = { out: '', error: '', shown: [] as string[] };
  const code = await replayCommand(args, {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    progress: { show: (text) => void written.shown.push(text), end: () => undefined },
    paint: paint(false),
    columns: undefined,
    demoRecording: async () => night,
    replay,
    breathe: async () => undefined,
    heedCtrlC: () => new AbortController().signal,
    version: '0.1.0',
    ...rest,
  });
  return { code, ...written };
}

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

/** The cells of the line that begins so. */
const row = (out: string, name: string) =>
  out
    .split('\n')
    .find((line) => line.startsWith(name))
    ?.slice(name.length)
    .trim()
    .split(/ {2,}/);

describe('replay under one policy', () => {
  test('tells event by event what would have happened, and what it came to', async () => {
    const { code, out, error } = await run(['--demo', '--policy', await file('act.json', '{"mode":"act"}')]);
    expect([code, error]).toEqual([0, '']);
    expect(out).toContain('123456789012 in us-east-1, Mar 1 to Mar 2');
    expect(out).toContain('vol-00000001 gp2 100 GiB, baseline 300 IOPS, orders\n── 2026-03-01 ──\n');
    expect(out).toMatch(/^03:19:00 {2}CloudWatch {5}alarm$/m);
    expect(out).toMatch(
      /^03:\d\d:00 {2}responder {6}moved to gp3, 3,000 IOPS, 128 MiB\/s, -\$1\.88 a month, wall expected Mar 1, 03:4\d$/m,
    );
    expect(out).toMatch(/^03:\d\d:00 {2}AWS {12}relieved: runs as gp3/m);
    expect(out).toContain('1 volume: nothing would have been said or done.');
    expect(row(out, 'act.json (act)')?.slice(0, 3)).toEqual(['0', '1', '1 of 1']);
  });

  test.each([80, 110])('is no wider than a terminal of %d columns', async (columns) => {
    for (const args of [['--demo'], ['--demo', '--rivals']]) {
      const { out } = await run(args, { columns });
      const isAddress = (line: string): boolean => line.includes('https://');
      expect(out.split('\n').filter((line) => line.length > columns && !isAddress(line))).toEqual([]);
    }
  });

  test('names what it assumed', async () => {
    const { out } = await run(['--demo']);
    expect(out).toContain(
      'Assumed: CloudWatch shows a sample 3 min after its end; AWS relieves 10 min after',
    );
    expect(out).toContain('every volume carries the consent tag');
    const asked = ['--publication-delay', '1', '--relieved-after', '90', '--completed-after', '120'];
    const { out: other } = await run(['--demo', ...asked, '--consent', 'as-tagged']);
    expect(other).toContain('CloudWatch shows a sample 1 min after its end; AWS relieves 1 h 30 min after');
    expect(other).toContain('only tagged volumes may be moved');
  });

  test('lives through it under what is assumed, and not under the usual', async () => {
    const act = await file('act.json', '{"mode":"act"}');
    const { out } = await run(['--demo', '--policy', act, '--relieved-after', '60']);
    expect(row(out, 'act.json (act)')?.slice(0, 2)).toEqual(['1', '0']);
    const { out: tagged } = await run(['--demo', '--policy', act, '--consent', 'as-tagged']);
    expect(tagged).not.toContain('moved to gp3');
    const { out: assumed } = await run(['--demo', '--consent', 'as-tagged']);
    expect(assumed).toMatch(
      /^As if acting were allowed on volumes whose tags consent; --policy FILE judges/m,
    );
    expect(assumed).not.toContain('moved to gp3');
  });

  test('is the one of the construct’s defaults, but acting, where none is named, which is said', async () => {
    const { out, shown } = await run(['--demo', '--days', '3']);
    expect(row(out, 'the defaults (act)')?.slice(0, 2)).toEqual(['0', '1']);
    expect(out).toMatch(/^As if acting were allowed where no tag forbids it; --policy FILE judges yours\.$/m);
    expect(shown).toEqual([
      'living through 3 days of a simulated account',
      expect.stringMatching(/^us-east-1 {2}\[█*░*\] {2}replaying the defaults {2}\d+ %$/),
      ...(shown.slice(2) as readonly string[]),
    ]);
    expect(shown.at(-1)).toBe(`us-east-1  [${'█'.repeat(20)}]  replaying the defaults  100 %`);
  });
});

test('replay under a policy that only notifies moves nothing, and assumes no acting', async () => {
  const notify = await file('notify.json', '{"mode":"notify"}');
  const { out } = await run(['--demo', '--policy', notify]);
  expect(row(out, 'notify.json (notify)')?.slice(0, 2)).toEqual(['1', '0']);
  expect(out).toMatch(/^03:\d\d:00 {2}volume {9}at the wall$/m);
  expect(out).not.toContain('As if acting were allowed');
  expect(JSON.parse((await run(['--demo', '--policy', notify, '--json'])).out).acting).toBe('as-configured');
});

describe('replay under several', () => {
  test('compares their scores and tells no events', async () => {
    const policies = [
      await file('notify.json', '{"mode":"notify"}'),
      await file('act.json', '{"mode":"act"}'),
    ];
    const { code, out } = await run(['--demo', '--policy', policies.join(',')]);
    expect(code).toBe(0);
    expect(out).not.toContain('CloudWatch     alarm');
    expect(row(out, 'notify.json (notify)')?.slice(0, 3)).toEqual(['1', '0', '1 of 1']);
    expect(row(out, 'act.json (act)')?.slice(-3)).toEqual(['1', 'never', expect.stringMatching(/^-\$0/)]);
  });

  test('puts what others do beside it, each with its source', async () => {
    const { out } = await run(['--demo', '--rivals']);
    expect(row(out, 'do nothing')?.slice(0, 4)).toEqual(['1', '0', '0 of 1', '–']);
    expect(row(out, 'alarm at 20 %')?.[2]).toBe('1 of 1');
    expect(row(out, 'clairvoyant')?.slice(-3, -1)).toEqual(['1', 'never']);
    expect(out).toContain('https://github.com/bryancwh/aws-lambda-ebs-scaling');
    expect(out).toContain('Source: none, the bound for acts and stalls.');
  });
});

describe('replay that is stopped', () => {
  test('ends where Ctrl-C comes, and tells nothing half', async () => {
    const stopping = new AbortController();
    let turns = 0;
    const breathe = async () => {
      turns += 1;
      if (turns === 5) stopping.abort();
    };
    const stopped = await run(['--demo', '--rivals'], { breathe, heedCtrlC: () => stopping.signal });
    expect(stopped).toMatchObject({
      code: 1,
      out: '',
      error: 'missing: stopped by Ctrl-C before all was lived through again, so nothing is scored\n',
    });
    expect(turns).toBe(5);
  });

  test('does not hear of a Ctrl-C while the demo is made, which ends the process', async () => {
    const heard: string[] = [];
    await run(['--demo'], {
      demoRecording: async () => {
        heard.push('made');
        return night;
      },
      heedCtrlC: () => {
        heard.push('heeds');
        return new AbortController().signal;
      },
    });
    expect(heard).toEqual(['made', 'heeds']);
  });
});

test('replay tells which volume would have no alarm, and why', async () => {
  const policy = await file('few.json', '{"maxAlarms":1}');
  const two = aDayOf(
    recorded(nightlyBatch, someVolume({ id: 'vol-00000001', size: 100 })),
    recorded(nightlyBatch, someVolume({ id: 'vol-00000002', size: 500 })),
  );
  const { out } = await run(['--demo', '--policy', policy], { demoRecording: async () => two });
  const [, first = '', second = ''] = out.split(/^vol-/m);
  const why = 'alarm: none: others are riskier, and maxAlarms of the policy is used up';
  expect([first, second].map((text) => [text.slice(0, 8), text.includes(why)])).toEqual([
    ['00000001', false],
    ['00000002', true],
  ]);
});

describe('replay --json', () => {
  test('holds scores, timelines and assumptions, and nothing else is written', async () => {
    const { out } = await run(['--demo', '--rivals', '--json']);
    const report = JSON.parse(out);
    const [recording] = report.recordings;
    expect(report).toMatchObject({
      format: 'ebs-burst/replay',
      version: 1,
      madeBy: 'ebs-burst 0.1.0',
      acting: 'assumed',
    });
    expect(report.assumptions).toMatchObject({ relievedAfterMinutes: 10, consent: 'assumed' });
    expect(recording.runs.map(({ name }: { name: string }) => name)).toEqual([
      'the defaults',
      'do nothing',
      'alarm at 75 %',
      'alarm at 20 %',
      '+500 IOPS at 70 %',
      'daily gp2 to gp3',
      'clairvoyant',
    ]);
    const [ours] = recording.runs;
    expect(ours.score).toMatchObject({ walls: 0, averted: 1, announced: 1, groundless: 0, acts: 1 });
    expect(ours.score.leadMinutes[0]).toBeGreaterThan(15);
    expect(out).toMatch(/"extraDollars": -?\d/);
    expect(out).not.toMatch(/(Dollars|now|after)": -?\d+\.\d{3}/);
    expect(ours.volumes[0].timeline[0]).toEqual({ at: '2026-03-01T03:19:00.000Z', kind: 'alarmed' });
  });
});

describe('replay --history', () => {
  test('lives through what assess --save wrote', async () => {
    await runAssess(['--save', folder], { 'us-east-1': await busyAccount() });
    const { code, out, error } = await run(['--history', folder]);
    expect([code, error]).toEqual([0, '']);
    expect(out).toContain('2 volumes recorded');
    expect(row(out, 'the defaults (act)')?.slice(0, 3)).toEqual(['0', '1', '1 of 1']);
  });

  test('lives through a table of one volume', async () => {
    const rows = Array.from({ length: 60 }, (_none, index) => {
      const time = new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString();
      return `${time},${Math.max(0, 100 - 2 * index)},2000`;
    });
    const csv = await file('one.csv', ['# gp2 100 GiB', 'time,balance,iops', ...rows].join('\n'));
    const { code, out } = await run(['--history', csv]);
    expect(code).toBe(0);
    expect(out).toContain('unknown account in unknown Region');
    expect(out).toContain('prices of us-east-1');
    expect(row(out, 'the defaults (act)')?.slice(0, 3)).toEqual(['0', '1', '1 of 1']);
  });

  test('tells of a volume whose balance is not recorded, and replays the others', async () => {
    const [first, ...others] = night.volumes;
    if (first === undefined) throw new Error('a night of volumes');
    const blind = { ...first, balance: unread('AccessDenied on cloudwatch:GetMetricData') };
    const { code, out, error } = await run(['--demo'], {
      demoRecording: async () => ({ ...night, volumes: [blind, ...others] }),
    });
    expect(code).toBe(1);
    expect(out).toContain('2 volumes recorded');
    expect(error).toBe(
      'missing: vol-00000001 in us-east-1: its balance was not read (AccessDenied on cloudwatch:GetMetricData); ebs-burst assess --save reads it again\n',
    );
  });

  test('does not take a table without a balance for a calm volume', async () => {
    const csv = await file('one.csv', '# gp2 100 GiB\ntime,balance,iops\n1772438400,,50\n1772438460,,50\n');
    const { code, out, error } = await run(['--history', csv]);
    expect(code).toBe(1);
    expect(out).not.toContain('nothing would have been said');
    expect(error).toBe(
      'missing: vol-00000000000000000 in unknown Region: there is no sample of its balance, so nothing is known of it\n',
    );
  });
});

test.each([
  [
    [],
    '--history: got none, expected a folder that ebs-burst assess --save wrote, or a CSV; name it, or use --demo\n',
  ],
  [['--history', 'x', '--demo'], '--demo: got it beside --history, expected one of them; remove one\n'],
  [
    ['--history', 'x', '--days', '3'],
    '--days: got it without --demo, expected a record that brings its own days; remove it\n',
  ],
  [
    ['--demo', '--days', '16'],
    '--days: got "16", expected a whole number from 1 to 15; leave it out for 7\n',
  ],
  [
    ['--demo', '--policy', 'a.json,'],
    '--policy: got "a.json,", expected file names, e.g. a.json,b.json; name them\n',
  ],
  [['--demo', '--rival'], '--rival: got an unknown option, expected perhaps --rivals; see --help\n'],
  [
    ['--demo', '--publication-delay', '61'],
    '--publication-delay: got "61", expected whole minutes from 0 to 60; leave it out for 3\n',
  ],
  [
    ['--demo', '--relieved-after', '-1'],
    '--relieved-after: got "-1", expected whole minutes from 0 to 1440; leave it out for 10\n',
  ],
  [
    ['--demo', '--relieved-after', '90'],
    '--completed-after: got 60, expected at least --relieved-after, which is 90; AWS completes a change after its effect\n',
  ],
  [
    ['--demo', '--consent', 'yes'],
    '--consent: got "yes", expected assumed or as-tagged; leave it out for assumed\n',
  ],
  [['--demo', '--json=x'], '--json: got "x", expected no value; write it alone\n'],
  [['--demo', 'now'], 'got "now" without an option before it, expected options only; see --help\n'],
  [['--history', '/nowhere'], '/nowhere: reading it failed, got: no such file or folder; check the path\n'],
  [
    ['--demo', '--policy', '/nowhere.json'],
    '/nowhere.json: reading it failed, got: no such file or folder; check the path\n',
  ],
])('replays nothing with %j', async (args, fault) => {
  expect(await run(args)).toMatchObject({ code: 2, out: '', error: fault });
});

test('explains itself with --help, whatever else is asked', async () => {
  const { code, out } = await run(['--help', '--days', '3']);
  expect(code).toBe(0);
  for (const option of ['history', 'demo', 'days', 'policy', 'rivals', 'json'])
    expect(out).toContain(`--${option} `);
});
