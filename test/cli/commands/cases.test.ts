import { beforeAll, expect, test } from 'vitest';
import { cases } from '../../../cli/commands/cases.ts';
import { type DeployedDemo, deployedDemo } from '../../../cli/demo/deployed-account.ts';
import { onDemo } from './deployment-world.ts';

let demo: DeployedDemo;

beforeAll(async () => {
  demo = await deployedDemo();
}, 60_000);

test('lists every case that is not over, the oldest first, and writes nothing', async () => {
  const { code, out, error, calls } = await onDemo(cases, demo);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(out).toContain('3 open cases in 123456789012 us-east-1, 2026-03-02 08:50 UTC');
  const rows = out.split('\n').filter((line) => line.startsWith('EB-'));
  expect(rows.map((line) => line.split(/ {2,}/)[3]).toSorted()).toEqual([
    'announced',
    'announced',
    'upgrading',
  ]);
  expect(rows.join('\n')).toMatch(/orders-db {2,}upgrading {2,}\d\d:\d\d UTC {2,}\d\d:\d\d UTC/);
  expect(calls.filter((name) => !/^(Describe|Get|List|BatchGet|Query)/.test(name))).toEqual([]);
});

test('says where there is none', async () => {
  const idle = { ...demo, access: { ...demo.access, ports: withoutCases() } };
  const { code, out } = await onDemo(cases, idle);
  expect({ code, out }).toEqual({
    code: 0,
    out: '0 open cases in 123456789012 us-east-1, 2026-03-02 08:50 UTC\n',
  });
});

const withoutCases = (): DeployedDemo['access']['ports'] => (table, report) => {
  const ports = demo.access.ports(table, report);
  return { ...ports, cases: { ...ports.cases, due: async () => [] } };
};

test('names what it cannot read, and does not call that well', async () => {
  const broken: DeployedDemo['access']['ports'] = (table, report) => {
    report(new Error('item VOLUME#vol-1/CASE is malformed (body: got none); repair or delete it by hand'));
    return demo.access.ports(table, report);
  };
  const { code, error } = await onDemo(cases, { ...demo, access: { ...demo.access, ports: broken } });
  expect(code).toBe(1);
  expect(error).toContain('missing: item VOLUME#vol-1/CASE is malformed');
});

test('refuses what it does not know', async () => {
  expect(await onDemo(cases, demo, ['--days', '3'])).toMatchObject({
    code: 2,
    error: expect.stringContaining('--days: got an unknown option'),
  });
});
