import { beforeAll, describe, expect, test } from 'vitest';
import { cases } from '../../../cli/commands/cases.ts';
import { type DeployedDemo, deployedDemo } from '../../../cli/demo/deployed-account.ts';
import type { OpenCase } from '../../../core/domain/cases/case.ts';
import { after, before, minutes } from '../../../core/domain/units.ts';
import { announced } from '../../domain/some-case.ts';
import { onDemo } from './deployment-world.ts';

let demo: DeployedDemo;

beforeAll(async () => {
  demo = await deployedDemo();
}, 60_000);

const rowsOf = (out: string) => out.split('\n').filter((line) => line.startsWith('EB-'));

test('lists every case that is not over, those that need a person first, and writes nothing', async () => {
  const { code, out, error, calls } = await onDemo(cases, demo);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(out).toContain('3 open cases, 2 need you, in 123456789012 us-east-1, 2026-03-02 08:50 UTC');
  const rows = rowsOf(out);
  expect(rows.map((line) => line.split(/ {2,}/)[3])).toEqual([
    'YOU ARE NEEDED',
    'YOU ARE NEEDED',
    'moving to gp3',
  ]);
  expect(rows.join('\n')).toMatch(/orders-db {2,}moving to gp3 {2,}\d\d:\d\d {2,}\d\d:\d\d/);
  expect(calls.filter((name) => !/^(Describe|Get|List|BatchGet|Query)/.test(name))).toEqual([]);
});

describe('forty cases', () => {
  test('keep within 80 columns: who, where they stand and their wall stay, names are cut', async () => {
    const { out } = await onDemo(cases, withCases(40), ['--demo'], { columns: 80 });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^40 open cases, 20 need you, in /);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines[2]?.split(/ {2,}/)).toEqual(['case', 'volume', 'name', 'stands', 'wall']);
    const rows = rowsOf(out);
    expect(rows).toHaveLength(40);
    expect(rows[0]).toMatch(/^EB-\d{8} {2}vol-\w{17} .*… +YOU ARE NEEDED +passed$/);
    const needed = rows.map((row) => row.includes('YOU ARE NEEDED'));
    expect(needed).toEqual([...Array(20).fill(true), ...Array(20).fill(false)]);
  });

  test('are shown whole where there is room, and where no terminal limits it', async () => {
    for (const columns of [150, undefined]) {
      const { out } = await onDemo(cases, withCases(40), ['--demo'], { columns });
      expect(out).toMatch(/case +volume +name +stands +opened +wall +due +next word/);
      expect(rowsOf(out)[0]).toContain('a database with a rather long name 0');
      expect(rowsOf(out)[0]).toMatch(/ 03-01 23:50 passed /);
    }
  });
});

describe('a wall and the next word', () => {
  const lineOf = (out: string, state: string) => rowsOf(out).find((row) => row.includes(state));

  test('of a case that needs a person: when the wall passed, and that the next word comes on change', async () => {
    const { out } = await onDemo(cases, demo);
    expect(lineOf(out, 'YOU ARE NEEDED')).toMatch(/ {2}08:41 passed {2,}\d\d:\d\d {2}on change$/);
  });

  test('both find their place in 80 columns', async () => {
    const { out } = await onDemo(cases, demo, ['--demo'], { columns: 80 });
    const lines = out.split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines[2]?.split(/ {2,}/)).toEqual(['case', 'volume', 'name', 'stands', 'wall', 'next word']);
    expect(lineOf(out, 'YOU ARE NEEDED')).toMatch(/ {2}passed {2}on change$/);
  });

  test('of a wall ahead nothing is said to have passed, and of a case that nobody was told of no word comes', async () => {
    const ahead = announced({
      incident: undefined,
      lastSeen: { at: demo.now(), wall: after(demo.now(), minutes(9)) },
    });
    const { out } = await onDemo(cases, holding([ahead]));
    expect(out).not.toMatch(/passed|on change/);
    expect(rowsOf(out)[0]).toMatch(/ {2}08:59 {2,}\S+ \S+ {2,}-$/);
  });
});

test('--json has the same, under names that stay', async () => {
  const { code, out } = await onDemo(cases, withCases(40), ['--demo', '--json'], { columns: 80 });
  const json = JSON.parse(out);
  expect(code).toBe(0);
  expect(json).toMatchObject({ format: 'ebs-burst/cases', version: 1, madeBy: 'ebs-burst 1.2.3' });
  expect(json.cases).toHaveLength(40);
  expect(json.cases[0]).toMatchObject({
    caseId: 'EB-00000000',
    name: 'a database with a rather long name 0',
    state: 'announced',
    standing: { words: 'YOU ARE NEEDED', needsAPerson: true },
    wall: '2026-03-01T23:50:00.000Z',
  });
});

test('a name that would write to the terminal does not', async () => {
  const [one] = [...(await openCases()).values()];
  if (one === undefined) throw new Error('no case');
  const evil = { ...one, subject: { ...one.subject, name: 'db\u001b[2J' } };
  const { out } = await onDemo(cases, holding([evil]));
  expect(out).toContain('db [2J');
  expect(out).not.toContain('\u001b');
});

test('--json of no case is an empty list', async () => {
  const idle = { ...demo, access: { ...demo.access, ports: withoutCases() } };
  expect(JSON.parse((await onDemo(cases, idle, ['--demo', '--json'])).out).cases).toEqual([]);
});

const openCases = async () => {
  const { CaseTableName = '' } = demo.account.ebs.stacks.describe('EbsBurst').outputs;
  const ports = demo.access.ports(CaseTableName, () => undefined);
  return ports.cases.openCases(demo.volumeIds);
};

const holding = (open: readonly OpenCase[]): DeployedDemo => {
  const ports: DeployedDemo['access']['ports'] = (table, report) => {
    const real = demo.access.ports(table, report);
    const held = {
      due: async () => open.map(({ volumeId }) => volumeId),
      openCases: async () => new Map(open.map((one) => [one.volumeId, one])),
    };
    return { ...real, cases: { ...real.cases, ...held } };
  };
  return { ...demo, access: { ...demo.access, ports } };
};

/** Every other one needs a person; their walls were predicted for the evening before. */
const withCases = (count: number): DeployedDemo =>
  holding(
    Array.from({ length: count }, (_, index): OpenCase => {
      const volumeId = `vol-${String(index).padStart(17, '0')}` as const;
      const at = before(demo.now(), minutes(60 + index));
      const one = announced({ id: `EB-${String(index).padStart(8, '0')}`, volumeId, openedAt: at });
      const name = `a database with a rather long name ${index}`;
      return {
        ...one,
        subject: { ...one.subject, volumeId, name },
        told: { ...one.told, what: index % 2 === 0 ? 'needed' : 'warned', easedAt: undefined },
        lastSeen: { at, wall: before(demo.now(), minutes(9 * 60)) },
        openedAt: before(demo.now(), minutes(600 - index)),
      };
    }),
  );

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
