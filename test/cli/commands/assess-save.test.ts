import { mkdirSync, symlinkSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assessDemoAccount } from '../../../cli/demo/assess-account.ts';
import { unfinishedFile } from '../../../cli/history/atomic-file.ts';
import { loadRecordings } from '../../../cli/history/load-recording.ts';
import { ServiceError } from '../../../twin/service-error.ts';
import { simulatedAccount } from '../../application/assess/simulated-fleet.ts';
import { busyAccount, runAssess } from './assess-world.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assess-save-'));
});
afterEach(() => rm(folder, { recursive: true }));

const forever = 1_000;
const plainKeys = { accessKeyId: 'access-key', secretAccessKey: 'secret' };

describe('assess --save and other days', () => {
  test('does not answer a request for more days with what a shorter one read', async () => {
    const account = await busyAccount();
    const accounts = { 'us-east-1': account };
    await runAssess(['--save', folder, '--days', '2'], accounts);
    const calls = account.endpoint.calls.length;
    const { code, out, error } = await runAssess(['--save', folder], accounts);
    expect([code, out]).toEqual([2, '']);
    expect(error).toBe(
      `${folder}: holds 2 days, got --days 14; ask for --days 2, or choose another folder for --save\n`,
    );
    expect(account.endpoint.calls).toHaveLength(calls);
    expect((await runAssess(['--save', folder, '--days', '2'], accounts)).code).toBe(0);
  });

  test('says that it tells of earlier days, where nothing newer is read', async () => {
    const account = await busyAccount();
    const accounts = { 'us-east-1': account };
    expect((await runAssess(['--save', folder], accounts)).error).toBe('');
    await account.simulation.runFor(2 * 3_600_000);
    const { code, error } = await runAssess(['--save', folder], accounts);
    expect(code).toBe(0);
    expect(error).toBe(
      `note: ${join(folder, 'us-east-1')} holds what was known until 2026-03-02 11:00 UTC, and nothing newer is read into it; for newer days choose another folder for --save\n`,
    );
  });
});

