import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountAccess } from '../../../cli/aws/account-access.ts';
import type { AssessWorld } from '../../../cli/commands/assess.ts';
import type { AccountAccess } from '../../../cli/commands/assess-access.ts';
import { unfinishedFile } from '../../../cli/history/atomic-file.ts';
import { loadRecording } from '../../../cli/history/load-recording.ts';
import { actingPolicy, defaultPolicy } from '../../../cli/policy-file.ts';
import type { Policy } from '../../../core/domain/policy.ts';
import { instant } from '../../../core/domain/units.ts';
import { RoleDeniedError } from '../../../lambda/adapters/role-credentials.ts';
import type { Account } from '../../../twin/account.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import { metricCalls, simulatedAccount } from '../../application/assess/simulated-fleet.ts';
import { busyAccount, runAssess } from './assess-world.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assess-'));
});
afterEach(() => rm(folder, { recursive: true }));

const expired = new ServiceError(
  'ExpiredTokenException',
  'The security token included in the request is expired',
);
const unknownKeys = new ServiceError(
  'AuthFailure',
  'AWS was not able to validate the provided access credentials',
);
const forever = 1_000;

describe('assess', () => {
  test('shows the volumes of the home Region, worst first, and what the reading cost', async () => {
    const { code, out, error } = await runAssess([], { 'us-east-1': await busyAccount() });
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('123456789012 in us-east-1, Feb 16 to Mar 2');
    expect(out).toContain('2 volumes can run out of burst credits; 0 others in use cannot.');
    const rows = out.split('\n').filter((line) => line.startsWith('vol-'));
    expect(rows[0]).toMatch(/^vol-\S+ +- +gp2 100 GiB {2,}2,500 of 300 IOPS {2,}0 % {2,}\d h \d+ min /);
    expect(rows[1]).toMatch(/^vol-\S+ +- +gp2 100 GiB {2,}\? of 300 IOPS {2,}100 % {2,}never /);
    expect(out).toContain('This reading: 1 DescribeVolumes, 2 GetMetricData; 7 metrics, under $0.01.');
  });

  test('shows its progress', async () => {
    const { shown } = await runAssess([], { 'us-east-1': await busyAccount() });
    expect(shown[0]).toBe('us-east-1  2 volumes found  1 call');
    expect(shown[1]).toBe('us-east-1  [███████]  survey done  2/2 volumes  1 call');
  });

  test.each(['--json', '--csv'])('writes nothing but the figures with %s', async (option) => {
    const { out } = await runAssess([option], { 'us-east-1': await busyAccount() });
    expect(option === '--csv' ? out : Object.keys(JSON.parse(out)[0])).toEqual(
      option === '--csv' ? 'a,b\n' : expect.arrayContaining(['volumes', 'calls']),
    );
  });

  test('reads several Regions, one after the other', async () => {
    const accounts = { 'us-east-1': await busyAccount(), 'eu-west-1': await busyAccount('eu-west-1') };
    const { code, out } = await runAssess(['--region', 'all'], accounts);
    expect(code).toBe(0);
    expect(out).toMatch(/in us-east-1[\s\S]*in eu-west-1/);
  });

  test('makes no call that changes anything', async () => {
    const account = await busyAccount();
    await runAssess([], { 'us-east-1': account });
    const operations = new Set(account.endpoint.calls.map(({ operation }) => operation));
    expect([...operations]).toEqual(['DescribeVolumes', 'GetMetricData']);
  });

  test('judges by the policy of a file', async () => {
    await writeFile(join(folder, 'policy.json'), '{"mode":"act","leadTimeMinutes":20}');
    const { out } = await runAssess(['--policy', join(folder, 'policy.json')], {
      'us-east-1': await busyAccount(),
    });
    expect(out).toContain('decides in mode act, replayed on this history');
    expect(out).toContain('every volume carries the consent tag');
    expect(out).toContain('Prices are list prices of us-east-1 (checked ');
    expect(out).toMatch(/ with the policy /);
    expect(out).not.toContain('As if acting were allowed');
  });

  test('judges as if it might act where no policy is named, and says so before the table', async () => {
    const { policies, replay } = replayedUnder();
    const { out } = await runAssess([], { 'us-east-1': await busyAccount() }, { replay });
    expect(policies).toEqual([actingPolicy]);
    expect(out).toMatch(
      /cannot\.\nAs if acting were allowed where no tag forbids it; --policy FILE judges yours\.\n.*mode notify.*\n\nvolume .* if it may act /,
    );
  });

  test('does not let a policy act that says notify', async () => {
    const { policies, replay } = replayedUnder();
    await writeFile(join(folder, 'policy.json'), '{"mode":"notify"}');
    const { out } = await runAssess(
      ['--policy', join(folder, 'policy.json')],
      { 'us-east-1': await busyAccount() },
      { replay },
    );
    expect(policies).toEqual([defaultPolicy]);
    expect(out).toContain('decides in mode notify, replayed on this history');
    expect(out).not.toContain('As if acting were allowed');
  });

  test('reads as many days as were asked for', async () => {
    const account = await busyAccount();
    await runAssess(['--days', '2', '--json'], { 'us-east-1': account });
    expect(metricCalls(account)[0]?.datapoints).toBe(2 * 48);
  });
});

