import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demo } from '../../../cli/demo/demo.ts';
import { paint } from '../../../cli/render/paint.ts';

const folder = mkdtempSync(join(tmpdir(), 'ebs-burst-demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const svg = join(folder, 'picture.svg');
  const [out, error, shown]: [string[], string[], string[]] = [[], [], []];
  const code = await demo(['--svg', svg, ...args], {
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    progress: { show: (text) => shown.push(text), end: () => undefined },
    paint: paint(false),
    width: 88,
  });
  const picture = existsSync(svg) ? readFileSync(svg, 'utf8') : undefined;
  return { code, out: out.join(''), error: error.join(''), shown, picture };
}

/** A trace of `hours` at a steady rate, as a file. */
function steadyTrace(name: string, hours: number, writesPerSecond: number): string {
  const path = join(folder, name);
  const lines = Array.from({ length: hours * 12 }, (_, index) => {
    const time = new Date(Date.UTC(2026, 0, 1) + index * 300_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    return `${time},${writesPerSecond * 300 * 16_384}`;
  });
  writeFileSync(path, ['timestamp,value', ...lines, ''].join('\n'));
  return path;
}

interface Summary {
  readonly without: {
    readonly wallAt: string | null;
    readonly minutesAtWall: number;
    readonly atWall: number;
  };
  readonly with: { readonly wallAt: string | null; readonly worst: number };
  readonly alarmAt: string;
  readonly noticeAt: string;
  readonly noticeMinutesAhead: number;
  readonly changes: readonly {
    readonly at: string;
    readonly to: string;
    readonly monthlyBefore: number;
    readonly monthlyAfter: number;
    readonly state: string;
    readonly completedAt: string;
  }[];
  readonly endsOn: string;
  readonly balanceAfterReturn: number | null;
  readonly verdict: { readonly isGood: boolean };
}
const summary = ({ out }: { readonly out: string }): Summary => JSON.parse(out) as Summary;

describe('the demo of the article', () => {
  let shown: Awaited<ReturnType<typeof run>>;
  let at60: Awaited<ReturnType<typeof run>>;
  let at30: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    shown = await run();
    at30 = await run('--json');
    at60 = await run('--size', '60', '--json');
  }, 120_000);

  it('shows the wall without us, the warning and the move with us, and exits 0', () => {
    const { without, with: withUs, ...rest } = summary(at30);
    expect(at30.code).toBe(0);
    expect(without.wallAt).toMatch(/^2026-03-02T12:/);
    expect(Math.abs(without.atWall - 82)).toBeLessThan(0.5);
    expect(withUs.wallAt).toBeNull();
    expect(withUs.worst).toBeLessThan(3.1);
    expect(rest.noticeMinutesAhead).toBeGreaterThanOrEqual(15);
    expect(rest.changes.map(({ to, state }) => [to, state])).toEqual([
      ['gp3, 3,000 IOPS, 128 MiB/s', 'completed'],
    ]);
    expect(rest.endsOn).toBe('gp3, 3,000 IOPS, 128 MiB/s');
  });

  it('has every time of its JSON as ISO text, and no number that is a time', () => {
    const { changes, alarmAt, noticeAt } = summary(at30);
    for (const time of [alarmAt, noticeAt, changes[0]?.at, changes[0]?.completedAt]) {
      expect(time).toMatch(/^2026-03-02T\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    expect(at30.out).not.toMatch(/: 17\d{11}\b/);
  });

  it('changes every figure with the size', () => {
    const [small, large] = [summary(at30), summary(at60)];
    expect(at60.code).toBe(0);
    expect(large.without.wallAt).not.toBe(small.without.wallAt);
    expect(large.without.atWall).toBeLessThan(small.without.atWall / 2);
    expect(large.alarmAt).not.toBe(small.alarmAt);
    expect(large.noticeAt).not.toBe(small.noticeAt);
    expect(large.noticeMinutesAhead).not.toBe(small.noticeMinutesAhead);
    expect(large.changes[0]?.at).not.toBe(small.changes[0]?.at);
    expect(large.changes[0]?.completedAt).not.toBe(small.changes[0]?.completedAt);
    expect(large.changes[0]?.monthlyAfter).not.toBe(small.changes[0]?.monthlyAfter);
  });

  it('tells the story in words: who saw what, what people were told, a chart and a table', () => {
    expect(shown.code).toBe(0);
    expect(shown.error).toBe('');
    const oneLineAStep = shown.out.replaceAll(/\n {25}/g, ' ');
    for (const line of [
      /clean-up +wrote the genesis item/,
      /keep-alarms +made the alarm ebs-burst\/vol-\w+: BurstBalance/,
      /CloudWatch +ebs-burst\/vol-\w+ is ALARM/,
      /respond +woken by the alarm, saw BurstBalance [\d.]+ %; opened case EB-/,
      /asked EC2 for gp3/,
      /without us +the bucket is empty: this is the wall/,
      /^Mail, 1\d:\d\d UTC: /m,
      /^Slack #storage, /m,
      /^People told +–/m,
      /^Here: 3\.0 s, [\d,]+ starts, then 8[12]\.\d\d s[\s\S]*the same as its 82 s, to within 0\.01 s\.$/m,
    ]) {
      expect(oneLineAStep).toMatch(line);
    }
    expect(shown.out).not.toMatch(/undefined|NaN|\[object/);
    expect(shown.out).not.toContain('bot-token');
  });

  it('keeps to the width it was given', () => {
    expect(shown.out.split('\n').filter((line) => line.length > 88)).toEqual([]);
  });

  it('reports progress while it runs and leaves the picture behind', () => {
    expect(shown.shown.length).toBeGreaterThan(50);
    expect(shown.shown[0]).toMatch(/^without us \d\d:\d\d {2}gp2, credits \d+ %, \d+ IOPS$/);
    expect(shown.picture).toMatch(/^<svg [\s\S]*wall 12:\d\d[\s\S]*<\/svg>\n$/);
  });

  it('does not change from run to run', async () => {
    const again = await run('--json');
    expect(again.out).toBe(at30.out);
  }, 60_000);
});

describe("the article's own cure", () => {
  it('costs more, is slower than the burst, and goes back when the loop has stopped', async () => {
    const result = await run('--target', 'io1');
    expect(result.code).toBe(0);
    expect(result.out).toMatch(/asked EC2 for io1, 1,000 IOPS: accepted/);
    expect(result.out).toMatch(/asked EC2 for gp2: accepted/);
    expect(result.out).toMatch(/price a month +– +\$3\.00 → \$68\.75/);
    expect(result.out.replaceAll('\n', ' ')).toContain(
      'io1, 1,000 IOPS is slower than the burst it replaces',
    );
    expect(result.out).toMatch(/^Ends on +gp2 +gp2$/m);
    const [, balance] = /^First BurstBalance after +– +([\d.]+ %)$/m.exec(result.out) ?? [];
    // The same datapoint that CloudWatch judged its new alarm by.
    expect(result.out).toContain(`is ALARM (${balance} against`);
  }, 120_000);
});

describe('the demo of a trace', () => {
  it('runs real load to its wall', async () => {
    const trace = steadyTrace('busy.csv', 1, 1_200);
    const result = await run('--trace', trace, '--scale', '2', '--json');
    expect(result.code).toBe(0);
    expect(summary(result).noticeMinutesAhead).toBeGreaterThanOrEqual(15);
  }, 60_000);

  it('exits 1 when the load needs no credits, and says how far it is from that', async () => {
    const trace = steadyTrace('idle.csv', 49, 90);
    const { code, out } = await run('--trace', trace);
    expect(code).toBe(1);
    expect(out).not.toContain('false alarm');
    // The second day's heartbeat is in the words of the first: no news, and counted with the quiet.
    expect(out.match(/mailed "FYI: alive/g)).toHaveLength(1);
    expect(out).toContain('2026-03-03 ──');
    expect(out).not.toContain('2026-03-04 ──');
    expect(out.replaceAll('\n', ' ')).toContain('the load used 90 IOPS on average and the volume earns 100');
    expect(out).not.toContain('ALARM');
    expect(out).toContain('none about this volume');
  }, 60_000);

  it('exits 2 for a file that is malformed or not there', async () => {
    const path = join(folder, 'broken.csv');
    writeFileSync(path, 'timestamp,value\n2026-01-01 00:00:00,much\n');
    expect(await run('--trace', path)).toMatchObject({
      code: 2,
      out: '',
      error: `${path} line 2, value: got "much", expected a number of at least 0; correct the field or remove the line\n`,
    });
    const absent = join(folder, 'absent.csv');
    expect(await run('--trace', absent)).toMatchObject({
      code: 2,
      error: `--trace ${absent}: got no such file, expected a file that can be read; check the path; a relative one is looked for where the demo runs\n`,
    });
    expect(await run('--trace', folder)).toMatchObject({
      code: 2,
      error: `--trace ${folder}: got a folder, expected a file that can be read; name one of its files\n`,
    });
  });
});

describe('the options', () => {
  it('that are wrong exit 2 and run nothing', async () => {
    const { code, out, error, shown } = await run('--size', 'big');
    expect({ code, out, shown }).toEqual({ code: 2, out: '', shown: [] });
    expect(error).toBe('--size: got "big", expected a whole number of GiB from 1 to 16384; try --size 30\n');
  });

  it('name a folder where the picture cannot go, before anything runs', async () => {
    const { code, error, shown } = await run('--svg', folder);
    expect({ code, shown }).toEqual({ code: 2, shown: [] });
    expect(error).toBe(
      `--svg: got ${JSON.stringify(folder)}, a folder, expected a file; name one in it, such as ${join(folder, 'demo.svg')}\n`,
    );
  });

  it('--help explains them and exits 0', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toMatch(/^usage: npm start/);
  });
});