describe('assess --save and whose account it is', () => {
  test('asks STS where the keys do not tell, and shows it', async () => {
    const accounts = { 'us-east-1': await busyAccount() };
    const { code, out } = await runAssess(['--save', folder], accounts, {}, plainKeys);
    expect(code).toBe(0);
    expect(out).toContain('123456789012 in us-east-1');
    expect((await loadRecordings(folder)).recordings[0]?.account).toBe('123456789012');
  });

  test('does not mix two accounts', async () => {
    await runAssess(['--save', folder], { 'us-east-1': await busyAccount() }, {}, plainKeys);
    const other = await busyAccount('us-east-1', { accountId: '999999999999' });
    const { code, error } = await runAssess(['--save', folder], { 'us-east-1': other }, {}, plainKeys);
    expect([code, error]).toEqual([
      2,
      `${folder}: holds the history of 123456789012, expected 999999999999; choose another folder for --save\n`,
    ]);
  });

  test('keeps nothing of an account that nobody names', async () => {
    const account = await busyAccount();
    const denied = new ServiceError('AccessDenied', 'explicit deny in a service control policy');
    account.endpoint.fail({ operation: 'GetCallerIdentity' }, denied, forever);
    const { code, error } = await runAssess(['--save', folder], { 'us-east-1': account }, {}, plainKeys);
    expect(code).toBe(1);
    expect(error).toMatch(
      /^missing: us-east-1: no permission for sts:GetCallerIdentity in us-east-1 \(explicit deny in a service control policy; without it nobody knows whose account this is, and --save never mixes two\)/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test('and yet assesses it without --save', async () => {
    const account = await busyAccount();
    account.endpoint.fail(
      { operation: 'GetCallerIdentity' },
      new ServiceError('AccessDenied', 'no'),
      forever,
    );
    const { code, out } = await runAssess([], { 'us-east-1': account }, {}, plainKeys);
    expect(code).toBe(0);
    expect(out).toContain('unknown account in us-east-1');
  });
});

describe('assess --save where it cannot be kept', () => {
  test('leaves a folder alone that is not ours, before anything is read', async () => {
    await writeFile(join(folder, 'thesis.tex'), 'mine');
    const account = await busyAccount();
    const { code, error } = await runAssess(['--save', folder], { 'us-east-1': account });
    expect(code).toBe(2);
    expect(error).toContain(`${folder}: got a folder with files that are not ours (thesis.tex), expected`);
    expect(await readdir(folder)).toEqual(['thesis.tex']);
    expect(account.endpoint.calls).toEqual([]);
  });

  test('says so before anything is read where the folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const account = await busyAccount();
    const { code, error } = await runAssess(['--save', join(folder, 'file', 'here')], {
      'us-east-1': account,
    });
    expect(code).toBe(2);
    expect(error).toMatch(/failed, got: a file where a folder should be; choose another place\n$/);
    expect(account.endpoint.calls).toEqual([]);
  });

  test.runIf(process.platform === 'linux')(
    'tells that the disk is full, what that costs, and goes on from there once it is not',
    async () => {
      const account = await busyAccount();
      const accounts = { 'us-east-1': account };
      const id = account.ebs.volumes.volumes[0]?.id ?? '';
      const full = unfinishedFile(join(folder, 'us-east-1', 'volumes', `${id}.json`));
      const progress = {
        show: (text: string) => {
          if (text.includes('found')) fillUp(full);
        },
        end: () => undefined,
      };
      const first = await runAssess(['--save', folder], accounts, { progress });
      expect(first.code).toBe(1);
      expect(first.out).toContain('2 volumes can run out');
      expect(first.error).toMatch(
        /^missing: \S+: writing it failed, got: the disk is full; free some space, or choose another place; reading stopped there: \d of 2 volumes in us-east-1 read to the end, the same command goes on from there\n$/,
      );
      expect(await runAssess(['--save', folder], accounts)).toMatchObject({ code: 0, error: '' });
    },
  );
});

test.runIf(process.platform === 'linux')(
  'what a full disk costs one Region it does not cost those that were read before',
  async () => {
    const accounts = { 'us-east-1': await busyAccount(), 'eu-west-1': await busyAccount('eu-west-1') };
    const progress = {
      show: (text: string) => {
        if (text.includes('us-east-1  2 volumes found'))
          fillUp(unfinishedFile(join(folder, 'eu-west-1', 'index.json')));
      },
      end: () => undefined,
    };
    const { code, out, error } = await runAssess(
      ['--save', folder, '--region', 'us-east-1,eu-west-1'],
      accounts,
      { progress },
    );
    expect(code).toBe(1);
    expect(out).toContain('123456789012 in us-east-1');
    expect(error).toBe(
      `missing: eu-west-1: ${join(folder, 'eu-west-1', 'index.json')}: writing it failed, got: the disk is full; free some space, or choose another place\n`,
    );
  },
);

/** The list of volumes is there and nothing of one is kept: from now on the disk is full there. */
function fillUp(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync('/dev/full', path);
}

describe('what was saved of an interrupted run', () => {
  test('is known to be incomplete, Region by Region', async () => {
    const stopping = new AbortController();
    const progress = {
      show: (text: string) => {
        if (text.includes('survey')) stopping.abort();
      },
      end: () => undefined,
    };
    const accounts = { 'us-east-1': await busyAccount(), 'eu-west-1': await busyAccount('eu-west-1') };
    const args = ['--save', folder, '--region', 'us-east-1,eu-west-1'];
    await runAssess(args, accounts, { signal: stopping.signal, progress });
    const { recordings, missing } = await loadRecordings(folder);
    expect(recordings.map(({ region }) => region)).toEqual(['us-east-1']);
    expect(missing).toEqual([
      expect.stringMatching(
        /^of 2 volumes in us-east-1, 1 read by the hour only \(vol-\w+\); ebs-burst assess --save /,
      ),
      expect.stringMatching(
        /^eu-west-1 was asked for and not read; ebs-burst assess --save \S+ --region eu-west-1 --days 14 /,
      ),
    ]);
    const { code } = await runAssess(args, accounts);
    expect([code, (await loadRecordings(folder)).missing]).toEqual([0, []]);
  });
});

test('a saved history names its account, its days and its Regions', async () => {
  await runAssess(['--save', folder, '--days', '3'], { 'us-east-1': simulatedAccount() });
  expect(JSON.parse(await readFile(join(folder, 'histories.json'), 'utf8'))).toEqual({
    format: 'ebs-burst histories',
    version: 1,
    source: 'aws',
    account: '123456789012',
    days: 3,
    regions: ['us-east-1'],
  });
});

test('a saved demo is completed by another demo, and by no account', async () => {
  const demo = ['--demo', '--days', '1', '--save', folder];
  expect(await runAssess(demo, {}, { openDemo: assessDemoAccount })).toMatchObject({ code: 0, error: '' });
  const volumes = join(folder, 'us-east-1', 'volumes');
  const [lost = ''] = await readdir(volumes);
  await rm(join(volumes, lost));
  expect((await loadRecordings(folder)).missing).toEqual([
    `of 9 volumes in us-east-1, 1 not read (${lost.replace('.json', '')}); ebs-burst assess --demo --save ${folder} --days 1 reads it`,
  ]);
  await runAssess(demo, {}, { openDemo: assessDemoAccount });
  expect((await loadRecordings(folder)).missing).toEqual([]);
});
