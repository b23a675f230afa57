import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { uninstall } from '../../../cli/commands/uninstall.ts';
import { type DeployedDemo, deployedDemo, settledAt } from '../../../cli/demo/deployed-account.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import { onDemo } from './deployment-world.ts';

let during: DeployedDemo;
let after: DeployedDemo;
let folder = '';

beforeAll(async () => {
  during = await deployedDemo();
  after = await deployedDemo(settledAt);
  folder = await mkdtemp(join(tmpdir(), 'uninstall-'));
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const plan = (demo: DeployedDemo, ...args: readonly string[]) =>
  onDemo(uninstall, demo, ['--plan', '--demo', ...args]);
const moved = () => after.volumeIds[1] ?? '';
const denied = (action: string) =>
  new ServiceError('AccessDenied', `User is not authorized to perform: ${action}`);
const outcomeOf = (demo: DeployedDemo) => demo.account.ebs.stacks.describe('EbsBurst').outputs;

describe('the plan', () => {
  test('says what was moved, from what to what, since when, for how much, and that it can go back', async () => {
    const { code, out, error } = await plan(after);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain(
      ['1 volume was moved by us and not put back', '', `${moved()}  orders-db  EB-`].join('\n'),
    );
    expect(out).toMatch(
      /from {5}gp2\n {2}to {7}gp3, 3,000 IOPS, 128 MiB\/s, -\$1\.88 a month\n {2}since {4}2026-03-02 08:\d\d UTC; a fix, meant to stay\n {2}back {5}can go back now/,
    );
  });

  test('names every command, in the order that is safe', async () => {
    const { out } = await plan(after);
    const commands = [
      'put-parameter',
      'modify-volume',
      'delete-stack',
      'wait stack-delete-complete',
      'ebs-burst export',
      'delete-table',
    ];
    const places = commands.map((command) => out.indexOf(command));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(out).toContain('Keep: 1 volume as it is, -$1.88 a month against before.\nRestore: 1 of 1 now.');
  });

  test('--keep and --restore show one way each', async () => {
    const kept = await plan(after, '--keep');
    expect(kept.out).not.toMatch(/modify-volume|Restore:/);
    expect(kept.out).toContain('Keep: 1 volume');
    const restored = await plan(after, '--restore');
    expect(restored.out).not.toContain('Keep:');
    expect(restored.out).toContain('modify-volume');
  });

  test('during a modification: nothing can go back, the cases are named, our tags are ours to remove', async () => {
    const { code, out } = await plan(during);
    expect(code).toBe(0);
    expect(out).toMatch(/back {5}not yet: its modification is (modifying|optimizing) \(\d+ %\)/);
    expect(out).toContain('3 cases are open; none would put a volume back by itself');
    expect(out).toMatch(/EB-\S+ {2}vol-\S+ {2}moving to gp3, under way/);
    expect(out).toContain('Restore: 0 of 1 now; run this again for the rest.');
    expect(out).not.toContain('modify-volume');
    expect(out).toContain('Let what is under way end');
    expect(out.replaceAll(/ \\\n +/g, ' ')).toContain(
      `delete-tags --region us-east-1 --tags Key=ebs-burst:state Key=ebs-burst:state-at Key=ebs-burst:state-was --resources ${during.volumeIds[1]}`,
    );
  });

  test('is no wider than a terminal', async () => {
    for (const demo of [during, after]) {
      const lines = (await plan(demo)).out.split('\n');
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    }
  });

  test('reads, and changes nothing', async () => {
    const { calls } = await plan(after);
    expect(calls).toEqual([
      'BatchGetItem',
      'DescribeAlarms',
      'DescribeStacks',
      'DescribeVolumes',
      'DescribeVolumesModifications',
      'GetParameter',
      'Query',
    ]);
  });

  test('as JSON: the same, for a program, and nothing else on standard output', async () => {
    const { out } = await plan(after, '--json', '--csv', join(folder, 'beside.csv'));
    expect(JSON.parse(out)).toMatchObject({
      at: '2026-03-02T09:10:00.000Z',
      account: '123456789012',
      stack: { name: 'EbsBurst', there: true },
      switch: { parameter: '/ebs-burst/switch', says: 'run' },
      upgraded: [
        {
          volume: moved(),
          purpose: 'fix',
          from: { type: 'gp2' },
          to: { type: 'gp3', iops: 3_000, throughput: 128 },
          wayBack: { kind: 'open' },
        },
      ],
      openCases: [{ state: 'announced', underWay: false, goesBack: false }, {}],
      alarms: {
        ofStack: [{}, {}, {}].map(() => expect.stringMatching(/^ebs-burst\/vol-/)),
        orphaned: [],
        foreign: [],
      },
      instructedVolumes: 3,
    });
  });

  test('--csv hands over the list of the volumes', async () => {
    const path = join(folder, 'volumes.csv');
    const { out } = await plan(after, '--csv', path);
    expect(out).toContain(`${path} has the list of the volumes.`);
    const [header, row, end] = (await readFile(path, 'utf8')).split('\n');
    expect(header).toBe(
      'volume,name,case,purpose,was,is_because_of_us,since,monthly_difference_usd,way_back,way_back_at',
    );
    expect(row).toMatch(
      /^vol-\S+,orders-db,EB-\S+,fix,gp2,"gp3, 3,000 IOPS, 128 MiB\/s",2026-03-02T08:\d\d:\d\d\.\d+Z,-1\.88,open,$/,
    );
    expect(end).toBe('');
  });
});

describe('where something does not answer', () => {
  test('the rest of the plan is shown, and what is missing is named', async () => {
    const { account } = after;
    account.endpoint.fail(
      { operation: 'DescribeAlarms', principal: 'a person' },
      denied('cloudwatch:DescribeAlarms'),
      100,
    );
    account.endpoint.fail(
      { operation: 'GetParameter', principal: 'a person' },
      denied('ssm:GetParameter'),
      100,
    );
    const { code, out, error } = await plan(after);
    account.endpoint.heal();
    expect(code).toBe(1);
    expect(out).toContain('can go back now');
    expect(out).toContain('not read (User is not authorized to perform:');
    expect(error).toBe(
      'missing: our alarms (User is not authorized to perform: cloudwatch:DescribeAlarms)\nmissing: the kill switch (User is not authorized to perform: ssm:GetParameter)\n',
    );
  });

  test('a volume whose modification cannot be read is not said to be able to go back', async () => {
    const { account } = after;
    account.endpoint.fail(
      { operation: 'DescribeVolumesModifications', principal: 'a person' },
      denied('ec2:DescribeVolumesModifications'),
      100,
    );
    const { code, out, error } = await plan(after);
    account.endpoint.heal();
    expect(code).toBe(1);
    expect(out).toMatch(/back {5}cannot tell: /);
    expect(out).not.toContain('modify-volume');
    expect(error).toMatch(new RegExp(`^missing: whether ${moved()} can go back \\(.*\\)\n$`));
  });

  test('without the volumes there is no plan', async () => {
    const { account } = after;
    const fault = new ServiceError('UnauthorizedOperation', 'You are not authorized: ec2:DescribeVolumes');
    account.endpoint.fail({ operation: 'DescribeVolumes', principal: 'a person' }, fault, 100);
    const { code, out, error } = await plan(after);
    account.endpoint.heal();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toBe(
      'no permission in us-east-1 (You are not authorized: ec2:DescribeVolumes); --help lists what this reads\n',
    );
  });
});

describe('what it refuses', () => {
  test.each([
    [[], 'got no option'],
    [['--restore'], '--restore: got it'],
    [['--keep'], '--keep: got it'],
  ])('%j, because it executes nothing', async (args, got) => {
    const { code, out, error } = await onDemo(uninstall, after, args);
    expect({ code, out, error }).toEqual({
      code: 2,
      out: '',
      error: `${got} without --plan, expected --plan: this version executes nothing itself; the plan has every command to type, in its order\n`,
    });
  });

  test('both ways at once, and what it does not know', async () => {
    expect((await onDemo(uninstall, after, ['--plan', '--keep', '--restore'])).error).toMatch(
      /^--keep: got it beside/,
    );
    expect((await onDemo(uninstall, after, ['--plan', '--policy', 'x'])).error).toMatch(
      /^--policy: got an unknown/,
    );
  });

  test('a stack that is not there, unless its table is named', async () => {
    // The twin throttles those who ask everything within one moment.
    await after.account.simulation.runFor(5_000);
    const gone = await onDemo(uninstall, after, ['--plan', '--stack', 'Other']);
    expect(gone).toMatchObject({ code: 2, error: expect.stringContaining('or its table with --table') });
    const { CaseTableName = '' } = outcomeOf(after);
    const { code, out, error } = await onDemo(uninstall, after, [
      '--plan',
      '--stack',
      'Other',
      '--table',
      CaseTableName,
    ]);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain('Other is not there any more');
    expect(out).not.toMatch(/put-parameter|delete-stack/);
    expect(out).toMatch(/without our mark:\n +ebs-burst\/vol-\d+1, /);
    expect(out).not.toContain('delete-alarms');
  });
});

describe('in whose account, of which stack', () => {
  // The twin throttles those who ask everything within one moment.
  beforeEach(() => after.account.simulation.runFor(5_000));

  test('its commands reach the account that was asked about, not the one of the shell', async () => {
    const { out } = await onDemo(uninstall, after, ['--plan', '--profile', 'prod']);
    const typed = out.split('\n').filter((line) => /^ {3}(aws|ebs-burst) /.test(line));
    expect(typed).toHaveLength(6);
    expect(typed.filter((line) => !line.includes(' --region us-east-1 --profile prod'))).toEqual([]);
  });

  test('with a role, which the AWS CLI cannot be told, it says so and names no profile of another account', async () => {
    const role = 'arn:aws:iam::123456789012:role/reader';
    const { out } = await onDemo(uninstall, after, ['--plan', '--profile', 'hub', '--role-arn', role]);
    expect(out).toContain(
      `Type the aws commands with the rights of a role in 123456789012: they cannot\nname ${role} themselves.\n`,
    );
    expect(out).toContain(`ebs-burst export --region us-east-1 --profile hub --role-arn ${role} \\\n`);
    expect(out).not.toMatch(/aws .*--profile/);
    expect((await plan(after)).out).not.toContain('with the rights of');
  });

  test('a table of another stack is refused, as the plan would delete the one that lives', async () => {
    const { code, out, error } = await onDemo(uninstall, after, ['--plan', '--table', 'OldCases']);
    const { CaseTableName = '' } = outcomeOf(after);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toBe(
      `--table: got OldCases, but stack EbsBurst in us-east-1 lives with ${CaseTableName}, and a plan of both would delete that stack; leave --table out to remove EbsBurst, or name the stack that left OldCases behind with --stack\n`,
    );
    const own = await onDemo(uninstall, after, ['--plan', '--table', CaseTableName]);
    expect({ code: own.code, error: own.error }).toEqual({ code: 0, error: '' });
  });
});