describe('assess --save', () => {
  test('records what replay needs, and does not read it twice', async () => {
    const account = await busyAccount();
    const first = await runAssess(['--save', folder, '--json'], { 'us-east-1': account });
    const calls = account.endpoint.calls.length;
    const recording = await loadRecording(folder);
    expect(recording.volumes.map(({ iops }) => iops.kind)).toEqual(['read', 'unread']);
    const second = await runAssess(['--save', folder, '--json'], { 'us-east-1': account });
    expect(account.endpoint.calls).toHaveLength(calls);
    const figures = (text: string) => JSON.parse(text)[0].volumes;
    expect(figures(second.out)).toEqual(figures(first.out));
  });

  test('goes on where Ctrl-C stopped it', async () => {
    const account = await busyAccount();
    const stopping = new AbortController();
    const progress = {
      show: (text: string) => {
        if (text.includes('survey')) stopping.abort();
      },
      end: () => undefined,
    };
    const accounts = { 'us-east-1': account };
    const first = await runAssess(['--save', folder], accounts, { signal: stopping.signal, progress });
    expect(first.code).toBe(1);
    expect(first.error).toBe(
      'missing: stopped by Ctrl-C: 1 of 2 volumes in us-east-1 read to the end, the same command goes on from there\n',
    );
    const { code, error } = await runAssess(['--save', folder], accounts);
    expect([code, error]).toEqual([0, '']);
    expect(metricCalls(account).map(({ period }) => period)).toEqual([3_600, 60]);
  });

  test('goes on where the credentials expired', async () => {
    const account = await busyAccount();
    const accounts = { 'us-east-1': account };
    const isDetail = (input: object) => JSON.stringify(input).includes('"Period":60,');
    account.endpoint.fail({ operation: 'GetMetricData', input: isDetail }, expired, forever);
    const { code, error } = await runAssess(['--save', folder, '--profile', 'ops'], accounts);
    expect(code).toBe(1);
    expect(error).toBe(
      'missing: the AWS credentials have expired (The security token included in the request is expired); sign in again (aws sso login --profile ops) and run the same command; 1 of 2 volumes in us-east-1 read to the end, the same command goes on from there\n',
    );
    account.endpoint.heal();
    expect(await runAssess(['--save', folder], accounts)).toMatchObject({ code: 0, error: '' });
  });

  test('tells which file of an earlier run is broken and loses none', async () => {
    const accounts = { 'us-east-1': await busyAccount() };
    await runAssess(['--save', folder], accounts);
    const path = join(folder, 'us-east-1', 'index.json');
    await writeFile(path, 'not json');
    const { code, error } = await runAssess(['--save', folder], accounts);
    expect(code).toBe(2);
    expect(error).toContain(`${path}: not a file of a saved history`);
    expect(error).toContain('choose another folder for --save, or remove that one to begin anew');
    expect(await readFile(path, 'utf8')).toBe('not json');
  });
});

describe('assess that is stopped while it replays', () => {
  const halfway: AssessWorld['replay'] = async (_recording, _settings, turn) => {
    await turn(0.5);
    return [];
  };

  test('tells the figures, that the rest is unknown, and what to do', async () => {
    const stopping = new AbortController();
    const { code, out, error } = await runAssess(
      [],
      { 'us-east-1': await busyAccount() },
      { signal: stopping.signal, breathe: async () => stopping.abort(), replay: halfway },
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^vol-\S+ +- +gp2 100 GiB +2,500 of 300 IOPS +0 % .* unknown +unknown +unknown/m);
    expect(error).toBe(
      'missing: stopped by Ctrl-C while us-east-1 was lived through again: what the policy would have done there is unknown; with --save DIR nothing would have to be read again\n',
    );
  });

  test('does not stop the replay of what was read before a Ctrl-C', async () => {
    const stopping = new AbortController();
    const replayed: number[] = [];
    const { out, error } = await runAssess(
      [],
      { 'us-east-1': await busyAccount() },
      {
        signal: stopping.signal,
        progress: {
          show: (text) => text.includes('survey') && stopping.abort(),
          end: () => undefined,
        },
        replay: async ({ volumes }, _settings, turn) => {
          await turn(0.5);
          replayed.push(volumes.length);
          return [];
        },
      },
    );
    expect(replayed).toEqual([2]);
    expect(error).toContain('missing: stopped by Ctrl-C: 1 of 2 volumes in us-east-1 read to the end');
    // Its hours are known, and no more.
    expect(out).toMatch(/^vol-\S+ +- +gp2 100 GiB +\? of 300 IOPS +0 % +unknown +unknown +unknown +unknown/m);
  });
});

