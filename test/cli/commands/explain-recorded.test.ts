import { beforeAll, describe, expect, test } from 'vitest';
import { explain } from '../../../cli/commands/explain.ts';
import { type DeployedDemo, deployedDemo, settledAt } from '../../../cli/demo/deployed-account.ts';
import { onDemo } from './deployment-world.ts';

/** By now the volume that was moved has proved itself, and its case is over. */
let demo: DeployedDemo;
/** When the step was taken in which it was moved. */
let movedAt = '';

beforeAll(async () => {
  demo = await deployedDemo(settledAt);
  movedAt = (await actedStep()).at;
}, 60_000);

const now = '2026-03-02T09:10:00.000Z';
const explained = (...args: readonly string[]) => onDemo(explain, demo, [...args, '--demo']);
const volume = (index: number): string => demo.volumeIds[index] as string;
const moved = (): string => volume(1);
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
const asked = () => demo.account.endpoint.calls.find(({ operation }) => operation === 'ModifyVolume');

async function recordedCase(id: string, at: string) {
  const { out } = await explained(id, '--at', at, '--json');
  return JSON.parse(out).cases.at(-1);
}

const actedStep = async () =>
  (await recordedCase(moved(), now)).steps.find(
    ({ decision }: { decision: { did: string } }) => decision.did === 'acted',
  );

describe('why did it move my disk last night', () => {
  test('is told by what it wrote down: each step with reason, evidence, authority and request', async () => {
    const { code, out, error } = await explained(moved(), '--at', now);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(flat(out)).toContain(
      `${moved()} (orders-db) in 123456789012 us-east-1, as recorded up to 2026-03-02 09:10 UTC`,
    );
    expect(out).toMatch(/^EB-\w{8}, opened 08:\d\d UTC, closed \d\d:\d\d UTC: averted$/m);
    expect(flat(out)).toMatch(
      /\d\d:\d\d:\d\d UTC moved the volume: gp2 -> gp3, 3,000 IOPS, 128 MiB\/s \(-\$1\.88 a month\), which AWS accepted at 08:\d\d:\d\d UTC why its burst credits are about to run out saw \d+\.\d % as of 08:\d\d UTC, falling, wall likely at \d\d:\d\d UTC, [\d,.]+ IOPS asked for/,
    );
    expect(flat(out)).toMatch(
      /by mode act, consent by ebs-burst:mode=act, \$0\.00 of \$100\.00 a month committed, \d of 1 changes within the hour/,
    );
    expect(asked()?.requestId).toEqual(expect.any(String));
    expect(flat(out)).toContain(` request ${asked()?.requestId} `);
    expect(flat(out)).toContain('wrote down what it would ask AWS for, told nobody: gp2 -> gp3');
  });

  test('up to that time, and not what came later', async () => {
    const { code, out } = await explained(moved(), '--at', movedAt);
    expect(code).toBe(0);
    expect(flat(out)).toContain('moved the volume: gp2 -> gp3');
    expect(flat(out)).toMatch(/, open then, closed \d\d:\d\d UTC: averted/);
    expect(flat(out)).toMatch(/and \d steps? after that, which a later --at shows/);
    expect(out).not.toContain('judged what came of the move');
    expect(out).not.toContain('ended the case');
  });

  test('as JSON: the same, with the steps as export has them', async () => {
    const { code, out, error } = await explained(moved(), '--at', now, '--json');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const json = JSON.parse(out);
    expect(json).toMatchObject({
      format: 'ebs-burst/recorded',
      version: 1,
      madeBy: 'ebs-burst 1.2.3',
      until: now,
      account: '123456789012',
      region: 'us-east-1',
      volume: { volumeId: moved(), name: 'orders-db' },
      cases: [{ state: 'closed', ending: 'averted', laterSteps: 0 }],
    });
    expect(await actedStep()).toMatchObject({
      at: movedAt,
      caseId: json.cases[0].id,
      decision: { did: 'acted', told: true, reason: 'heading-for-wall', refusals: [] },
      authority: { mode: 'act', consent: 'ebs-burst:mode=act' },
      requestId: asked()?.requestId,
    });
    expect((await recordedCase(moved(), movedAt)).laterSteps).toBeGreaterThan(0);
  });
});

