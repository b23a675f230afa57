import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadRecording } from '../../../cli/history/load-recording.ts';
import { unread } from '../../../core/domain/reading.ts';
import { instant, after as later, minutes } from '../../../core/domain/units.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a table of one volume', () => {
  const load = async (text: string) => {
    await writeFile(join(folder, 'one.csv'), text);
    return loadRecording(join(folder, 'one.csv'));
  };

  test('is a recording of the volume that its first line names', async () => {
    const recording = await load(
      '# st1 500 GiB\ntime,balance,iops,mibs\n2026-03-02T08:00:00Z,100,12,50\n2026-03-02T08:05:00Z,99.5,,51\n',
    );
    const from = instant(Date.UTC(2026, 2, 2, 8));
    const [only] = recording.volumes;
    expect(recording).toMatchObject({ from, until: later(from, minutes(10)) });
    expect(only?.volume).toMatchObject({ size: 500, configuration: { type: 'st1' } });
    expect(only?.balance).toMatchObject({ value: [{ value: 100, period: minutes(5) }, { value: 99.5 }] });
    expect(only?.iops).toMatchObject({ value: [{ at: from, value: 12 }] });
  });

  test('may lack what was not measured, and count seconds', async () => {
    const { volumes, from } = await load('# gp2 100 GiB\ntime,balance\n1772438400,100\n1772438460,99\n');
    expect(from).toBe(1_772_438_400_000);
    expect(volumes[0]?.iops).toEqual(unread('the table has no column iops'));
    expect(volumes[0]?.balance).toMatchObject({ value: [{ period: minutes(1) }, {}] });
  });

  test('tells where its balance is missing while the volume worked, and not where it idled, or nobody knows', async () => {
    const hours = Array.from({ length: 12 }, (_none, hour) => hour);
    const rows = (iops: number | '') =>
      hours.map((hour) => {
        const balance = hour < 2 || hour > 9 ? 100 : '';
        return `${new Date(Date.UTC(2026, 2, 2, hour)).toISOString()},${balance},${iops}`;
      });
    const unseenOf = async (iops: number | '') =>
      (await load(['# gp2 100 GiB', 'time,balance,iops', ...rows(iops)].join('\n'))).volumes[0]?.unseen;
    expect(await unseenOf(3_000)).toMatch(/^its balance is missing for 8 h in which it worked/);
    expect(await unseenOf(0)).toBeUndefined();
    expect(await unseenOf('')).toBeUndefined();
  });

  test('may come in any order', async () => {
    const { from, until, volumes } = await load(
      '# gp2 100 GiB\ntime,balance\n2026-03-02T08:10Z,98\n2026-03-02T08:00Z,100\n2026-03-02T08:05Z,99\n',
    );
    const eight = instant(Date.UTC(2026, 2, 2, 8));
    expect([from, until]).toEqual([eight, later(eight, minutes(15))]);
    expect(volumes[0]?.balance).toMatchObject({ value: [{ value: 100 }, { value: 99 }, { value: 98 }] });
  });

  test.each(['1772438400', '1772438400000', '2026-03-02T08:00:00.000Z', '2026-03-02 09:00+01:00'])(
    'takes %s for eight in the morning',
    async (time) => {
      const { from } = await load(`# gp2 100 GiB\ntime,balance\n${time},100\n`);
      expect(from).toBe(1_772_438_400_000);
    },
  );

  test('may have its cells in quotation marks', async () => {
    const { volumes } = await load('# gp2 100 GiB\n"time","balance"\n"2026-03-02T08:00:00Z","98.5"\n');
    expect(volumes[0]?.balance).toMatchObject({ value: [{ value: 98.5 }] });
  });

  test('may be of more minutes than a function takes arguments', async () => {
    const lines = Array.from({ length: 200_000 }, (_, minute) => `${1_772_438_400 + 60 * minute},100`);
    const { volumes } = await load(`# gp2 100 GiB\ntime,balance\n${lines.join('\n')}\n`);
    expect(volumes[0]?.balance).toMatchObject({ value: { length: 200_000 } });
  });

  test('says in a column whose prices count', async () => {
    const { region } = await load('# gp2 100 GiB\ntime,balance,region\n1,100,eu-west-1\n2,99,\n');
    expect(region).toBe('eu-west-1');
  });

  test('does not pretend to know its Region', async () => {
    const { region } = await load('# gp2 100 GiB\ntime,balance\n1,100\n');
    expect(region).toBe('unknown Region');
  });

  const times =
    'expected ISO with a zone (2026-03-02T08:00:00Z, 2026-03-02T09:00+01:00), or seconds or milliseconds since 1970 (1772438400, 1772438400000)';

  test.each([
    ['time,balance\n1,2\n', 'does not say which volume it is of'],
    ['# gp2 100 GiB\ntime,burst\n1,2\n', 'got the columns "time,burst"'],
    ['# gp2 100 GiB\ntime,balance\n', 'holds no sample'],
    ['# gp2 100 GiB\ntime,balance\nyesterday,2\n', `line 3: the time is none, got "yesterday", ${times}`],
    [
      '# gp2 100 GiB\ntime,balance\n2026-03-02T08:00:00,2\n',
      `line 3: the time does not say in which zone, got "2026-03-02T08:00:00", ${times}`,
    ],
    [
      '# gp2 100 GiB\ntime,balance\n2026-02-31T08:00Z,2\n',
      `line 3: the time is no day or hour that there is, got "2026-02-31T08:00Z", ${times}`,
    ],
    [
      '# gp2 100 GiB\ntime,balance\n1,full\n',
      'line 3: got balance "full", expected per cent, a number from 0 to 100',
    ],
    [
      '# gp2 100 GiB\ntime,balance\n1,120\n',
      'line 3: got balance "120", expected per cent, a number from 0 to 100',
    ],
    [
      '# gp2 100 GiB\ntime,balance,iops\n1,100,-3\n',
      'line 3: got iops "-3", expected a number of at least 0',
    ],
    [
      '# gp2 100 GiB\ntime,balance\n1,99,5\n',
      'line 3: got 3 cells, expected 2 as in the header; write decimals with a point',
    ],
    ['# gp2 100 GiB\ntime,balance,balance\n1,2,3\n', 'got the columns "time,balance,balance"'],
    ['# gp2 0 GiB\ntime,balance\n1,2\n', 'got 0 GiB of gp2, expected 1 to 16384; correct it'],
    ['# st1 124 GiB\ntime,balance\n1,2\n', 'got 124 GiB of st1, expected 125 to 16384; correct it'],
    [
      '# gp2 100 GiB\ntime,balance\n60,2\n0,3\n1970-01-01T00:01Z,2\n',
      'lines 3 and 5: both are of 1970-01-01T00:01:00.000Z, expected one line for each time; remove one',
    ],
    [
      '# gp2 100 GiB\ntime,balance,region\n0,2,eu-west-1\n60,3,us-east-1\n',
      'lines 3 and 4: got the Regions eu-west-1 and us-east-1, expected one volume, which has one; give each its own file',
    ],
  ])('is not taken when it says %j', async (text, fault) => {
    await expect(load(text)).rejects.toThrow(fault);
  });
});