describe('assess where AWS says no', () => {
  test('says how to get credentials', async () => {
    const none = Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError',
    });
    const account = simulatedAccount();
    account.endpoint.fail({}, none, forever);
    const { code, out, error } = await runAssess(['--region', 'us-east-1,eu-west-1'], {
      'us-east-1': account,
    });
    expect([code, out]).toEqual([1, '']);
    expect(error).toBe(
      'missing: us-east-1: no AWS credentials (Could not load credentials from any providers); sign in (aws sso login), or name a profile with --profile\n',
    );
  });

  test('does not hide the Regions that answer behind one that is off', async () => {
    const off = simulatedAccount({ region: 'me-south-1' });
    off.endpoint.fail({}, unknownKeys, forever);
    const accounts = { 'me-south-1': off, 'us-east-1': await busyAccount() };
    const { code, out, error } = await runAssess(['--region', 'all'], accounts);
    expect(code).toBe(1);
    expect(out).toContain('in us-east-1');
    expect(error).toBe(
      'missing: me-south-1: me-south-1 does not accept these credentials (AWS was not able to validate the provided access credentials); the Region may be off in this account: leave it out or turn it on, else check the keys\n',
    );
  });

  test('names the permission that is missing and reports what the others gave', async () => {
    const account = await busyAccount('us-east-1', {
      authorise: ({ action }) => action !== 'cloudwatch:GetMetricData',
    });
    const { code, out, error } = await runAssess([], { 'us-east-1': account });
    expect(code).toBe(1);
    expect(out).toContain('Not assessed: 2 volumes');
    expect(error).toMatch(
      /^missing: no permission for cloudwatch:GetMetricData in us-east-1 \(.*--print-iam/,
    );
  });

  test('reads the home Region where it may not list the others', async () => {
    const account = await busyAccount();
    const denied = new ServiceError(
      'UnauthorizedOperation',
      'You are not authorized to perform this operation.',
    );
    const { code, out, error } = await runAssess(
      ['--region', 'all'],
      { 'us-east-1': account },
      { open: () => withoutRegions(account, denied) },
    );
    expect(code).toBe(1);
    expect(out).toContain('in us-east-1');
    expect(error).toContain('missing: the other Regions: no permission for ec2:DescribeRegions in us-east-1');
  });

  test('says that others use up the quota, where not even the volumes can be listed', async () => {
    const account = await busyAccount();
    const throttled = new ServiceError('RequestLimitExceeded', 'Request limit exceeded.');
    account.endpoint.fail({ operation: 'DescribeVolumes' }, throttled, forever);
    const { code, out, error } = await runAssess([], { 'us-east-1': account });
    expect([code, out]).toEqual([1, '']);
    expect(error).toBe(
      'missing: us-east-1: AWS throttled ec2:DescribeVolumes in us-east-1 for minutes (Request limit exceeded.); others use up its quota: run it again later\n',
    );
  });

  test('says what would let it take on the role, once for all Regions', async () => {
    const denied = new RoleDeniedError('ana may not take on the role; its trust policy needs a statement');
    const accounts = { 'us-east-1': simulatedAccount(), 'eu-west-1': simulatedAccount() };
    for (const account of Object.values(accounts)) account.endpoint.fail({}, denied, forever);
    const { code, error } = await runAssess(['--region', 'us-east-1,eu-west-1'], accounts);
    expect([code, error]).toEqual([
      1,
      'missing: us-east-1: ana may not take on the role; its trust policy needs a statement\n',
    ]);
  });

  test('tells of volumes whose detail stayed throttled', async () => {
    const account = await busyAccount();
    const isDetail = (input: object) => JSON.stringify(input).includes('"Period":60,');
    const throttled = new ServiceError('ThrottlingException', 'Rate exceeded');
    account.endpoint.fail({ operation: 'GetMetricData', input: isDetail }, throttled, forever);
    const { code, error } = await runAssess([], { 'us-east-1': account });
    expect(code).toBe(1);
    expect(error).toMatch(
      /^missing: detail of 1 volume in us-east-1 \(vol-\S+: Rate exceeded on cloudwatch:GetMetricData\)/,
    );
  });
});