describe('why did it not', () => {
  test('is told as well, of a case that is still open', async () => {
    const { code, out } = await explained('--at', now);
    expect(code).toBe(0);
    expect(out).toMatch(/^EB-\w{8}, opened 08:\d\d UTC, now announced$/m);
    expect(flat(out)).toMatch(
      /called for help, did not move the volume: gp2 -> gp3, .*, which it did not ask for why .*; not moved: the volume does not carry ebs-burst:mode=act \(got no such tag\)/,
    );
    expect(out).not.toMatch(/^ {4}request /m);
    expect(out).not.toContain(' after that, ');
  });
});

test('asks nobody but the table, and of that the one volume', async () => {
  expect((await explained(moved(), '--at', now)).calls).toEqual(['DescribeStacks', 'Query']);
});

test('needs no policy, but a table', async () => {
  const { CaseTableName = '' } = demo.account.ebs.stacks.describe('EbsBurst').outputs;
  const named = [moved(), '--at', now, '--stack', 'Other', '--table', CaseTableName];
  const { code, out } = await onDemo(explain, demo, named);
  expect(code).toBe(0);
  expect(out).toContain('moved the volume');
});

test('in a terminal of 80 columns no line is longer', async () => {
  for (const id of demo.volumeIds.slice(0, 3)) {
    const { out } = await onDemo(explain, demo, [id, '--demo', '--at', now], { columns: 80 });
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  }
});

describe('where nothing is recorded', () => {
  test('of the volume, it says so and names the other way', async () => {
    for (const format of [[], ['--json']]) {
      const { code, out, error } = await explained(volume(3), '--at', now, ...format);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(error).toBe(
        `missing: nothing is recorded of ${volume(3)} in 123456789012 us-east-1 by ${now}: the table, which remembers 90 days, has no case of it; check the id and the Region, or have its metrics explained, with --history DIR as ebs-burst assess --save DIR wrote it\n`,
      );
    }
  });

  test('by that time, it says what came later', async () => {
    const { code, error } = await explained(moved(), '--at', '2026-03-02T08:00Z');
    expect(code).toBe(1);
    expect(error).toMatch(
      /^missing: nothing is recorded of vol-\w+ in 123456789012 us-east-1 by 2026-03-02T08:00:00\.000Z: all that the table still has of it came later, from case EB-\w{8} on; name a later time, or have its metrics explained, with --history DIR /,
    );
  });
});

test('where a case is open for longer than its steps are kept, it says that they are gone', async () => {
  const table = demo.account.tables.get(
    demo.account.ebs.stacks.describe('EbsBurst').outputs['CaseTableName'],
  );
  const whole = table.snapshot();
  table.restore(whole.filter(({ sk }) => !/^(STEP|NOTICE)#/.test(sk?.S ?? '')));
  const { code, error } = await explained(volume(0), '--at', now);
  table.restore(whole);
  expect(code).toBe(1);
  expect(error).toMatch(
    /: case EB-\w{8} is announced, and its steps are older than the 90 days that the table remembers; leave out --at for how it is now/,
  );
});

describe('the explanation of today', () => {
  test('has in short what its last case did, where none is open', async () => {
    const { code, out } = await explained(moved());
    expect(code).toBe(0);
    expect(flat(out)).toMatch(
      /What its last case did EB-\w{8}, opened 08:\d\d UTC, closed \d\d:\d\d UTC: averted .*\d\d:\d\d UTC moved the volume: gp2 -> gp3, /,
    );
    expect(flat(out)).toMatch(
      /explain vol-\w+ --at 2026-03-02T\S+Z tells why, on what evidence and by whose/,
    );
    const { lastCase } = JSON.parse((await explained(moved(), '--json')).out);
    expect(lastCase).toEqual(await recordedCase(moved(), now));
  });

  test('has none while a case is open, and none where there never was one', async () => {
    for (const id of [volume(0), volume(3)]) {
      expect((await explained(id)).out).not.toContain('What its last case did');
      expect(JSON.parse((await explained(id, '--json')).out).lastCase).toBeNull();
    }
  });
});

test('a volume that is gone is explained by what is recorded of it, and says so', async () => {
  const { volumes } = demo.account.ebs;
  volumes.detach(moved());
  volumes.deleteVolume(moved());
  const { code, error } = await explained(moved());
  expect(code).toBe(1);
  expect(error).toMatch(
    /^missing: vol-\w+ is not in 123456789012 us-east-1; its last case, EB-\w{8}, is over, and --at 2026-03-02T\S+Z tells of it; check the id and the Region\n$/,
  );
  const recorded = await explained(moved(), '--at', now);
  expect(recorded.code).toBe(0);
  expect(recorded.out).toContain('moved the volume');
});
