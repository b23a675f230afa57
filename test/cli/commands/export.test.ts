import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { exportTrail } from '../../../cli/commands/export.ts';
import { type DeployedDemo, deployedDemo } from '../../../cli/demo/deployed-account.ts';
import { onDemo } from './deployment-world.ts';

let demo: DeployedDemo;

beforeAll(async () => {
  demo = await deployedDemo();
}, 60_000);

const lines = (out: string) => out.split('\n').filter((line) => line !== '');

test('tells of every step once: evidence, decision, authority, request and outcome', async () => {
  const { code, out, error } = await onDemo(exportTrail, demo);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  const records = lines(out).map((line): Record<string, unknown> => JSON.parse(line));
  expect(new Set(records.map(({ step }) => step)).size).toBe(records.length);
  const acted = lines(out).find((line) => line.includes('"acted"')) ?? '{}';
  expect(JSON.parse(acted)).toMatchObject({
    name: 'orders-db',
    evidence: { forecast: 'draining', unit: 'IOPS' },
    decision: { did: 'acted', told: true, reason: 'heading-for-wall', refusals: [] },
    authority: { mode: 'act', consent: 'ebs-burst:mode=act', maxMonthlyIncrease: 100, changesAllowed: 1 },
    change: { from: 'gp2', to: 'gp3, 3,000 IOPS, 128 MiB/s', request: 'accepted', monthlyDifference: -1.88 },
    requestId: demo.account.endpoint.calls.find(({ operation }) => operation === 'ModifyVolume')?.requestId,
    outcome: { kind: 'open', state: 'upgrading' },
  });
});

test('tells of the intent as well, which nobody was told of, before what came of it', async () => {
  const records = lines((await onDemo(exportTrail, demo)).out).map((line) => JSON.parse(line));
  const ofOrders = records.filter(({ name }) => name === 'orders-db');
  expect(ofOrders.slice(-2).map(({ decision: { did, told } }) => [did, told])).toEqual([
    ['intended', false],
    ['acted', true],
  ]);
});

test('keeps the steps of a case together, as they were taken', async () => {
  const records = lines((await onDemo(exportTrail, demo)).out).map((line) => JSON.parse(line));
  const cases = records.map(({ caseId }): string => caseId);
  const runs = cases.filter((id, index) => id !== cases[index - 1]);
  expect(runs).toHaveLength(new Set(cases).size);
  for (const id of runs) {
    const times = records.filter(({ caseId }) => caseId === id).map(({ at }): string => at);
    expect(times).toEqual(times.toSorted());
  }
});

test('reads no further while its reader has not taken what was written', async () => {
  const readMeanwhile: number[] = [];
  const drained = async () => {
    const before = demo.account.endpoint.calls.length;
    await delay(20);
    readMeanwhile.push(demo.account.endpoint.calls.length - before);
  };
  expect((await onDemo(exportTrail, demo, ['--demo'], { drained })).code).toBe(0);
  expect(readMeanwhile).toEqual([0, 0, 0]);
});

test('names what it cannot read, exports the rest, and does not call that well', async () => {
  const { CaseTableName = '' } = demo.account.ebs.stacks.describe('EbsBurst').outputs;
  const table = demo.account.tables.get(CaseTableName);
  const row = table
    .snapshot()
    .find((item) => item['noticeId']?.S?.startsWith('EB-') && item['channel']?.S === 'sns');
  if (row === undefined) throw new Error('no notice of a case');
  const whole = lines((await onDemo(exportTrail, demo)).out).length;
  table.put({ ...row, body: { S: '{}' } });
  const { code, out, error } = await onDemo(exportTrail, demo);
  table.put(row);
  expect(code).toBe(1);
  expect(error).toMatch(/^missing: item INCIDENT#\S+ is malformed \(.*\); repair or delete it by hand\n$/);
  expect(lines(out)).toHaveLength(whole - 1);
});

test('as CSV: the same steps under a header', async () => {
  const [header, ...rows] = lines((await onDemo(exportTrail, demo, ['--demo', '--csv'])).out);
  expect(header).toMatch(/^at,case,step,incident,account,region,volume,name,forecast,/);
  expect(rows).toHaveLength(lines((await onDemo(exportTrail, demo)).out).length);
  expect(rows[0]).toContain('the volume does not carry ebs-burst:mode=act');
});

test('reads the table and writes nothing', async () => {
  const { calls } = await onDemo(exportTrail, demo);
  expect(calls).toEqual(['DescribeStacks', 'Query', 'Scan']);
});

test('leaves out what was before', async () => {
  const later = { ...demo, now: () => (demo.now() + 2 * 86_400_000) as ReturnType<DeployedDemo['now']> };
  expect((await onDemo(exportTrail, later, ['--demo', '--days', '1'])).out).toBe('');
});

test('needs no policy, but a table', async () => {
  const { CaseTableName = '' } = demo.account.ebs.stacks.describe('EbsBurst').outputs;
  const { code, out } = await onDemo(exportTrail, demo, ['--stack', 'Other', '--table', CaseTableName]);
  expect(code).toBe(0);
  expect(lines(out).length).toBeGreaterThan(0);
});

test.each([
  ['--days', '91', '--days: got "91", expected a whole number from 1 to 90'],
  ['--policy', 'act.json', '--policy: got an unknown option'],
  ['--day', '1', '--day: got an unknown option, expected perhaps --days'],
])('refuses %s %s', async (option, value, line) => {
  const { code, error } = await onDemo(exportTrail, demo, ['--demo', option, value]);
  expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(line) });
});