describe('assess and its files', () => {
  test('writes the page', async () => {
    const page = join(folder, 'report.html');
    const { code, out } = await runAssess(['--html', page], { 'us-east-1': await busyAccount() });
    expect([code, await readFile(page, 'utf8')]).toEqual([0, '<page>']);
    expect(out).toContain(`The page with charts is ${page}.`);
  });

  test.runIf(process.platform === 'linux')(
    'tells that the disk is full, and still tells the figures',
    async () => {
      const page = join(folder, 'report.html');
      await symlink('/dev/full', unfinishedFile(page));
      const { code, out, error } = await runAssess(['--html', page], { 'us-east-1': await busyAccount() });
      expect(code).toBe(1);
      expect(out).toContain('2 volumes can run out');
      expect(error).toBe(
        `missing: the page. ${page}: writing it failed, got: the disk is full; free some space, or choose another place; the figures were told; with --save DIR nothing would have to be read again\n`,
      );
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test.each([
    [['--html', '.'], '--html: got ".", a folder, expected a file; name one in it\n'],
    [
      ['--policy', '/nowhere.json'],
      '/nowhere.json: reading it failed, got: no such file or folder; check the path\n',
    ],
    [['--days', '30'], /^--days: got "30", expected a whole number from 1 to 15/],
    [['--regions', 'x'], '--regions: got an unknown option, expected perhaps --region; see --help\n'],
    [
      ['--region', 'narnia'],
      '--region: got "narnia", expected Regions like us-east-1,eu-west-1, or all; correct it\n',
    ],
    [
      ['--demo', '--profile', 'x'],
      '--profile: got it beside --demo, which asks no AWS; remove one of them\n',
    ],
    [
      ['--role-arn', 'admin'],
      '--role-arn: got "admin", expected arn:aws:iam::ACCOUNT:role/NAME; correct it\n',
    ],
    [['now'], 'got "now" without an option before it, expected options only; see --help\n'],
  ])('asks AWS nothing with %j', async (args, fault) => {
    const account = simulatedAccount();
    const { code, error } = await runAssess(args, { 'us-east-1': account });
    expect(code).toBe(2);
    if (typeof fault === 'string') expect(error).toBe(fault);
    else expect(error).toMatch(fault);
    expect(account.endpoint.calls).toEqual([]);
  });

  test('prints the permissions it needs as a policy, and why', async () => {
    const { code, out } = await runAssess(['--print-iam'], {});
    const policy = JSON.parse(out.slice(out.indexOf('{\n')));
    expect(code).toBe(0);
    expect(policy.Statement[0].Action).toEqual([
      'ec2:DescribeVolumes',
      'cloudwatch:GetMetricData',
      'ec2:DescribeRegions',
    ]);
    for (const action of policy.Statement[0].Action) expect(out).toMatch(new RegExp(`  ${action} +\\w`));
  });

  test('needs no more than it prints', async () => {
    const { out } = await runAssess(['--print-iam'], {});
    const allowed: readonly string[] = JSON.parse(out.slice(out.indexOf('{\n'))).Statement[0].Action;
    const account = await busyAccount('us-east-1', { authorise: ({ action }) => allowed.includes(action) });
    expect((await runAssess([], { 'us-east-1': account })).code).toBe(0);
  });
});

/** Nothing is replayed; it only tells under which policies that was asked for. */
function replayedUnder() {
  const policies: Policy[] = [];
  const replay: AssessWorld['replay'] = async (_recording, { policy }) => {
    policies.push(policy);
    return [];
  };
  return { policies, replay };
}

/** An account that lists no Regions to this person. */
const withoutRegions = (account: Account, error: Error): AccountAccess => ({
  ...accountAccess(
    { profile: undefined, roleArn: undefined },
    {
      now: () => instant(account.simulation.now),
      credentials: async () => ({ accessKeyId: 'access-key', secretAccessKey: 'secret' }),
      connect: (client) => account.connect(client, 'assess'),
    },
  ),
  homeRegion: async () => 'us-east-1',
  regions: () => Promise.reject(error),
});
